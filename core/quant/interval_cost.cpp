#include "core/quant/interval_cost.h"

#include <algorithm>

namespace quantoscope {

namespace {

constexpr double kTrusted = 0x1p44;    // times the noise of the prefix sums: then a cost is good to 2^-44 and better
constexpr double kCancelled = 0x1p-10; // a mean this much smaller than the values has lost digits in differences

DoubleDouble quotient(DoubleDouble a, DoubleDouble b) {
    const double first = a.high / b.high;
    const double second = (a - b * first).high / b.high;
    return quickTwoSum(first, second);
}

struct Summed {
    double mean;
    double squares; // about the mean
};

/// Two passes about an anchor inside the interval: differences of neighbouring float32 are exact in double.
Summed summed(std::span<const double> points, std::span<const double> weights) {
    const double anchor = points[points.size() / 2];
    DoubleDouble weight, first;
    for (std::size_t i = 0; i < points.size(); ++i) {
        weight = weight + DoubleDouble{weights[i], 0};
        first = first + twoProduct(weights[i], points[i] - anchor);
    }
    const double mean = quotient(first, weight).value();
    DoubleDouble second, remainder;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double distance = (points[i] - anchor) - mean;
        second = second + DoubleDouble{weights[i] * distance * distance, 0};
        remainder = remainder + DoubleDouble{weights[i] * distance, 0};
    }
    return {anchor + mean, (second - quotient(remainder * remainder, weight)).value()};
}

/// A sum without any rounding: partial sums of ascending magnitude that do not overlap. (Shewchuk 1997.)
class ExactSum {
public:
    void add(double term) {
        std::size_t kept = 0;
        for (const double part : m_parts) {
            const DoubleDouble sum = twoSum(term, part);
            if (sum.low != 0) m_parts[kept++] = sum.low;
            term = sum.high;
        }
        m_parts.resize(kept);
        m_parts.push_back(term);
    }
    /// To about 100 bits.
    DoubleDouble value() const {
        DoubleDouble sum;
        for (const double part : m_parts) sum = sum + DoubleDouble{part, 0};
        return sum;
    }

private:
    std::vector<double> m_parts;
};

} // namespace

IntervalCost::IntervalCost(std::span<const double> points, std::span<const double> weights)
    : m_points(points.begin(), points.end()), m_weights(weights.begin(), weights.end()), m_before(points.size() + 1) {
    if (points.empty()) return;
    double total = 0, below = 0;
    for (const double weight : weights) total += weight;
    std::size_t median = 0;
    while (median + 1 < points.size() && below + weights[median] < total / 2) below += weights[median++];
    m_center = points[median];

    const auto momentsOf = [&](std::size_t i) {
        const DoubleDouble y = twoSum(points[i], -m_center);
        const DoubleDouble wy = y * weights[i];
        return Moments{{weights[i], 0}, wy, y * wy};
    };
    for (std::size_t i = median; i < points.size(); ++i) {
        const Moments own = momentsOf(i), &sum = m_before[i];
        m_before[i + 1] = {sum.weight + own.weight, sum.first + own.first, sum.second + own.second};
    }
    for (std::size_t i = median; i > 0; --i) {
        const Moments own = momentsOf(i - 1), &sum = m_before[i];
        m_before[i - 1] = {sum.weight - own.weight, sum.first - own.first, sum.second - own.second};
    }
}

double IntervalCost::exact(std::size_t i, std::size_t j) const {
    if (j <= i + 1) return 0;
    const Moments &a = m_before[i], &b = m_before[j];
    const DoubleDouble first = b.first - a.first;
    const double cost = ((b.second - a.second) - quotient(first * first, b.weight - a.weight)).value();
    const double noise = kPrefixNoise * (std::fabs(a.second.high) + std::fabs(b.second.high));
    return cost > kTrusted * noise ? cost : twoPass(i, j);
}

double IntervalCost::twoPass(std::size_t i, std::size_t j) const {
    if (j <= i + 1) return 0;
    return summed(std::span(m_points).subspan(i, j - i), std::span(m_weights).subspan(i, j - i)).squares;
}

double IntervalCost::mean(std::size_t i, std::size_t j) const {
    if (j == i + 1) return m_points[i];
    const Moments &a = m_before[i], &b = m_before[j];
    const DoubleDouble weight = b.weight - a.weight;
    const double noise = kPrefixNoise * (std::fabs(a.first.high) + std::fabs(b.first.high));
    if (kTrusted * noise < (m_points[j - 1] - m_points[i]) * weight.high)
        return (DoubleDouble{m_center, 0} + quotient(b.first - a.first, weight)).value();
    return summed(std::span(m_points).subspan(i, j - i), std::span(m_weights).subspan(i, j - i)).mean;
}

double IntervalCost::exactMean(std::size_t i, std::size_t j) const {
    const double quick = mean(i, j);
    const double largest = std::max(std::fabs(m_points[i]), std::fabs(m_points[j - 1]));
    if (std::fabs(quick) > kCancelled * largest || j == i + 1) return quick;
    ExactSum first, weight;
    for (std::size_t p = i; p < j; ++p) {
        const DoubleDouble product = twoProduct(m_weights[p], m_points[p]);
        first.add(product.low);
        first.add(product.high);
        weight.add(m_weights[p]);
    }
    return quotient(first.value(), weight.value()).value();
}

} // namespace quantoscope
