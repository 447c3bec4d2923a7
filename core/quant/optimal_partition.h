// The partition of sorted data into k intervals with the least Σ w·(x − mean of its interval)²: one-dimensional
// k-means, solved for its global optimum, with a certificate (penalty_search.h says how).
#pragma once

#include "core/base/job_control.h"
#include "core/quant/optimality.h"
#include "core/quant/quant_spec.h"
#include "core/tensor/distribution.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace quantoscope {

struct OptimalPartition {
    /// Interval i is [boundaries[i], boundaries[i + 1]) of the distribution's distinct values.
    std::vector<std::size_t> boundaries;
    std::vector<double> means; // of the intervals
    double squaredError = 0;   // of the intervals about their means, by a second computation in two passes
    std::optional<OptimalityCertificate> certificate; // of a preview and of coarse data one that does not hold, or none
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
