#include "core/quant/line_scales.h"

#include <algorithm>
#include <bit>

namespace quantoscope {

void LineScaleList::clear(std::size_t lines) {
    m_size = m_count = 0;
    if (m_pieces.size() >= lines) return;
    for (RawVector<float>* numbers : {&m_scale, &m_inverse, &m_offset, &m_bias}) numbers->resize(lines + kSplitBeyond);
    m_pieces.resize(lines);
}

const ScaleArrays* LineScaleList::add(std::span<const GroupScale> groups, std::size_t lines, const CodingBook& book,
                                      CodeKind kind) {
    float *const scale = &m_scale[m_size], *const inverse = &m_inverse[m_size], *const offset = &m_offset[m_size],
                 *const bias = &m_bias[m_size];
    if (!splitScales(groups, book, kind, {scale, inverse, offset, bias})) return nullptr;
    std::size_t valuesOfEach = lines * kLine;
    if (!std::has_single_bit(lines)) {
        valuesOfEach = kLine;
        for (float* const numbers : {scale, inverse, offset, bias})
            for (std::size_t group = groups.size(); group-- > 0;) // from behind, as they move there
                std::fill_n(numbers + group * lines, lines, numbers[group]);
    }
    m_size += groups.size() * lines;
    return &(m_pieces[m_count++] = {scale, inverse, offset, bias, std::countr_zero(valuesOfEach)});
}

} // namespace quantoscope
