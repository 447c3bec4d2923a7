// One cell of a table: a number, a missing value, or text.
#pragma once

#include <string_view>

namespace quantoscope {

struct Cell {
    enum class Kind { Number, Missing, Text };
    Kind kind = Kind::Text;
    bool whole = false; // a number written as an integer that fits 64 bits
    float value = 0;
    double error = 0; // |the number read as double, or as a 64-bit integer, − value|; infinite where that overflowed
};

/// Spaces around are ignored. Numbers are decimal, with an exponent or without; nan, inf and infinity in any case are
/// numbers. Empty cells and NA, N/A, #N/A, null and - are missing. With the decimal mark ',' a '.' makes text.
Cell readCell(std::string_view text, char decimalMark);

} // namespace quantoscope
