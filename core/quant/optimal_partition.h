// The partition of sorted data into k intervals with the least Σ w·(x − mean of its interval)²: one-dimensional
// k-means, solved for its global optimum, with a certificate (penalty_search.h says how).
#pragma once

#include "core/base/job_control.h"
#include "core/quant/quant_spec.h"
#include "core/tensor/distribution.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace quantoscope {

/// Why a partition is optimal. Errors are Σ w·(x − mean)².
struct OptimalityCertificate {
    double penalty = 0;       // λ: with this price a bin, no partition of any number of bins is cheaper
    double lowerBound = 0;    // min over partitions of error + λ · bins, minus λk: no k levels have a smaller error
    double relativeGap = 0;   // how far the partition's error lies above that bound, as a part of itself
    double roundingBound = 0; // as much of relativeGap may come from rounding in float64

    bool holds() const { return relativeGap <= roundingBound; }
};

struct OptimalPartition {
    /// Interval i is [boundaries[i], boundaries[i + 1]) of the distribution's distinct values.
    std::vector<std::size_t> boundaries;
    std::vector<double> means; // of the intervals
    double squaredError = 0;   // of the intervals about their means, by a second computation in two passes
    std::optional<OptimalityCertificate> certificate; // none where only groups of values were looked at
    int passes = 0;                                   // over all values

    std::size_t size() const { return means.size(); }
    IndexRange interval(std::size_t i) const { return {boundaries[i], boundaries[i + 1]}; }
    /// The global optimum, proven.
    bool exact() const { return certificate && certificate->holds(); }
};

/// At most k intervals; fewer where there are fewer distinct values. Values of weight zero belong to an interval but do
/// not count (where all weights are zero, none does). A preview of many values partitions groups of them, then refines
/// the boundaries on all. The result does not depend on the number of threads. An empty distribution yields no
/// interval. Errors: Cancelled.
Result<OptimalPartition> optimalPartition(const Distribution& data, std::uint32_t k, Effort effort = Effort::Exact,
                                          const JobControl& job = {});

} // namespace quantoscope
