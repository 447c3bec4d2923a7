// Panels of columns that have a codebook each, of few bits: what they are coded with is tables of the columns of a
// panel, which stay in a core's own caches while panels below it are worked on.
#pragma once

#include "core/quant/code_kernels.h"
#include "core/quant/coding_plan.h"
#include "core/quant/column_tables.h"

#include <cstddef>
#include <cstdint>

namespace quantoscope {

/// One thread's. Bins of a panel are row after row, as wide as ColumnTables::binBits says.
class ColumnCoder {
public:
    explicit ColumnCoder(const CodingPlan& plan) : m_plan(plan) {}

    /// The panel that all else is about.
    void take(const Tile& panel, bool withThresholds);

    /// Whether bins are what a row of packed codes is.
    bool packed() const;
    /// Bytes of bins from a row to the next.
    std::size_t pitch() const;

    /// Values of the panel are where it is in the tensor, `ahead` is where those are that are next.
    void encode(const float* values, std::uint8_t* bins, const FetchAhead& ahead) const;
    /// The same, and Σ(x − Q(x))².
    double encodeAndMeasure(const float* values, std::uint8_t* bins, const FetchAhead& ahead) const;
    /// Of values whose rows begin `stride` apart.
    double measure(const float* values, std::size_t stride, const std::uint8_t* bins, const FetchAhead& ahead) const;
    /// Into rows that begin `stride` apart, from bins that do `pitch` bytes apart.
    void decode(const std::uint8_t* bins, std::size_t pitch, float* out, std::size_t stride, const FetchAhead& ahead,
                bool streamed) const;

    /// Makes a bin the first one.
    void clear(std::uint8_t* bins, std::size_t row, std::size_t column) const;

private:
    bool small() const { return m_levels.bits() <= ColumnTables::kMostInOneVector; }
    ColumnPanel panel(std::size_t stride, std::size_t pitch) const;
    void fill(bool withThresholds);

    const CodingPlan& m_plan;
    Tile m_panel{};
    std::size_t m_first = 0; // column of the tables
    ColumnTables m_thresholds, m_levels;
};

} // namespace quantoscope
