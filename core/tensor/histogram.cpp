#include "core/tensor/histogram.h"

#include "core/base/float_edges.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>

namespace quantoscope {

namespace {

constexpr std::size_t kBlock = 1 << 18;
constexpr std::size_t kParts = 64; // counts of their own: enough for any machine, few enough for many bins

void widenIfEmpty(double& lower, double& upper) {
    if (lower < upper) return;
    lower -= 0.5;
    upper += 0.5;
    if (lower < upper) return; // beyond 2^53 half a unit vanishes
    const double place = std::fabs(upper) * 0x1p-23;
    lower -= place;
    upper += place;
}

} // namespace

Histogram histogramOf(const Distribution& distribution, double lower, double upper, std::size_t bins) {
    widenIfEmpty(lower, upper);
    Histogram histogram{lower, upper, std::vector<std::uint64_t>(bins)};
    if (distribution.empty() || bins == 0) return histogram;
    std::size_t begin = distribution.indexOf(firstFloatFrom(lower));
    for (std::size_t i = 0; i < bins; ++i) {
        const bool last = i + 1 == bins;
        const float edge = firstFloatFrom(last ? upper : histogram.edge(i + 1));
        // The last interval is closed: a value equal to the upper end counts.
        const std::size_t end = distribution.indexOf(last && edge <= upper ? std::nextafter(edge, INFINITY) : edge);
        histogram.counts[i] = distribution.countOf({begin, end});
        begin = std::max(begin, end);
    }
    return histogram;
}

Histogram histogramOf(const Distribution& distribution, std::size_t bins) {
    if (distribution.empty()) return {0, 1, std::vector<std::uint64_t>(bins)};
    return histogramOf(distribution, distribution.minimum(), distribution.maximum(), bins);
}

Histogram histogramOf(std::span<const float> values, std::size_t bins) {
    const std::size_t blocks = blockCount(values.size(), kBlock);
    std::vector<float> lows(blocks, INFINITY), highs(blocks, -INFINITY);
    parallelBlocks(values.size(), kBlock, [&](Block block) {
        float low = INFINITY, high = -INFINITY;
        for (std::size_t i = block.begin; i < block.end; ++i) {
            if (!std::isfinite(values[i])) continue;
            low = std::min(low, values[i]);
            high = std::max(high, values[i]);
        }
        lows[block.index] = low;
        highs[block.index] = high;
    });
    double lower = INFINITY, upper = -INFINITY;
    for (std::size_t b = 0; b < blocks; ++b) {
        lower = std::min<double>(lower, lows[b]);
        upper = std::max<double>(upper, highs[b]);
    }
    if (!(lower <= upper) || bins == 0) return {0, 1, std::vector<std::uint64_t>(bins)};
    widenIfEmpty(lower, upper);

    Histogram histogram{lower, upper, std::vector<std::uint64_t>(bins)};
    const std::size_t part = std::max(kBlock, blockCount(values.size(), kParts));
    std::vector<std::vector<std::uint64_t>> partial(blockCount(values.size(), part));
    const double width = histogram.binWidth();
    parallelBlocks(values.size(), part, [&](Block block) {
        std::vector<std::uint64_t>& counts = partial[block.index];
        counts.resize(bins);
        for (std::size_t i = block.begin; i < block.end; ++i) {
            if (!std::isfinite(values[i])) continue;
            const double x = values[i];
            auto bin = std::min(static_cast<std::size_t>((x - lower) / width), bins - 1);
            // The quotient may round across an edge: settle it by the edges themselves.
            if (x < lower + static_cast<double>(bin) * width)
                --bin;
            else if (bin + 1 < bins && x >= lower + static_cast<double>(bin + 1) * width)
                ++bin;
            ++counts[bin];
        }
    });
    for (const auto& counts : partial)
        for (std::size_t i = 0; i < bins; ++i) histogram.counts[i] += counts[i];
    return histogram;
}

} // namespace quantoscope
