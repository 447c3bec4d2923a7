#include "core/quant/optimal_partition.h"

#include "core/base/exact_sum.h"
#include "core/quant/penalty_search.h"
#include "core/tensor/grouped_points.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace quantoscope {

namespace {

constexpr std::size_t kPreviewPoints = 1 << 15; // whose optimum takes a few milliseconds
constexpr std::size_t kSolvedAtOnce = 1 << 16;  // distinct values, as 16 bits have at most
constexpr std::size_t kFewestGroups = 1 << 14, kMostGroups = 1 << 20;
constexpr std::size_t kGroupsPerBin = 64; // then the penalty of the groups is that of all values to a part in 10,000
constexpr std::size_t kPreviewGroupsPerBin = 4; // fewer leave too little choice: then the groups are the bins
constexpr double kCancelled = 0x1p-20;          // a mean beside the values it comes from: then less of it is left
constexpr std::uint64_t kPreviewRounds = 8, kRepairRounds = 50;

/// The distinct values that count, where weights may be zero.
struct CountedValues {
    std::vector<double> points;
    std::vector<double> weights;
    std::vector<std::size_t> positions; // in the distribution

    explicit CountedValues(const Distribution& data) {
        const bool anyWeight = data.weightOf(data.all()) > 0;
        for (std::size_t i = 0; i < data.distinct(); ++i) {
            const double weight = anyWeight ? data.weightOf({i, i + 1}) : 1;
            if (!(weight > 0)) continue;
            points.push_back(data.values()[i]);
            weights.push_back(weight);
            positions.push_back(i);
        }
        // Any unit of weight will do, and squares must not overflow. A power of two rounds nothing.
        const int exponent = std::ilogb(*std::max_element(weights.begin(), weights.end()));
        for (double& weight : weights) weight = std::ldexp(weight, -exponent);
        unit = std::ldexp(1.0, exponent);
    }

    double unit; // of `weights`, in weights of the distribution
};

/// A penalty to begin with, from the law of smooth densities: k bins have the error (∫ density^(1/3))³ · n/(12k²)
/// (Panter, Dite 1951), which falls by twice its k-th part from bin to bin. Points stand for half of the gaps beside
/// them.
double smoothPenalty(const WeightedPoints& points, std::size_t k) {
    constexpr std::size_t kRun = 1 << 10;
    std::vector<double> x(kRun + 1), w(kRun + 1);
    double sum = 0;
    for (std::size_t begin = 0; begin + 1 < points.size(); begin += kRun) {
        const std::size_t end = std::min(points.size(), begin + kRun + 1);
        points.read(begin, end, x.data(), w.data());
        for (std::size_t i = 0; i + 1 < end - begin; ++i) {
            const double gap = x[i + 1] - x[i];
            sum += std::cbrt((w[i] + w[i + 1]) / 2 * gap * gap);
        }
    }
    const double part = sum / static_cast<double>(k);
    return part * part * part / 6;
}

/// The cut of groups, and the penalty it suggests for all values.
struct CoarseCut {
    std::vector<std::size_t> boundaries; // inner ones, in the distribution
    double penalty = 0;
    double lowerBound = 0; // of the groups
};

Result<CoarseCut> coarseCut(const GroupedPoints& grouped, std::size_t k, bool central, const JobControl& job) {
    const PointList points(grouped.points, grouped.weights);
    const auto cut = cheapestCut(points, k, smoothPenalty(points, k), job);
    if (!cut) return cut.error();
    CoarseCut result;
    result.penalty = cut->penalty;
    result.lowerBound = cut->lowerBound;
    if (central) {
        const auto penalty = centralPenalty(points, k, *cut, job);
        if (!penalty) return penalty.error();
        result.penalty = *penalty;
    }
    for (std::size_t i = 1; i + 1 < cut->boundaries.size(); ++i)
        result.boundaries.push_back(grouped.boundaries[cut->boundaries[i] - 1]);
    return result;
}

/// The mean of an interval, good beside itself also where huge values cancel in it.
double meanOf(const Distribution& data, IndexRange range) {
    const double quick = data.meanOf(range);
    if (data.isCoarse()) return quick;
    const auto x = data.values();
    const double largest = std::max(std::fabs(x[range.begin]), std::fabs(x[range.end - 1]));
    if (std::fabs(quick) > kCancelled * largest || range.size() == 1) return quick;
    ExactSum first;
    for (std::size_t i = range.begin; i < range.end; ++i) {
        const DoubleDouble product = twoProduct(data.weightOf({i, i + 1}), x[i]);
        first.add(product.low);
        first.add(product.high);
    }
    const double weight = data.weightOf(range);
    return weight > 0 ? (first.value() / weight).value() : quick;
}

/// Fills in what follows from the inner boundaries.
void describe(const Distribution& data, const std::vector<std::size_t>& inner, OptimalPartition& partition) {
    partition.boundaries.assign(1, 0);
    partition.means.clear();
    DoubleDouble error;
    const auto add = [&](std::size_t end) {
        const IndexRange interval{partition.boundaries.back(), end};
        partition.means.push_back(meanOf(data, interval));
        error = error + DoubleDouble{data.squaredErrorAboutMean(interval), 0};
        partition.boundaries.push_back(end);
    };
    for (const std::size_t boundary : inner) add(boundary);
    add(data.distinct());
    partition.squaredError = error.value();
}

/// How much the lower bound may be off, as a part of the error: each F is rounded once a bin, and the squares of a bin
/// come from sums about a point of it.
double roundingOf(const Distribution& data, const OptimalPartition& partition, double penalty) {
    const auto bins = static_cast<double>(partition.size());
    double aboutEnds = 0;
    for (std::size_t i = 0; i < partition.size(); ++i) {
        const IndexRange range = partition.interval(i);
        const double width = static_cast<double>(data.values()[range.end - 1]) - data.values()[range.begin];
        const double fromBegin = partition.means[i] - data.values()[range.begin];
        const double farthest = std::max(fromBegin, width - fromBegin);
        aboutEnds += data.weightOf(range) * farthest * farthest;
    }
    const double total = partition.squaredError + penalty * bins;
    return partition.squaredError > 0
               ? (0x1p-52 * bins * total + 0x1p-50 * (partition.squaredError + aboutEnds)) / partition.squaredError
               : 0;
}

OptimalityCertificate certify(const Distribution& data, const OptimalPartition& partition, double penalty,
                              double lowerBound) {
    const double error = partition.squaredError;
    const double gap = error > 0 ? std::max(0.0, (error - lowerBound) / error) : 0;
    return {penalty, lowerBound, gap, roundingOf(data, partition, penalty)};
}

/// The groups that a coarse distribution consists of.
GroupedPoints groupsOf(const Distribution& data) {
    GroupedPoints groups;
    groups.points.resize(data.distinct());
    groups.boundaries.resize(data.distinct() - 1);
    std::iota(groups.boundaries.begin(), groups.boundaries.end(), std::size_t{1});
    measureScatter(data, groups);
    return groups;
}

Result<OptimalPartition> exactPartition(const Distribution& data, std::size_t k, const WeightedPoints& points,
                                        std::span<const std::size_t> positions, double unit, const JobControl& job) {
    const std::size_t count = points.size();
    double guess = 0;
    const std::size_t groups = std::min(std::clamp(kGroupsPerBin * k, kFewestGroups, kMostGroups), count / 4);
    if (groups >= std::max(kFewestGroups, 2 * k)) {
        const auto coarse = groups <= kPreviewPoints ? coarseCut(data.coarse(), k, true, job)
                                                     : coarseCut(groupPoints(data, groups), k, true, job);
        if (!coarse) return coarse.error();
        guess = coarse->penalty / unit;
    } else if (k < count) {
        guess = smoothPenalty(points, k);
    }
    auto cut = cheapestCut(points, k, guess, job);
    if (!cut) return cut.error();
    std::vector<std::size_t> inner(cut->boundaries.begin() + 1, cut->boundaries.end() - 1);
    if (!positions.empty())
        for (std::size_t& boundary : inner) boundary = positions[boundary];
    OptimalPartition result;
    result.passes = cut->passes;
    describe(data, inner, result);
    // What the values are apart inside groups is part of every error.
    const double lowerBound = cut->lowerBound * unit + data.squaresWithinGroups();
    result.certificate = certify(data, result, cut->penalty * unit, lowerBound);
    if (!result.certificate->holds()) { // where rounding misled a choice, neighbouring means set it right
        refineBoundaries(data, inner, kRepairRounds, job);
        describe(data, inner, result);
        result.certificate = certify(data, result, cut->penalty * unit, lowerBound);
    }
    // That is proven among partitions that keep the groups whole. What others could gain is bounded.
    if (data.isCoarse()) {
        const GroupedPoints own = groupsOf(data);
        const double error = result.squaredError;
        const double bound = lowerBoundOfValues(own, k, cut->lowerBound * unit, error);
        result.certificate =
            OptimalityCertificate{cut->penalty * unit, bound, error > 0 ? (error - bound) / error : 0, 0};
    }
    return result;
}

/// Near the optimum, within a frame, and how near.
Result<OptimalPartition> previewPartition(const Distribution& data, std::size_t k, const JobControl& job) {
    OptimalPartition result;
    if (kPreviewPoints < kPreviewGroupsPerBin * k) {
        std::vector<std::size_t> inner = groupPoints(data, k).boundaries;
        refineBoundaries(data, inner, kPreviewRounds, job);
        describe(data, inner, result);
        return result;
    }
    auto coarse = coarseCut(data.coarse(), k, false, job);
    if (!coarse) return coarse.error();
    refineBoundaries(data, coarse->boundaries, kPreviewRounds, job);
    describe(data, coarse->boundaries, result);
    const double error = result.squaredError;
    const double bound = lowerBoundOfValues(data.coarse(), k, coarse->lowerBound, error);
    result.certificate = OptimalityCertificate{coarse->penalty, bound, error > 0 ? (error - bound) / error : 0, 0};
    return result;
}

} // namespace

Result<OptimalPartition> optimalPartition(const Distribution& data, std::uint32_t k, Effort effort,
                                          const JobControl& job) {
    if (job.cancelled()) return cancelled();
    if (data.empty()) {
        OptimalPartition nothing;
        nothing.boundaries = {0};
        nothing.certificate.emplace();
        return nothing;
    }
    const std::size_t bins = std::max<std::uint32_t>(k, 1);
    if (effort == Effort::Preview && bins < data.distinct() && data.distinct() > kSolvedAtOnce) {
        auto result = previewPartition(data, bins, job);
        if (job.cancelled()) return cancelled();
        return result;
    }
    if (!data.weighted()) return exactPartition(data, bins, DistinctValues(data), {}, 1, job);
    const CountedValues values(data);
    return exactPartition(data, bins, PointList(values.points, values.weights), values.positions, values.unit, job);
}

} // namespace quantoscope
