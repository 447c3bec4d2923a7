// The squared error of an interval of weighted sorted points about its own mean, c(i, j) = Σ w·(x − mean)² over points
// i to j − 1, in constant time and to nearly full double precision.
//
// Prefix sums of w, w·y and w·y², y = x − median, are kept in double-double and grow outwards from the median, so that
// the noise of a difference is that of the magnitudes at hand and not of the whole. Σwy² − (Σwy)²/Σw still cancels for
// intervals that are narrow beside their distance from the median: `estimate` says how far off it may be, and `exact`
// computes in double-double and sums directly where even that is too coarse.
#pragma once

#include "core/base/double_double.h"

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace quantoscope {

class IntervalCost {
public:
    /// Ascending points with positive weights, of the same number.
    IntervalCost(std::span<const double> points, std::span<const double> weights);

    std::size_t size() const { return m_points.size(); }

    struct Estimate {
        double cost;
        double slack; // |cost − c(i, j)| is not above it
    };
    /// In double precision; i < j.
    Estimate estimate(std::size_t i, std::size_t j) const {
        const Moments &a = m_before[i], &b = m_before[j];
        const double weight = (b.weight.high - a.weight.high) + (b.weight.low - a.weight.low);
        const double first = (b.first.high - a.first.high) + (b.first.low - a.first.low);
        const double second = (b.second.high - a.second.high) + (b.second.low - a.second.low);
        return {second - first * first / weight,
                kRounding * second + kPrefixNoise * (std::fabs(a.second.high) + std::fabs(b.second.high))};
    }

    /// c(i, j) within 1e-14 of itself; 0 for intervals of fewer than two points.
    double exact(std::size_t i, std::size_t j) const;
    /// The same from the points themselves, in time proportional to their number.
    double twoPass(std::size_t i, std::size_t j) const;

    double weight(std::size_t i, std::size_t j) const { return (m_before[j].weight - m_before[i].weight).value(); }
    /// Good beside the width of the interval.
    double mean(std::size_t i, std::size_t j) const;
    /// Good beside the mean itself, also where huge values cancel in it.
    double exactMean(std::size_t i, std::size_t j) const;

private:
    struct Moments {
        DoubleDouble weight; // Σ w
        DoubleDouble first;  // Σ w·y
        DoubleDouble second; // Σ w·y²; all three negative before the median
    };
    // A handful of roundings of second and of first²/weight, which is not above it, each 2^-53.
    static constexpr double kRounding = 0x1p-48;
    // n double-double additions lose about √n · 2^-104; this bounds it for any n in memory.
    static constexpr double kPrefixNoise = 0x1p-90;

    std::vector<double> m_points;
    std::vector<double> m_weights;
    std::vector<Moments> m_before; // of the points before each; from the median outwards
    double m_center = 0;
};

} // namespace quantoscope
