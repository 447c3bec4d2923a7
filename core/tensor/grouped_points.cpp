#include "core/tensor/grouped_points.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace quantoscope {

namespace {

constexpr std::size_t kPiecesPerGroup = 4; // looked at to place the ends of groups
constexpr std::size_t kPiecesAtOnce = 1 << 11;
constexpr int kCapRounds = 6;
constexpr std::size_t kMeanOf = 8;        // values, of a long group
constexpr double kRounding = 1 + 0x1p-30; // of sums of shares: a value that makes a group by itself does

/// A run of values and what it weighs in the placing of groups: w^(1/3)·length^(2/3), its part of ∫ density^(1/3).
struct Piece {
    std::size_t end = 0;
    double values = 0;
    double share = 0;
};

Piece pieceOf(const Distribution& data, std::size_t begin, std::size_t end) {
    const auto x = data.values();
    const std::size_t last = data.distinct() - 1;
    // Half of the gap on either side belongs to it.
    const double length = (static_cast<double>(x[std::min(end, last)]) + x[end - 1]) / 2 -
                          (static_cast<double>(x[begin]) + x[begin > 0 ? begin - 1 : 0]) / 2;
    return {end, static_cast<double>(end - begin), std::cbrt(data.weightOf({begin, end}) * length * length)};
}

/// The share that makes one group, where no value can take more than one: what outliers cannot use goes to the others.
double shareOfGroup(const std::vector<Piece>& pieces, std::size_t groups) {
    double total = 0;
    for (const Piece& piece : pieces) total += piece.share;
    for (int round = 0; round < kCapRounds; ++round) {
        const double most = total / static_cast<double>(groups);
        total = 0;
        for (const Piece& piece : pieces) total += std::min(piece.share, most * piece.values);
    }
    return total / static_cast<double>(groups);
}

/// Runs of as many values each.
std::vector<Piece> evenPieces(const Distribution& data, std::size_t length) {
    std::vector<Piece> pieces(blockCount(data.distinct(), length));
    parallelBlocks(pieces.size(), kPiecesAtOnce, [&](Block block) {
        for (std::size_t i = block.begin; i < block.end; ++i)
            pieces[i] = pieceOf(data, i * length, std::min(data.distinct(), (i + 1) * length));
    });
    return pieces;
}

/// Short runs of values, shorter where groups end often, down to single ones.
std::vector<Piece> piecesOf(const Distribution& data, std::size_t groups) {
    const std::size_t length = std::max<std::size_t>(1, data.distinct() / (kPiecesPerGroup * groups));
    std::vector<Piece> even = evenPieces(data, length);
    if (length == 1) return even;
    const double wanted = shareOfGroup(even, groups) / kPiecesPerGroup;
    // Values of a part of each; then where the parts go.
    std::vector<std::size_t> steps(even.size()), places(even.size() + 1);
    for (std::size_t i = 0; i < even.size(); ++i) {
        const std::size_t values = even[i].end - (i > 0 ? even[i - 1].end : 0);
        const double parts = std::min(std::ceil(even[i].share / wanted), even[i].values);
        steps[i] = parts < 2 ? values : static_cast<std::size_t>(even[i].values / parts);
        places[i + 1] = places[i] + blockCount(values, steps[i]);
    }
    std::vector<Piece> pieces(places.back());
    parallelBlocks(even.size(), kPiecesAtOnce, [&](Block block) {
        for (std::size_t i = block.begin; i < block.end; ++i) {
            std::size_t begin = i > 0 ? even[i - 1].end : 0;
            for (std::size_t place = places[i]; place < places[i + 1]; ++place) {
                const std::size_t end = std::min(even[i].end, begin + steps[i]);
                pieces[place] =
                    steps[i] == even[i].end - begin && place == places[i] ? even[i] : pieceOf(data, begin, end);
                begin = end;
            }
        }
    });
    return pieces;
}

/// The mean of a group: of a long one, whose values lie close together, of some of them.
double middleOf(const Distribution& data, IndexRange range) {
    if (data.weighted() || data.isCoarse()) return data.meanOf(range);
    const auto x = data.values();
    const double anchor = x[range.begin];
    double sum = 0, weight = 0;
    if (range.size() <= 2 * kMeanOf) {
        for (std::size_t i = range.begin; i < range.end; ++i) {
            const auto w = static_cast<double>(data.countOf({i, i + 1}));
            weight += w;
            sum += w * (x[i] - anchor);
        }
    } else {
        weight = kMeanOf;
        for (std::size_t i = 0; i < kMeanOf; ++i)
            sum += x[range.begin + (2 * i + 1) * range.size() / (2 * kMeanOf)] - anchor;
    }
    return anchor + sum / weight;
}

/// All but the points.
GroupedPoints cutIntoGroups(const Distribution& data, std::size_t groups) {
    const std::vector<Piece> pieces = piecesOf(data, groups);
    const double wanted = shareOfGroup(pieces, groups);
    GroupedPoints grouped;
    double sum = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
        sum += std::min(pieces[i].share, wanted * pieces[i].values);
        const std::size_t end = pieces[i].end, done = grouped.weights.size();
        const bool full = sum * kRounding >= wanted * static_cast<double>(done + 1);
        const bool needed = pieces.size() - 1 - i <= groups - 1 - done; // the rest must be groups of one piece each
        // A group counts for something, and leaves something that counts.
        if (done + 1 == groups || !(full || needed) || !(data.weightOf({begin, end}) > 0) ||
            !(data.weightOf({end, data.distinct()}) > 0))
            continue;
        grouped.weights.push_back(data.weightOf({begin, end}));
        grouped.boundaries.push_back(end);
        begin = end;
    }
    grouped.weights.push_back(data.weightOf({begin, data.distinct()}));
    grouped.points.resize(grouped.weights.size());
    return grouped;
}

/// Calls body(i, range) for all groups, from several threads.
template<class Body>
void forEachGroup(const Distribution& data, const GroupedPoints& grouped, const Body& body) {
    const std::size_t groups = grouped.points.size();
    parallelBlocks(groups, kPiecesAtOnce, [&](Block block) {
        for (std::size_t i = block.begin; i < block.end; ++i)
            body(i, IndexRange{i > 0 ? grouped.boundaries[i - 1] : 0,
                               i + 1 < groups ? grouped.boundaries[i] : data.distinct()});
    });
}

} // namespace

GroupedPoints groupPoints(const Distribution& data, std::size_t groups) {
    GroupedPoints grouped = cutIntoGroups(data, groups);
    forEachGroup(data, grouped, [&](std::size_t i, IndexRange range) { grouped.points[i] = middleOf(data, range); });
    return grouped;
}

GroupedPoints measuredGroups(const Distribution& data, std::size_t groups) {
    GroupedPoints grouped = cutIntoGroups(data, groups);
    measureScatter(data, grouped);
    return grouped;
}

void measureScatter(const Distribution& data, GroupedPoints& grouped) {
    std::vector<double> scatter(grouped.points.size());
    forEachGroup(data, grouped, [&](std::size_t i, IndexRange range) {
        if (range.size() == 1 && !data.isCoarse()) {
            grouped.points[i] = data.values()[range.begin];
            return;
        }
        grouped.points[i] = data.meanOf(range);
        scatter[i] = data.squaredErrorAboutMean(range);
    });
    std::sort(scatter.begin(), scatter.end(), std::greater<>());
    grouped.scatter.assign(1, 0);
    for (const double each : scatter) grouped.scatter.push_back(grouped.scatter.back() + each);
}

double lowerBoundOfValues(const GroupedPoints& grouped, std::size_t k, double lowerBound, double upperBound) {
    constexpr double kSlack = 0x1p-40; // for the rounding of the sums, generously
    const double all = grouped.scatter.back(), divided = grouped.scatter[std::min(k - 1, grouped.points.size())];
    const double gained = 4 * (std::sqrt(upperBound) + std::sqrt(all)) * std::sqrt(divided) + 4 * divided;
    return std::max(0.0, lowerBound + all - gained - kSlack * (upperBound + all));
}

void refineBoundaries(const Distribution& data, std::vector<std::size_t>& boundaries, std::uint64_t rounds,
                      const JobControl& job) {
    const std::size_t bins = boundaries.size() + 1;
    const auto x = data.values();
    std::vector<double> means(bins);
    for (std::uint64_t round = 0; round < rounds && !job.cancelled(); ++round) {
        for (std::size_t i = 0; i < bins; ++i)
            means[i] = data.meanOf({i > 0 ? boundaries[i - 1] : 0, i + 1 < bins ? boundaries[i] : data.distinct()});
        bool moved = false;
        for (std::size_t i = 0; i + 1 < bins; ++i) {
            const double middle = means[i] + (means[i + 1] - means[i]) / 2;
            // Every step from the old boundary towards the middle gains, so stopping short keeps an interval from
            // becoming empty. (The old boundary lies beyond the mean of the interval before it.)
            const auto nearest = std::lower_bound(x.begin(), x.end(), middle) - x.begin();
            const std::size_t at = std::max(static_cast<std::size_t>(nearest), (i > 0 ? boundaries[i - 1] : 0) + 1);
            moved = moved || at != boundaries[i];
            boundaries[i] = at;
        }
        if (!moved) return;
    }
}

} // namespace quantoscope
