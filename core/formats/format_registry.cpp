#include "core/formats/format_registry.h"

#include "core/formats/file_source.h"
#include "core/formats/known_formats.h"

#include <fmt/format.h>

#include <algorithm>

namespace quantoscope {

namespace {

constexpr std::size_t kHeadBytes = 4096;

bool hasExtension(const Format& format, std::string_view extension) {
    return std::find(format.extensions.begin(), format.extensions.end(), extension) != format.extensions.end();
}

std::string listOfFormats() {
    std::string list;
    for (const Format& format : formats()) {
        if (!list.empty()) list += ", ";
        list += fmt::format("{} (.{})", format.label, fmt::join(format.extensions, " ."));
    }
    return list;
}

} // namespace

std::span<const Format> formats() {
    // Asked in this order: text comes last, for it has no magic number.
    static const std::vector<Format> all{
        safetensorsFormat(), //
        npyFormat(),         //
        npzFormat(),         //
        pngFormat(),         //
        jpegFormat(),        //
        wavFormat(),         //
        flacFormat(),        //
        otherAudioFormat(),  //
        tsvFormat(),         //
        csvFormat(),
    };
    return all;
}

const Format* formatForExtension(std::string_view extension) {
    for (const Format& format : formats())
        if (format.write && hasExtension(format, extension)) return &format;
    return nullptr;
}

Result<const Format*> detectFormat(const std::filesystem::path& path) {
    const auto file = InputFile::open(path);
    if (!file) return file.error();
    const std::string where = file->at();
    if (file->size() == 0) return Error{ErrorCode::Malformed, where, "the file is empty"};
    const auto head = file->readUpTo(0, kHeadBytes);
    if (!head) return head.error();
    const std::string extension = extensionOf(path);
    for (const Format& format : formats())
        if (format.sniff(*head, extension)) return &format;
    for (const Format& format : formats())
        if (hasExtension(format, extension))
            return Error{
                ErrorCode::Unsupported, where,
                fmt::format("the name says {}, and the content is not that nor anything else that can be read: {}",
                            format.label, listOfFormats())};
    return Error{ErrorCode::Unsupported, where,
                 "the content is none of the formats that can be read: " + listOfFormats()};
}

Result<std::shared_ptr<const TensorSource>> openFile(const std::filesystem::path& path, const OpenOptions& options,
                                                     const JobControl& job) {
    const auto format = detectFormat(path);
    if (!format) return format.error();
    auto source = (*format)->open(path, options, job);
    if (!source) return source.error();
    return std::shared_ptr<const TensorSource>(std::move(*source));
}

} // namespace quantoscope
