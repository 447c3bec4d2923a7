// The cheapest way to cut sorted points into a given number of bins, by finding the penalty at which the cheapest way
// (penalized_path.h) has that many: the optimum, with a proof.
//
// f(k), the least cost of k bins, is convex in k, so L(λ) = min over k of f(k) + λk is reached at k bins by all λ
// between f(k) − f(k + 1) and f(k − 1) − f(k). L(λ) − λk is never above f(k), whatever λ: a lower bound on every
// quantizer of k levels. Where k is reached the two are equal. Grids and integers have many k for one λ; then a way of
// fewer and one of more bins, both cheapest at that λ, are exchanged where they cross, which Monge costs allow without
// loss. (Aggarwal, Schieber, Tokuyama 1994; Grønlund et al. 2017, arXiv 1701.07204.)
#pragma once

#include "core/quant/penalized_path.h"

namespace quantoscope {

struct CheapestCut {
    std::vector<std::size_t> boundaries; // as PenalizedPath
    double penalty = 0;                  // λ; 0 where there was nothing to choose
    double lowerBound = 0;               // L(λ) − λk: no cut into k bins is cheaper
    double cost = 0;                     // of this one
    int passes = 0;                      // over the points
};

/// k bins, 1 ≤ k ≤ the number of points. `guess` is a penalty to begin with. Errors: Cancelled.
Result<CheapestCut> cheapestCut(const WeightedPoints& points, std::size_t k, double guess, const JobControl& job = {});

/// The penalty in the middle of those at which k bins are cheapest: the best guess for a problem of which these points
/// are a coarse picture. `found` is the cut into k bins. Errors: Cancelled.
Result<double> centralPenalty(const WeightedPoints& points, std::size_t k, const CheapestCut& found,
                              const JobControl& job = {});

} // namespace quantoscope
