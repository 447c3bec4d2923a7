#include "core/quant/weighted_points.h"

#include <algorithm>

namespace quantoscope {

void DistinctValues::read(std::size_t begin, std::size_t end, double* points, double* weights) const {
    const auto values = m_data.values();
    const bool coarse = m_data.isCoarse();
    for (std::size_t i = begin; i < end; ++i) {
        *points++ = coarse ? m_data.meanOf({i, i + 1}) : static_cast<double>(values[i]);
        *weights++ = static_cast<double>(m_data.countOf({i, i + 1}));
    }
}

void PointList::read(std::size_t begin, std::size_t end, double* points, double* weights) const {
    std::copy_n(m_points.begin() + static_cast<std::ptrdiff_t>(begin), end - begin, points);
    std::copy_n(m_weights.begin() + static_cast<std::ptrdiff_t>(begin), end - begin, weights);
}

void MirroredPoints::read(std::size_t begin, std::size_t end, double* points, double* weights) const {
    const std::size_t count = end - begin;
    m_points.read(size() - end, size() - begin, points, weights);
    std::reverse(points, points + count);
    std::reverse(weights, weights + count);
    std::transform(points, points + count, points, [](double x) { return -x; });
}

} // namespace quantoscope
