// The columns of a table in text, collected row by row: values of those that hold numbers, a cell of the others.
#pragma once

#include "core/formats/csv_dialect.h"
#include "core/formats/csv_parser.h"

#include <string>
#include <vector>

namespace quantoscope {

/// Each costs memory even where it is empty: a line of commas must not claim all there is.
inline constexpr std::size_t kMostColumns = 100'000;

struct CsvColumn {
    std::string name;          // UTF-8, unlike every other
    std::vector<float> values; // one a row, 0 where it is missing
    std::vector<bool> missing; // one a row; empty while nothing is missing
    std::uint64_t missingCount = 0;
    bool whole = true; // every number is an integer of 64 bits
    double conversionError = 0;
    std::string text; // the first cell that is neither number nor missing, in quotation marks; empty if there is none

    bool isText() const { return !text.empty(); }
    bool isMissing(std::size_t row) const { return !missing.empty() && missing[row]; }
};

class CsvTable final : public CsvSink {
public:
    explicit CsvTable(const CsvDialect& dialect) : m_dialect(dialect) {}

    void cell(std::string_view text) override;
    bool endRow(std::uint64_t line) override;

    std::optional<Error> failure() const override { return m_failure; }
    std::size_t rows() const { return m_rows; }

    /// All columns in their order. Of one with text there are no values. Call one of the two, once, at the end.
    std::vector<CsvColumn> takeAllColumns() { return std::move(m_columns); }
    /// The columns of numbers in their order. The others are described in leftOut.
    std::vector<CsvColumn> takeColumns(std::vector<std::string>& leftOut);

private:
    void nameColumns();

    CsvDialect m_dialect;
    std::vector<CsvColumn> m_columns;
    std::size_t m_column = 0; // of the next cell
    std::size_t m_rows = 0;   // without the header
    bool m_inHeader = true;   // or in the first row of a table without one
    std::optional<Error> m_failure;
};

} // namespace quantoscope
