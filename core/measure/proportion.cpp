#include "core/measure/proportion.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

namespace quantoscope {

namespace {

/// log n! − log(√(2πn)·(n/e)ⁿ), what Stirling's formula lacks.
double stirlingError(double n) {
    if (n < 16) {
        double factorial = 1; // exact up to 18!
        for (double i = 2; i <= n; ++i) factorial *= i;
        return std::log(factorial) - (n + 0.5) * std::log(n) + n - 0.5 * std::log(2 * std::numbers::pi);
    }
    const double r = 1 / (n * n);
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - r / 1188) * r) * r) * r) / n;
}

/// x·log(x/m) + m − x without cancellation in the logarithm.
double deviance(double x, double m) {
    const double relative = (x - m) / m;
    return x * std::log1p(relative) - m * relative;
}

/// The probability of k heads of n fair coins, by the saddle point. Logarithms of factorials would lose digits in
/// proportion to n. (Loader 2000, Fast and accurate computation of binomial probabilities.)
double fairBinomial(double k, double n) {
    if (k == 0 || k == n) return std::exp2(-n);
    const double exponent =
        stirlingError(n) - stirlingError(k) - stirlingError(n - k) - deviance(k, n / 2) - deviance(n - k, n / 2);
    return std::exp(exponent) * std::sqrt(n / (2 * std::numbers::pi * k * (n - k)));
}

/// √(x² − 2φxy + y²), which rounding must not make the root of less than 0.
double squareAndAdd(double x, double y, double phi) {
    return std::sqrt(std::max(0.0, x * x - 2 * phi * x * y + y * y));
}

} // namespace

Interval wilson(std::uint64_t k, std::uint64_t n, double z) {
    assert(k <= n);
    if (n == 0) return {0, 1};
    const double count = static_cast<double>(n), p = static_cast<double>(k) / count, square = z * z;
    const double middle = p + square / (2 * count), whole = 1 + square / count;
    const double half = z * std::sqrt(p * (1 - p) / count + square / (4 * count * count));
    // At the ends both terms are equal in the formula, if not in their last digit.
    return {k == 0 ? 0.0 : (middle - half) / whole, k == n ? 1.0 : (middle + half) / whole};
}

double mcNemar(std::uint64_t onlyFirstRight, std::uint64_t onlySecondRight) {
    const auto [fewer, more] = std::minmax(onlyFirstRight, onlySecondRight);
    if (fewer == more) return 1;
    const double n = static_cast<double>(fewer) + static_cast<double>(more);
    // From the greatest term down; each is the one before it times k / (n − k + 1), below 1.
    double term = fairBinomial(static_cast<double>(fewer), n), sum = 0;
    for (double k = static_cast<double>(fewer); term > sum * 1e-18; --k) {
        sum += term;
        term *= k / (n - k + 1);
    }
    return std::min(1.0, 2 * sum);
}

PairedDifference pairedDifference(const PairedCounts& counts, double z) {
    const std::uint64_t total = counts.total();
    if (total == 0) return {};
    const auto a = static_cast<double>(counts.bothRight), b = static_cast<double>(counts.onlyFirstRight);
    const auto c = static_cast<double>(counts.onlySecondRight), d = static_cast<double>(counts.bothWrong);
    const double n = static_cast<double>(total), p1 = (a + b) / n, p2 = (a + c) / n;
    const Interval first = wilson(counts.bothRight + counts.onlyFirstRight, total, z);
    const Interval second = wilson(counts.bothRight + counts.onlySecondRight, total, z);

    double phi = 0; // also where a margin is empty and there is no correlation to speak of
    const double margins = (a + b) * (c + d) * (a + c) * (b + d);
    if (margins > 0) {
        const double product = a * d - b * c;
        phi = (product > 0 ? std::max(product - n / 2, 0.0) : product) / std::sqrt(margins);
    }
    const double value = (b - c) / n;
    return {value,
            {std::max(-1.0, value - squareAndAdd(p1 - first.low, second.high - p2, phi)),
             std::min(1.0, value + squareAndAdd(first.high - p1, p2 - second.low, phi))}};
}

} // namespace quantoscope
