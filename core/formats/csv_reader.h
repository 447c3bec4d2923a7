// A table in text from its file, row by row, for whoever wants more of it than its columns of numbers.
#pragma once

#include "core/base/input_file.h"
#include "core/formats/csv_dialect.h"
#include "core/formats/csv_parser.h"

namespace quantoscope {

/// Text in 16-bit characters, which is not read.
bool isUtf16(std::string_view head);

/// Where the text of a table begins in its file, and how it is written.
struct CsvLayout {
    std::uint64_t begin = 0; // behind a byte order mark
    CsvDialect dialect;
};

/// Errors: InvalidArgument (options that have no meaning), Unsupported (UTF-16), Unreadable.
Result<CsvLayout> detectLayout(const InputFile& file, const OpenOptions& options);

/// Hands every cell and row to the sink, the header's too, until it asks for no more.
/// Errors: Malformed (quotes, zero bytes), Unreadable, Cancelled, and what the sink complains about.
Status readRows(const InputFile& file, const CsvLayout& layout, CsvSink& sink, const JobControl& job);

} // namespace quantoscope
