#include "core/quant/row_minima.h"

#include "core/base/vector_targets.h"

#include <algorithm>
#include <array>
#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/quant/row_minima.cpp"
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<double>;
using V = hn::VFromD<D>;

/// Sums of a chunk from its own start, to which what came before is added in twice the precision.
struct ChunkSums {
    static constexpr std::size_t kPoints = 64;
    alignas(64) std::array<double, kPoints> weight, first, second;
};

/// Weight, mean and squares of the runs whose sums are those of the chunk after those of `before`.
HWY_INLINE void finishRuns(const ChunkSums& chunk, std::size_t count, const RunSums& before, double* weight,
                           double* mean, double* squares) {
    const D d;
    const V beforeWeight = hn::Set(d, before.weight), beforeFirst = hn::Set(d, before.first),
            beforeFirstLow = hn::Set(d, before.firstLow), beforeSecond = hn::Set(d, before.second),
            beforeSecondLow = hn::Set(d, before.secondLow);
    for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
        const V w = hn::Add(beforeWeight, hn::Load(d, &chunk.weight[i]));
        const V first = hn::Add(beforeFirst, hn::Add(beforeFirstLow, hn::Load(d, &chunk.first[i])));
        const V second = hn::Add(beforeSecond, hn::Add(beforeSecondLow, hn::Load(d, &chunk.second[i])));
        const V m = hn::Div(first, w);
        hn::StoreU(w, d, weight + i);
        hn::StoreU(m, d, mean + i);
        hn::StoreU(hn::Max(hn::Zero(d), hn::NegMulAdd(first, m, second)), d, squares + i);
    }
}

void addTo(double& high, double& low, double term) {
    const DoubleDouble sum = twoSum(high, term);
    const DoubleDouble whole = quickTwoSum(sum.high, sum.low + low);
    high = whole.high;
    low = whole.low;
}

void addTo(RunSums& sums, double weight, double first, double second) {
    sums.weight += weight;
    addTo(sums.first, sums.firstLow, first);
    addTo(sums.second, sums.secondLow, second);
}

void growRightHere(const WeightedPoints& points, std::size_t begin, std::size_t end, double anchor, RunSums& sums,
                   RunMoments& out, std::size_t at) {
    std::array<double, ChunkSums::kPoints> x, w;
    ChunkSums chunk;
    for (std::size_t from = begin; from < end; from += ChunkSums::kPoints) {
        const std::size_t count = std::min(ChunkSums::kPoints, end - from);
        points.read(from, from + count, x.data(), w.data());
        double weight = 0, first = 0, second = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const double y = x[i] - anchor, wy = w[i] * y;
            chunk.weight[i] = weight += w[i];
            chunk.first[i] = first += wy;
            chunk.second[i] = second += wy * y;
        }
        const std::size_t to = at + (from - begin);
        finishRuns(chunk, count, sums, &out.weight[to], &out.mean[to], &out.squares[to]);
        addTo(sums, weight, first, second);
    }
}

void growLeftHere(const WeightedPoints& points, std::size_t begin, std::size_t end, double anchor, RunSums& sums,
                  RunMoments& out) {
    std::array<double, ChunkSums::kPoints> x, w;
    ChunkSums chunk;
    // The last chunk to the left may overlap nothing on its left, but vectors write beyond `count`: what is written
    // there belongs to the chunk before and stands already, so it is kept apart.
    alignas(64) std::array<double, ChunkSums::kPoints> weights, means, squares;
    for (std::size_t to = end; to > begin;) {
        const std::size_t count = std::min(ChunkSums::kPoints, to - begin), from = to - count;
        points.read(from, to, x.data(), w.data());
        double weight = 0, first = 0, second = 0;
        for (std::size_t i = count; i-- > 0;) {
            const double y = x[i] - anchor, wy = w[i] * y;
            chunk.weight[i] = weight += w[i];
            chunk.first[i] = first += wy;
            chunk.second[i] = second += wy * y;
        }
        if (count == ChunkSums::kPoints) {
            finishRuns(chunk, count, sums, &out.weight[from - begin], &out.mean[from - begin],
                       &out.squares[from - begin]);
        } else {
            finishRuns(chunk, count, sums, weights.data(), means.data(), squares.data());
            std::copy_n(weights.begin(), count, &out.weight[from - begin]);
            std::copy_n(means.begin(), count, &out.mean[from - begin]);
            std::copy_n(squares.begin(), count, &out.squares[from - begin]);
        }
        addTo(sums, weight, first, second);
        to = from;
    }
}

/// The best so far in each lane, as a fraction: comparing products is several times faster than dividing.
struct Best {
    V numerator, denominator, candidate;

    Best()
        : numerator(hn::Set(D(), std::numeric_limits<double>::infinity())),
          denominator(hn::Set(D(), 1)),
          candidate(hn::Zero(D())) {}

    /// value + distance² · w₁·w₂/(w₁ + w₂).
    HWY_INLINE void offer(V value, V mean, V weight, V rowMean, V rowWeight, V index) {
        const V distance = hn::Sub(rowMean, mean), whole = hn::Add(weight, rowWeight);
        const V joint = hn::Mul(hn::Mul(distance, distance), hn::Mul(weight, rowWeight));
        take(hn::MulAdd(value, whole, joint), whole, index);
    }
    HWY_INLINE void take(V otherNumerator, V otherDenominator, V index) {
        const auto better = hn::Lt(hn::Mul(otherNumerator, denominator), hn::Mul(numerator, otherDenominator));
        numerator = hn::IfThenElse(better, otherNumerator, numerator);
        denominator = hn::IfThenElse(better, otherDenominator, denominator);
        candidate = hn::IfThenElse(better, index, candidate);
    }
    V cost() const { return hn::Div(numerator, denominator); }
};

class Minima {
public:
    Minima(const RowProblem& problem, double* least, std::uint32_t* best)
        : m_problem(problem), m_least(least), m_best(best) {}

    /// Rows [begin, end), whose best candidates lie in [low, high].
    void solve(std::size_t begin, std::size_t end, std::size_t low, std::size_t high) const {
        const std::size_t lanes = hn::Lanes(D());
        if (high - low >= kWide && end - begin > 8 * lanes) return solveQuarters(begin, end, low, high);
        while (end - begin > lanes) {
            // Halves of whole vectors.
            const std::size_t half = ((end - begin) / 2 + lanes - 1) / lanes * lanes;
            const std::size_t middle = begin + std::min(half, end - begin - 1);
            const std::size_t at = scan(middle, low, high);
            solve(begin, middle, low, at);
            begin = middle + 1;
            low = at;
            if (begin == end) return;
        }
        solveLanes(begin, end, low, high);
    }

private:
    /// More candidates than the second cache holds are read once for three rows, which part the others into quarters.
    void solveQuarters(std::size_t begin, std::size_t end, std::size_t low, std::size_t high) const {
        const std::size_t lanes = hn::Lanes(D()), quarter = (end - begin) / 4 / lanes * lanes;
        const std::array<std::size_t, 3> rows{begin + quarter, begin + 2 * quarter + 1, begin + 3 * quarter + 2};
        const std::array<std::size_t, 3> best = scan(rows, low, high);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::size_t last = std::max(low, best[i]); // rounding may have turned two round
            if (begin < rows[i]) solve(begin, rows[i], low, last);
            begin = rows[i] + 1;
            low = last;
        }
        if (begin < end) solve(begin, end, low, high);
    }

    std::size_t scan(std::size_t row, std::size_t low, std::size_t high) const {
        return scan(std::array<std::size_t, 1>{row}, low, high)[0];
    }

    /// The best of candidates [low, high] for some rows: candidates in lanes.
    template<std::size_t count>
    std::array<std::size_t, count> scan(const std::array<std::size_t, count>& rows, std::size_t low,
                                        std::size_t high) const {
        const D d;
        const std::size_t lanes = hn::Lanes(d);
        const V step = hn::Set(d, static_cast<double>(lanes)), infinity = hn::Set(d, kInfinity);
        V rowMean[count], rowWeight[count];
        Best best[count];
        for (std::size_t r = 0; r < count; ++r) {
            rowMean[r] = hn::Set(d, m_problem.rowMean[rows[r]]);
            rowWeight[r] = hn::Set(d, m_problem.rowWeight[rows[r]]);
        }
        V index = hn::Iota(d, static_cast<double>(low));
        std::size_t c = low;
        const auto offer = [&](V value, V mean, V weight) HWY_ATTR {
            for (std::size_t r = 0; r < count; ++r) best[r].offer(value, mean, weight, rowMean[r], rowWeight[r], index);
        };
        for (; c + lanes <= high + 1; c += lanes) {
            offer(hn::LoadU(d, m_problem.value + c), hn::LoadU(d, m_problem.candidateMean + c),
                  hn::LoadU(d, m_problem.candidateWeight + c));
            index = hn::Add(index, step);
        }
        if (c <= high) { // what lies beyond is infinitely dear
            const auto inside = hn::Le(index, hn::Set(d, static_cast<double>(high)));
            offer(hn::IfThenElse(inside, hn::LoadU(d, m_problem.value + c), infinity),
                  hn::IfThenElseZero(inside, hn::LoadU(d, m_problem.candidateMean + c)),
                  hn::IfThenElseZero(inside, hn::LoadU(d, m_problem.candidateWeight + c)));
        }
        std::array<std::size_t, count> result;
        for (std::size_t r = 0; r < count; ++r) {
            const V cost = best[r].cost(), minimum = hn::MinOfLanes(d, cost);
            const V first = hn::MinOfLanes(d, hn::IfThenElse(hn::Eq(cost, minimum), best[r].candidate, infinity));
            m_least[rows[r]] = hn::GetLane(minimum);
            result[r] = static_cast<std::size_t>(hn::GetLane(first));
            m_best[rows[r]] = static_cast<std::uint32_t>(result[r]);
        }
        return result;
    }

    /// As many rows as a vector has lanes, or fewer: rows in lanes.
    void solveLanes(std::size_t begin, std::size_t end, std::size_t low, std::size_t high) const {
        const D d;
        const V rowMean = hn::LoadU(d, m_problem.rowMean + begin),
                rowWeight = hn::LoadU(d, m_problem.rowWeight + begin);
        Best best;
        for (std::size_t c = low; c <= high; ++c)
            best.offer(hn::Set(d, m_problem.value[c]), hn::Set(d, m_problem.candidateMean[c]),
                       hn::Set(d, m_problem.candidateWeight[c]), rowMean, rowWeight,
                       hn::Set(d, static_cast<double>(c)));
        alignas(64) std::array<double, hn::MaxLanes(D())> costs, candidates;
        hn::Store(best.cost(), d, costs.data());
        hn::Store(best.candidate, d, candidates.data());
        for (std::size_t row = begin; row < end; ++row) {
            m_least[row] = costs[row - begin];
            m_best[row] = static_cast<std::uint32_t>(candidates[row - begin]);
        }
    }

    static constexpr std::size_t kWide = std::size_t{1} << 14; // candidates: 400 KB
    static constexpr double kInfinity = std::numeric_limits<double>::infinity();

    const RowProblem& m_problem;
    double* m_least;
    std::uint32_t* m_best;
};

void rowMinimaHere(const RowProblem& problem, std::size_t rows, std::size_t candidates, double* least,
                   std::uint32_t* best) {
    if (rows > 0) Minima(problem, least, best).solve(0, rows, 0, candidates - 1);
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(growRightHere);
HWY_EXPORT(growLeftHere);
HWY_EXPORT(rowMinimaHere);

void RunMoments::resize(std::size_t size) {
    if (weight.size() >= size + kRowPadding) return;
    const std::size_t room = size + size / 2 + kRowPadding;
    weight.resize(room);
    mean.resize(room);
    squares.resize(room);
}

void growRight(const WeightedPoints& points, std::size_t begin, std::size_t end, double anchor, RunSums& sums,
               RunMoments& out, std::size_t at) {
    HWY_DYNAMIC_DISPATCH(growRightHere)(points, begin, end, anchor, sums, out, at);
}

void growLeft(const WeightedPoints& points, std::size_t begin, std::size_t end, double anchor, RunSums& sums,
              RunMoments& out) {
    HWY_DYNAMIC_DISPATCH(growLeftHere)(points, begin, end, anchor, sums, out);
}

void rowMinima(const RowProblem& problem, std::size_t rows, std::size_t candidates, double* least,
               std::uint32_t* best) {
    HWY_DYNAMIC_DISPATCH(rowMinimaHere)(problem, rows, candidates, least, best);
}

} // namespace quantoscope
#endif
