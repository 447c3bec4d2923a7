#include "core/schemes/lloyd_iteration.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace quantoscope {

namespace {

/// Uniform in [0, 1), the same on every platform.
double uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

/// The first distinct value that is not below a bound: one halfway between two levels goes up.
std::size_t firstFrom(const Distribution& data, double bound) {
    const auto x = data.values();
    return static_cast<std::size_t>(std::lower_bound(x.begin(), x.end(), bound) - x.begin());
}

double halfway(double a, double b) { return a + (b - a) / 2; }

/// Interval i is ends[i − 1] .. ends[i] − 1: the values nearest to level i. Of equal levels the last has them all.
void assign(const Distribution& data, const std::vector<double>& levels, std::vector<std::size_t>& ends) {
    ends.resize(levels.size());
    for (std::size_t i = 0; i + 1 < levels.size(); ++i)
        ends[i] = levels[i] < levels[i + 1] ? firstFrom(data, halfway(levels[i], levels[i + 1]))
                  : i > 0                   ? ends[i - 1]
                                            : 0;
    ends.back() = data.distinct();
}

IndexRange interval(const std::vector<std::size_t>& ends, std::size_t i) { return {i > 0 ? ends[i - 1] : 0, ends[i]}; }

/// Draws levels from the values. The values nearest to each level so far stay apart, with the sum of their squared
/// distances, so that a draw costs O(k + log n).
class PlusPlus {
public:
    PlusPlus(const Distribution& data, std::mt19937_64& random) : m_data(data), m_random(random) {
        const double target = uniform(random) * data.weightOf(data.all());
        add(firstWhere(data.all(), target, [&](IndexRange range) { return data.weightOf(range); }), 0);
    }

    /// False where every value is a level already.
    bool draw() {
        const double total = std::accumulate(m_potentials.begin(), m_potentials.end(), 0.0);
        if (!(total > 0)) return false;
        double target = uniform(m_random) * total;
        std::size_t cell = 0;
        while (cell + 1 < m_potentials.size() && target >= m_potentials[cell]) target -= m_potentials[cell++];
        while (m_potentials[cell] == 0) --cell; // rounding ran past the last one
        const double level = m_levels[cell];
        const std::size_t drawn =
            firstWhere(cellOf(cell), target, [&](IndexRange range) { return m_data.squaredError(range, level); });
        add(drawn, m_data.values()[drawn] > level ? cell + 1 : cell);
        return true;
    }

    std::vector<double> levels() const { return m_levels; }

private:
    /// The first value up to and with which the (never falling) sum over the range exceeds the target.
    template<class Sum>
    static std::size_t firstWhere(IndexRange range, double target, const Sum& sum) {
        std::size_t low = range.begin, high = range.end - 1;
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (sum({range.begin, middle + 1}) > target)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    IndexRange cellOf(std::size_t i) const {
        const double before = i > 0 ? halfway(m_levels[i - 1], m_levels[i]) : m_data.minimum();
        const std::size_t end =
            i + 1 < m_levels.size() ? firstFrom(m_data, halfway(m_levels[i], m_levels[i + 1])) : m_data.distinct();
        return {firstFrom(m_data, before), end};
    }

    void add(std::size_t value, std::size_t at) {
        m_levels.insert(m_levels.begin() + static_cast<std::ptrdiff_t>(at), m_data.values()[value]);
        m_potentials.insert(m_potentials.begin() + static_cast<std::ptrdiff_t>(at), 0);
        for (std::size_t i = at > 0 ? at - 1 : 0; i < std::min(at + 2, m_levels.size()); ++i)
            m_potentials[i] = m_data.squaredError(cellOf(i), m_levels[i]);
    }

    const Distribution& m_data;
    std::mt19937_64& m_random;
    std::vector<double> m_levels;
    std::vector<double> m_potentials;
};

std::vector<double> startLevels(const Distribution& data, std::size_t k, LloydStart start, std::mt19937_64& random,
                                const JobControl& job) {
    std::vector<double> levels;
    const double low = data.minimum(), width = data.maximum() - low, count = static_cast<double>(k);
    switch (start) {
    case LloydStart::Uniform:
        for (std::size_t i = 0; i < k; ++i) levels.push_back(low + width * (static_cast<double>(i) + 0.5) / count);
        break;
    case LloydStart::Quantile:
        for (std::size_t i = 0; i < k; ++i) levels.push_back(data.quantile((static_cast<double>(i) + 0.5) / count));
        break;
    case LloydStart::KMeansPlusPlus: {
        PlusPlus drawn(data, random);
        for (std::size_t i = 1; i < k && !job.cancelled() && drawn.draw(); ++i) {
        }
        levels = drawn.levels();
        break;
    }
    }
    return levels;
}

/// Gives every level without values one of those farthest from their own levels.
void relocateEmpty(const Distribution& data, const std::vector<double>& levels, const std::vector<std::size_t>& ends,
                   std::vector<double>& means) {
    std::vector<std::size_t> empty;
    for (std::size_t i = 0; i < levels.size(); ++i)
        if (!(data.weightOf(interval(ends, i)) > 0)) empty.push_back(i);
    if (empty.empty()) return;

    struct Far {
        double distance;
        std::size_t value, owner;
    };
    std::vector<Far> values;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const IndexRange own = interval(ends, i);
        for (std::size_t v = own.begin; v < own.end; ++v)
            if (data.weightOf({v, v + 1}) > 0) values.push_back({std::fabs(data.values()[v] - levels[i]), v, i});
    }
    const auto wanted = static_cast<std::ptrdiff_t>(std::min(empty.size(), values.size()));
    std::partial_sort(values.begin(), values.begin() + wanted, values.end(), [](const Far& a, const Far& b) {
        return a.distance != b.distance ? a.distance > b.distance : a.value < b.value;
    });
    // The sums of the old owners without the values they lose.
    std::vector<double> weight(levels.size()), sum(levels.size());
    for (std::ptrdiff_t j = 0; j < wanted; ++j) {
        const Far& far = values[static_cast<std::size_t>(j)];
        const IndexRange own = interval(ends, far.owner), one{far.value, far.value + 1};
        if (weight[far.owner] == 0) {
            weight[far.owner] = data.weightOf(own);
            sum[far.owner] = 0; // about the mean of the owner
        }
        const double mean = data.meanOf(own);
        weight[far.owner] -= data.weightOf(one);
        sum[far.owner] -= data.weightOf(one) * (data.values()[far.value] - mean);
        // An owner that has lost all it had starts again from the middle of everything.
        means[far.owner] = weight[far.owner] > 0 ? mean + sum[far.owner] / weight[far.owner] : data.mean();
        means[empty[static_cast<std::size_t>(j)]] = data.values()[far.value];
    }
}

/// Moves the levels; returns how many times.
int iterate(const Distribution& data, std::vector<double>& levels, const LloydOptions& options, const JobControl& job) {
    const double enough = options.tolerance * data.variance();
    std::vector<std::size_t> ends, lastEnds;
    std::vector<double> means;
    int done = 0;
    while (done < options.iterations && !job.cancelled()) {
        ++done;
        assign(data, levels, ends);
        means = levels;
        for (std::size_t level = 0; level < levels.size(); ++level)
            if (data.weightOf(interval(ends, level)) > 0) means[level] = data.meanOf(interval(ends, level));
        relocateEmpty(data, levels, ends, means);
        double moved = 0;
        for (std::size_t level = 0; level < levels.size(); ++level)
            moved += (means[level] - levels[level]) * (means[level] - levels[level]);
        std::sort(means.begin(), means.end()); // those that were relocated
        std::swap(levels, means);
        if (ends == lastEnds || (enough > 0 && moved <= enough)) break;
        std::swap(ends, lastEnds);
    }
    return done;
}

} // namespace

Result<LloydResult> lloydLevels(const Distribution& data, std::size_t k, const LloydOptions& options,
                                const JobControl& job) {
    LloydResult best;
    if (data.empty()) return best;
    k = std::min(k, data.distinct());
    std::mt19937_64 random(options.seed);
    const int rounds = options.start == LloydStart::KMeansPlusPlus ? std::max(1, options.restarts) : 1;
    std::vector<std::size_t> ends;
    for (int round = 0; round < rounds; ++round) {
        LloydResult found;
        found.levels = startLevels(data, k, options.start, random, job);
        found.iterations = iterate(data, found.levels, options, job);
        if (job.cancelled()) return cancelled();
        assign(data, found.levels, ends);
        for (std::size_t i = 0; i < found.levels.size(); ++i)
            found.squaredError += data.squaredError(interval(ends, i), found.levels[i]);
        if (round == 0 || found.squaredError < best.squaredError) best = std::move(found);
        job.progress((round + 1.0) / rounds);
    }
    return best;
}

} // namespace quantoscope
