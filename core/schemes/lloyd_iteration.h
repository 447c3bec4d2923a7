// Lloyd's iteration on sorted data: levels to the means of their nearest values, until nothing moves. It stops in a
// local optimum that depends on where it starts. An iteration costs O(k · log n).
#pragma once

#include "core/base/job_control.h"
#include "core/tensor/distribution.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace quantoscope {

enum class LloydStart {
    KMeansPlusPlus, // each level a value drawn with probability w·(distance to the nearest level so far)²
    Uniform,        // the middles of k equal intervals
    Quantile,       // the quantiles (2i + 1)/(2k)
};

struct LloydOptions {
    LloydStart start = LloydStart::KMeansPlusPlus;
    std::uint64_t seed = 1;
    int iterations = 300; // at most
    int restarts = 1;     // the best of so many; a start that is not drawn has only one
    double tolerance = 0; // stop when Σ(movement of a level)² is not above this share of the variance
};

struct LloydResult {
    std::vector<double> levels; // ascending
    int iterations = 0;         // that led to them
    double squaredError = 0;    // of values going to the nearest level, a value halfway to the upper one
};

/// k ≥ 1 levels, no more than there are distinct values. A level that no value is nearest to moves to the value that is
/// farthest from its own level, as scikit-learn does it. Errors: Cancelled.
Result<LloydResult> lloydLevels(const Distribution& data, std::size_t k, const LloydOptions& options,
                                const JobControl& job);

} // namespace quantoscope
