// Sums over pairs of a value x and what it became, y: the loops of DirectMeasure in vectors. All in float64, in eight
// sums side by side whatever the vectors, so that every set of instructions gives the same bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace quantoscope {

/// With e = x − y.
struct PairSums {
    double squaredError = 0;  // Σe²
    double absoluteError = 0; // Σ|e|
    double sumXX = 0, sumXY = 0, sumYY = 0;
    double shifted = 0;             // Σ(x − anchor)
    double maximumError = 0;        // max|e|
    std::size_t maximumErrorAt = 0; // the first place where it is
    float minimum = 0, maximum = 0; // of x
};

/// Of at least one pair, all finite; writes every e.
PairSums pairSums(std::span<const float> x, const float* y, double anchor, double* errors);

struct SquareSums {
    double aboutMean = 0;  // Σ(x − anchor − mean)²
    double withinBins = 0; // Σ(e − meanErrors[bin])²
};
SquareSums squareSums(std::span<const float> x, double anchor, double mean, const double* errors,
                      const std::uint32_t* bins, const double* meanErrors);

} // namespace quantoscope
