#include "core/tensor/distribution.h"

#include "core/base/parallel.h"
#include "core/tensor/grouped_points.h"
#include "core/tensor/value_sort.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace quantoscope {

namespace {

constexpr std::size_t kBlock = 1 << 16;
constexpr double kEvenFourth = 1.8; // fourth moment of evenly spread values over the square of their variance

double square(double x) { return x * x; }

/// numpy's linear interpolation: exact at both ends.
double interpolate(double a, double b, double t) { return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t); }

} // namespace

Result<DistributionPtr> Distribution::build(std::span<const float> values, const JobControl& job) {
    auto sorted = sortedCopy(values, job);
    if (!sorted) return sorted.error();
    std::shared_ptr<Distribution> result(new Distribution);
    result->collapse(std::move(*sorted));
    if (job.cancelled()) return cancelled();
    result->buildTree();
    return DistributionPtr(std::move(result));
}

Result<DistributionPtr> Distribution::build(std::span<const float> values, std::span<const double> weights,
                                            const JobControl& job) {
    if (values.size() != weights.size())
        return Error{ErrorCode::InvalidArgument, "weights", "there must be one weight for every value"};
    if (std::any_of(weights.begin(), weights.end(), [](double w) { return !(w >= 0) || std::isinf(w); }))
        return Error{ErrorCode::InvalidArgument, "weights", "a weight must be finite and not negative"};
    const auto order = sortedOrder(values, job);
    if (!order) return order.error();

    std::shared_ptr<Distribution> result(new Distribution);
    result->m_counts.clear();
    for (std::size_t i = 0; i < order->size(); ++i) {
        const float value = values[(*order)[i]] + 0.0f;
        if (i == 0 || value != result->m_values.back()) {
            result->m_values.push_back(value);
            result->m_counts.push_back(i);
            result->m_weights.push_back(0);
        }
        result->m_weights.back() += weights[(*order)[i]];
    }
    result->m_counts.push_back(order->size());
    if (job.cancelled()) return cancelled();
    result->buildTree();
    return DistributionPtr(std::move(result));
}

DistributionPtr Distribution::fromGroups(std::span<const ValueGroup> groups) {
    std::shared_ptr<Distribution> result(new Distribution);
    result->m_values.reserve(groups.size());
    result->m_counts.reserve(groups.size() + 1);
    const bool coarse = std::any_of(groups.begin(), groups.end(),
                                    [](const ValueGroup& group) { return group.lowest != group.highest; });
    if (coarse) result->m_spread.reserve(groups.size());
    for (const ValueGroup& group : groups) {
        result->m_values.push_back(std::clamp(static_cast<float>(group.mean.value()), group.lowest, group.highest));
        result->m_counts.push_back(result->m_counts.back() + group.count);
        result->m_within += group.squares;
        if (coarse) result->m_spread.push_back({group.lowest, group.highest, group.mean, group.squares});
    }
    result->buildTree();
    return result;
}

Coarsening Distribution::coarsening() const {
    Coarsening result;
    if (!isCoarse()) return result;
    result.groups = distinct();
    result.rmsSpread = std::sqrt(m_within / static_cast<double>(count()));
    for (const Spread& group : m_spread)
        result.widest = std::max(result.widest, static_cast<double>(group.highest) - group.lowest);
    return result;
}

/// From sorted values to distinct ones and how many lie before each.
void Distribution::collapse(RawVector<float> sorted) {
    const std::size_t n = sorted.size();
    const auto startsAt = [&](std::size_t i) { return i == 0 || sorted[i] != sorted[i - 1]; };
    std::vector<std::size_t> before(blockCount(n, kBlock)); // distinct values that start before a block
    parallelBlocks(n, kBlock, [&](Block block) {
        std::size_t starts = block.index == 0;
        for (std::size_t i = std::max<std::size_t>(1, block.begin); i < block.end; ++i)
            starts += sorted[i] != sorted[i - 1];
        before[block.index] = starts;
    });
    std::size_t distinct = 0;
    for (std::size_t& starts : before) distinct += std::exchange(starts, distinct);

    m_counts.resize(distinct + 1);
    m_counts[0] = 0;
    if (distinct == n) {
        parallelBlocks(n, kBlock, [&](Block block) {
            for (std::size_t i = block.begin; i < block.end; ++i) m_counts[i + 1] = i + 1;
        });
        m_values = std::move(sorted);
        return;
    }
    m_values.resize(distinct);
    parallelBlocks(n, kBlock, [&](Block block) {
        // A run of equal values belongs to the block it starts in.
        std::size_t begin = block.begin, end = block.end;
        while (begin < end && !startsAt(begin)) ++begin;
        if (begin == end) return;
        while (end < n && !startsAt(end)) ++end;
        // Every value writes, also those equal to the one before: that is faster than deciding.
        std::size_t next = before[block.index];
        for (std::size_t i = begin; i < end; ++i) {
            next += startsAt(i);
            m_values[next - 1] = sorted[i];
            m_counts[next] = i + 1;
        }
    });
}

void Distribution::buildTree() {
    m_tree.build(distinct(), [this](std::size_t first, std::size_t last, Moments* out) {
        for (std::size_t i = first; i < last; ++i) *out++ = momentsAt(i);
    });
}

float Distribution::absoluteMaximum() const {
    return empty() ? 0 : std::max(std::fabs(minimum()), std::fabs(maximum()));
}

double Distribution::variance() const {
    const double weight = weightOf(all());
    return weight > 0 ? squaredErrorAboutMean(all()) / weight : 0;
}

double Distribution::sumOfSquares() const { return squaredError(all(), 0); }
double Distribution::sum() const { return sumOf(all()); }

double Distribution::excessKurtosis() const {
    struct Powers {
        double second = 0, fourth = 0;
    };
    const DoubleDouble center = preciseMeanOf(all());
    std::vector<Powers> partial(blockCount(distinct(), kBlock));
    parallelBlocks(distinct(), kBlock, [&](Block block) {
        Powers sums;
        for (std::size_t i = block.begin; i < block.end; ++i) {
            const Moments own = momentsAt(i);
            const double squared = square(own.distance(center)), weighted = own.weight * squared;
            sums.second += weighted + own.squares;
            sums.fourth += weighted * squared;
            // Σ(d + e)⁴ with Σe = 0; the third and fourth moments of a group as if it were evenly spread.
            if (own.squares > 0) sums.fourth += own.squares * (6 * squared + kEvenFourth * own.squares / own.weight);
        }
        partial[block.index] = sums;
    });
    Powers total;
    for (const Powers& part : partial) {
        total.second += part.second;
        total.fourth += part.fourth;
    }
    return total.second > 0 ? total.fourth / total.second * (weightOf(all()) / total.second) - 3 : 0;
}

const GroupedPoints& Distribution::coarse() const {
    constexpr std::size_t kGroups = 1 << 15;
    std::call_once(m_grouped,
                   [this] { m_coarse = std::make_shared<const GroupedPoints>(measuredGroups(*this, kGroups)); });
    return *m_coarse;
}

std::size_t Distribution::indexOf(float x) const {
    return static_cast<std::size_t>(std::lower_bound(m_values.begin(), m_values.end(), x) - m_values.begin());
}

float Distribution::at(std::uint64_t j) const {
    const auto next = std::upper_bound(m_counts.begin(), m_counts.end(), j);
    const auto i = static_cast<std::size_t>(next - m_counts.begin()) - 1;
    if (!isCoarse()) return m_values[i];
    const Spread& group = m_spread[i];
    const std::uint64_t rank = j - m_counts[i], last = countOf({i, i + 1}) - 1;
    if (rank == 0) return group.lowest;
    const double part = static_cast<double>(rank) / static_cast<double>(last);
    return static_cast<float>(interpolate(static_cast<double>(group.lowest), static_cast<double>(group.highest), part));
}

double Distribution::quantile(double q) const {
    const double position = q * static_cast<double>(count() - 1);
    const auto below = static_cast<std::uint64_t>(std::floor(position));
    const double a = at(below), b = at(std::min(below + 1, count() - 1));
    const double t = position - static_cast<double>(below);
    return interpolate(a, b, t);
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
    return interpolate(a, b, t);
}

double Distribution::medianOf(IndexRange range) const {
    if (range.empty()) return 0;
    const std::uint64_t n = countOf(range), first = m_counts[range.begin];
    const double low = at(first + (n - 1) / 2), high = at(first + n / 2);
    return low + (high - low) / 2;
}

double Distribution::weightOf(IndexRange range) const {
    if (range.empty()) return 0;
    if (m_weights.empty()) return static_cast<double>(countOf(range));
    double weight = 0;
    m_tree.visit(
        range.begin, range.end, [&](std::size_t i) { weight += m_weights[i]; },
        [&](const Moments& node) { weight += node.weight; });
    return weight;
}

DoubleDouble Distribution::preciseMeanOf(IndexRange range) const {
    if (range.empty()) return {};
    const double anchor = m_values[range.begin];
    if (range.size() == 1) return momentsAt(range.begin).mean;
    double weight = 0, shifted = 0;
    visit(
        range.begin, range.end,
        [&](std::size_t i) {
            const double w = weightAt(i);
            weight += w;
            shifted += w * (m_values[i] - anchor);
        },
        [&](const Moments& node) {
            weight += node.weight;
            shifted += node.weight * node.distance({anchor, 0});
        });
    if (!(weight > 0)) return {anchor + (m_values[range.end - 1] - anchor) / 2, 0};
    // Then what this is off by, as in merge().
    const double near = anchor + shifted / weight;
    double excess = 0;
    visit(
        range.begin, range.end, [&](std::size_t i) { excess += weightAt(i) * (m_values[i] - near); },
        [&](const Moments& node) {
            excess += node.weight * node.distance({near, 0});
        });
    return twoSum(near, excess / weight);
}

double Distribution::squaredErrorAbout(IndexRange range, DoubleDouble level) const {
    if (range.empty()) return 0;
    double error = 0;
    visit(
        range.begin, range.end,
        [&](std::size_t i) { error += weightAt(i) * square((m_values[i] - level.high) - level.low); },
        [&](const Moments& node) { error += node.squares + node.weight * square(node.distance(level)); });
    return error;
}

double Distribution::squaredErrorAboutMean(IndexRange range) const {
    return range.empty() || (range.size() == 1 && !isCoarse()) ? 0 : squaredErrorAbout(range, preciseMeanOf(range));
}

double Distribution::sumOf(IndexRange range) const { return (preciseMeanOf(range) * weightOf(range)).value(); }

double Distribution::absoluteError(IndexRange range, double level) const {
    if (range.empty()) return 0;
    // Below the level the distances are level − x, above it x − level: no term is negative.
    const auto first = m_values.begin() + static_cast<std::ptrdiff_t>(range.begin);
    const auto last = m_values.begin() + static_cast<std::ptrdiff_t>(range.end);
    const auto split = static_cast<std::size_t>(std::lower_bound(first, last, level) - m_values.begin());
    double error = 0;
    const auto value = [&](std::size_t i) { error += weightAt(i) * std::fabs(m_values[i] - level); };
    const auto node = [&](const Moments& m) { error += m.weight * std::fabs(m.distance({level, 0})); };
    visit(range.begin, split, value, node);
    visit(split, range.end, value, node);
    return error;
}

} // namespace quantoscope
