#include "core/schemes/round_numbers.h"

#include <algorithm>
#include <cmath>

namespace quantoscope {

namespace {

constexpr int kMostSteps = 5; // the range spans no more steps than this: the ends are as round as the range is wide

/// multiple · mantissa · 10^exponent / 10, rounded once: 3 · 2 · 10^−1 is the 0.6 that a person would write.
double decimal(double multiple, double mantissa, int exponent) {
    const double whole = multiple * mantissa;
    return exponent >= 1 ? whole * std::pow(10.0, exponent - 1) : whole / std::pow(10.0, 1 - exponent);
}

} // namespace

std::vector<double> roundNumbers(double lower, double upper, std::size_t count) {
    if (lower == upper) {
        lower = std::min(lower, 0.0);
        upper = std::max(upper, 0.0);
        if (lower == upper) upper = 1;
    }
    double low = lower, high = upper;
    bool found = false;
    for (int exponent = static_cast<int>(std::floor(std::log10(upper - lower))) - 1; !found; ++exponent) {
        for (const double mantissa : {10.0, 20.0, 25.0, 50.0}) { // steps of 1, 2, 2.5 and 5 in tenths
            const double step = decimal(1, mantissa, exponent);
            const double first = std::floor(lower / step), last = std::ceil(upper / step);
            if (last - first > kMostSteps) continue;
            low = std::min(lower, decimal(first, mantissa, exponent));
            high = std::max(upper, decimal(last, mantissa, exponent));
            found = true;
            break;
        }
    }
    if (count == 1) return {low + (high - low) / 2};
    std::vector<double> numbers(count);
    for (std::size_t i = 0; i < count; ++i)
        numbers[i] = low + (high - low) * static_cast<double>(i) / static_cast<double>(count - 1);
    return numbers;
}

} // namespace quantoscope
