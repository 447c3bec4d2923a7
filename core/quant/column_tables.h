// Columns that have a codebook each, of few levels: the values of a row are coded side by side, each lane of a vector
// with thresholds and levels of its own.
#pragma once

#include "core/base/raw_vector.h"
#include "core/quant/code_kernels.h"

#include <cstddef>
#include <cstdint>

namespace quantoscope {

/// 2^bits numbers of every column, in strips of kLine columns: of a strip first all columns' number 0, then their
/// number 1, ...
class ColumnTables {
public:
    static constexpr int kMostBits = 4; // more numbers than vectors fit the registers

    ColumnTables() = default;
    /// Of so many columns, whole strips.
    ColumnTables(int bits, std::size_t columns) : m_bits(bits), m_numbers(columns << bits) {}

    int bits() const { return m_bits; }
    float& number(std::size_t column, std::size_t i) {
        return m_numbers[(column / kLine << m_bits) * kLine + i * kLine + column % kLine];
    }
    /// Of the strip that begins there.
    const float* strip(std::size_t column) const { return &m_numbers[column << m_bits]; }

private:
    int m_bits = 0;
    RawVector<float> m_numbers;
};

/// Some whole strips of a matrix whose rows begin `stride` apart; codes are row after row.
struct ColumnPanel {
    std::size_t column, width, rows, stride;
};

/// Bins of values by thresholds, ascending, those of number 2^bits − 1 left out and NaN where there are fewer.
void encodeColumns(const ColumnPanel& panel, const ColumnTables& thresholds, const float* values, std::uint8_t* bins,
                   const FetchAhead& ahead);
/// Adds the squares of what decoding would change, of four rows first their sum in float32.
void measureColumns(const ColumnPanel& panel, const ColumnTables& levels, const float* values, const std::uint8_t* bins,
                    SquareSums& sums, const FetchAhead& ahead);
/// out[row · stride + i] = the level of a code; of codes with more bits, only the last ones count.
void decodeColumns(const ColumnPanel& panel, const ColumnTables& levels, const std::uint8_t* codes, float* out,
                   const FetchAhead& ahead);

} // namespace quantoscope
