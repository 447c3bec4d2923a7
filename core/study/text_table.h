// A Table for people at a terminal: columns aligned, numbers at the decimal point, with the digits a person wants to
// see.
#pragma once

#include "core/study/table.h"

#include <string>
#include <vector>

namespace quantoscope {

/// Lines of UTF-8, each ending in a line feed: the headings, a rule, the rows. Infinite is ∞, undefined or unknown –.
std::string textTable(const Table& table);

/// The cells of a column as the text table has them, all with the places the column needs; where each row has its own,
/// filled up with spaces behind so that the points stand below each other.
std::vector<std::string> columnTexts(const Table& table, std::size_t column);
/// "Share, %", where Column::heading() says "Share": a share's cells are in per cent here.
std::string shownHeading(const Column& column);

/// One figure as the text table would show it alone: "12.41", "8.54 %", "1.2e-07".
std::string figureText(double value, ColumnKind kind);

/// "10,000,000"
std::string countText(std::uint64_t count);

} // namespace quantoscope
