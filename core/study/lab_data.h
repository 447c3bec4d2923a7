// What the laboratory learns from, out of a file: a table in text with a column of labels, or arrays named x and y.
//
// Tables (CSV, TSV). Every column of numbers but the label is a feature. A row that lacks a cell among them is dropped
// and counted; a NaN or an infinity is refused. Columns of text, columns without a value and a first column that only
// counts the rows ("Id" 1, 2, 3, ...: in sorted data it gives the label away) are left out, and notes say so.
// Arrays (NPZ, safetensors). x is samples × features, samples × height × width, or pictures of 1 or 3 channels as
// samples × height × width × channels or samples × channels × height × width; where both would do, channels are last.
// y is one whole number a sample (classes), or numbers, one or several a sample (samples × outputs).
#pragma once

#include "core/base/job_control.h"
#include "core/base/phrase.h"
#include "core/formats/tensor_source.h"
#include "core/nn/dataset.h"

#include <filesystem>

namespace quantoscope {

/// Auto: of a table, words or at most kMostAutoClasses different whole numbers are classes; of arrays, integers are.
enum class LabTask { Auto, Classification, Regression };

inline constexpr std::size_t kMostAutoClasses = 64;
inline constexpr std::size_t kMostClasses = 1000; // asked for explicitly, or integers of an array

struct LabDataOptions {
    std::string label =
        {}; // of a table: the name of a column, else its number from 1 on; empty takes the suggested one
    LabTask task = LabTask::Auto;
    OpenOptions open = {};
};

struct LabData {
    Dataset data;              // named as the file
    std::string file;          // the path
    std::string label;         // the name of the column, or "y"
    std::uint64_t dropped = 0; // rows that lack a cell
    std::vector<Phrase> notes; // what was left out and why, a sentence each
};

/// Errors name the file, the row (of the data, from 1) and column or the array, and the reason. NotFound (the file, the
/// label, an array); InvalidArgument (a label that cannot be what the task asks for, one class only); NonFinite;
/// Unsupported (another format, another shape, no features); Malformed; TooLarge; Cancelled; the formats' own.
Result<LabData> loadLabData(const std::filesystem::path& path, const LabDataOptions& options = {},
                            const JobControl& job = {});

struct LabelColumn {
    std::string name;
    bool text = false;
    LabTask task = LabTask::Regression; // what Auto makes of it
};

struct LabelColumns {
    std::vector<LabelColumn> columns; // those that hold a value, in the order of the file
    std::size_t suggested = 0;        // named label, class, target, y, ... where there is one, else the last
};

/// What the columns of a table would be as labels; of arrays there is nothing to choose. Errors: as loadLabData's.
Result<LabelColumns> labelColumns(const std::filesystem::path& path, const OpenOptions& options = {},
                                  const JobControl& job = {});

/// Pictures keep one range, for their pixels are of one kind; features of tables each get their own.
Normalisation suggestedNormalisation(const Dataset& data);

} // namespace quantoscope
