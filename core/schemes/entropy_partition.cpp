#include "core/schemes/entropy_partition.h"

#include "core/quant/optimal_partition.h"
#include "core/tensor/grouped_points.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace quantoscope {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kGroups = 512; // of values, between which the shortest path is searched, or more for many levels
constexpr std::size_t kMostGroups = 1024;
constexpr std::size_t kPreviewGroups = 160;
constexpr std::size_t kGroupsPerLevel = 3; // fewer leave the path no choice
constexpr std::uint64_t kMoves = 1 << 14;  // of boundaries on all values, for one multiplier
constexpr std::uint64_t kPreviewMoves = 1 << 10;
constexpr double kSettled = 1e-8;   // of the cost: what a round must gain
constexpr double kRateSlack = 1e-9; // bits
constexpr double kUnused = 0.01;    // bits that are worth another split
constexpr int kBracketSteps = 40;   // of the multiplier, by 4
constexpr int kBisections = 12;
constexpr double kNear = 1.1; // steps of the multiplier close to the answer
constexpr int kNearSteps = 10, kPreviewNearSteps = 3;
constexpr double kClimb = 1.5; // steps of the multiplier from k-means on
constexpr int kClimbSteps = 16;
constexpr int kNearBisections = 6, kPreviewNearBisections = 3;

double entropyOf(double share) { return share > 0 ? -share * std::log2(share) : 0; }

using Boundaries = std::vector<std::size_t>; // inner ones, ascending, of values or groups

/// The shortest path over groups of values.
class GroupPath {
public:
    GroupPath(const Distribution& data, std::size_t groups) : m_data(data), m_grouped(groupPoints(data, groups)) {
        const std::size_t n = m_grouped.points.size();
        m_error.reserve(n * (n + 1) / 2);
        m_entropy.reserve(n * (n + 1) / 2);
        std::vector<double> shares(n);
        for (std::size_t i = 0; i < n; ++i)
            shares[i] = static_cast<double>(data.countOf({start(i), start(i + 1)})) / static_cast<double>(data.count());
        double total = 0;
        for (const double weight : m_grouped.weights) total += weight;
        for (std::size_t j = 1; j <= n; ++j) { // edges that end before group j, the longest first
            const std::size_t begin = m_error.size();
            m_error.resize(begin + j);
            m_entropy.resize(begin + j);
            double weight = 0, mean = 0, squares = 0, share = 0;
            for (std::size_t i = j; i-- > 0;) {
                const double w = m_grouped.weights[i], distance = m_grouped.points[i] - mean;
                weight += w;
                mean += distance * (w / weight);
                squares += w * distance * (m_grouped.points[i] - mean);
                share += shares[i];
                m_error[begin + i] = squares / total;
                m_entropy[begin + i] = entropyOf(share);
            }
        }
    }

    std::size_t size() const { return m_grouped.points.size(); }
    const Boundaries& starts() const { return m_grouped.boundaries; }

    /// Boundaries of at most k intervals for this μ, as distinct values; the entropy is that of the path.
    Boundaries find(double multiplier, std::size_t k, double& entropy) {
        double low = 0, high = 0;
        Boundaries path = shortest(multiplier, 0);
        if (path.size() >= k) { // a price on intervals until there are as few
            for (high = multiplier; (path = shortest(multiplier, high)).size() >= k; high *= 4) low = high;
            for (int step = 0; step < kBisections && path.size() + 1 < k; ++step) {
                const double middle = low > 0 ? std::sqrt(low * high) : high / 16;
                Boundaries other = shortest(multiplier, middle);
                if (other.size() < k) {
                    high = middle;
                    path = std::move(other);
                } else {
                    low = middle;
                }
            }
        }
        entropy = 0;
        std::size_t begin = 0;
        for (const std::size_t end : path) {
            entropy += m_entropy[edge(begin, end)];
            begin = end;
        }
        entropy += m_entropy[edge(begin, size())];
        for (std::size_t& at : path) at = start(at);
        return path;
    }

private:
    static std::size_t edge(std::size_t i, std::size_t j) { return j * (j - 1) / 2 + i; }
    std::size_t start(std::size_t group) const { // its first value
        if (group == 0) return 0;
        return group <= m_grouped.boundaries.size() ? m_grouped.boundaries[group - 1] : m_data.distinct();
    }

    /// Inner boundaries between groups of the path with the least error + multiplier·entropy + price·intervals.
    Boundaries shortest(double multiplier, double price) {
        const std::size_t n = size();
        m_cost.assign(n + 1, 0);
        m_from.assign(n + 1, 0);
        for (std::size_t j = 1; j <= n; ++j) {
            const double* error = m_error.data() + edge(0, j);
            const double* entropy = m_entropy.data() + edge(0, j);
            double best = kInfinity;
            std::size_t from = 0;
            for (std::size_t i = 0; i < j; ++i) {
                const double cost = m_cost[i] + (error[i] + multiplier * entropy[i]);
                if (cost < best) {
                    best = cost;
                    from = i;
                }
            }
            m_cost[j] = best + price;
            m_from[j] = from;
        }
        Boundaries path;
        for (std::size_t j = m_from[n]; j > 0; j = m_from[j]) path.push_back(j);
        std::reverse(path.begin(), path.end());
        return path;
    }

    const Distribution& m_data;
    GroupedPoints m_grouped;
    std::vector<double> m_error;   // of edge (i, j), a value of the whole
    std::vector<double> m_entropy; // −p·log2 p
    std::vector<double> m_cost;
    std::vector<std::size_t> m_from;
};

/// A partition of all values with what it costs.
struct Costed {
    Boundaries inner;
    double entropy = 0;
    double meanSquare = kInfinity;
    double multiplier = 0;
};

class Refinement {
public:
    Refinement(const Distribution& data, std::uint32_t k, double bits, Effort effort, const JobControl& job)
        : m_data(data), m_levels(k), m_bits(bits), m_preview(effort == Effort::Preview), m_job(job) {}

    bool allows(const Costed& costed) const { return costed.entropy <= m_bits + kRateSlack; }
    const Costed& best() const { return m_best; }

    void measure(Costed& costed) {
        const std::size_t bins = costed.inner.size() + 1;
        m_means.resize(bins);
        m_lengths.resize(bins);
        const double weight = m_data.weightOf(m_data.all()), count = static_cast<double>(m_data.count());
        costed.entropy = costed.meanSquare = 0;
        for (std::size_t i = 0; i < bins; ++i) {
            const IndexRange range{i > 0 ? costed.inner[i - 1] : 0, i + 1 < bins ? costed.inner[i] : m_data.distinct()};
            const double share = static_cast<double>(m_data.countOf(range)) / count;
            m_means[i] = m_data.meanOf(range);
            m_lengths[i] = -std::log2(share);
            costed.entropy += share * m_lengths[i];
            if (weight > 0) costed.meanSquare += m_data.squaredErrorAboutMean(range) / weight;
        }
    }

    /// Where bins i and i + 1 of the partition measured last cost the same.
    double threshold(std::size_t i, double multiplier) const {
        const double apart = m_means[i + 1] - m_means[i];
        if (!(apart > 0)) return m_means[i];
        return m_means[i] + apart / 2 + multiplier * (m_lengths[i + 1] - m_lengths[i]) / (2 * apart);
    }

    /// Moves boundaries for this multiplier until that gains nothing, and keeps the result where it is the best
    /// allowed.
    Costed settle(Boundaries inner, double multiplier) {
        Costed costed{std::move(inner), 0, kInfinity, multiplier};
        const std::uint64_t moves = m_preview ? kPreviewMoves : kMoves;
        const std::uint64_t rounds = std::clamp<std::uint64_t>(moves / (costed.inner.size() + 1), 4, 1000);
        const auto x = m_data.values();
        measure(costed);
        consider(costed);
        double cost = costed.meanSquare + multiplier * costed.entropy;
        for (std::uint64_t round = 0; round < rounds && !m_job.cancelled(); ++round) {
            Boundaries moved;
            for (std::size_t i = 0; i < costed.inner.size(); ++i) {
                const auto at = static_cast<std::size_t>(
                    std::lower_bound(x.begin(), x.end(), threshold(i, multiplier)) - x.begin());
                // A bin whose boundaries meet is gone.
                if (at > (moved.empty() ? 0 : moved.back()) && at < x.size()) moved.push_back(at);
            }
            if (moved == costed.inner) break;
            Costed next{std::move(moved), 0, 0, multiplier};
            measure(next);
            const double reached = next.meanSquare + multiplier * next.entropy;
            if (!(reached < cost)) {
                measure(costed);
                break;
            }
            const bool settled = cost - reached < kSettled * cost;
            cost = reached;
            costed = std::move(next);
            if (settled) break;
        }
        consider(costed);
        return costed;
    }

    /// The multiplier is moved until the entropy is just allowed, from a partition that is nearly so.
    void search(Boundaries inner, double multiplier) {
        const auto allowedAt = [&](double at) {
            const Costed costed = settle(inner, at);
            inner = costed.inner;
            return allows(costed);
        };
        const int steps = m_preview ? kPreviewNearSteps : kNearSteps;
        const int bisections = m_preview ? kPreviewNearBisections : kNearBisections;
        double low = multiplier, high = multiplier;
        if (allowedAt(multiplier))
            for (int i = 0; i < steps && !m_job.cancelled() && allowedAt(low /= kNear); ++i) high = low;
        else
            for (int i = 0; i < steps && !m_job.cancelled() && !allowedAt(high *= kNear); ++i) low = high;
        for (int i = 0; i < bisections && !m_job.cancelled(); ++i) {
            const double middle = std::sqrt(low) * std::sqrt(high);
            (allowedAt(middle) ? high : low) = middle;
        }
    }

    /// No multiplier leads to partitions above the lower hull of error and entropy. Where that leaves entropy unused,
    /// the best partition is split as long as that is allowed, each time where it gains most.
    void split(const Boundaries& places) {
        const double weight = m_data.weightOf(m_data.all()), count = static_cast<double>(m_data.count());
        while (m_best.inner.size() + 1 < m_levels && m_best.entropy < m_bits - kUnused && !m_job.cancelled()) {
            double most = 0;
            std::size_t where = 0;
            for (const std::size_t at : places) {
                const auto next = std::upper_bound(m_best.inner.begin(), m_best.inner.end(), at);
                const std::size_t begin = next == m_best.inner.begin() ? 0 : *(next - 1);
                const std::size_t end = next == m_best.inner.end() ? m_data.distinct() : *next;
                if (at == begin || !(weight > 0)) continue;
                const auto share = [&](IndexRange range) { return static_cast<double>(m_data.countOf(range)) / count; };
                const double more =
                    entropyOf(share({begin, at})) + entropyOf(share({at, end})) - entropyOf(share({begin, end}));
                if (m_best.entropy + more > m_bits) continue;
                const auto error = [&](IndexRange range) { return m_data.squaredErrorAboutMean(range) / weight; };
                const double gain = error({begin, end}) - error({begin, at}) - error({at, end});
                if (gain > most) {
                    most = gain;
                    where = at;
                }
            }
            if (!(most > 0)) return;
            Costed costed = m_best;
            costed.inner.insert(std::upper_bound(costed.inner.begin(), costed.inner.end(), where), where);
            measure(costed);
            if (!allows(costed)) return;
            m_best = std::move(costed);
        }
    }

    /// Equal intervals of the width that is best at high rates for this multiplier, one of them about the mean.
    Boundaries equalIntervals(double multiplier) const {
        const double width = std::sqrt(6 * multiplier / std::numbers::ln2), mean = m_data.mean();
        const auto x = m_data.values();
        Boundaries inner;
        const double first = std::ceil((m_data.minimum() - mean) / width - 0.5);
        const double last = std::floor((m_data.maximum() - mean) / width - 0.5);
        // As many as there may be, about the mean.
        const double half = std::floor(static_cast<double>(m_levels - 1) / 2);
        for (double edge = std::max(first, -half); edge <= std::min(last, half - 1); ++edge) {
            const double at = mean + (edge + 0.5) * width;
            const auto index = static_cast<std::size_t>(std::lower_bound(x.begin(), x.end(), at) - x.begin());
            if (index > (inner.empty() ? 0 : inner.back()) && index < x.size()) inner.push_back(index);
        }
        return inner;
    }

private:
    void consider(const Costed& costed) {
        if (!allows(costed) || costed.inner.size() + 1 > m_levels) return;
        if (costed.meanSquare < m_best.meanSquare) m_best = costed;
    }

    const Distribution& m_data;
    std::uint32_t m_levels;
    double m_bits;
    bool m_preview;
    const JobControl& m_job;
    Costed m_best;
    std::vector<double> m_means; // of the bins measured last
    std::vector<double> m_lengths;
};

/// Tries multipliers from a first guess on, closing in on the least that is allowed.
template<class Allowed>
void bracket(double guess, const JobControl& job, const Allowed& allowed) {
    double high = guess, low = guess;
    if (allowed(guess)) {
        for (int i = 0; i < kBracketSteps && !job.cancelled() && allowed(low /= 4); ++i) high = low;
    } else {
        for (int i = 0; i < kBracketSteps && !job.cancelled() && !allowed(high *= 4); ++i) low = high;
    }
    for (int i = 0; i < kBisections && !job.cancelled(); ++i) {
        const double middle = std::sqrt(low) * std::sqrt(high);
        (allowed(middle) ? high : low) = middle;
    }
}

EntropyPartition finished(const Distribution& data, const Costed& costed, Refinement& refinement) {
    EntropyPartition result;
    Costed measured = costed;
    refinement.measure(measured);
    const auto x = data.values();
    result.boundaries.push_back(0);
    for (std::size_t i = 0; i < costed.inner.size(); ++i) {
        const std::size_t at = costed.inner[i];
        result.boundaries.push_back(at);
        result.thresholds.push_back(std::clamp(refinement.threshold(i, costed.multiplier),
                                               static_cast<double>(std::nextafter(x[at - 1], x[at])),
                                               static_cast<double>(x[at])));
    }
    result.boundaries.push_back(data.distinct());
    result.multiplier = costed.multiplier;
    result.entropy = measured.entropy;
    result.meanSquare = measured.meanSquare;
    return result;
}

} // namespace

Result<EntropyPartition> entropyPartition(const Distribution& data, std::uint32_t k, double bits, Effort effort,
                                          const JobControl& job) {
    if (job.cancelled()) return cancelled();
    if (data.empty()) return EntropyPartition{};
    Refinement refinement(data, k, bits, effort, job);

    // Where the entropy does not bind, k-means is the answer.
    const auto free = optimalPartition(data, k, effort, job);
    if (!free) return free.error();
    Costed means;
    means.inner.assign(free->boundaries.begin() + 1, free->boundaries.end() - 1);
    refinement.measure(means);
    if (refinement.allows(means)) {
        EntropyPartition result = finished(data, means, refinement);
        result.exact = free->exact();
        return result;
    }
    refinement.settle({}, 0); // one interval always is allowed

    const std::size_t levels = std::min<std::size_t>(k, data.distinct());
    const std::size_t groups =
        effort == Effort::Preview ? kPreviewGroups : std::clamp(4 * levels, kGroups, kMostGroups);
    GroupPath path(data, groups);
    // dD/dR = −2 ln 2·D at high rates.
    const double guess = 2 * std::numbers::ln2 * data.variance() * std::exp2(-2 * bits);
    double multiplier = guess;
    Boundaries found;
    if (levels * kGroupsPerLevel <= groups || data.distinct() <= groups) {
        bracket(guess, job, [&](double at) {
            double entropy = 0;
            Boundaries inner = path.find(at, k, entropy);
            if (entropy > bits + kRateSlack) return false;
            found = std::move(inner);
            multiplier = at;
            return true;
        });
        refinement.search(found, multiplier); // on all values the entropy is another
    }
    bracket(guess, job, [&](double at) {
        Costed equal;
        equal.inner = refinement.equalIntervals(at);
        refinement.measure(equal);
        if (!refinement.allows(equal)) return false;
        found = std::move(equal.inner);
        multiplier = at;
        return true;
    });
    refinement.search(found, multiplier);
    if (effort == Effort::Preview) {
        if (job.cancelled()) return cancelled();
        return finished(data, refinement.best(), refinement);
    }
    // From k-means, which knows best what to do where levels are scarce.
    found = means.inner;
    multiplier = guess / 64;
    for (int i = 0; i < kClimbSteps && !job.cancelled(); ++i) {
        const Costed costed = refinement.settle(found, multiplier);
        if (refinement.allows(costed)) break;
        found = costed.inner;
        multiplier *= kClimb;
    }
    refinement.search(found, multiplier);
    refinement.split(path.starts());
    if (job.cancelled()) return cancelled();
    return finished(data, refinement.best(), refinement);
}

} // namespace quantoscope
