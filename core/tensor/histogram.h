// Counts over equal intervals, as numpy.histogram counts: [a, b), the last interval closed.
#pragma once

#include "core/tensor/distribution.h"

#include <cstdint>
#include <span>
#include <vector>

namespace quantoscope {

struct Histogram {
    double lower = 0;
    double upper = 0;
    std::vector<std::uint64_t> counts; // values outside [lower, upper] are not counted
    double binWidth() const { return counts.empty() ? 0 : (upper - lower) / static_cast<double>(counts.size()); }
    /// As numpy.linspace places them: the last is upper itself.
    double edge(std::size_t i) const {
        return i == counts.size() ? upper : lower + static_cast<double>(i) * binWidth();
    }
};

/// In O(bins · log distinct). A range without width is widened by half on either side, as numpy does.
Histogram histogramOf(const Distribution& distribution, double lower, double upper, std::size_t bins);
Histogram histogramOf(const Distribution& distribution, std::size_t bins);

/// In one pass over values that are not sorted; non-finite ones are left out. For small pictures of data not yet looked
/// at.
Histogram histogramOf(std::span<const float> values, std::size_t bins);

} // namespace quantoscope
