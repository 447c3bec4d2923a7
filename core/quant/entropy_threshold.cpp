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
constexpr std::size_t kPreviewStep = 32, kPreviewFineStep = 4; // bins

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

/// Σ p·ln(p/q), both scaled to a sum of 1. Bins like the one before, the empty ones mostly, need no other logarithm.
double relativeEntropy(std::span<const float> p, std::span<const float> q) {
    const double sumP = std::accumulate(p.begin(), p.end(), 0.0), sumQ = std::accumulate(q.begin(), q.end(), 0.0);
    double entropy = 0, term = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (i == 0 || p[i] != p[i - 1] || q[i] != q[i - 1]) {
            const double own = p[i] / sumP, other = q[i] / sumQ;
            term = own * std::log(own / other);
        }
        entropy += term;
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

/// One after another, the candidates of a histogram: so many bins on either side of the middle one.
class Candidates {
public:
    Candidates(std::span<const std::uint64_t> histogram, std::size_t quantizedBins)
        : m_histogram(histogram), m_quantizedBins(quantizedBins), m_below(histogram.size() + 1) {
        std::partial_sum(histogram.begin(), histogram.end(), m_below.begin() + 1);
    }

    std::size_t endOf(std::size_t reach) const {
        return std::min(m_histogram.size() / 2 + reach + 1, m_histogram.size());
    }

    /// Infinite where it cannot be smoothed.
    double entropyOf(std::size_t reach) {
        const std::size_t begin = m_histogram.size() / 2 - reach, end = endOf(reach);
        const auto slice = m_histogram.subspan(begin, end - begin);
        m_p.assign(slice.begin(), slice.end());
        m_p.front() += m_below[begin];
        m_p.back() += m_below.back() - m_below[end];
        spread(slice, m_p, m_quantizedBins, m_q);
        if (!smooth(m_p, m_smoothP) || !smooth(m_q, m_smoothQ)) return std::numeric_limits<double>::infinity();
        return relativeEntropy(m_smoothP, m_smoothQ);
    }

private:
    std::span<const std::uint64_t> m_histogram;
    std::size_t m_quantizedBins;
    std::vector<std::uint64_t> m_below; // counts before a bin
    std::vector<std::uint64_t> m_p, m_q;
    std::vector<float> m_smoothP, m_smoothQ;
};

} // namespace

double entropyThreshold(std::span<const std::uint64_t> histogram, double absoluteMaximum, std::size_t quantizedBins,
                        Effort effort) {
    const std::size_t bins = histogram.size(), middle = bins / 2, first = quantizedBins / 2;
    if (quantizedBins == 0 || first > middle || quantizedBins > bins) return absoluteMaximum;
    Candidates candidates(histogram, quantizedBins);
    double least = std::numeric_limits<double>::infinity();
    std::size_t best = bins; // which reaches to the end
    const auto tryFrom = [&](std::size_t from, std::size_t to, std::size_t step) {
        for (std::size_t reach = from; reach <= to; reach += step) {
            const double entropy = candidates.entropyOf(reach);
            if (entropy >= least) continue;
            least = entropy;
            best = reach;
        }
    };
    const std::size_t step = effort == Effort::Preview ? kPreviewStep : 1;
    tryFrom(first, middle, step);
    if (step > 1 && best <= middle) {
        const std::size_t around = best;
        tryFrom(std::max(first, around - std::min(around, step - 1)), std::min(middle, around + step - 1),
                kPreviewFineStep);
    }
    return absoluteMaximum * (2 * static_cast<double>(candidates.endOf(best)) / static_cast<double>(bins) - 1);
}

} // namespace quantoscope
