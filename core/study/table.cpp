#include "core/study/table.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace quantoscope {

std::size_t Table::columnOf(std::string_view id) const {
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const Column& column) { return column.id == id; });
    return static_cast<std::size_t>(found - columns.begin());
}

Table Table::select(const std::vector<std::string_view>& ids) const {
    Table part{title, {}, rows, {}};
    std::vector<std::size_t> from;
    for (const std::string_view id : ids) {
        const std::size_t column = columnOf(id);
        if (column == columns.size()) continue;
        part.columns.push_back(columns[column]);
        from.push_back(column);
    }
    part.cell = [all = cell, from = std::move(from)](std::size_t row, std::size_t column) {
        return all(row, from[column]);
    };
    return part;
}

Table Table::head(std::size_t count) const {
    Table part = *this;
    part.rows = std::min(rows, count);
    return part;
}

Table makeTable(std::string title, std::vector<Column> columns, std::vector<std::vector<Cell>> rows) {
    Table table{std::move(title), std::move(columns), rows.size(), {}};
    const auto held = std::make_shared<const std::vector<std::vector<Cell>>>(std::move(rows));
    table.cell = [held](std::size_t row, std::size_t column) { return (*held)[row][column]; };
    return table;
}

} // namespace quantoscope
