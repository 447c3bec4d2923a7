// A set of values, sorted once: distinct values in ascending order, how often each occurs, and prefix moments. From it
// the exact error of any interval quantizer costs O(levels · log n) instead of O(n).
//
// Prefix sums of w, w·(x − c) and w·(x − c)² about the centre c (the median) are kept in double-double and differenced
// in it. Where even that is too coarse (an interval whose own error is tiny beside the whole), the interval is summed
// directly, so that every figure agrees with a two-pass computation to 1e-12.
#pragma once

#include "core/base/double_double.h"
#include "core/base/job_control.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace quantoscope {

/// An interval [begin, end) of a Distribution's distinct values.
struct IndexRange {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool empty() const { return begin >= end; }
    std::size_t size() const { return empty() ? 0 : end - begin; }
};

class Distribution {
public:
    /// Sorts finite values (±0 become one value). Errors: Cancelled.
    static Result<std::shared_ptr<const Distribution>> build(std::span<const float> values, const JobControl& job = {});

    /// The same with an importance weight ≥ 0 a value (same length): moments are weighted, counts are not.
    static Result<std::shared_ptr<const Distribution>>
    build(std::span<const float> values, std::span<const double> weights, const JobControl& job = {});

    std::span<const float> values() const { return m_values; } // distinct, ascending
    std::size_t distinct() const { return m_values.size(); }
    std::uint64_t count() const { return m_counts.back(); } // of all values, equal ones counted each
    bool empty() const { return m_values.empty(); }
    IndexRange all() const { return {0, m_values.size()}; }
    float minimum() const { return m_values.front(); }
    float maximum() const { return m_values.back(); }
    float absoluteMaximum() const;
    double mean() const { return meanOf(all()); }
    double variance() const;     // Σ(x − mean)²/n
    double sumOfSquares() const; // Σx²
    double sum() const;          // Σx
    /// Fourth central moment / variance² − 3; 0 for constant data. One pass over the distinct values.
    double excessKurtosis() const;

    /// How many distinct values lie below x: the index of the first that is ≥ x.
    std::size_t indexOf(float x) const;
    /// The j-th value of the sorted data with repetitions, 0 ≤ j < count().
    float at(std::uint64_t j) const;
    /// numpy.quantile(values, q, method="linear") in float64, 0 ≤ q ≤ 1.
    double quantile(double q) const;
    /// numpy.quantile of |x|.
    double absoluteQuantile(double q) const;
    /// The value below or at which half of the interval's (unweighted) values lie; the mean of the middle two where
    /// even.
    double medianOf(IndexRange range) const;

    std::uint64_t countOf(IndexRange range) const {
        return range.empty() ? 0 : m_counts[range.end] - m_counts[range.begin];
    }
    double weightOf(IndexRange range) const; // equals countOf when unweighted
    double meanOf(IndexRange range) const;   // weighted; the plain mean where the weights are all zero
    /// Σ w·(x − level)².
    double squaredError(IndexRange range, double level) const;
    /// Σ w·(x − meanOf(range))².
    double squaredErrorAboutMean(IndexRange range) const;
    /// Σ w·|x − level|.
    double absoluteError(IndexRange range, double level) const;
    /// Σ w·x.
    double sumOf(IndexRange range) const;

    bool weighted() const { return !m_weights.empty(); }

private:
    Distribution() = default;
    void buildPrefixes();
    double weightAt(std::size_t i) const;

    std::vector<float> m_values;
    std::vector<std::uint64_t> m_counts = {0}; // m_counts[i]: values before distinct value i
    std::vector<double> m_weights;             // likewise weights; empty when every weight is 1
    double m_center = 0;
    std::vector<DoubleDouble> m_first;  // prefix Σ w·(x − c)
    std::vector<DoubleDouble> m_second; // prefix Σ w·(x − c)²
};

using DistributionPtr = std::shared_ptr<const Distribution>;

} // namespace quantoscope
