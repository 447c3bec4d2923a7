// --output: what to write where, by extension.
#pragma once

#include "app/cli/outcome.h"
#include "app/cli/progress.h"
#include "core/study/exports.h"

#include <filesystem>
#include <string>
#include <vector>

namespace quantoscope::cli {

struct Output {
    ExportContent content;
    std::filesystem::path path;
};

/// Of quantize: "levels.csv", "values:all.csv", "codes.npz", "decoder.h". Failures: Usage (an extension that nothing
/// writes).
Outcome<Output> parseRunOutput(const std::string& argument);
/// Of compare: a table. Failures: Usage.
Outcome<Output> parseComparisonOutput(const std::string& argument);

/// Before the work: each can be written, and no two are the same file. Failures: Usage, NotWritten.
Outcome<void> checkOutputs(const std::vector<Output>& outputs, Overwrite overwrite);

} // namespace quantoscope::cli
