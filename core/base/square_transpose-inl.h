// Squares of numbers turned on their side within registers.
// For files that highway compiles once for each set of instructions; included by each of them within its own.
#include <hwy/highway.h>

#include <cstddef>

#if defined(QUANTOSCOPE_SQUARE_TRANSPOSE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef QUANTOSCOPE_SQUARE_TRANSPOSE_INL
#else
#define QUANTOSCOPE_SQUARE_TRANSPOSE_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR
template<class D, class V>
HWY_INLINE void transposeSquare(D, V*) {} // of one number
#else
/// Within blocks of 128 bits: rows i, i + 1, i + 2, i + 3 become their columns.
template<class D, class V>
HWY_INLINE void transposeInBlocks(D d, V* rows) {
    const hn::Repartition<double, D> pairs;
    const auto pairsOf = [&](V v) HWY_ATTR { return hn::BitCast(pairs, v); };
    const auto low01 = pairsOf(hn::InterleaveLower(d, rows[0], rows[1]));
    const auto high01 = pairsOf(hn::InterleaveUpper(d, rows[0], rows[1]));
    const auto low23 = pairsOf(hn::InterleaveLower(d, rows[2], rows[3]));
    const auto high23 = pairsOf(hn::InterleaveUpper(d, rows[2], rows[3]));
    rows[0] = hn::BitCast(d, hn::InterleaveLower(pairs, low01, low23));
    rows[1] = hn::BitCast(d, hn::InterleaveUpper(pairs, low01, low23));
    rows[2] = hn::BitCast(d, hn::InterleaveLower(pairs, high01, high23));
    rows[3] = hn::BitCast(d, hn::InterleaveUpper(pairs, high01, high23));
}

/// As many vectors of 32-bit numbers as each of them has, at most 16: of rows they become columns.
template<class D, class V>
HWY_INLINE void transposeSquare(D d, V* v) {
    constexpr std::size_t side = hn::MaxLanes(D());
    static_assert(sizeof(hn::TFromD<D>) == 4 && (side == 4 || side == 8 || side == 16));
    for (std::size_t r = 0; r < side; r += 4) transposeInBlocks(d, v + r);
    // v[4i + c] now has in block b column 4b + c of rows 4i, 4i + 1, ...
    if constexpr (side == 8) {
        for (std::size_t c = 0; c < 4; ++c) {
            const V first = v[c], second = v[c + 4];
            v[c] = hn::ConcatLowerLower(d, second, first);
            v[c + 4] = hn::ConcatUpperUpper(d, second, first);
        }
    } else if constexpr (side == 16) {
        for (std::size_t c = 0; c < 4; ++c) {
            const auto split = [&](V even, V odd, std::size_t column) HWY_ATTR { // blocks 0 2, and 1 3, as 0 1 2 3
                v[column] = hn::OddEvenBlocks(hn::SwapAdjacentBlocks(odd), even);
                v[column + 4] = hn::OddEvenBlocks(odd, hn::SwapAdjacentBlocks(even));
            };
            const V a = v[c], b = v[c + 4], e = v[c + 8], f = v[c + 12];
            split(hn::ConcatLowerLower(d, e, a), hn::ConcatLowerLower(d, f, b), c);
            split(hn::ConcatUpperUpper(d, e, a), hn::ConcatUpperUpper(d, f, b), c + 8);
        }
    }
}
#endif

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
