// How far decoded values y = Q(x) are from the originals x; e = x − y over n values.
//
//     MSE = Σe²/n   RMSE = √MSE   MAE = Σ|e|/n   SQNR = 10·log10(Σx²/Σe²) dB   relative error = √(Σe²/Σx²)
//     PSNR = 10·log10(R²/MSE) dB, R = max − min of the data, 255 for 8-bit images   cosine = x·y/(‖x‖‖y‖)
//     code entropy = −Σ p log2 p over codes   GVF = 1 − within-bin SS / total SS (Jenks' goodness of variance fit)
// SQNR here is the power ratio in decibels of signal to error; other libraries print a linear ratio, its inverse, or
// norms floored at an epsilon under the same name.
#pragma once

#include "core/quant/codebook.h"
#include "core/quant/quantizer.h"
#include "core/tensor/distribution.h"

#include <cstdint>
#include <span>
#include <vector>

namespace quantoscope {

struct BinErrors {
    std::vector<std::uint64_t> counts; // by bin
    std::vector<double> squaredErrors; // Σe² by bin

    void add(const BinErrors& other);
};

/// Sums over some of the values. Adding the sums of groups in a fixed order gives the same bits always.
struct ErrorSums {
    std::uint64_t count = 0;
    double squaredError = 0;      // Σe²
    double squaredErrorBound = 0; // how far that may be off where values are known by groups (Distribution::isCoarse)
    double absoluteError = 0;     // Σ|e|
    double maximumError = 0;      // max|e|
    float maximumErrorAt = 0;     // the x where it happens
    DoubleDouble sumX;            // Σx; beyond double, for the distances between means far from zero
    double sumXX = 0;             // Σx²
    double sumXY = 0;             // Σxy
    double sumYY = 0;             // Σy²
    double withinBins = 0;        // Σ over bins of the squares about the bin's mean
    double totalSquares = 0;      // Σ(x − mean)²
    std::uint64_t clippedBelow = 0;
    std::uint64_t clippedAbove = 0;
    float minimum = 0; // of the values; 0 where there are none
    float maximum = 0;
    BinErrors bins; // groups whose tables have the same length add up bin for bin

    void add(const ErrorSums& other);
};

/// The exact sums of a codebook in the units of the data, in O(levels · log n), for data without weights. Values
/// outside [lower, upper] are clipped. Of coarse data every group goes to the bin of its mean; what values of groups
/// that lie across a threshold could change of Σe² is squaredErrorBound.
ErrorSums measure(const Distribution& data, const Codebook& codebook, float lower, float upper);

/// The same by encoding every value: for groups too small to be worth sorting, or with fewer values than levels. Keeps
/// its scratch memory from group to group.
class DirectMeasure {
public:
    /// Adds the errors of a group's finite values to total, and returns the group's own sums, but for the bins.
    ErrorSums add(std::span<const float> values, const Codebook& codebook, const GroupScale& scale,
                  const ClipRange& clip, ErrorSums& total);

private:
    std::vector<std::uint32_t> m_binOf; // by value
    std::vector<float> m_decoded;
    std::vector<double> m_errors;
    std::vector<std::uint64_t> m_counts; // by bin; of a group's own bins only, and 0 between groups
    std::vector<double> m_meanErrors;    // Σe, then the mean of e
};

ErrorSums measure(std::span<const float> values, const Codebook& codebook, const GroupScale& scale,
                  const ClipRange& clip = {});

struct ErrorMetrics {
    std::uint64_t count = 0;
    double mse = 0;
    double mseBound = 0; // how far mse may be off where values are known by groups; 0 where each was measured
    double rmse = 0;
    double mae = 0;
    double maxError = 0;
    float maxErrorAt = 0;
    double sqnrDb = 0;        // +∞ where e = 0 everywhere, NaN where x = 0 everywhere
    double relativeError = 0; // NaN where x = 0 everywhere
    double psnrDb = 0;        // +∞ where e = 0 everywhere, NaN where R = 0
    double psnrRange = 0;     // R
    double cosine = 0;        // NaN where a norm is 0
    double codeEntropy = 0;   // bits
    double clippedBelow = 0;  // share of all values
    double clippedAbove = 0;
    double gvf = 0;             // 1 where the data is constant
    std::uint32_t occupied = 0; // codes that occur: the effective number of levels
};

/// psnrRange is R.
ErrorMetrics finish(const ErrorSums& sums, double psnrRange);

} // namespace quantoscope
