// Weight, mean and squares about the mean of any interval of a sequence, in O(log n) and without cancellation.
//
// Differences of prefix sums lose what the two prefixes have in common: 16 bits of levels over ten million values need
// more than 100 bits of them. Here every node of a tree of fan-out 16 holds the moments of the values below it about
// their own mean, and an interval is the sum of a few dozen nodes and values: all terms of Σ w·(x − level)² are
// positive, whatever the level, so the result is good to about 1e-14 for any data. (Merging moments: Chan, Golub,
// LeVeque 1983. Means by corrected two-pass.) 2.2 bytes a value.
#pragma once

#include "core/base/double_double.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

namespace quantoscope {

struct Moments {
    double weight = 0;  // Σ w
    DoubleDouble mean;  // Σ w·x / Σ w, to about 2^-52 of the mean distance from it; some value where the weight is 0
    double squares = 0; // Σ w·(x − mean)²

    /// How far the mean lies above a number.
    double distance(DoubleDouble from) const { return (mean.high - from.high) + (mean.low - from.low); }
};

/// One value.
inline Moments momentsOf(double value, double weight) { return {weight, {value, 0}, 0}; }
/// All of them together; at least one.
Moments merge(const Moments* first, const Moments* last);

class MomentTree {
public:
    /// leaves writes the moments of values [first, last), and is called from several threads.
    void build(std::size_t count, const std::function<void(std::size_t first, std::size_t last, Moments* out)>& leaves);

    /// Calls value(i) and node(moments) for pieces that make up [begin, end).
    template<class Value, class Node>
    void visit(std::size_t begin, std::size_t end, const Value& value, const Node& node) const {
        std::size_t inner = roundUp(begin, end);
        for (; begin < inner; ++begin) value(begin);
        for (inner = m_levels.empty() ? begin : std::max(begin, end / kFan * kFan); end > inner;) value(--end);
        for (const auto& level : m_levels) {
            begin /= kFan;
            end /= kFan;
            if (begin == end) return;
            const bool top = &level == &m_levels.back();
            for (inner = top ? end : roundUp(begin, end); begin < inner; ++begin) node(level[begin]);
            for (inner = std::max(begin, end / kFan * kFan); end > inner;) node(level[--end]);
        }
    }

private:
    static constexpr std::size_t kFan = 16;
    /// The start of the next whole node, or the end.
    static std::size_t roundUp(std::size_t begin, std::size_t end) {
        return std::min(end, (begin + kFan - 1) / kFan * kFan);
    }

    std::vector<std::vector<Moments>> m_levels; // of 16, 256, 4096, ... values; whole nodes only
};

} // namespace quantoscope
