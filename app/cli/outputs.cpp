#include "app/cli/outputs.h"

#include "core/base/utf8.h"
#include "core/formats/file_source.h"

#include <fmt/format.h>

#include <set>
#include <string_view>
#include <system_error>

namespace quantoscope::cli {

namespace {

constexpr std::string_view kValues = "values:";

std::string extensionsOf(ExportContent content) {
    std::string list;
    for (const ExportFormat& format : exportFormats())
        if (format.content == content) list.append(list.empty() ? "." : " .").append(format.extension);
    return list;
}

} // namespace

Outcome<Output> parseRunOutput(const std::string& argument) {
    if (argument.starts_with(kValues)) {
        const Output output{ExportContent::Values, argument.substr(kValues.size())};
        if (canExport(output.content, extensionOf(output.path))) return output;
        return usage(
            fmt::format("--output {}: the value table is written as {}", argument, extensionsOf(output.content)));
    }
    if (const auto content = contentForExtension(extensionOf(argument))) return Output{*content, argument};
    return usage(
        fmt::format("--output {}: the extension decides: {} the level table, {} codes and values, {} a C decoder, "
                    "values:PATH the value table ({})",
                    argument, extensionsOf(ExportContent::Levels), extensionsOf(ExportContent::Codes),
                    extensionsOf(ExportContent::Decoder), extensionsOf(ExportContent::Values)));
}

Outcome<Output> parseComparisonOutput(const std::string& argument) {
    if (canExport(ExportContent::Comparison, extensionOf(argument))) return Output{ExportContent::Comparison, argument};
    return usage(
        fmt::format("--output {}: a comparison is written as {}", argument, extensionsOf(ExportContent::Comparison)));
}

Outcome<void> checkOutputs(const std::vector<Output>& outputs, Overwrite overwrite) {
    std::set<std::filesystem::path> seen;
    for (const Output& output : outputs) {
        std::error_code ignored;
        if (!seen.insert(std::filesystem::weakly_canonical(std::filesystem::absolute(output.path, ignored), ignored))
                 .second)
            return usage(fmt::format("--output {} is given twice", toUtf8(output.path.native())));
        if (const Status status = checkOutput(output.path, overwrite); !status) {
            Error error = status.error();
            if (error.code == ErrorCode::Exists) error.detail += " (--force replaces it)";
            return fail(ExitCode::NotWritten, error);
        }
    }
    return {};
}

} // namespace quantoscope::cli
