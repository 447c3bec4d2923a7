// The cheapest way to cut sorted points into any number of bins, where every bin costs a penalty λ beside its squared
// error about its mean: what is left of optimal quantization when the number of levels is not asked for (Aggarwal,
// Schieber, Tokuyama 1994).
//
//     F[j] = min over i < j of F[i] + c(i, j) + λ,    c(i, j) the squares of points i..j−1 about their mean
//
// c is Monge, so the best i never falls as j rises. F never falls either, and therefore, once the best candidate i ≤ l
// takes row r to no more than F[l] + λ, no candidate beyond l can help any row up to r: the rows (l, r] depend on
// nothing among themselves. Each such block, about two thirds of a bin long, is one rowMinima of its own: divide and
// conquer, rows in the lanes of vectors. Every bin it looks at covers point l, which is the anchor from which distances
// are taken (row_minima.h), so nothing cancels wherever the data lies. Two sweeps, one from either end, meet in the
// middle on two threads. Beside the points it takes 4 bytes a point, and some 100 for each of a bin or two.
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/quant/weighted_points.h"

#include <cstddef>
#include <vector>

namespace quantoscope {

struct PenalizedPath {
    std::vector<std::size_t> boundaries; // 0, ..., the number of points: bin i is points boundaries[i] .. [i + 1] − 1
    double cost = 0;                     // Σ c + λ · bins: no way of cutting is cheaper

    std::size_t bins() const { return boundaries.size() - 1; }
};

/// penalty is λ > 0; at least one point, fewer than 2^32. The result does not depend on the number of threads. Errors:
/// Cancelled.
Result<PenalizedPath> cheapestPath(const WeightedPoints& points, double penalty, const JobControl& job = {});

} // namespace quantoscope
