#include "core/study/exports.h"

#include "core/base/output_file.h"
#include "core/base/utf8.h"
#include "core/formats/file_source.h"
#include "core/formats/format_registry.h"
#include "core/study/c_decoder.h"
#include "core/study/code_arrays.h"
#include "core/study/table_writer.h"
#include "core/study/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <system_error>

namespace quantoscope {

namespace {

constexpr ExportFormat kFormats[] = {
    {ExportContent::Levels, "csv", "Comma-separated values"},
    {ExportContent::Levels, "tsv", "Tab-separated values"},
    {ExportContent::Levels, "json", "JSON"},
    {ExportContent::Levels, "md", "Markdown"},
    {ExportContent::Levels, "tex", "LaTeX"},
    {ExportContent::Values, "csv", "Comma-separated values"},
    {ExportContent::Values, "npz", "NumPy archive"},
    {ExportContent::Codes, "npz", "NumPy archive"},
    {ExportContent::Codes, "safetensors", "Safetensors"},
    {ExportContent::Decoder, "h", "C header with a decoder"},
    {ExportContent::Comparison, "csv", "Comma-separated values"},
    {ExportContent::Comparison, "tsv", "Tab-separated values"},
    {ExportContent::Comparison, "json", "JSON"},
    {ExportContent::Comparison, "md", "Markdown"},
    {ExportContent::Comparison, "tex", "LaTeX"},
};

std::string_view nameOf(ExportContent content) {
    static constexpr std::array<std::string_view, 5> names = {"the level table", "the value table", "codes",
                                                              "a decoder", "a comparison"};
    return names[static_cast<std::size_t>(content)];
}

Error unsupported(ExportContent content, std::string_view extension, std::string where) {
    std::string known;
    for (const ExportFormat& format : kFormats)
        if (format.content == content) known.append(known.empty() ? "." : " .").append(format.extension);
    return {ErrorCode::Unsupported, std::move(where),
            fmt::format("{} cannot be written as \".{}\"; there is {}", nameOf(content), extension, known)};
}

Status writeWhole(const std::filesystem::path& path, Overwrite overwrite,
                  const std::function<Status(const std::function<Status(std::string_view)>&)>& body) {
    if (const Status free = checkOutput(path, overwrite); !free) return free.error();
    Result<OutputFile> file = OutputFile::create(path);
    if (!file) return file.error();
    if (const Status written = body([&](std::string_view piece) { return file->write(piece); }); !written)
        return written.error();
    // Somebody else may have written there in the meantime.
    if (const Status free = checkOutput(path, overwrite); !free) return free.error();
    return file->commit();
}

Status writeArrays(const std::vector<Tensor>& arrays, std::string_view extension, const std::filesystem::path& path,
                   Overwrite overwrite, const JobControl& job) {
    const Format* format = formatForExtension(extension);
    if (!format || !format->write)
        return Error{ErrorCode::Unsupported, toUtf8(path.native()), fmt::format("no format writes \".{}\"", extension)};
    if (const Status free = checkOutput(path, overwrite); !free) return free.error();
    return format->write(path, arrays, job);
}

/// The part of a job between two fractions of it.
JobControl part(const JobControl& job, double begin, double end) {
    JobControl result = job;
    if (job.report) result.report = [report = job.report, begin, end](double f) { report(begin + f * (end - begin)); };
    return result;
}

} // namespace

std::span<const ExportFormat> exportFormats() { return kFormats; }

bool canExport(ExportContent content, std::string_view extension) {
    return std::any_of(std::begin(kFormats), std::end(kFormats), [&](const ExportFormat& format) {
        return format.content == content && format.extension == extension;
    });
}

std::optional<ExportContent> contentForExtension(std::string_view extension) {
    for (const ExportContent content : {ExportContent::Levels, ExportContent::Codes, ExportContent::Decoder})
        if (canExport(content, extension)) return content;
    return std::nullopt;
}

Status checkOutput(const std::filesystem::path& path, Overwrite overwrite) {
    std::error_code error;
    const std::string name = toUtf8(path.native());
    if (std::filesystem::exists(std::filesystem::symlink_status(path, error))) {
        if (overwrite == Overwrite::Refuse) return Error{ErrorCode::Exists, name, "the file exists already"};
        return {};
    }
    const std::filesystem::path directory = path.has_parent_path() ? path.parent_path() : ".";
    if (!std::filesystem::is_directory(directory, error))
        return Error{ErrorCode::WriteFailed, name, fmt::format("there is no directory {}", toUtf8(directory.native()))};
    return {};
}

Status exportText(std::string_view text, const std::filesystem::path& path, Overwrite overwrite) {
    return writeWhole(path, overwrite, [&](const auto& sink) { return sink(text); });
}

Status exportTable(const Table& table, const std::filesystem::path& path, Overwrite overwrite, const JobControl& job) {
    const std::string extension = extensionOf(path);
    const auto format = tableFormatForExtension(extension);
    if (!format) return unsupported(ExportContent::Comparison, extension, toUtf8(path.native()));
    return writeWhole(path, overwrite, [&](const auto& sink) { return writeTable(table, *format, sink, job); });
}

Status exportRun(const RunPtr& run, ExportContent content, const std::filesystem::path& path, Overwrite overwrite,
                 const std::vector<std::string>& provenance, const JobControl& job) {
    const std::string extension = extensionOf(path);
    if (!canExport(content, extension)) return unsupported(content, extension, toUtf8(path.native()));
    if (const Status free = checkOutput(path, overwrite); !free) return free.error();
    if (content == ExportContent::Comparison) return exportTable(comparisonTable({run}), path, overwrite, job);
    if (content == ExportContent::Levels) {
        const auto table = levelTable(*run, {}, part(job, 0, 0.5));
        if (!table) return table.error();
        return exportTable(*table, path, overwrite, part(job, 0.5, 1));
    }
    const auto decoded = decodeRun(run, part(job, 0, 0.5));
    if (!decoded) return decoded.error();
    const JobControl writing = part(job, 0.5, 1);
    if (content == ExportContent::Decoder)
        return writeWhole(path, overwrite,
                          [&](const auto& sink) { return writeCDecoder(**decoded, provenance, sink, writing); });
    if (content == ExportContent::Values && extension == "csv")
        return exportTable(valueTable(*decoded), path, overwrite, writing);
    const auto arrays =
        content == ExportContent::Values ? valueArrays(**decoded, writing) : codeArrays(**decoded, writing);
    if (!arrays) return arrays.error();
    return writeArrays(*arrays, extension, path, overwrite, writing);
}

Result<std::string> previewExport(const RunPtr& run, ExportContent content, std::string_view extension,
                                  std::size_t lines, const JobControl& job) {
    if (!canExport(content, extension)) return unsupported(content, extension, {});
    const auto format = tableFormatForExtension(extension);
    if (content == ExportContent::Comparison) return tableText(comparisonTable({run}), *format);
    if (content == ExportContent::Levels) {
        // Enough groups for the lines asked for; all of them could be millions.
        const auto table =
            levelTable(*run, run->quantizer->groupCount() > lines ? std::optional<std::size_t>(0) : std::nullopt, job);
        if (!table) return table.error();
        return tableText(table->head(lines), *format);
    }
    const auto decoded = decodeRun(run, job);
    if (!decoded) return decoded.error();
    if (content == ExportContent::Values && format) return tableText(valueTable(*decoded).head(lines), *format);
    if (content == ExportContent::Decoder) {
        std::string text;
        std::size_t count = 0;
        // A line too many stops the writer, whose complaint is then no failure.
        (void)writeCDecoder(
            **decoded, {},
            [&](std::string_view piece) -> Status {
                for (const char c : piece) {
                    text += c;
                    if (c == '\n' && ++count >= lines) return cancelled();
                }
                return {};
            },
            job);
        if (job.cancelled()) return cancelled();
        return text;
    }
    const auto arrays = content == ExportContent::Values ? valueArrays(**decoded, job) : codeArrays(**decoded, job);
    if (!arrays) return arrays.error();
    return describeArrays(*arrays);
}

} // namespace quantoscope
