#include "core/measure/pair_sums.h"

#include "core/base/vector_targets.h"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/measure/pair_sums.cpp"
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kColumns = 8; // of sums side by side

using Wide = hn::CappedTag<double, kColumns>;
using Half = hn::Rebind<float, Wide>;
using Index = hn::Rebind<std::int64_t, Wide>;
using Code = hn::Rebind<std::uint32_t, Wide>;

enum { Squared, Absolute, XX, XY, YY, Shifted, Largest };

/// Of rows of eight pairs, each column apart.
void addPairs(const float* x, const float* y, std::size_t rows, double anchor, double* errors, double (*sums)[kColumns],
              float* minima, float* maxima) {
    const Wide d;
    const Half half;
    const auto from = hn::Set(d, anchor);
    for (std::size_t c = 0; c < kColumns; c += hn::Lanes(d)) {
        auto squared = hn::Zero(d), absolute = squared, xx = squared, xy = squared, yy = squared, shifted = squared,
             largest = squared;
        auto low = hn::LoadU(half, x + c), high = low;
        for (std::size_t i = c; i < rows * kColumns; i += kColumns) {
            const auto single = hn::LoadU(half, x + i);
            const auto a = hn::PromoteTo(d, single), b = hn::PromoteTo(d, hn::LoadU(half, y + i));
            const auto e = hn::Sub(a, b), size = hn::Abs(e);
            hn::StoreU(e, d, errors + i);
            squared = hn::Add(squared, hn::Mul(e, e));
            absolute = hn::Add(absolute, size);
            xx = hn::Add(xx, hn::Mul(a, a));
            xy = hn::Add(xy, hn::Mul(a, b));
            yy = hn::Add(yy, hn::Mul(b, b));
            shifted = hn::Add(shifted, hn::Sub(a, from));
            largest = hn::Max(largest, size);
            low = hn::Min(low, single);
            high = hn::Max(high, single);
        }
        hn::StoreU(squared, d, sums[Squared] + c);
        hn::StoreU(absolute, d, sums[Absolute] + c);
        hn::StoreU(xx, d, sums[XX] + c);
        hn::StoreU(xy, d, sums[XY] + c);
        hn::StoreU(yy, d, sums[YY] + c);
        hn::StoreU(shifted, d, sums[Shifted] + c);
        hn::StoreU(largest, d, sums[Largest] + c);
        hn::StoreU(low, half, minima + c);
        hn::StoreU(high, half, maxima + c);
    }
}

/// The first place of an error of that size, or count.
std::size_t findError(const double* errors, std::size_t count, double size) {
    const Wide d;
    const auto wanted = hn::Set(d, size);
    std::size_t i = 0;
    for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) {
        const auto at = hn::FindFirstTrue(d, hn::Eq(hn::Abs(hn::LoadU(d, errors + i)), wanted));
        if (at >= 0) return i + static_cast<std::size_t>(at);
    }
    while (i < count && std::fabs(errors[i]) != size) ++i;
    return i;
}

void addSquares(const float* x, std::size_t rows, double anchor, double mean, const double* errors,
                const std::uint32_t* bins, const double* meanErrors, double (*sums)[kColumns]) {
    const Wide d;
    const Half half;
    const Code code;
    const Index index;
    const auto from = hn::Set(d, anchor), middle = hn::Set(d, mean);
    for (std::size_t c = 0; c < kColumns; c += hn::Lanes(d)) {
        auto about = hn::Zero(d), within = about;
        for (std::size_t i = c; i < rows * kColumns; i += kColumns) {
            const auto a = hn::Sub(hn::Sub(hn::PromoteTo(d, hn::LoadU(half, x + i)), from), middle);
            about = hn::Add(about, hn::Mul(a, a));
            const hn::Rebind<std::uint64_t, Wide> wideCode;
            const auto bin = hn::BitCast(index, hn::PromoteTo(wideCode, hn::LoadU(code, bins + i)));
            const auto b = hn::Sub(hn::LoadU(d, errors + i), hn::GatherIndex(d, meanErrors, bin));
            within = hn::Add(within, hn::Mul(b, b));
        }
        hn::StoreU(about, d, sums[0] + c);
        hn::StoreU(within, d, sums[1] + c);
    }
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(addPairs);
HWY_EXPORT(findError);
HWY_EXPORT(addSquares);

namespace {

constexpr std::size_t kSideBySide = 8;

double sumOf(const double (&columns)[kSideBySide]) {
    return ((columns[0] + columns[4]) + (columns[2] + columns[6])) +
           ((columns[1] + columns[5]) + (columns[3] + columns[7]));
}

} // namespace

PairSums pairSums(std::span<const float> x, const float* y, double anchor, double* errors) {
    enum { Squared, Absolute, XX, XY, YY, Shifted, Largest, Count }; // as above
    double sums[Count][kSideBySide] = {};
    float minima[kSideBySide], maxima[kSideBySide];
    std::fill_n(minima, kSideBySide, x[0]);
    std::fill_n(maxima, kSideBySide, x[0]);
    const std::size_t rows = x.size() / kSideBySide;
    if (rows > 0) HWY_DYNAMIC_DISPATCH(addPairs)(x.data(), y, rows, anchor, errors, sums, minima, maxima);
    for (std::size_t i = rows * kSideBySide, c = 0; i < x.size(); ++i, ++c) {
        const double a = x[i], b = y[i], e = a - b;
        errors[i] = e;
        sums[Squared][c] += e * e;
        sums[Absolute][c] += std::fabs(e);
        sums[XX][c] += a * a;
        sums[XY][c] += a * b;
        sums[YY][c] += b * b;
        sums[Shifted][c] += a - anchor;
        sums[Largest][c] = std::max(sums[Largest][c], std::fabs(e));
        minima[c] = std::min(minima[c], x[i]);
        maxima[c] = std::max(maxima[c], x[i]);
    }
    PairSums result;
    result.squaredError = sumOf(sums[Squared]);
    result.absoluteError = sumOf(sums[Absolute]);
    result.sumXX = sumOf(sums[XX]);
    result.sumXY = sumOf(sums[XY]);
    result.sumYY = sumOf(sums[YY]);
    result.shifted = sumOf(sums[Shifted]);
    result.maximumError = *std::max_element(sums[Largest], sums[Largest] + kSideBySide);
    result.maximumErrorAt = HWY_DYNAMIC_DISPATCH(findError)(errors, x.size(), result.maximumError);
    result.minimum = *std::min_element(minima, minima + kSideBySide);
    result.maximum = *std::max_element(maxima, maxima + kSideBySide);
    return result;
}

SquareSums squareSums(std::span<const float> x, double anchor, double mean, const double* errors,
                      const std::uint32_t* bins, const double* meanErrors) {
    double sums[2][kSideBySide] = {};
    const std::size_t rows = x.size() / kSideBySide;
    if (rows > 0) HWY_DYNAMIC_DISPATCH(addSquares)(x.data(), rows, anchor, mean, errors, bins, meanErrors, sums);
    for (std::size_t i = rows * kSideBySide, c = 0; i < x.size(); ++i, ++c) {
        const double a = (x[i] - anchor) - mean, b = errors[i] - meanErrors[bins[i]];
        sums[0][c] += a * a;
        sums[1][c] += b * b;
    }
    return {sumOf(sums[0]), sumOf(sums[1])};
}

} // namespace quantoscope
#endif
