#include "core/quant/column_coder.h"

#include "core/quant/column_squares.h"
#include "core/quant/threshold_search.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace quantoscope {

void ColumnCoder::take(const Tile& panel, bool withThresholds) {
    m_panel = panel;
    const std::size_t first = panel.begin % m_plan.m_columns, columns = (panel.width + kLine - 1) / kLine * kLine;
    const bool there = columns == m_levels.columns() && (!withThresholds || m_thresholds.bits() > 0);
    if (there && first == m_first) return;
    if (!there) {
        const int bits = m_plan.m_quantizer.bits;
        m_levels = ColumnTables(bits, columns);
        if (withThresholds) m_thresholds = ColumnTables(bits, columns);
    }
    m_first = first;
    fill(withThresholds);
}

void ColumnCoder::fill(bool withThresholds) {
    const Quantizer& quantizer = m_plan.m_quantizer;
    for (std::size_t column = 0; column < m_levels.columns(); ++column) {
        const GroupScale group = quantizer.groups[m_plan.groupInPanel(m_first + column)];
        const Codebook& codebook = *quantizer.codebooks[group.codebook];
        const std::span<float> levels = m_levels.of(column);
        const auto end = std::transform(codebook.levels.begin(), codebook.levels.end(), levels.begin(),
                                        [&](float level) { return group.decode(level); });
        std::fill(end, levels.end(), end[-1]);
        if (!withThresholds) continue;
        const std::span<float> thresholds = m_thresholds.of(column);
        if (small())
            std::fill(std::copy(codebook.thresholds.begin(), codebook.thresholds.end(), thresholds.begin()),
                      thresholds.end(), NAN);
        else
            fillThresholdTree(codebook.thresholds, thresholds);
    }
}

bool ColumnCoder::packed() const { return ColumnTables::binBits(m_levels.bits()) == m_levels.bits(); }

std::size_t ColumnCoder::pitch() const {
    return m_levels.columns() * static_cast<std::size_t>(ColumnTables::binBits(m_levels.bits())) / 8;
}

ColumnPanel ColumnCoder::panel(std::size_t stride, std::size_t pitch) const {
    return {m_panel.width, m_panel.rows, stride, pitch};
}

void ColumnCoder::encode(const float* values, std::uint8_t* bins, const FetchAhead& ahead) const {
    const ColumnPanel whole = panel(m_panel.stride, pitch());
    if (small())
        encodeSquares(whole, m_thresholds, values, bins);
    else
        encodeColumns(whole, m_thresholds, values, bins, ahead);
}

double ColumnCoder::encodeAndMeasure(const float* values, std::uint8_t* bins, const FetchAhead& ahead) const {
    const ColumnPanel whole = panel(m_panel.stride, pitch());
    SquareSums sums;
    if (small())
        encodeAndMeasureSquares(whole, m_thresholds, m_levels, values, bins, sums);
    else
        encodeAndMeasureColumns(whole, m_thresholds, m_levels, values, bins, sums, ahead);
    return sums.total();
}

double ColumnCoder::measure(const float* values, std::size_t stride, const std::uint8_t* bins,
                            const FetchAhead& ahead) const {
    const ColumnPanel whole = panel(stride, pitch());
    SquareSums sums;
    if (small())
        measureSquares(whole, m_levels, values, bins, sums);
    else
        measureColumns(whole, m_levels, values, bins, sums, ahead);
    return sums.total();
}

void ColumnCoder::decode(const std::uint8_t* bins, std::size_t pitch, float* out, std::size_t stride,
                         const FetchAhead& ahead, bool streamed) const {
    const ColumnPanel whole = panel(stride, pitch);
    if (small())
        decodeSquares(whole, m_levels, bins, out);
    else
        decodeColumns(whole, m_levels, bins, out, ahead, streamed);
}

void ColumnCoder::clear(std::uint8_t* bins, std::size_t row, std::size_t column) const {
    const auto width = static_cast<std::size_t>(ColumnTables::binBits(m_levels.bits()));
    const std::size_t bit = column * width;
    bins[row * pitch() + bit / 8] &= static_cast<std::uint8_t>(~(((1u << width) - 1) << bit % 8));
}

} // namespace quantoscope
