// What the program writes to files: which formats there are for what, and the writing. A file appears whole or not at
// all.
//
//     Levels      the level table                                            .csv .tsv .json .md .tex
//     Values      value, code, dequantized value, error                      .csv .npz
//     Codes       codes, scales, zero points, offsets, codebook, values      .npz .safetensors   (arrays:
//     code_arrays.h) Decoder     codebook and packed codes with a decoder                   .h (c_decoder.h) Comparison
//     the comparison table                                       .csv .tsv .json .md .tex
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/study/run.h"
#include "core/study/table.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quantoscope {

enum class ExportContent { Levels, Values, Codes, Decoder, Comparison };

struct ExportFormat {
    ExportContent content;
    std::string_view extension; // lower case, without dot
    std::string_view label;     // "Comma-separated values"
};

/// Every pair of content and format, in the order dialogs show them.
std::span<const ExportFormat> exportFormats();
bool canExport(ExportContent content, std::string_view extension);
/// What a run's file holds where only its name was given: Levels, Codes or Decoder.
std::optional<ExportContent> contentForExtension(std::string_view extension);

enum class Overwrite { Refuse, Replace };

/// Errors: Exists (and Refuse), WriteFailed where the directory is missing: what can be known before the work.
Status checkOutput(const std::filesystem::path& path, Overwrite overwrite);

/// One run, by the path's extension. `provenance`: lines for formats that have room for a comment.
/// Errors: Unsupported (the content has no such format), Exists, WriteFailed, TooLarge, Cancelled.
Status exportRun(const RunPtr& run, ExportContent content, const std::filesystem::path& path, Overwrite overwrite,
                 const std::vector<std::string>& provenance = {}, const JobControl& job = {});

/// Any table as .csv .tsv .json .md .tex. Errors: as above.
Status exportTable(const Table& table, const std::filesystem::path& path, Overwrite overwrite,
                   const JobControl& job = {});

/// Text, such as a report. Errors: Exists, WriteFailed.
Status exportText(std::string_view text, const std::filesystem::path& path, Overwrite overwrite);

/// The first lines of what exportRun would write; of arrays, their names, shapes and types. Errors: as exportRun's.
Result<std::string> previewExport(const RunPtr& run, ExportContent content, std::string_view extension,
                                  std::size_t lines = 40, const JobControl& job = {});

} // namespace quantoscope
