// The threshold of least relative entropy, step by step as onnxruntime's calibrator finds it
// (quantization/calibrate.py, get_entropy_threshold, after Migacz, "8-bit inference with TensorRT", 2017). For every
// symmetric slice of the histogram, from quantizedBins bins about the middle to all of them:
//   p: the counts of the slice, what lies outside added to its end bins
//   q: the counts (without what lies outside) merged into quantizedBins equal runs, the remainder into the last; each
//      spread evenly over those bins of its run where p is not zero, in whole numbers
// and the slice of least KL(p‖q) wins, both smoothed in float32: empty bins get 1e-4, the others give it.
#include "core/quant/range_estimator.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace quantoscope {

namespace {

constexpr float kSmoothing = 1e-4f;

/// False where there is nothing to smooth, or a bin would have to give more than it has.
bool smooth(std::span<const std::uint64_t> counts, std::vector<float>& smoothed) {
    const auto zeros = static_cast<double>(std::count(counts.begin(), counts.end(), 0u));
    const double others = static_cast<double>(counts.size()) - zeros;
    if (others == 0) return false;
    const auto given = static_cast<float>(1e-4 * zeros / others);
    smoothed.clear();
    for (const std::uint64_t count : counts)
        smoothed.push_back(count == 0 ? kSmoothing : static_cast<float>(count) - given);
    return *std::min_element(smoothed.begin(), smoothed.end()) > 0;
}

/// Σ p·ln(p/q), both scaled to a sum of 1.
double relativeEntropy(std::span<const float> p, std::span<const float> q) {
    const double sumP = std::accumulate(p.begin(), p.end(), 0.0), sumQ = std::accumulate(q.begin(), q.end(), 0.0);
    double entropy = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const double own = p[i] / sumP, other = q[i] / sumQ;
        entropy += own * std::log(own / other);
    }
    return entropy;
}

void spread(std::span<const std::uint64_t> slice, std::span<const std::uint64_t> p, std::size_t quantizedBins,
            std::vector<std::uint64_t>& q) {
    const std::size_t merged = slice.size() / quantizedBins;
    q.assign(slice.size(), 0);
    for (std::size_t index = 0; index < quantizedBins; ++index) {
        const std::size_t begin = index * merged, end = begin + merged;
        const std::size_t summedTo = index + 1 < quantizedBins ? end : slice.size();
        const auto at = [](auto values, std::size_t i) { return values.begin() + static_cast<std::ptrdiff_t>(i); };
        const auto sum = std::accumulate(at(slice, begin), at(slice, summedTo), std::uint64_t{0});
        const auto occupied = static_cast<std::uint64_t>(
            std::count_if(at(p, begin), at(p, end), [](std::uint64_t count) { return count != 0; }));
        if (occupied != 0) std::fill(at(std::span(q), begin), at(std::span(q), end), sum / occupied);
    }
}

} // namespace

double entropyThreshold(std::span<const std::uint64_t> histogram, double absoluteMaximum, std::size_t quantizedBins) {
    const std::size_t bins = histogram.size(), middle = bins / 2;
    if (quantizedBins == 0 || quantizedBins / 2 > middle || quantizedBins > bins) return absoluteMaximum;
    std::vector<std::uint64_t> p, q;
    std::vector<float> smoothP, smoothQ;
    double least = std::numeric_limits<double>::infinity();
    std::size_t bestEnd = bins;
    for (std::size_t reach = quantizedBins / 2; reach <= middle; ++reach) {
        const std::size_t begin = middle - reach, end = std::min(middle + reach + 1, bins);
        const auto slice = histogram.subspan(begin, end - begin);
        const auto before = histogram.first(begin), after = histogram.subspan(end);
        p.assign(slice.begin(), slice.end());
        p.front() = std::accumulate(before.begin(), before.end(), p.front());
        p.back() = std::accumulate(after.begin(), after.end(), p.back());
        spread(slice, p, quantizedBins, q);
        if (!smooth(p, smoothP) || !smooth(q, smoothQ)) continue;
        const double entropy = relativeEntropy(smoothP, smoothQ);
        if (entropy >= least) continue;
        least = entropy;
        bestEnd = end;
    }
    return absoluteMaximum * (2 * static_cast<double>(bestEnd) / static_cast<double>(bins) - 1);
}

} // namespace quantoscope
