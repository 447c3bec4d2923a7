// The partition of sorted data into k intervals with the least Σ w·(x − mean of its interval)²: one-dimensional
// k-means, solved for its global optimum.
//
// c(i, j), the error of values i..j−1 about their mean, is Monge, so in the recurrence
//     F_q(j) = min over i of F_(q−1)(i) + c(i, j)
// the best i never falls as j rises: every row confines its neighbours (divide and conquer, O(k · n log n)). Memory is
// O(n) however large k is. (Bellman 1973; Wu 1991; Grønlund et al. 2017, arXiv 1701.07204.)
#pragma once

#include "core/base/job_control.h"
#include "core/tensor/distribution.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace quantoscope {

struct OptimalPartition {
    /// Interval i is [boundaries[i], boundaries[i + 1]) of the distribution's distinct values.
    std::vector<std::size_t> boundaries;
    std::vector<double> means; // of the intervals
    double squaredError = 0;   // of the intervals about their means, by a second computation in two passes
    bool exact = true;         // the global optimum; false where the data was grouped beforehand

    std::size_t size() const { return means.size(); }
    IndexRange interval(std::size_t i) const { return {boundaries[i], boundaries[i + 1]}; }
};

/// distinct · k up to which the optimum itself is computed.
inline constexpr std::uint64_t kExactPartitionWork = 100'000'000;
/// What fits a frame.
inline constexpr std::uint64_t kPreviewPartitionWork = 1 << 18;

/// At most k intervals; fewer where there are fewer distinct values. Values of weight zero belong to an interval but do
/// not count (where all weights are zero, none does). Beyond `work` the values are grouped so that the optimum of the
/// groups is within it, and its boundaries are then refined on all values. The result does not depend on the number of
/// threads. An empty distribution yields no interval. Errors: Cancelled.
Result<OptimalPartition> optimalPartition(const Distribution& data, std::uint32_t k,
                                          std::uint64_t work = kExactPartitionWork, const JobControl& job = {});

} // namespace quantoscope
