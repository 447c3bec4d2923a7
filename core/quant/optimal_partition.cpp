#include "core/quant/optimal_partition.h"

#include "core/base/parallel.h"
#include "core/quant/grouped_points.h"
#include "core/quant/interval_cost.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>

namespace quantoscope {

namespace {

constexpr std::size_t kRowsAtOnce = 256;
constexpr std::size_t kParallelFrom = 1 << 13;      // rows; below, starting threads costs more than they save
constexpr std::size_t kRememberedChoices = 1 << 22; // of 4 bytes; beyond, only the middle boundary is remembered
constexpr std::size_t kGroupsPerInterval = 4;       // fewer leave too little choice: then the groups are the intervals
constexpr std::uint64_t kFewestRounds = 4, kMostRounds = 200;

/// The dynamic program over the points [first, last) of one IntervalCost.
class Rows {
public:
    Rows(const IntervalCost& cost, std::size_t first, std::size_t last)
        : m_cost(cost),
          m_first(first),
          m_count(last - first),
          m_before(m_count + 1),
          m_after(m_count + 1),
          m_choice(m_count + 1) {
        forRows(m_count, [&](std::size_t r) { m_after[r + 1] = m_cost.exact(m_first, m_first + r + 1); });
    }

    /// From q − 1 intervals to q, for every end that leaves at least `left` points; the end itself where none is left.
    void advance(std::size_t q, std::size_t left) {
        std::swap(m_before, m_after);
        if (left == 0) {
            settle(m_count, q - 1, m_count - 1);
            return;
        }
        const std::size_t rows = m_count - left - q + 1; // ends q .. count − left
        // Every other row of the last pass confines the rows between; the first pass has one row only.
        for (std::size_t stride = std::bit_floor(rows); stride > 0; stride /= 2) {
            const std::size_t own = (rows + stride) / (2 * stride); // rows stride − 1, 3·stride − 1, ...
            forRows(own, [&](std::size_t index) {
                const std::size_t row = (2 * index + 1) * stride - 1, end = q + row;
                const std::size_t low = row >= stride ? m_choice[end - stride] : q - 1;
                const std::size_t high = row + stride < rows ? m_choice[end + stride] : end - 1;
                settle(end, low, std::min(high, end - 1));
            });
        }
    }

    const std::vector<std::uint32_t>& choices() const { return m_choice; }

private:
    template<class Body>
    void forRows(std::size_t count, const Body& body) const {
        if (count < kParallelFrom) {
            for (std::size_t i = 0; i < count; ++i) body(i);
            return;
        }
        parallelBlocks(count, kRowsAtOnce, [&](Block block) {
            for (std::size_t i = block.begin; i < block.end; ++i) body(i);
        });
    }

    /// Finds the best begin in [low, high] of an interval that ends at `end`: estimates rule most out, exact costs
    /// decide among the rest.
    void settle(std::size_t end, std::size_t low, std::size_t high) {
        struct Candidate {
            std::size_t begin;
            double atLeast;
        };
        thread_local std::vector<Candidate> candidates;
        candidates.clear();
        double atMost = std::numeric_limits<double>::infinity();
        for (std::size_t begin = low; begin <= high; ++begin) {
            const auto [cost, slack] = m_cost.estimate(m_first + begin, m_first + end);
            const double error = m_before[begin] + cost;
            if (error - slack > atMost) continue;
            candidates.push_back({begin, error - slack});
            atMost = std::min(atMost, error + slack);
        }
        std::size_t best = low;
        double least = std::numeric_limits<double>::infinity();
        for (const Candidate& candidate : candidates) {
            if (candidate.atLeast > atMost) continue;
            const double error = m_before[candidate.begin] + m_cost.exact(m_first + candidate.begin, m_first + end);
            if (error >= least) continue;
            least = error;
            best = candidate.begin;
        }
        m_choice[end] = static_cast<std::uint32_t>(best);
        m_after[end] = least;
    }

    const IntervalCost& m_cost;
    std::size_t m_first;
    std::size_t m_count;
    std::vector<double> m_before; // F_(q−1) by end
    std::vector<double> m_after;  // F_q by end
    std::vector<std::uint32_t> m_choice;
};

/// Reports how much of the work is done, and hears of cancellation.
struct Progress {
    const JobControl& job;
    double total;
    double done = 0;

    bool add(std::size_t rows) {
        done += static_cast<double>(rows);
        job.progress(std::min(1.0, done / total));
        return !job.cancelled();
    }
};

/// Writes the inner boundaries of the best k intervals of [first, last) to out[0 .. k − 2]; false where cancelled.
bool solve(const IntervalCost& cost, std::size_t first, std::size_t last, std::size_t k, std::size_t* out,
           Progress& progress) {
    const std::size_t count = last - first;
    if (k == 1) return true;
    if (k >= count) {
        for (std::size_t i = 1; i < k; ++i) out[i - 1] = first + i;
        return true;
    }
    Rows rows(cost, first, last);
    if (count * (k - 1) <= kRememberedChoices) {
        std::vector<std::vector<std::uint32_t>> choices;
        for (std::size_t q = 2; q <= k; ++q) {
            rows.advance(q, k - q);
            choices.push_back(rows.choices());
            if (!progress.add(count)) return false;
        }
        std::size_t end = count;
        for (std::size_t q = k; q >= 2; --q) {
            end = choices[q - 2][end];
            out[q - 2] = first + end;
        }
        return true;
    }
    // Too much to remember: carry along where the first half of the intervals ends, then solve the halves on their own.
    // (Hirschberg 1975; the halves together cost half as much again.)
    const std::size_t half = k / 2;
    std::vector<std::uint32_t> middle(count + 1), next(count + 1);
    for (std::size_t q = 2; q <= k; ++q) {
        rows.advance(q, k - q);
        for (std::size_t end = q == k ? count : q; q > half && end <= count - (k - q); ++end)
            next[end] = q == half + 1 ? rows.choices()[end] : middle[rows.choices()[end]];
        std::swap(middle, next);
        if (!progress.add(count)) return false;
    }
    const std::size_t split = first + middle[count];
    out[half - 1] = split;
    return solve(cost, first, split, half, out, progress) && solve(cost, split, last, k - half, out + half, progress);
}

/// The distinct values that count, and where they are in the distribution.
struct CountedValues {
    std::vector<double> points;
    std::vector<double> weights;
    std::vector<std::size_t> positions; // empty where every value counts

    std::size_t positionOf(std::size_t i) const { return positions.empty() ? i : positions[i]; }
};

CountedValues countedValues(const Distribution& data) {
    CountedValues values;
    const std::size_t n = data.distinct();
    values.points.reserve(n);
    values.weights.reserve(n);
    const bool anyWeight = !data.weighted() || data.weightOf(data.all()) > 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double weight = anyWeight ? data.weightOf({i, i + 1}) : 1;
        if (!(weight > 0)) continue;
        if (data.weighted()) values.positions.push_back(i);
        values.points.push_back(data.values()[i]);
        values.weights.push_back(weight);
    }
    return values;
}

/// Near the optimum, from groups of values. In time by k and work, not by the number of values.
Result<OptimalPartition> groupedPartition(const Distribution& data, std::size_t k, std::uint64_t work,
                                          const JobControl& job) {
    const bool choice = work / k >= kGroupsPerInterval * k;
    GroupedPoints grouped = groupPoints(data, choice ? work / k : k);
    std::vector<std::size_t> inner = std::move(grouped.boundaries);
    if (inner.size() + 1 > k) {
        const IntervalCost cost(grouped.points, grouped.weights);
        std::vector<std::size_t> chosen(k - 1);
        Progress progress{job, static_cast<double>(cost.size()) * static_cast<double>(k)};
        if (!solve(cost, 0, cost.size(), k, chosen.data(), progress)) return cancelled();
        for (std::size_t& boundary : chosen) boundary = inner[boundary - 1];
        inner = std::move(chosen);
    }
    refineBoundaries(data, inner, std::clamp(work / (8 * k), kFewestRounds, kMostRounds), job);
    if (job.cancelled()) return cancelled();

    OptimalPartition result;
    result.exact = false;
    result.boundaries = {0};
    inner.push_back(data.distinct());
    for (const std::size_t end : inner) {
        const IndexRange interval{result.boundaries.back(), end};
        result.means.push_back(data.meanOf(interval));
        result.squaredError += data.squaredErrorAboutMean(interval);
        result.boundaries.push_back(end);
    }
    return result;
}

} // namespace

Result<OptimalPartition> optimalPartition(const Distribution& data, std::uint32_t k, std::uint64_t work,
                                          const JobControl& job) {
    if (job.cancelled()) return cancelled();
    OptimalPartition result;
    result.boundaries = {0};
    if (data.empty()) return result;
    if (k < data.distinct() && data.distinct() * static_cast<std::uint64_t>(k) > work)
        return groupedPartition(data, k, work, job);

    const CountedValues values = countedValues(data);
    const IntervalCost cost(values.points, values.weights);
    const std::size_t count = cost.size(), bins = std::clamp<std::size_t>(k, 1, count);
    std::vector<std::size_t> ends(bins - 1);
    Progress progress{job, 1.5 * static_cast<double>(count) * static_cast<double>(bins)};
    if (!solve(cost, 0, count, bins, ends.data(), progress)) return cancelled();
    ends.push_back(count);

    std::size_t begin = 0;
    DoubleDouble error;
    for (const std::size_t end : ends) {
        error = error + DoubleDouble{cost.twoPass(begin, end), 0};
        result.means.push_back(cost.exactMean(begin, end));
        result.boundaries.push_back(end < count ? values.positionOf(end) : data.distinct());
        begin = end;
    }
    result.squaredError = error.value();
    return result;
}

} // namespace quantoscope
