// Intervals for codes that are entropy-coded afterwards: of all partitions of sorted data into at most k intervals, one
// with the least Σ w·(x − mean of its interval)² whose entropy −Σ p·log2 p, p the shares of the intervals, is at most a
// given number of bits. The multiplier μ, squared error a bit, turns it into min error + μ·entropy.
//
// For a given μ the best partition is a shortest path over the values, an edge costing error(i, j) − μ·p·log2 p. The
// entropy part is concave in p, so nothing of the structure that makes k-means fast is left, and the path is searched
// over groups of values, at most some hundred of them; then boundaries move on all values to where
//     (x − a)² + μ·l_a = (x − b)² + μ·l_b,   l = −log2 p,
// and levels to their means, as in entropy-constrained Lloyd iteration (Chou, Lookabaugh, Gray 1989). Equal intervals,
// optimal at high rates (Gish, Pierce 1968), are tried as another beginning.
#pragma once

#include "core/base/job_control.h"
#include "core/quant/quant_spec.h"
#include "core/tensor/distribution.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace quantoscope {

struct EntropyPartition {
    /// Interval i is [boundaries[i], boundaries[i + 1]) of the distribution's distinct values. None is empty.
    std::vector<std::size_t> boundaries;
    std::vector<double> thresholds; // between them: where the two sides cost the same, as far as the values allow
    double multiplier = 0;          // μ; 0 where the entropy did not bind
    double entropy = 0;             // bits
    double meanSquare = 0;          // error a value
    bool exact = false;             // proven: only where the entropy did not bind, and k-means is the answer

    std::size_t size() const { return boundaries.empty() ? 0 : boundaries.size() - 1; }
    IndexRange interval(std::size_t i) const { return {boundaries[i], boundaries[i + 1]}; }
};

/// At most k ≥ 1 intervals and so many bits of entropy ≥ 0. An empty distribution yields no interval. The result does
/// not depend on the number of threads. Errors: Cancelled.
Result<EntropyPartition> entropyPartition(const Distribution& data, std::uint32_t k, double bits,
                                          Effort effort = Effort::Exact, const JobControl& job = {});

} // namespace quantoscope
