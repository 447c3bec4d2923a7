// The inner loops of the optimal quantizer: moments of runs of points seen from an anchor, and for every row the
// candidate of least cost.
//
// A bin that covers the anchor is a run to its left and a run to its right. Runs have weight w, mean m (from the
// anchor) and squares about it q; together their squares about the common mean are (Chan, Golub, LeVeque 1983)
//     q₁ + q₂ + (m₂ − m₁)² · w₁·w₂/(w₁ + w₂),
// in which no term is negative and, as m₁ ≤ 0 ≤ m₂, nothing cancels: good to a few roundings for any data.
#pragma once

#include "core/base/raw_vector.h"
#include "core/quant/weighted_points.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace quantoscope {

/// Runs from the anchor outwards, of every length.
struct RunMoments {
    RawVector<double> weight;
    RawVector<double> mean;    // less the anchor
    RawVector<double> squares; // about the mean

    void resize(std::size_t size);
};

/// Sums so far of the runs that grow.
struct RunSums {
    double weight = 0;
    double first = 0, firstLow = 0;   // Σ w·y, y = x − anchor
    double second = 0, secondLow = 0; // Σ w·y²
};

/// Grows runs to the right over points [begin, end); moments go to out[at], out[at + 1], ...
void growRight(const WeightedPoints& points, std::size_t begin, std::size_t end, double anchor, RunSums& sums,
               RunMoments& out, std::size_t at);
/// Grows runs to the left over points end − 1 down to begin; the moments of the run that begins with point p go to
/// out[p − begin].
void growLeft(const WeightedPoints& points, std::size_t begin, std::size_t end, double anchor, RunSums& sums,
              RunMoments& out);

/// Candidates are runs to the left, with `value` their cost so far, and rows runs to the right.
/// (Vectors read beyond the ends: all arrays have kRowPadding elements more.)
struct RowProblem {
    const double *value, *candidateMean, *candidateWeight;
    const double *rowMean, *rowWeight;
};
inline constexpr std::size_t kRowPadding = 16;

/// For each of `rows` rows the candidate c in [0, candidates) with the least
///     value[c] + (rowMean − mean[c])² · w₁·w₂/(w₁ + w₂),
/// the first of equals, where the best candidate never falls from row to row: divide and conquer, rows in lanes.
void rowMinima(const RowProblem& problem, std::size_t rows, std::size_t candidates, double* least, std::uint32_t* best);

} // namespace quantoscope
