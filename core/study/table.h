// A table that is neither on screen nor in a file yet: columns that say what they hold, and cells made when asked for.
// Item models, reports and every export are made from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace quantoscope {

/// Empty where nothing is known or the figure is undefined. A float is a value of the data, a double a computed figure.
using Cell = std::variant<std::monostate, bool, std::int64_t, float, double, std::string>;

/// What a number is, and so how many digits of it a person wants to see.
enum class ColumnKind {
    Text,
    Flag,
    Integer,
    Real,   // of any magnitude, all rows of the same data
    Figure, // of any magnitude, each row of other data
    Share,  // 0 to 1, shown in per cent
    Decibels,
    Bits,
    Ratio,
    Time,
    Throughput,
};

enum class Better { Neither, Higher, Lower };

struct Column {
    std::string id;    // as JSON keys and CSV headers have it: "bitsPerValue"
    std::string label; // in sentence case
    ColumnKind kind = ColumnKind::Real;
    std::string unit = {};
    Better better = Better::Neither;
    std::string help = {}; // one sentence with the formula, for a tooltip

    /// "SQNR, dB"
    std::string heading() const { return unit.empty() ? label : label + ", " + unit; }
};

struct Table {
    std::string title;
    std::vector<Column> columns;
    std::size_t rows = 0;
    /// Of row and column; from one thread or several.
    std::function<Cell(std::size_t, std::size_t)> cell;

    /// The position of a column, or columns.size().
    std::size_t columnOf(std::string_view id) const;
    /// The same rows with only these columns, in this order; ids there are not are passed over.
    Table select(const std::vector<std::string_view>& ids) const;
    /// The same columns with no more than so many rows.
    Table head(std::size_t count) const;
};

/// A table of rows that exist already, each with a cell a column.
Table makeTable(std::string title, std::vector<Column> columns, std::vector<std::vector<Cell>> rows);

} // namespace quantoscope
