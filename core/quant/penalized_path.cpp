#include "core/quant/penalized_path.h"

#include "core/base/parallel.h"
#include "core/base/raw_vector.h"
#include "core/quant/row_minima.h"

#include <algorithm>
#include <array>
#include <limits>

namespace quantoscope {

namespace {

constexpr std::size_t kShortestStep = 8, kLongestStep = 64; // rows that a block grows by at once
constexpr std::size_t kSamples = 32;                        // candidates that tell how far a block reaches
constexpr std::size_t kReports = 16;
constexpr std::size_t kOneSweepUpTo = 4096; // points; below, a second thread costs more than it saves

/// The points as seen from one of them, the anchor: runs to its left are candidates, runs to its right rows.
struct Neighbourhood {
    RunMoments left, right;  // to a candidate's squares is added F of where its run begins: its value
    RawVector<double> least; // of rows, without their own squares
    RawVector<std::uint32_t> best;

    RowProblem problem() const {
        return {left.squares.data(), left.mean.data(), left.weight.data(), right.mean.data(), right.weight.data()};
    }
    void solve(std::size_t rows, std::size_t candidates) {
        if (least.size() < rows) {
            least.resize(rows + rows / 2);
            best.resize(least.size());
        }
        rowMinima(problem(), rows, candidates, least.data(), best.data());
    }
    double cost(std::size_t row) const { return least[row] + right.squares[row]; }
    /// The same, many rows on two threads: the best of one row parts the candidates of those before and after it.
    void solveInHalves(std::size_t rows, std::size_t candidates) {
        const std::size_t middle = rows / 2;
        least.resize(std::max(least.size(), rows));
        best.resize(least.size());
        RowProblem after = problem();
        after.rowMean += middle;
        after.rowWeight += middle;
        rowMinima(after, 1, candidates, &least[middle], &best[middle]);
        const std::size_t parting = best[middle];
        after.value += parting;
        after.candidateMean += parting;
        after.candidateWeight += parting;
        parallelInvoke([&] { rowMinima(problem(), middle, parting + 1, least.data(), best.data()); },
                       [&] { rowMinima(after, rows - middle, candidates - parting, &least[middle], &best[middle]); });
        for (std::size_t row = middle; row < rows; ++row) best[row] += static_cast<std::uint32_t>(parting);
    }
};

/// F and the best choice of the first rows of some points, row after row from the left.
class Sweep {
public:
    Sweep(const WeightedPoints& points, std::size_t rows, double penalty)
        : m_points(points), m_rows(rows), m_penalty(penalty), m_choice(rows + 1) {}

    /// Reports progress where it is to. False where cancelled.
    bool run(const JobControl& job, bool reports) {
        m_choice[0] = 0;
        m_cost = {0};
        Neighbourhood& near = m_near;
        std::size_t row = 0, step = kLongestStep, reportAt = m_rows / kReports;
        while (row < m_rows) {
            if (job.cancelled()) return false;
            const std::size_t candidates = lookLeft(near, row);
            const std::size_t block = lookRight(near, row, candidates, step);
            near.solve(block, candidates);
            keep(near, row, block);
            step = std::clamp(block / 4, kShortestStep, kLongestStep);
            row += block;
            if (!reports || row < reportAt) continue;
            job.progress(static_cast<double>(row) / static_cast<double>(m_rows));
            reportAt = row + m_rows / kReports;
        }
        return true;
    }

    /// What this sweep has no more use for once it is done: memory that others need not ask for again.
    Neighbourhood takeNear() { return std::move(m_near); }
    /// Prepares the candidates for rows beyond `row`, which must be the last that is known, and says how many.
    std::size_t lookLeft(Neighbourhood& near, std::size_t row) const {
        const std::size_t first = m_choice[row], count = row - first;
        near.left.resize(count + 1);
        if (count > 0) {
            RunSums sums;
            growLeft(m_points, first, row, anchorOf(row), sums, near.left);
        }
        near.left.weight[count] = near.left.mean[count] = near.left.squares[count] = 0; // nothing to the left
        const double* cost = &m_cost[first - m_first];
        for (std::size_t c = 0; c <= count; ++c) near.left.squares[c] += cost[c];
        return count + 1;
    }

    double anchorOf(std::size_t row) const {
        double point = 0, weight = 0;
        m_points.read(row, row + 1, &point, &weight);
        return point;
    }
    double cost(std::size_t row) const { return m_cost[row - m_first]; } // from the last row's choice on
    std::size_t choice(std::size_t row) const { return m_choice[row]; }

    /// The boundaries on the best way to a row: it and those before, down to 0.
    std::vector<std::size_t> wayTo(std::size_t row) const {
        std::vector<std::size_t> way{row};
        while (row > 0) way.push_back(row = m_choice[row]);
        return way;
    }

private:
    /// Prepares rows beyond `row` as far as they need no candidate among themselves, and says how many.
    std::size_t lookRight(Neighbourhood& near, std::size_t row, std::size_t candidates, std::size_t step) const {
        std::array<std::uint32_t, kSamples> samples;
        const std::size_t sampled = std::min(candidates, kSamples);
        for (std::size_t s = 0; s < sampled; ++s)
            samples[s] = static_cast<std::uint32_t>(sampled == 1 ? 0 : s * (candidates - 1) / (sampled - 1));
        const double most = cost(row);
        const auto reached = [&](std::size_t index) {
            const double weight = near.right.weight[index], mean = near.right.mean[index];
            const double rest = most - near.right.squares[index];
            bool found = false;
            for (std::size_t s = 0; s < sampled; ++s) {
                const std::uint32_t c = samples[s];
                const double w = near.left.weight[c], distance = mean - near.left.mean[c];
                found |= near.left.squares[c] + distance * distance * w / (w + weight) * weight <= rest;
            }
            return found;
        };
        const double anchor = anchorOf(row);
        RunSums sums;
        std::size_t sure = 0;
        while (row + sure < m_rows) {
            const std::size_t end = std::min(m_rows, row + sure + step), grown = end - row;
            near.right.resize(grown);
            growRight(m_points, row + sure, end, anchor, sums, near.right, sure);
            if (reached(grown - 1)) {
                sure = grown;
                continue;
            }
            std::size_t beyond = grown - 1; // not reached
            while (sure < beyond) {
                const std::size_t middle = sure + (beyond - sure) / 2;
                if (reached(middle))
                    sure = middle + 1;
                else
                    beyond = middle;
            }
            break;
        }
        return std::max<std::size_t>(sure, 1); // the next row has no candidate beyond this one in any case
    }

    void keep(const Neighbourhood& near, std::size_t row, std::size_t rows) {
        const std::size_t first = m_choice[row];
        // What no later row can choose goes, when that is most of it.
        if (first - m_first > m_cost.size() / 2) {
            m_cost.erase(m_cost.begin(), m_cost.begin() + static_cast<std::ptrdiff_t>(first - m_first));
            m_first = first;
        }
        const std::size_t known = m_cost.size();
        m_cost.resize(known + rows);
        for (std::size_t r = 0; r < rows; ++r) m_cost[known + r] = near.cost(r) + m_penalty;
        for (std::size_t r = 0; r < rows; ++r) m_choice[row + 1 + r] = static_cast<std::uint32_t>(first) + near.best[r];
    }

    const WeightedPoints& m_points;
    std::size_t m_rows;
    double m_penalty;
    RawVector<std::uint32_t> m_choice; // by row
    RawVector<double> m_cost;          // F of rows from m_first on
    std::size_t m_first = 0;
    Neighbourhood m_near;
};

PenalizedPath pathOf(const Sweep& sweep, std::size_t points) {
    PenalizedPath path{sweep.wayTo(points), sweep.cost(points)};
    std::reverse(path.boundaries.begin(), path.boundaries.end());
    return path;
}

/// Joins the best ways to the middle from either end: by a boundary there, or by a bin that covers it.
PenalizedPath join(const WeightedPoints& points, Sweep& left, const Sweep& right, std::size_t middle, double penalty) {
    const std::size_t count = points.size(), mirrored = count - middle;
    Neighbourhood near = left.takeNear();
    const std::size_t candidates = left.lookLeft(near, middle);
    const std::size_t rows = mirrored - right.choice(mirrored);
    near.right.resize(rows);
    RunSums sums;
    growRight(points, middle, middle + rows, left.anchorOf(middle), sums, near.right, 0);
    near.solveInHalves(rows, candidates);

    double least = left.cost(middle) + right.cost(mirrored);
    std::size_t from = middle, to = middle;
    for (std::size_t r = 0; r < rows; ++r) {
        const std::size_t row = middle + 1 + r;
        const double cost = near.cost(r) + penalty + right.cost(count - row);
        if (cost >= least) continue;
        least = cost;
        from = left.choice(middle) + near.best[r];
        to = row;
    }
    PenalizedPath path{left.wayTo(from), least};
    std::reverse(path.boundaries.begin(), path.boundaries.end());
    for (const std::size_t end : right.wayTo(count - to))
        if (count - end != path.boundaries.back()) path.boundaries.push_back(count - end);
    return path;
}

} // namespace

Result<PenalizedPath> cheapestPath(const WeightedPoints& points, double penalty, const JobControl& job) {
    const std::size_t count = points.size();
    if (count <= kOneSweepUpTo) {
        Sweep sweep(points, count, penalty);
        if (!sweep.run(job, true)) return cancelled();
        return pathOf(sweep, count);
    }
    const std::size_t middle = count / 2;
    const MirroredPoints fromTheRight(points);
    Sweep left(points, middle, penalty), right(fromTheRight, count - middle, penalty);
    bool leftDone = false, rightDone = false;
    parallelInvoke([&] { leftDone = left.run(job, true); }, [&] { rightDone = right.run(job, false); });
    if (!leftDone || !rightDone) return cancelled();
    return join(points, left, right, middle, penalty);
}

} // namespace quantoscope
