// A set of values, sorted once: distinct values in ascending order, how often each occurs, and the moments of any
// interval of them. From it the exact error of any interval quantizer costs O(levels · log n) instead of O(n).
//
// Every figure agrees with a two-pass computation in higher precision to 1e-12 (moment_tree.h says why). Memory: 14
// bytes a distinct value.
//
// A coarse distribution keeps neighbouring values together in groups, for data too large to be held value by value. A
// group knows its extremes, its mean and its squares about it, so sums over whole groups are exact all the same: only
// where a boundary falls inside a group is its part on either side unknown, and the group counts where its mean lies.
// - Quantiles and ranks are off by at most the width of the group they fall into.
// - Mean, variance and sums over all values are exact; so are squared errors of bins that hold whole groups.
// - With σ = rmsSpread, the root mean square distance of the values from their groups' means: distances to the nearest
//   level differ by no more than the values do, so by the triangle inequality RMSE over the values and RMSE over the
//   means differ by at most σ, for every codebook. Levels that are best for the means are therefore, in RMSE, at most
//   2σ worse for the values than the best there are.
#pragma once

#include "core/base/job_control.h"
#include "core/base/raw_vector.h"
#include "core/base/result.h"
#include "core/tensor/moment_tree.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
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

struct GroupedPoints; // grouped_points.h

/// Neighbouring values kept as one.
struct ValueGroup {
    float lowest = 0;
    float highest = 0;
    std::uint64_t count = 0;
    DoubleDouble mean;  // as exact as Moments::mean
    double squares = 0; // Σ(x − mean)²; 0 where lowest and highest are the same
};

/// How coarse a coarse distribution is.
struct Coarsening {
    std::uint64_t groups = 0;
    double rmsSpread = 0; // √(Σ(x − mean of its group)²/n)
    double widest = 0;    // the largest highest − lowest
};

class Distribution {
public:
    /// Sorts finite values (±0 become one value). Takes up to 18 bytes a value while it works. Errors: Cancelled.
    static Result<std::shared_ptr<const Distribution>> build(std::span<const float> values, const JobControl& job = {});

    /// The same with an importance weight ≥ 0 a value (same length): moments are weighted, counts are not. Equal values
    /// add their weights in the order of memory. Errors: Cancelled, InvalidArgument (a weight that is negative or not
    /// finite, or not one a value).
    static Result<std::shared_ptr<const Distribution>>
    build(std::span<const float> values, std::span<const double> weights, const JobControl& job = {});

    /// Coarse, from groups that ascend and do not touch; exact where each is a single value.
    static std::shared_ptr<const Distribution> fromGroups(std::span<const ValueGroup> groups);

    bool isCoarse() const { return !m_spread.empty(); }
    Coarsening coarsening() const;
    /// Σ(x − mean of its group)² of all values; 0 where each stands for itself.
    double squaresWithinGroups() const { return m_within; }
    /// The extremes of the values at a place: that value itself, or those of the group.
    float lowest(std::size_t i) const { return isCoarse() ? m_spread[i].lowest : m_values[i]; }
    float highest(std::size_t i) const { return isCoarse() ? m_spread[i].highest : m_values[i]; }

    /// Distinct, ascending; of a coarse distribution the means of the groups, rounded.
    std::span<const float> values() const { return m_values; }
    std::size_t distinct() const { return m_values.size(); }
    std::uint64_t count() const { return m_counts.back(); } // of all values, equal ones counted each
    bool empty() const { return m_values.empty(); }
    IndexRange all() const { return {0, m_values.size()}; }
    float minimum() const { return lowest(0); } // of no empty one; so too maximum, at and the quantiles
    float maximum() const { return highest(m_values.size() - 1); }
    float absoluteMaximum() const; // 0 where empty
    double mean() const { return meanOf(all()); }
    double variance() const;     // Σ w·(x − mean)²/Σw
    double sumOfSquares() const; // Σ w·x²
    double sum() const;          // Σ w·x
    /// Fourth central moment / variance² − 3; 0 for constant data. One pass over the distinct values.
    double excessKurtosis() const;

    /// How many distinct values lie below x: the index of the first that is ≥ x.
    std::size_t indexOf(float x) const;
    /// The j-th value of the sorted data with repetitions, 0 ≤ j < count(). In a group as if they were evenly spread.
    float at(std::uint64_t j) const;
    /// numpy.quantile(values, q, method="linear") in float64, 0 ≤ q ≤ 1.
    double quantile(double q) const;
    /// numpy.quantile of |x|.
    double absoluteQuantile(double q) const;
    /// The value below or at which half of the interval's (unweighted) values lie; the mean of the middle two where
    /// even; 0 where there are none.
    double medianOf(IndexRange range) const;

    std::uint64_t countOf(IndexRange range) const {
        return range.empty() ? 0 : m_counts[range.end] - m_counts[range.begin];
    }
    double weightOf(IndexRange range) const; // equals countOf when unweighted
    /// Weighted; where the weights are all zero the middle of the interval, 0 where there are no values.
    double meanOf(IndexRange range) const { return preciseMeanOf(range).value(); }
    /// The mean to about 2^-52 of the mean distance from it.
    DoubleDouble preciseMeanOf(IndexRange range) const;
    /// Σ w·(x − level)².
    double squaredError(IndexRange range, double level) const { return squaredErrorAbout(range, {level, 0}); }
    /// Σ w·(x − meanOf(range))².
    double squaredErrorAboutMean(IndexRange range) const;
    /// Σ w·|x − level|.
    double absoluteError(IndexRange range, double level) const;
    /// Σ w·x.
    double sumOf(IndexRange range) const;

    bool weighted() const { return !m_weights.empty(); }

    /// A few ten thousand groups that stand for the values where a picture must be ready within a frame: made on first
    /// use, safely from several threads.
    const GroupedPoints& coarse() const;

private:
    Distribution() = default;
    void collapse(RawVector<float> sorted);
    void buildTree();
    double weightAt(std::size_t i) const {
        return m_weights.empty() ? static_cast<double>(m_counts[i + 1] - m_counts[i]) : m_weights[i];
    }
    double squaredErrorAbout(IndexRange range, DoubleDouble level) const;

    /// What a group is beside its count.
    struct Spread {
        float lowest, highest;
        DoubleDouble mean;
        double squares;
    };
    Moments momentsAt(std::size_t i) const {
        return isCoarse() ? Moments{weightAt(i), m_spread[i].mean, m_spread[i].squares}
                          : momentsOf(m_values[i], weightAt(i));
    }
    /// Calls value(i) for values and node(moments) for groups and for what has been summed already.
    template<class Value, class Node>
    void visit(std::size_t begin, std::size_t end, const Value& value, const Node& node) const {
        if (isCoarse())
            m_tree.visit(
                begin, end, [&](std::size_t i) { node(momentsAt(i)); }, node);
        else
            m_tree.visit(begin, end, value, node);
    }

    RawVector<float> m_values;
    RawVector<std::uint64_t> m_counts = {0}; // m_counts[i]: values before distinct value i
    std::vector<double> m_weights;           // of each distinct value; empty where that is how often it occurs
    std::vector<Spread> m_spread;            // of each group; empty where not coarse
    double m_within = 0;
    MomentTree m_tree;
    mutable std::once_flag m_grouped;
    mutable std::shared_ptr<const GroupedPoints> m_coarse;
};

using DistributionPtr = std::shared_ptr<const Distribution>;

} // namespace quantoscope
