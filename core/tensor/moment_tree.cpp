#include "core/tensor/moment_tree.h"

#include "core/base/parallel.h"

#include <array>

namespace quantoscope {

namespace {

constexpr std::size_t kNodesAtOnce = 1 << 12;

} // namespace

Moments merge(const Moments* first, const Moments* last) {
    double weight = 0, shifted = 0;
    const DoubleDouble anchor = first->mean;
    for (const Moments* m = first; m != last; ++m) {
        weight += m->weight;
        shifted += m->weight * m->distance(anchor);
    }
    if (!(weight > 0)) return momentsOf(anchor.high, 0);
    // A mean in double first, then what it is off by: the error of that is relative to the deviations, not to the mean.
    const double near = anchor.high + shifted / weight;
    double squares = 0, excess = 0;
    for (const Moments* m = first; m != last; ++m) {
        const double distance = m->distance({near, 0}), weighted = m->weight * distance;
        excess += weighted;
        squares += m->squares + weighted * distance;
    }
    const double correction = excess / weight;
    return {weight, twoSum(near, correction), std::max(0.0, squares - excess * correction)};
}

void MomentTree::build(std::size_t count,
                       const std::function<void(std::size_t first, std::size_t last, Moments* out)>& leaves) {
    m_levels.clear();
    if (count < kFan) return;
    m_levels.emplace_back(count / kFan);
    parallelBlocks(m_levels[0].size(), kNodesAtOnce, [&](Block block) {
        std::array<Moments, kFan> own;
        for (std::size_t i = block.begin; i < block.end; ++i) {
            leaves(i * kFan, (i + 1) * kFan, own.data());
            m_levels[0][i] = merge(own.data(), own.data() + kFan);
        }
    });
    while (m_levels.back().size() >= kFan) {
        const std::vector<Moments>& below = m_levels.back();
        std::vector<Moments> level(below.size() / kFan);
        parallelBlocks(level.size(), kNodesAtOnce, [&](Block block) {
            for (std::size_t i = block.begin; i < block.end; ++i)
                level[i] = merge(&below[i * kFan], &below[i * kFan] + kFan);
        });
        m_levels.push_back(std::move(level));
    }
}

} // namespace quantoscope
