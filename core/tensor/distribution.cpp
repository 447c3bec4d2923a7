#include "core/tensor/distribution.h"

#include "core/base/parallel.h"

#include <hwy/contrib/sort/vqsort.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace quantoscope {

namespace {

// A double-double sum of n terms carries an error of about n^½·2^-105 of its size; 2^-92 bounds it for any n in memory.
constexpr double kPrefixNoise = 0x1p-92;
constexpr double kWantedPrecision = 1e-13;
constexpr std::size_t kSmallInterval = 8; // summed directly: no dearer than differencing
constexpr std::size_t kPrefixBlock = 1 << 16;
constexpr std::size_t kVectorSortFrom = 512; // below, std::sort is faster than setting up the vector sort

void sortAscending(std::vector<float>& values) {
    if (values.size() < kVectorSortFrom) {
        std::sort(values.begin(), values.end());
        return;
    }
    hwy::Sorter sorter;
    sorter(values.data(), values.size(), hwy::SortAscending());
}

double square(double x) { return x * x; }

} // namespace

Result<DistributionPtr> Distribution::build(std::span<const float> values, const JobControl& job) {
    if (job.cancelled()) return cancelled();
    std::shared_ptr<Distribution> result(new Distribution);
    std::vector<float> sorted(values.size());
    parallelBlocks(values.size(), kPrefixBlock, [&](Block block) {
        for (std::size_t i = block.begin; i < block.end; ++i) sorted[i] = values[i] + 0.0f; // −0 becomes +0
    });
    sortAscending(sorted);
    if (job.cancelled()) return cancelled();

    std::vector<std::uint64_t>& counts = result->m_counts;
    std::size_t distinct = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) distinct += i == 0 || sorted[i] != sorted[i - 1];
    counts.resize(distinct + 1);
    if (distinct == sorted.size()) {
        std::iota(counts.begin(), counts.end(), std::uint64_t{0});
    } else {
        std::size_t d = 0;
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            if (i > 0 && sorted[i] == sorted[i - 1]) continue;
            counts[d] = i;
            sorted[d++] = sorted[i];
        }
        counts[distinct] = sorted.size();
        sorted.resize(distinct);
        sorted.shrink_to_fit();
    }
    result->m_values = std::move(sorted);
    if (job.cancelled()) return cancelled();
    result->buildPrefixes();
    return DistributionPtr(std::move(result));
}

Result<DistributionPtr> Distribution::build(std::span<const float> values, std::span<const double> weights,
                                            const JobControl& job) {
    if (values.size() != weights.size())
        return Error{ErrorCode::InvalidArgument, "weights", "there must be one weight for every value"};
    if (std::any_of(weights.begin(), weights.end(), [](double w) { return !(w >= 0) || std::isinf(w); }))
        return Error{ErrorCode::InvalidArgument, "weights", "a weight must be finite and not negative"};
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    if (job.cancelled()) return cancelled();

    std::shared_ptr<Distribution> result(new Distribution);
    result->m_counts.clear();
    for (std::size_t i = 0; i < order.size(); ++i) {
        const float value = values[order[i]] + 0.0f;
        if (i == 0 || value != result->m_values.back()) {
            result->m_values.push_back(value);
            result->m_counts.push_back(i);
            result->m_weights.push_back(0);
        }
        result->m_weights.back() += weights[order[i]];
    }
    result->m_counts.push_back(order.size());
    // From weights of distinct values to the sums before each.
    DoubleDouble total;
    for (double& weight : result->m_weights) {
        const double own = weight;
        weight = total.value();
        total = total + DoubleDouble{own, 0};
    }
    result->m_weights.push_back(total.value());
    result->buildPrefixes();
    return DistributionPtr(std::move(result));
}

double Distribution::weightAt(std::size_t i) const {
    return m_weights.empty() ? static_cast<double>(m_counts[i + 1] - m_counts[i]) : m_weights[i + 1] - m_weights[i];
}

void Distribution::buildPrefixes() {
    const std::size_t n = m_values.size();
    m_first.resize(n + 1);
    m_second.resize(n + 1);
    if (n == 0) return;
    m_center = at((count() - 1) / 2);
    // Each block sums from zero; then every block is shifted by the sum of those before it.
    parallelBlocks(n, kPrefixBlock, [&](Block block) {
        DoubleDouble first, second;
        for (std::size_t i = block.begin; i < block.end; ++i) {
            const double weight = weightAt(i);
            const DoubleDouble x = twoSum(m_values[i], -m_center);
            const DoubleDouble wx = x * weight;
            first = first + wx;
            second = second + x * wx;
            m_first[i + 1] = first;
            m_second[i + 1] = second;
        }
    });
    const std::size_t blocks = blockCount(n, kPrefixBlock);
    std::vector<DoubleDouble> firstBefore(blocks), secondBefore(blocks);
    for (std::size_t b = 1; b < blocks; ++b) {
        firstBefore[b] = firstBefore[b - 1] + m_first[b * kPrefixBlock];
        secondBefore[b] = secondBefore[b - 1] + m_second[b * kPrefixBlock];
    }
    parallelBlocks(n, kPrefixBlock, [&](Block block) {
        if (block.index == 0) return;
        for (std::size_t i = block.begin; i < block.end; ++i) {
            m_first[i + 1] = m_first[i + 1] + firstBefore[block.index];
            m_second[i + 1] = m_second[i + 1] + secondBefore[block.index];
        }
    });
}

float Distribution::absoluteMaximum() const {
    return empty() ? 0 : std::max(std::fabs(minimum()), std::fabs(maximum()));
}

double Distribution::variance() const { return empty() ? 0 : squaredErrorAboutMean(all()) / weightOf(all()); }
double Distribution::sumOfSquares() const { return squaredError(all(), 0); }
double Distribution::sum() const { return sumOf(all()); }

double Distribution::excessKurtosis() const {
    if (distinct() < 2) return 0;
    const double center = mean();
    double second = 0, fourth = 0;
    for (std::size_t i = 0; i < distinct(); ++i) {
        const double d2 = square(m_values[i] - center), weight = weightAt(i);
        second += weight * d2;
        fourth += weight * d2 * d2;
    }
    return second > 0 ? fourth * weightOf(all()) / square(second) - 3 : 0;
}

std::size_t Distribution::indexOf(float x) const {
    return static_cast<std::size_t>(std::lower_bound(m_values.begin(), m_values.end(), x) - m_values.begin());
}

float Distribution::at(std::uint64_t j) const {
    const auto next = std::upper_bound(m_counts.begin(), m_counts.end(), j);
    return m_values[static_cast<std::size_t>(next - m_counts.begin()) - 1];
}

double Distribution::quantile(double q) const {
    const double position = q * static_cast<double>(count() - 1);
    const auto below = static_cast<std::uint64_t>(std::floor(position));
    const double a = at(below), b = at(std::min(below + 1, count() - 1));
    const double t = position - static_cast<double>(below);
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t); // numpy's lerp: exact at both ends
}

double Distribution::absoluteQuantile(double q) const {
    // The j-th smallest |x|: binary search over candidate magnitudes, counting those not above from both sides of zero.
    const auto notAbove = [&](float magnitude) {
        const std::size_t begin = indexOf(-magnitude);
        const std::size_t end = indexOf(std::nextafter(magnitude, INFINITY));
        return m_counts[end] - m_counts[begin];
    };
    const std::size_t firstPositive = indexOf(0);
    const auto magnitudeAt = [&](std::uint64_t j) {
        // Among the magnitudes of the positive side, then of the negative, the smallest with more than j values not
        // above it.
        const auto search = [&](std::size_t size, const auto& magnitude) {
            std::size_t low = 0, high = size;
            while (low < high) {
                const std::size_t middle = low + (high - low) / 2;
                if (notAbove(magnitude(middle)) > j)
                    high = middle;
                else
                    low = middle + 1;
            }
            return low < size ? magnitude(low) : INFINITY;
        };
        const float positive =
            search(distinct() - firstPositive, [&](std::size_t i) { return m_values[firstPositive + i]; });
        const float negative = search(firstPositive, [&](std::size_t i) { return -m_values[firstPositive - 1 - i]; });
        return static_cast<double>(std::min(positive, negative));
    };
    const double position = q * static_cast<double>(count() - 1);
    const auto below = static_cast<std::uint64_t>(std::floor(position));
    const double a = magnitudeAt(below), b = magnitudeAt(std::min(below + 1, count() - 1));
    const double t = position - static_cast<double>(below);
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

double Distribution::medianOf(IndexRange range) const {
    const std::uint64_t n = countOf(range), first = m_counts[range.begin];
    const double low = at(first + (n - 1) / 2), high = at(first + n / 2);
    return low + (high - low) / 2;
}

double Distribution::weightOf(IndexRange range) const {
    if (range.empty()) return 0;
    return m_weights.empty() ? static_cast<double>(countOf(range)) : m_weights[range.end] - m_weights[range.begin];
}

double Distribution::meanOf(IndexRange range) const {
    if (range.empty()) return 0;
    if (range.size() == 1) return m_values[range.begin];
    const double weight = weightOf(range);
    if (!(weight > 0)) return m_values[range.begin] + (double(m_values[range.end - 1]) - m_values[range.begin]) / 2;
    const DoubleDouble sum = m_first[range.end] - m_first[range.begin];
    const double width = double(m_values[range.end - 1]) - m_values[range.begin];
    const double noise =
        kPrefixNoise * std::sqrt(m_second[range.end].high *
                                 (m_weights.empty() ? static_cast<double>(m_counts[range.end]) : m_weights[range.end]));
    if (noise > kWantedPrecision * width * weight || range.size() <= kSmallInterval) {
        const double anchor = m_values[range.begin] + width / 2;
        double shifted = 0;
        for (std::size_t i = range.begin; i < range.end; ++i) shifted += weightAt(i) * (m_values[i] - anchor);
        return anchor + shifted / weight;
    }
    return (DoubleDouble{m_center, 0} + sum / weight).value();
}

double Distribution::squaredError(IndexRange range, double level) const {
    if (range.empty()) return 0;
    if (range.size() > kSmallInterval) {
        const double weight = weightOf(range);
        const double weightBefore = m_weights.empty() ? static_cast<double>(m_counts[range.end]) : m_weights[range.end];
        const DoubleDouble d = twoSum(level, -m_center);
        const DoubleDouble first = m_first[range.end] - m_first[range.begin];
        const DoubleDouble second = m_second[range.end] - m_second[range.begin];
        const double error = (second - d * first * 2.0 + d * d * weight).value();
        const double size = square(std::sqrt(m_second[range.end].high) + std::fabs(d.high) * std::sqrt(weightBefore));
        if (error * kWantedPrecision > kPrefixNoise * size) return error;
    }
    double error = 0;
    for (std::size_t i = range.begin; i < range.end; ++i) error += weightAt(i) * square(m_values[i] - level);
    return error;
}

double Distribution::squaredErrorAboutMean(IndexRange range) const {
    return range.size() <= 1 ? 0 : squaredError(range, meanOf(range));
}

double Distribution::sumOf(IndexRange range) const {
    if (range.empty()) return 0;
    const DoubleDouble sum = m_first[range.end] - m_first[range.begin];
    return (sum + twoProduct(m_center, weightOf(range))).value();
}

double Distribution::absoluteError(IndexRange range, double level) const {
    if (range.empty()) return 0;
    if (range.size() <= kSmallInterval) {
        double error = 0;
        for (std::size_t i = range.begin; i < range.end; ++i) error += weightAt(i) * std::fabs(m_values[i] - level);
        return error;
    }
    // Below the level the distances are level − x, above it x − level.
    const auto first = m_values.begin() + static_cast<std::ptrdiff_t>(range.begin);
    const auto last = m_values.begin() + static_cast<std::ptrdiff_t>(range.end);
    const auto split = static_cast<std::size_t>(std::lower_bound(first, last, level) - m_values.begin());
    const DoubleDouble d = twoSum(level, -m_center);
    const DoubleDouble below = d * weightOf({range.begin, split}) - (m_first[split] - m_first[range.begin]);
    const DoubleDouble above = (m_first[range.end] - m_first[split]) - d * weightOf({split, range.end});
    return std::max(0.0, (below + above).value());
}

} // namespace quantoscope
