// Values of a row that each have a codebook of their own, as where channels lie along the last axis: some neighbouring
// columns make a strip, whose tables lie side by side in the first cache while many rows are coded with them.
#pragma once

#include "core/quant/code_kernels.h"
#include "core/quant/quantizer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace quantoscope {

// Columns of a strip, up to 4 bits and beyond: as many as fill the first cache with their tables.
inline constexpr std::size_t kSmallStrip = 64, kLargeStrip = 16;

/// The columns of some rows, `stride` numbers apart, and their tables.
struct ColumnStrip {
    const float *thresholds, *levels, *offset, *inverse;
    std::size_t rows, stride;
};

class ColumnStrips {
public:
    /// For a quantizer by channel of which `run` neighbouring values have one. Nothing where tables would be too large,
    /// are not worth their making, or cannot say what the quantizer does (integer grids, scales without an inverse).
    static std::optional<ColumnStrips> make(const Quantizer& quantizer, std::size_t run);

    /// Values of a row: a whole number of times all channels.
    std::size_t columns() const { return m_columns; }
    /// How many rows at a time are worth fetching the tables for.
    std::size_t rowsAtOnce() const;

    /// Of whole rows, as encodePieces; results may be null.
    void encode(const float* values, std::size_t rows, std::uint32_t* bins, float* results, EncodeResults wanted) const;
    /// Codes of whole rows.
    void decode(const std::uint32_t* codes, std::size_t rows, float* out) const;

private:
    ColumnStrips() = default;
    void fill(const Quantizer& quantizer, std::size_t run, std::size_t strip);
    std::size_t stripCount() const { return (m_columns + width() - 1) / width(); }
    std::size_t width() const; // columns of a strip
    std::size_t thresholdsOfColumn() const;
    /// Of a level among those of a strip.
    std::size_t placeOf(std::size_t column, std::size_t code) const;
    /// The last one may overlap the one before.
    std::size_t startOf(std::size_t strip) const { return std::min(strip * width(), m_columns - width()); }

    std::size_t m_columns = 0;
    int m_bits = 0;
    bool m_mapped = false; // codes are not bins
    // By strip. Small tables are by bin and then by column, so that a vector has one number of each column; large ones
    // by column and then by bin.
    std::vector<float> m_thresholds; // those that are not there NaN, which no value reaches; large ones in nodes
    std::vector<float> m_levels;     // 2^bits a column, as they decode
    std::vector<float> m_byCode;     // the same by code, where codes are not bins
    std::vector<float> m_offset, m_inverse;
};

} // namespace quantoscope
