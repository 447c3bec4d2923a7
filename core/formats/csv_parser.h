// Rows and cells of a table in text, by libcsv: quotes, doubled quotes, line breaks in quotes, LF, CRLF and CR.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace quantoscope {

class CsvSink {
public:
    virtual ~CsvSink() = default;
    virtual void cell(std::string_view text) = 0;
    /// The row that began in this line (from 1) is complete; false asks for no more. Empty lines are no rows.
    virtual bool endRow(std::uint64_t line) = 0;
    /// Why endRow asked for no more, where that is an error; `where` is the line.
    virtual std::optional<Error> failure() const { return std::nullopt; }
};

class CsvParser {
public:
    explicit CsvParser(char separator);
    ~CsvParser();
    CsvParser(const CsvParser&) = delete;
    CsvParser& operator=(const CsvParser&) = delete;

    /// The next piece of the text. Error: Malformed with the line in `where`, for a quotation mark inside a cell that
    /// does not begin with one, and after the closing one.
    Status parse(std::string_view text, CsvSink& sink);
    /// The end of the text. Error: Malformed where a quotation mark is never closed.
    Status finish(CsvSink& sink);
    /// Whether the sink has asked for no more.
    bool stopped() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace quantoscope
