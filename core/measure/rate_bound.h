// The rate–distortion limit: the least mean squared error that any code for values drawn one by one from a distribution
// can have at a given rate, whatever its length or reproduction values.
//
// Duality: for every slope s > 0 and every function λ(x) > 0 with
//     c(y) = E[λ(X)·exp(−s·(X − y)²)] ≤ 1 for all real y
// every code of R nats has D ≥ (E ln λ(X) − R)/s (Berger 1971; Csiszár 1974). The curve is the largest of these lines
// over many slopes: convex, falling, and a bound for any rate, not only at the slopes computed. The Blahut–Arimoto
// iteration finds a good λ for each slope; scaling it until c ≤ 1 is Blahut's lower bound (1972). Here each value is
// scaled by the largest c within reach of it, not by the largest of all, so that a tail that has not converged costs
// its share only.
//
// What makes it a bound for the values themselves and not for a histogram of them:
// - Values are gathered in cells much narrower than √D, by count, mean m, variance v and greatest distance a from the
//   mean; a cell of one distinct value is that value, so discrete data is itself once D is small. Inside a cell
//   λ(x) = λ·exp(s·(x − m)²), which leaves E[exp(2s·(x − m)·(y − m))] in c, and that is at most what two points with
//   the same v and a would give (Bennett 1962). So v counts in the error and nothing is taken for granted of the
//   shape inside a cell.
// - c is computed on a grid of y. Between two of its points ln c(y) + s·y² is convex, because the kernel times
//   exp(s·y²) is, so c nowhere exceeds its larger neighbour by more than the factor exp(s·δ²/4), which is added.
// - What cells out of reach of a y add to c is bounded and added as well.
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/tensor/distribution.h"

#include <memory>
#include <vector>

namespace quantoscope {

class RateBound {
public:
    /// The least mean squared error at so many bits a value, 0 or more; 0 from the entropy of the values on, and
    /// beyond closeBits(). Convex and falling up to there.
    double distortion(double bits) const;
    /// 10·log10(mean x²/distortion) dB: +∞ where the distortion is 0, NaN where x = 0 everywhere.
    double sqnrDb(double bits) const;
    /// −Σ p·log2 p over distinct values: from this rate on the values themselves can be had.
    double entropy() const { return m_entropy; }
    /// The rate up to which the curve was computed; the entropy where all of it was.
    double closeBits() const { return m_closeBits; }
    /// Whether a bound asked for up to so many bits would know more.
    bool wouldGrow(double bits) const { return bits > m_askedBits && m_askedBits < m_entropy; }

    struct Point {
        double bits;
        double sqnrDb;
    };
    /// The curve at 0, 1/perBit, 2/perBit, … up to so many bits, as far as it is finite.
    std::vector<Point> curve(double bits, int perBit = 16) const;

private:
    friend Result<std::shared_ptr<const RateBound>> rateBound(const Distribution&, double, const JobControl&);

    struct Line {
        double slope = 0;     // nats per squared unit
        double intercept = 0; // nats: D ≥ (intercept − R)/slope
    };
    static double crossing(const Line& a, const Line& b); // bits

    std::vector<Line> m_lines; // in ascending slope
    double m_variance = 0;
    double m_meanSquare = 0;
    double m_entropy = 0; // bits
    double m_closeBits = 0;
    double m_askedBits = 0;
};

using RateBoundPtr = std::shared_ptr<const RateBound>;

/// The limit of data without weights, up to `mostBits`: the iteration goes on until it is within 0.01 dB of its optimum
/// (at most some thousand steps a slope, which irregular values may need), and cells and lines leave as little again.
/// More than kMaximumBoundCells cells are not made, nor cells below 2^-40 of the range: distributions that need them
/// end at a closeBits() below mostBits (about 10 bits for a normal one of many distinct values). The same bits from one
/// thread and from many. Errors: Cancelled.
Result<RateBoundPtr> rateBound(const Distribution& data, double mostBits = 8, const JobControl& job = {});
inline constexpr std::size_t kMaximumBoundCells = std::size_t{1} << 16;

} // namespace quantoscope
