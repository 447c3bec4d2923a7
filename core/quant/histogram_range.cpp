// The range that PyTorch's HistogramObserver takes (after caffe2's NormMinimization): bins are cut off the end that
// holds fewer values, a hundred-thousandth of the weight at a time, for as long as the squared error falls that a
// quantizer over the rest would make if the values of a bin lay evenly in it. It stops at the first rise, so it keeps
// more than the least error would.
#include "core/quant/range_estimator.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

namespace quantoscope {

namespace {

constexpr double kStep = 1e-5; // of the weight

/// ∫x² from begin to end.
double squares(double begin, double end) { return (end * end * end - begin * begin * begin) / 3; }

/// Of quantizing all bins, each of width 1, to so many equal cells over the bins from begin to end.
double squaredError(std::span<const std::uint64_t> histogram, std::size_t begin, std::size_t end, double levels) {
    const double cell = static_cast<double>(end - begin) / levels;
    const auto cellOf = [&](double place) { return std::clamp(std::floor(place / cell), 0.0, levels - 1); };
    double error = 0;
    for (std::size_t bin = 0; bin < histogram.size(); ++bin) {
        if (histogram[bin] == 0) continue;
        const double left = static_cast<double>(bin) - static_cast<double>(begin), right = left + 1;
        const double first = cellOf(left), last = cellOf(right);
        const double own = squares(left - (first + 0.5) * cell, cell / 2) +
                           (last - first - 1) * squares(-cell / 2, cell / 2) +
                           squares(-cell / 2, right - (last + 0.5) * cell);
        error += static_cast<double>(histogram[bin]) * own;
    }
    return error;
}

} // namespace

Range histogramRange(std::span<const std::uint64_t> histogram, double lower, double upper, std::uint32_t levels) {
    std::vector<double> below(histogram.size()); // and within
    std::partial_sum(histogram.begin(), histogram.end(), below.begin(), std::plus<double>());
    if (below.empty() || levels == 0) return {static_cast<float>(lower), static_cast<float>(upper)};
    const double total = below.back();

    std::size_t first = 0, last = histogram.size() - 1;
    double low = 0, high = 1, least = std::numeric_limits<double>::infinity();
    while (low < high) {
        std::size_t left = first, right = last;
        while (left < last && below[left] < (low + kStep) * total) ++left;
        while (right > first && below[right] > (high - kStep) * total) --right;
        std::size_t nextFirst = first, nextLast = last;
        if (left - first > last - right) {
            nextFirst = left;
            low += kStep;
        } else {
            nextLast = right;
            high -= kStep;
        }
        if (nextFirst == first && nextLast == last) continue;
        const double error = squaredError(histogram, nextFirst, nextLast + 1, levels);
        if (error > least) break;
        least = error;
        first = nextFirst;
        last = nextLast;
    }
    const double width = (upper - lower) / static_cast<double>(histogram.size());
    return {static_cast<float>(lower + width * static_cast<double>(first)),
            static_cast<float>(lower + width * static_cast<double>(last + 1))};
}

} // namespace quantoscope
