#include "core/formats/csv_reader.h"

#include <fmt/format.h>

#include <cstring>

namespace quantoscope {

namespace {

constexpr std::size_t kBytesARun = std::size_t{1} << 20;
constexpr std::size_t kHeadBytes = std::size_t{1} << 16;
constexpr std::string_view kMark = "\xef\xbb\xbf"; // the byte order mark of UTF-8

std::string_view textOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

bool isUtf16(std::string_view head) { return head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff"); }

Result<CsvLayout> detectLayout(const InputFile& file, const OpenOptions& options) {
    if (options.separator && std::string_view("\"\r\n\0", 4).find(*options.separator) != std::string_view::npos)
        return Error{ErrorCode::InvalidArgument, "separator", "a quotation mark or line break cannot separate cells"};
    if (options.decimalMark && *options.decimalMark != '.' && *options.decimalMark != ',')
        return Error{ErrorCode::InvalidArgument, "decimal mark", "is . or ,"};
    const auto head = file.readUpTo(0, kHeadBytes);
    if (!head) return head.error();
    const std::string_view text = textOf(*head);
    if (isUtf16(text))
        return Error{ErrorCode::Unsupported, file.at("byte 0"),
                     "UTF-16 text is not supported: save the table as UTF-8"};
    const std::uint64_t begin = text.starts_with(kMark) ? kMark.size() : 0;
    return CsvLayout{begin, detectDialect(text.substr(begin), head->size() == file.size(), options)};
}

Status readRows(const InputFile& file, const CsvLayout& layout, CsvSink& sink, const JobControl& job) {
    CsvParser parser(layout.dialect.separator);
    const auto located = [&](const Error& e) { return Error{e.code, file.at(e.where), e.detail}; };
    for (std::uint64_t offset = layout.begin; offset < file.size() && !parser.stopped(); offset += kBytesARun) {
        if (job.cancelled()) return cancelled();
        const auto run = file.readUpTo(offset, kBytesARun);
        if (!run) return run.error();
        if (const void* zero = std::memchr(run->data(), 0, run->size()))
            return Error{
                ErrorCode::Malformed,
                file.at(fmt::format(
                    "byte {}", offset + static_cast<std::uint64_t>(static_cast<const std::byte*>(zero) - run->data()))),
                "a zero byte: this is not text"};
        if (Status status = parser.parse(textOf(*run), sink); !status) return located(status.error());
        job.progress(static_cast<double>(offset + run->size()) / static_cast<double>(file.size()));
    }
    if (Status status = parser.finish(sink); !status) return located(status.error());
    if (const auto& failure = sink.failure()) return located(*failure);
    return {};
}

} // namespace quantoscope
