// A report: settings, tables, figures and where the data came from. As one HTML file it needs nothing else: it loads
// nothing from anywhere (its content security policy forbids it) and reads well on paper, on a light and on a dark
// screen. Pages are made from the same values (ui/dialogs/pdf_report.h).
#pragma once

#include "core/base/phrase.h"
#include "core/study/run.h"
#include "core/study/table.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quantoscope {

/// A picture made by whoever has plots.
struct ReportFigure {
    std::string title;
    std::string caption;
    std::string mediaType = "image/svg+xml"; // or "image/png"
    std::string bytes;
};

using ReportFacts = std::vector<std::pair<std::string, std::string>>; // name and value, in order

struct Report {
    Phrase title;
    Phrase summary;         // a sentence or two; may be empty
    ReportFacts settings;   // what was asked for
    ReportFacts results;    // the figures that matter most
    ReportFacts provenance; // file, hash, version, seed, date
    std::vector<ReportFigure> figures;
    std::vector<Table> tables; // of which the first kReportRows rows are in the report
};

inline constexpr std::size_t kReportRows = 256;

/// Names of resultsOf() that say the most: set large where there is room.
inline constexpr std::array<std::string_view, 3> kHeadlines = {"SQNR", "MSE", "Bits per value"};

/// The settings of a run: method, levels, grouping, range, every parameter of the scheme, the policy for non-finite
/// values.
ReportFacts settingsOf(const RunResult& run);
/// MSE, SQNR, bits per value, and the like, rounded for reading.
ReportFacts resultsOf(const RunResult& run);
/// Tensor, file and its SHA-256 (left out where empty), version and date as given.
ReportFacts provenanceOf(const Tensor& tensor, const std::string& sha256, const std::string& date);

std::string reportHtml(const Report& report);

} // namespace quantoscope
