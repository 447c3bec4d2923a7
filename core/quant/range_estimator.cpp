#include "core/quant/range_estimator.h"

#include "core/tensor/histogram.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

constexpr int kCandidates = 256, kPreviewCandidates = 32;
constexpr int kGoldenSteps = 24, kPreviewGoldenSteps = 6; // 24 leave a bracket of 10^-5 of a candidate's step
constexpr std::size_t kBins = 2048;

float finite(double value) {
    constexpr double largest = std::numeric_limits<float>::max();
    return static_cast<float>(std::clamp(value, -largest, largest));
}

Range symmetric(double bound) { return {-finite(bound), finite(bound)}; }

Range extremes(const GroupData& data, const RangeUse& use) {
    return use.symmetric ? symmetric(data.absoluteMaximum()) : Range{data.minimum(), data.maximum()};
}

Range percentile(const GroupData& data, double percent, const RangeUse& use) {
    const Distribution& distribution = data.distribution();
    if (use.symmetric) return symmetric(distribution.absoluteQuantile(percent / 100));
    return {finite(distribution.quantile((1 - percent / 100) / 2)),
            finite(distribution.quantile((1 + percent / 100) / 2))};
}

Range deviations(const GroupData& data, double multiple, const RangeUse& use) {
    const Distribution& distribution = data.distribution();
    if (use.symmetric) {
        const double weight = distribution.weightOf(distribution.all());
        return symmetric(weight > 0 ? multiple * std::sqrt(distribution.sumOfSquares() / weight) : 0);
    }
    const double mean = distribution.mean(), reach = multiple * std::sqrt(distribution.variance());
    return {finite(mean - reach), finite(mean + reach)};
}

/// Shrinks the extremes towards zero where they hold it, else towards the median.
Result<Range> leastSquaredError(const GroupData& data, const RangeUse& use, const JobControl& job) {
    const Range whole = extremes(data, use);
    const bool holdsZero = whole.lower <= 0 && whole.upper >= 0;
    const Distribution& distribution = data.distribution();
    const double anchor = holdsZero ? 0 : distribution.medianOf(distribution.all());
    const auto shrunk = [&](double factor) {
        return Range{finite(anchor + (whole.lower - anchor) * factor),
                     finite(anchor + (whole.upper - anchor) * factor)};
    };

    Range best = whole;
    double least = use.squaredError(whole), bestFactor = 1;
    const auto tryFactor = [&](double factor) {
        const Range range = shrunk(factor);
        const double error = use.squaredError(range);
        if (error < least) {
            least = error;
            best = range;
            bestFactor = factor;
        }
        return error;
    };
    const bool preview = use.effort == Effort::Preview;
    const int candidates = preview ? kPreviewCandidates : kCandidates;
    const int goldenSteps = preview ? kPreviewGoldenSteps : kGoldenSteps;
    for (int i = 1; i < candidates; ++i) {
        if (job.cancelled()) return cancelled();
        tryFactor(static_cast<double>(i) / candidates);
    }

    constexpr double golden = 0.6180339887498949;
    double low = std::max(0.0, bestFactor - 1.0 / candidates), high = std::min(1.0, bestFactor + 1.0 / candidates);
    double left = high - golden * (high - low), right = low + golden * (high - low);
    double errorLeft = tryFactor(left), errorRight = tryFactor(right);
    for (int step = 0; step < goldenSteps; ++step) {
        if (job.cancelled()) return cancelled();
        if (errorLeft <= errorRight) {
            high = std::exchange(right, left);
            errorRight = errorLeft;
            left = high - golden * (high - low);
            errorLeft = tryFactor(left);
        } else {
            low = std::exchange(left, right);
            errorLeft = errorRight;
            right = low + golden * (high - low);
            errorRight = tryFactor(right);
        }
    }
    return best;
}

Range leastEntropy(const GroupData& data, const RangeUse& use) {
    const Range whole = extremes(data, use);
    const double bound = data.absoluteMaximum();
    if (bound == 0) return whole;
    const Histogram histogram = histogramOf(data.distribution(), -bound, bound, kBins);
    // An odd number, so that one quantized bin holds zero: 2^b − 1 of 2^b levels.
    const std::size_t bins = use.levels - (use.levels % 2 == 0 ? 1 : 0);
    const float threshold = finite(entropyThreshold(histogram.counts, bound, bins, use.effort));
    const Range range{std::max(whole.lower, -threshold), std::min(whole.upper, threshold)};
    return range.lower < range.upper ? range : whole; // data that lies beyond the threshold on one side
}

Range searchedHistogram(const GroupData& data, const RangeUse& use) {
    const double lower = data.minimum(), upper = data.maximum();
    if (lower == upper) return extremes(data, use);
    const Histogram histogram = histogramOf(data.distribution(), lower, upper, kBins);
    const Range range = histogramRange(histogram.counts, lower, upper, use.levels);
    return use.symmetric ? symmetric(std::max(std::fabs(range.lower), std::fabs(range.upper))) : range;
}

} // namespace

Result<Range> estimateRange(const GroupData& data, const RangeSpec& spec, const RangeUse& use, const JobControl& job) {
    if (spec.kind == RangeSpec::Kind::Fixed) {
        if (!std::isfinite(spec.lower) || !std::isfinite(spec.upper) || !(spec.lower < spec.upper))
            return Error{ErrorCode::InvalidArgument, "range", "must be two finite numbers, the lower one first"};
        if (use.symmetric) return symmetric(std::max(std::fabs(spec.lower), std::fabs(spec.upper)));
        return Range{spec.lower, spec.upper};
    }
    if (job.cancelled()) return cancelled();
    if (data.empty()) return Range{};
    switch (spec.kind) {
    case RangeSpec::Kind::Percentile: return percentile(data, spec.parameter, use);
    case RangeSpec::Kind::Sigma: return deviations(data, spec.parameter, use);
    case RangeSpec::Kind::Mse: return leastSquaredError(data, use, job);
    case RangeSpec::Kind::Entropy: return leastEntropy(data, use);
    case RangeSpec::Kind::Histogram: return searchedHistogram(data, use);
    case RangeSpec::Kind::MinMax:
    case RangeSpec::Kind::Fixed: break;
    }
    return extremes(data, use);
}

} // namespace quantoscope
