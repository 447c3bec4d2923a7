#include "core/quant/threshold_nodes.h"

#include <algorithm>
#include <limits>

namespace quantoscope {

void fillNodes(std::span<const float> thresholds, float* nodes) {
    constexpr float none = std::numeric_limits<float>::quiet_NaN();
    float* const all = nodes + kNodeWidth;
    std::fill(std::copy(thresholds.begin(), thresholds.end(), all), nodes + kNodeNumbers, none);
    for (std::size_t i = 0; i + 1 < kNodeWidth; ++i) nodes[i] = all[i * kNodeWidth + kNodeWidth - 1];
    nodes[kNodeWidth - 1] = none;
}

} // namespace quantoscope
