// How a bin is found in nodes, for files that highway compiles once for each set of instructions; included by each of
// them within its own.
#include "core/quant/threshold_nodes.h"

#include <hwy/highway.h>

#if defined(QUANTOSCOPE_THRESHOLD_NODES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef QUANTOSCOPE_THRESHOLD_NODES_INL
#else
#define QUANTOSCOPE_THRESHOLD_NODES_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

/// How many numbers of a node are ≤ u.
HWY_INLINE std::uint32_t reachedIn(const float* node, float u) {
    namespace hn = hwy::HWY_NAMESPACE;
    const hn::CappedTag<float, kNodeWidth> d;
    const auto value = hn::Set(d, u);
    std::size_t count = 0;
    for (std::size_t i = 0; i < kNodeWidth; i += hn::Lanes(d))
        count += hn::CountTrue(d, hn::Ge(value, hn::LoadU(d, node + i)));
    return static_cast<std::uint32_t>(count);
}

HWY_INLINE std::uint32_t binInNodes(const float* nodes, float u) {
    const std::uint32_t node = reachedIn(nodes, u);
    return node * static_cast<std::uint32_t>(kNodeWidth) + reachedIn(nodes + (node + 1) * kNodeWidth, u);
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
