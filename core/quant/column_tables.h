// Columns that have a codebook each: squares of a panel are turned on their side in registers, where the values of a
// column are side by side and its thresholds and levels are tables.
#pragma once

#include "core/base/raw_vector.h"
#include "core/quant/code_kernels.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace quantoscope {

/// A table of numbers for every column.
class ColumnTables {
public:
    static constexpr int kMostBits = 8, kMostInOneVector = 4;
    static constexpr std::size_t kLeast = kLine; // numbers of a table

    ColumnTables() = default;
    /// Of 2^bits numbers, and whole vectors of them.
    ColumnTables(int bits, std::size_t columns)
        : m_bits(bits),
          m_columns(columns),
          m_size(std::max(std::size_t{1} << bits, kLeast)),
          m_numbers(columns * m_size + kLine) {}

    /// Of a bin in a row of them: as wide as a code where codes of one do not reach into the next byte, else a byte.
    static constexpr int binBits(int bits) { return bits == 1 || bits == 2 || bits == 4 ? bits : 8; }

    int bits() const { return m_bits; } // 0 where there are none
    std::size_t columns() const { return m_columns; }
    std::size_t size() const { return m_size; }
    std::span<float> of(std::size_t column) { return std::span(m_numbers).subspan(column * m_size, m_size); }
    /// That of the column next to it is so much behind it as it is long, and behind all of them is another vector.
    const float* from(std::size_t column) const { return &m_numbers[column * m_size]; }

private:
    int m_bits = 0;
    std::size_t m_columns = 0;
    std::size_t m_size = 0;
    RawVector<float> m_numbers;
};

/// Some columns of a matrix, whole lines of them, that begin with those of the tables: rows of values begin `stride`
/// apart, those of bins `pitch` bytes.
struct ColumnPanel {
    std::size_t width, rows, stride, pitch;
};

// For tables of more than kMostInOneVector bits; see column_squares.h for others.

/// Bins of values by thresholds in the order of fillThresholdTree.
void encodeColumns(const ColumnPanel& panel, const ColumnTables& thresholds, const float* values, std::uint8_t* bins,
                   const FetchAhead& ahead);
/// Adds the squares of what decoding would change: the square of row r to column r mod 16, in the order of rows, of 64
/// rows all columns one after another, four of which first have their sum in float32. So it is the same whatever the
/// vectors.
void measureColumns(const ColumnPanel& panel, const ColumnTables& levels, const float* values, const std::uint8_t* bins,
                    SquareSums& sums, const FetchAhead& ahead);
/// Both at once.
void encodeAndMeasureColumns(const ColumnPanel& panel, const ColumnTables& thresholds, const ColumnTables& levels,
                             const float* values, std::uint8_t* bins, SquareSums& sums, const FetchAhead& ahead);
/// out[row · stride + i] = the level of a code; of codes with more bits, only the last ones count. With more than 6
/// bits and where `out` begins with a line, past the caches if `streamed`.
void decodeColumns(const ColumnPanel& panel, const ColumnTables& levels, const std::uint8_t* codes, float* out,
                   const FetchAhead& ahead, bool streamed);

} // namespace quantoscope
