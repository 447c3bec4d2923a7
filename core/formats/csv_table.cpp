#include "core/formats/csv_table.h"

#include "core/base/utf8.h"
#include "core/formats/csv_cell.h"
#include "core/formats/file_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace quantoscope {

void CsvTable::cell(std::string_view text) {
    const std::size_t index = m_column++;
    if (m_inHeader) {
        if (index >= kMostColumns) return; // endRow refuses the row
        CsvColumn& added = m_columns.emplace_back();
        if (m_dialect.header) {
            added.name = toUtf8(text);
            return;
        }
    }
    if (index >= m_columns.size()) return; // endRow refuses the row
    CsvColumn& column = m_columns[index];
    if (column.isText()) return;
    const Cell cell = readCell(text, m_dialect.decimalMark);
    if (cell.kind == Cell::Kind::Text) {
        column.text = inQuotes(text);
        column.values = {};
        column.missing = {};
        return;
    }
    if (cell.kind == Cell::Kind::Missing) {
        if (column.missing.empty()) column.missing.assign(column.values.size(), false);
        column.missing.push_back(true);
        ++column.missingCount;
    } else {
        if (!column.missing.empty()) column.missing.push_back(false);
        column.whole = column.whole && cell.whole;
        column.conversionError = std::max(column.conversionError, cell.error);
    }
    column.values.push_back(cell.value);
}

bool CsvTable::endRow(std::uint64_t line) {
    if (m_inHeader && m_column > kMostColumns) {
        m_failure = Error{ErrorCode::TooLarge, fmt::format("line {}", line),
                          fmt::format("{} columns; at most {} are read", m_column, kMostColumns)};
        return false;
    }
    if (m_column != m_columns.size()) {
        m_failure = Error{ErrorCode::Malformed, fmt::format("line {}", line),
                          fmt::format("{} cells, and the first row has {}", m_column, m_columns.size())};
        return false;
    }
    const bool wasHeader = m_inHeader && m_dialect.header;
    if (m_inHeader) nameColumns();
    m_inHeader = false;
    if (!wasHeader) ++m_rows;
    m_column = 0;
    return true;
}

void CsvTable::nameColumns() {
    std::unordered_set<std::string> taken{"*"}; // the name of the whole table
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        std::string& name = m_columns[i].name;
        if (name.empty()) name = fmt::format("column {}", i + 1);
        const std::string wanted = name;
        for (int number = 2; !taken.insert(name).second; ++number) name = fmt::format("{} ({})", wanted, number);
    }
}

std::vector<CsvColumn> CsvTable::takeColumns(std::vector<std::string>& leftOut) {
    std::vector<CsvColumn> numeric;
    for (CsvColumn& column : m_columns) {
        if (column.isText())
            leftOut.push_back(fmt::format("column {} holds text, such as {}", inQuotes(column.name), column.text));
        else if (column.missingCount == m_rows)
            leftOut.push_back(fmt::format("column {} holds no value", inQuotes(column.name)));
        else
            numeric.push_back(std::move(column));
    }
    m_columns.clear();
    return numeric;
}

} // namespace quantoscope
