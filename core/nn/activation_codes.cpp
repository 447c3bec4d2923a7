#include "core/nn/activation_codes.h"

#include "core/base/vector_targets.h"
#include "core/schemes/scaled_table.h"

#include <algorithm>
#include <cmath>
#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/nn/activation_codes.cpp"
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Kernels are written for vectors of any length, and called again with vectors of one lane for what is left over: the
// same operations, so the same bits.
using Wide = hn::ScalableTag<float>;
using Single = hn::CappedTag<float, 1>;
using Integers = hn::Rebind<std::int32_t, Wide>;

void findRange(const float* values, std::size_t count, ValueRange& range) {
    const Wide d;
    const std::size_t lanes = hn::Lanes(d);
    std::size_t i = 0;
    if (count >= 4 * lanes) { // four chains, since a minimum takes several cycles and several can be under way
        auto low0 = hn::LoadU(d, values), low1 = low0, low2 = low0, low3 = low0;
        auto high0 = low0, high1 = low0, high2 = low0, high3 = low0;
        for (; i + 4 * lanes <= count; i += 4 * lanes) {
            const auto a = hn::LoadU(d, values + i), b = hn::LoadU(d, values + i + lanes);
            const auto c = hn::LoadU(d, values + i + 2 * lanes), e = hn::LoadU(d, values + i + 3 * lanes);
            low0 = hn::Min(low0, a), high0 = hn::Max(high0, a);
            low1 = hn::Min(low1, b), high1 = hn::Max(high1, b);
            low2 = hn::Min(low2, c), high2 = hn::Max(high2, c);
            low3 = hn::Min(low3, e), high3 = hn::Max(high3, e);
        }
        const auto low = hn::Min(hn::Min(low0, low1), hn::Min(low2, low3));
        const auto high = hn::Max(hn::Max(high0, high1), hn::Max(high2, high3));
        range.lowest = hn::GetLane(hn::MinOfLanes(d, low));
        range.highest = hn::GetLane(hn::MaxOfLanes(d, high));
    }
    for (; i < count; ++i) {
        range.lowest = std::min(range.lowest, values[i]);
        range.highest = std::max(range.highest, values[i]);
    }
}

/// u rounded, halves to even, as bytes of [lowest, highest]: clamped before it is rounded, which gives the same since
/// the bounds are whole. What is then so small is rounded by adding 1.5 · 2²³, where floats are whole numbers and their
/// bits count them; NearestInt would spend five instructions on numbers too large for it.
template<class D>
HWY_INLINE hn::VFromD<hn::Rebind<std::int32_t, D>> roundBetween(D d, hn::VFromD<D> u, ByteBounds bounds) {
    constexpr std::int32_t bits = 0x4B400000; // of the float that is added
    const hn::Rebind<std::int32_t, D> di;
    const auto low = hn::Set(d, static_cast<float>(bounds.lowest - bounds.zero)),
               high = hn::Set(d, static_cast<float>(bounds.highest - bounds.zero));
    const auto rounded = hn::Add(hn::Min(hn::Max(u, low), high), hn::Set(d, 12582912.0f));
    return hn::Add(hn::BitCast(di, rounded), hn::Set(di, bounds.zero - bits));
}

#if HWY_ARCH_X86 && (HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL)

/// Two vectors' codes stored together, for half of the packing. Packing takes four codes of the one and four of the
/// other in turn; `order` puts the fours of the first before those of the second.
class PairStore {
public:
    HWY_INLINE PairStore() : m_order(order()) {}

    HWY_INLINE void operator()(hn::VFromD<Integers> first, hn::VFromD<Integers> second, std::uint8_t* bytes) const {
        const auto mixed = hn::DemoteTo(Bytes(), hn::ReorderDemote2To(Shorts(), first, second));
        hn::StoreU(hn::BitCast(Bytes(), hn::TableLookupLanes(hn::BitCast(Fours(), mixed), m_order)), Bytes(), bytes);
    }

private:
    using Shorts = hn::Repartition<std::int16_t, Integers>;
    using Bytes = hn::Rebind<std::uint8_t, Shorts>;
    using Fours = hn::Repartition<std::uint32_t, Bytes>;
    using Order = decltype(hn::IndicesFromVec(Fours(), hn::Zero(Fours())));

    static HWY_INLINE Order order() {
        std::int32_t from[HWY_LANES(std::int32_t)];
        const std::size_t half = hn::Lanes(Fours()) / 2;
        for (std::size_t i = 0; i < half; ++i) {
            from[i] = static_cast<std::int32_t>(2 * i);
            from[half + i] = from[i] + 1;
        }
        return hn::SetTableIndices(Fours(), from);
    }

    Order m_order;
};

#else

class PairStore {
public:
    HWY_INLINE void operator()(hn::VFromD<Integers> first, hn::VFromD<Integers> second, std::uint8_t* bytes) const {
        const hn::Rebind<std::uint8_t, Integers> d8;
        hn::StoreU(hn::DemoteTo(d8, first), d8, bytes);
        hn::StoreU(hn::DemoteTo(d8, second), d8, bytes + hn::Lanes(d8));
    }
};

#endif

/// Codes of `count` positions: codesAt(tag, position) gives a vector of them as integers, of the lanes that tag has.
template<class CodesAt>
HWY_INLINE void storeCodes(std::size_t count, const PairStore& storePair, std::uint8_t* bytes, const CodesAt& codesAt) {
    const std::size_t lanes = hn::Lanes(Wide());
    std::size_t i = 0;
    for (; i + 2 * lanes <= count; i += 2 * lanes) storePair(codesAt(Wide(), i), codesAt(Wide(), i + lanes), bytes + i);
    for (; i < count; ++i) {
        const hn::Rebind<std::uint8_t, Single> d8;
        hn::StoreU(hn::DemoteTo(d8, codesAt(Single(), i)), d8, bytes + i);
    }
}

void encode(const float* values, std::size_t count, float inverse, ByteBounds bounds, std::uint8_t* bytes) {
    storeCodes(count, PairStore(), bytes, [=](auto d, std::size_t i) HWY_ATTR {
        return roundBetween(d, hn::Mul(hn::LoadU(d, values + i), hn::Set(d, inverse)), bounds);
    });
}

void addRows(const std::uint8_t* bytes, std::size_t rows, std::size_t columns, std::int32_t* sums) {
    const hn::ScalableTag<std::uint8_t> d8;
    const hn::Repartition<std::uint64_t, decltype(d8)> d64;
    const std::size_t lanes = hn::Lanes(d8);
    for (std::size_t r = 0; r < rows; ++r, bytes += columns) {
        std::size_t i = 0;
        auto total = hn::Zero(d64);
        for (; i + lanes <= columns; i += lanes) total = hn::Add(total, hn::SumsOf8(hn::LoadU(d8, bytes + i)));
        std::uint64_t sum = hn::GetLane(hn::SumOfLanes(d64, total));
        for (; i < columns; ++i) sum += bytes[i];
        sums[r] = static_cast<std::int32_t>(sum);
    }
}

/// multiplier · float(acc + addend − weightZero · rowSum)
template<bool hasZeros, class D>
HWY_INLINE auto scaled(D d, const std::int32_t* sums, std::size_t n, std::int32_t rowSum, const SumTerms& terms) {
    const hn::Rebind<std::int32_t, D> di;
    auto v = hn::Add(hn::LoadU(di, sums + n), hn::LoadU(di, terms.addend + n));
    if constexpr (hasZeros) v = hn::Sub(v, hn::Mul(hn::LoadU(di, terms.weightZero + n), hn::Set(di, rowSum)));
    return hn::Mul(hn::ConvertTo(d, v), hn::LoadU(d, terms.multiplier + n));
}

template<bool hasZeros>
void rowsToBytes(const std::int32_t* sums, std::size_t rows, const SumTerms& terms, ByteBounds bounds,
                 std::uint8_t* bytes) {
    const PairStore storePair;
    for (std::size_t r = 0; r < rows; ++r, sums += terms.outputs, bytes += terms.outputs) {
        const std::int32_t rowSum = hasZeros ? terms.rowSums[r] : 0;
        // All by value: a byte that is stored may be part of anything the compiler has only a reference to, and it
        // would read all of that again.
        storeCodes(terms.outputs, storePair, bytes, [=](auto d, std::size_t n) HWY_ATTR {
            return roundBetween(d, scaled<hasZeros>(d, sums, n, rowSum, terms), bounds);
        });
    }
}

void toBytes(const std::int32_t* sums, std::size_t rows, const SumTerms& terms, ByteBounds bounds,
             std::uint8_t* bytes) {
    if (terms.weightZero)
        rowsToBytes<true>(sums, rows, terms, bounds, bytes);
    else
        rowsToBytes<false>(sums, rows, terms, bounds, bytes);
}

template<bool hasZeros, class D>
HWY_INLINE std::size_t rowToReals(D d, const std::int32_t* sums, std::size_t begin, std::int32_t rowSum,
                                  const SumTerms& terms, const float* bias, float least, float* reals) {
    const auto low = hn::Set(d, least);
    const std::size_t lanes = hn::Lanes(d);
    std::size_t n = begin;
    for (; n + lanes <= terms.outputs; n += lanes) {
        auto y = scaled<hasZeros>(d, sums, n, rowSum, terms);
        if (bias) y = hn::Add(y, hn::LoadU(d, bias + n));
        hn::StoreU(hn::Max(y, low), d, reals + n);
    }
    return n;
}

template<bool hasZeros>
void rowsToReals(const std::int32_t* sums, std::size_t rows, const SumTerms& terms, const float* bias, float least,
                 float* reals) {
    for (std::size_t r = 0; r < rows; ++r, sums += terms.outputs, reals += terms.outputs) {
        const std::int32_t rowSum = hasZeros ? terms.rowSums[r] : 0;
        const std::size_t done = rowToReals<hasZeros>(Wide(), sums, 0, rowSum, terms, bias, least, reals);
        rowToReals<hasZeros>(Single(), sums, done, rowSum, terms, bias, least, reals);
    }
}

void toReals(const std::int32_t* sums, std::size_t rows, const SumTerms& terms, const float* bias, bool relu,
             float* reals) {
    const float least = relu ? 0.0f : -std::numeric_limits<float>::infinity();
    if (terms.weightZero)
        rowsToReals<true>(sums, rows, terms, bias, least, reals);
    else
        rowsToReals<false>(sums, rows, terms, bias, least, reals);
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(findRange);
HWY_EXPORT(encode);
HWY_EXPORT(addRows);
HWY_EXPORT(toBytes);
HWY_EXPORT(toReals);

ValueRange rangeOf(std::span<const float> values) {
    if (values.empty()) return {};
    ValueRange range{values[0], values[0]};
    HWY_DYNAMIC_DISPATCH(findRange)(values.data(), values.size(), range);
    return range;
}

CodeGrid dynamicGrid(ValueRange range, bool symmetric) {
    const float lower = std::min(range.lowest, 0.0f), upper = std::max(range.highest, 0.0f);
    CodeGrid grid;
    if (symmetric) {
        grid.lowest = -127;
        grid.highest = 127;
        grid.scale = usableScale(std::max(-lower, upper) / 127.0f, 127);
        return grid;
    }
    const float width = upper - lower;
    // A range wider than float32 can say is divided in float64.
    grid.scale = usableScale(std::isfinite(width) ? static_cast<double>(width / 255.0f)
                                                  : (static_cast<double>(upper) - static_cast<double>(lower)) / 255.0,
                             1);
    grid.zero = static_cast<std::int32_t>(std::clamp(-std::nearbyint(lower / grid.scale), 0.0f, 255.0f));
    grid.scale = usableScale(grid.scale, std::max(255 - grid.zero, grid.zero));
    return grid;
}

void encodeBytes(std::span<const float> values, const CodeGrid& grid, std::uint8_t* bytes) {
    const std::int32_t shift = byteShift(grid);
    HWY_DYNAMIC_DISPATCH(encode)
    (values.data(), values.size(), 1.0f / grid.scale, {grid.zero + shift, grid.lowest + shift, grid.highest + shift},
     bytes);
}

void sumRows(const std::uint8_t* bytes, std::size_t rows, std::size_t columns, std::int32_t* sums) {
    HWY_DYNAMIC_DISPATCH(addRows)(bytes, rows, columns, sums);
}

void sumsToBytes(const std::int32_t* sums, std::size_t rows, const SumTerms& terms, ByteBounds bounds,
                 std::uint8_t* bytes) {
    HWY_DYNAMIC_DISPATCH(toBytes)(sums, rows, terms, bounds, bytes);
}

void sumsToReals(const std::int32_t* sums, std::size_t rows, const SumTerms& terms, const float* bias, bool relu,
                 float* reals) {
    HWY_DYNAMIC_DISPATCH(toReals)(sums, rows, terms, bias, relu, reals);
}

} // namespace quantoscope
#endif
