#include "core/quant/penalty_search.h"

#include "core/quant/row_minima.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace quantoscope {

namespace {

constexpr int kMostPasses = 100;
constexpr double kLargePenalty = 4;
constexpr double kRounding = 0x1p-53;  // of the cost of a way, once a bin
constexpr double kCancelled = 0x1p-16; // of a cost that is the rest of a difference; below, it is summed itself

/// A cut that is the cheapest of its number of bins.
struct Vertex {
    std::size_t bins = 0;
    double cost = 0;                     // without penalties
    double penalty = 0;                  // at which it was found; 0 where it is known without
    std::vector<std::size_t> boundaries; // empty where every point is a bin
};

/// The squares of bins about their means.
double costOf(const WeightedPoints& points, const std::vector<std::size_t>& boundaries) {
    constexpr std::size_t kRun = 1 << 12;
    RunMoments moments;
    moments.resize(kRun);
    double cost = 0;
    for (std::size_t bin = 0; bin + 1 < boundaries.size(); ++bin) {
        const std::size_t end = boundaries[bin + 1];
        double anchor = 0, weight = 0;
        points.read(boundaries[bin], boundaries[bin] + 1, &anchor, &weight);
        RunSums sums;
        for (std::size_t begin = boundaries[bin]; begin < end; begin += kRun)
            growRight(points, begin, std::min(end, begin + kRun), anchor, sums, moments, 0);
        cost += moments.squares[(end - boundaries[bin] - 1) % kRun];
    }
    return cost;
}

std::vector<std::size_t> everyPoint(std::size_t count) {
    std::vector<std::size_t> boundaries(count + 1);
    std::iota(boundaries.begin(), boundaries.end(), std::size_t{0});
    return boundaries;
}

/// From ways of fewer and of more bins one of k: the second's as far as a bin of it that lies inside a bin of the
/// first, then the first's. There always is one: let i be the first bin of `fewer` that ends no earlier than bin
/// i + shift of `more`; the bin before ended earlier, so that one also begins no later.
std::vector<std::size_t> exchanged(const std::vector<std::size_t>& fewer, const std::vector<std::size_t>& more,
                                   std::size_t k) {
    const std::size_t shift = k - (fewer.size() - 1);
    std::size_t i = 0;
    while (more[i + shift + 1] > fewer[i + 1]) ++i;
    std::vector<std::size_t> result(more.begin(), more.begin() + static_cast<std::ptrdiff_t>(i + shift + 1));
    result.insert(result.end(), fewer.begin() + static_cast<std::ptrdiff_t>(i + 1), fewer.end());
    return result;
}

/// The penalty at which two vertices cost the same.
double slope(const Vertex& fewer, const Vertex& more) {
    return (fewer.cost - more.cost) / static_cast<double>(more.bins - fewer.bins);
}

double costAt(const Vertex& vertex, double penalty) { return vertex.cost + penalty * static_cast<double>(vertex.bins); }

Result<Vertex> vertexAt(const WeightedPoints& points, double penalty, const JobControl& job) {
    auto path = cheapestPath(points, penalty, job);
    if (!path) return path.error();
    const std::size_t bins = path->bins();
    double cost = path->cost - penalty * static_cast<double>(bins);
    if (cost < kCancelled * path->cost) cost = costOf(points, path->boundaries);
    return Vertex{bins, cost, penalty, std::move(path->boundaries)};
}

/// What is known of f on either side of k.
class Bracket {
public:
    Bracket(const WeightedPoints& points, std::size_t k)
        : m_k(k),
          m_fewer{1, costOf(points, {0, points.size()}), 0, {0, points.size()}},
          m_more{points.size(), 0, 0, {}} {}

    const Vertex& fewer() const { return m_fewer; }
    const Vertex& more() const { return m_more; }

    void take(Vertex vertex) {
        const int side = vertex.bins < m_k ? -1 : 1;
        m_again = side == m_side ? m_again + 1 : 0;
        m_side = side;
        (side < 0 ? m_fewer : m_more) = std::move(vertex);
    }

    /// Whether the two are so near that the line between them is the best guess, and may be f itself.
    bool near() const { return m_more.bins - m_fewer.bins <= std::max<std::size_t>(4, m_k / 8); }

    double nextPenalty(int passes) const {
        if (near() || passes > kMostGuesses) return slope(m_fewer, m_more);
        const double k = static_cast<double>(m_k);
        if (m_fewer.penalty > 0 && m_more.penalty > 0) {
            const double a = std::log(static_cast<double>(m_fewer.bins)),
                         b = std::log(static_cast<double>(m_more.bins));
            const double part = std::clamp((std::log(k) - a) / (b - a), 0.05, 0.95);
            return std::exp(std::log(m_fewer.penalty) + part * (std::log(m_more.penalty) - std::log(m_fewer.penalty)));
        }
        // One side only: a step by the law of smooth densities, longer each time it falls short.
        const Vertex& known = m_fewer.penalty > 0 ? m_fewer : m_more;
        const double exponent = kExponent * std::pow(1.5, std::max(0, m_again - 1));
        return known.penalty * std::pow(static_cast<double>(known.bins) / k, exponent);
    }

private:
    static constexpr int kMostGuesses = 8; // then lines between what is known, which always lead on
    static constexpr double kExponent = 3; // λ ~ 1/k³

    std::size_t m_k;
    Vertex m_fewer, m_more;
    int m_side = 0, m_again = 0;
};

CheapestCut cutOf(Vertex vertex, int passes) {
    return {std::move(vertex.boundaries), vertex.penalty, vertex.cost, vertex.cost, passes};
}

/// How far the whole is while one pass, of nobody knows how many, is underway.
JobControl partOf(const JobControl& job, int pass) {
    if (!job.report) return job;
    const double before = (pass - 1.0) / pass, after = pass / (pass + 1.0);
    return {job.stop, [&job, before, after](double part) { job.report(before + part * (after - before)); }};
}

/// From a vertex of k bins the next one with more or with fewer, or one as near as a few passes bring it.
Result<Vertex> neighbour(const WeightedPoints& points, Vertex bound, const Vertex& at, const JobControl& job) {
    constexpr int kPasses = 8;
    const bool fewer = bound.bins < at.bins;
    double reach = 1.5 / static_cast<double>(at.bins); // half of what penalties of k bins usually span
    bool found = false;
    for (int pass = 0; pass < kPasses && bound.bins + 1 != at.bins && at.bins + 1 != bound.bins; ++pass) {
        double penalty = fewer ? at.penalty * (1 + reach) : at.penalty / (1 + reach);
        if (found) penalty = fewer ? slope(bound, at) : slope(at, bound);
        auto next = vertexAt(points, penalty, job);
        if (!next) return next;
        const bool between =
            fewer ? next->bins < at.bins && next->bins > bound.bins : next->bins > at.bins && next->bins < bound.bins;
        if (between)
            bound = std::move(*next);
        else if (found)
            break; // nothing lies between: f is a line there
        found = found || between;
        reach *= 2;
    }
    return bound;
}

} // namespace

Result<CheapestCut> cheapestCut(const WeightedPoints& points, std::size_t k, double guess, const JobControl& job) {
    const std::size_t count = points.size();
    if (k >= count) return CheapestCut{everyPoint(count), 0, 0, 0, 0};
    Bracket bracket(points, k);
    if (k == 1) return cutOf(bracket.fewer(), 0);
    double penalty = guess > 0 && std::isfinite(guess) ? guess : slope(bracket.fewer(), bracket.more());
    for (int passes = 1;; ++passes) {
        const JobControl pass = partOf(job, passes);
        auto vertex = vertexAt(points, penalty, pass);
        if (!vertex) return vertex.error();
        if (vertex->bins == k) {
            // From the cost itself down all penalties of k bins are as good, and a large one would drown the cost.
            if (!(vertex->penalty > kLargePenalty * vertex->cost && vertex->cost > 0))
                return cutOf(std::move(*vertex), passes);
            auto again = vertexAt(points, vertex->cost, pass);
            if (!again) return again.error();
            return cutOf(std::move(again->bins == k ? *again : *vertex), passes + 1);
        }
        // Cheapest on the whole line between the two: f is flat there, or nearer to it than rounding tells.
        const Vertex &fewer = bracket.fewer(), &more = bracket.more();
        const double line = costAt(fewer, penalty), reached = costAt(*vertex, penalty);
        const double rounding = kRounding * static_cast<double>(k + 8) * line;
        const bool onLine = std::fabs(costAt(more, penalty) - line) <= rounding;
        const bool nothingNew = vertex->bins == fewer.bins || vertex->bins == more.bins;
        if (passes >= kMostPasses || (onLine && (nothingNew || reached >= line - rounding)))
            return CheapestCut{
                exchanged(fewer.boundaries, more.boundaries.empty() ? everyPoint(count) : more.boundaries, k), penalty,
                reached - penalty * static_cast<double>(k), line - penalty * static_cast<double>(k), passes};
        bracket.take(std::move(*vertex));
        penalty = bracket.nextPenalty(passes);
    }
}

Result<double> centralPenalty(const WeightedPoints& points, std::size_t k, const CheapestCut& found,
                              const JobControl& job) {
    const Bracket ends(points, k);
    if (k <= 1 || k >= points.size()) return found.penalty;
    const Vertex at{k, found.cost, found.penalty, {}};
    const auto fewer = neighbour(points, ends.fewer(), at, job), more = neighbour(points, ends.more(), at, job);
    if (!fewer) return fewer.error();
    if (!more) return more.error();
    return std::sqrt(slope(*fewer, at) * slope(at, *more));
}

} // namespace quantoscope
