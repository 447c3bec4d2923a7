// Parts of columns that have a codebook each: values of kLine columns, a strip of them, turned on their side.
// For files that highway compiles once for each set of instructions; included by each of them within its own.
#include "core/base/square_transpose-inl.h"
#include "core/quant/code_vectors-inl.h"

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

#if defined(QUANTOSCOPE_COLUMN_STRIPS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef QUANTOSCOPE_COLUMN_STRIPS_INL
#else
#define QUANTOSCOPE_COLUMN_STRIPS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

constexpr std::size_t kQuad = 4;               // columns whose bins are bytes of a word
constexpr std::size_t kQuads = kLine / kQuad;  // of a strip
constexpr std::size_t kParts = kLine / kLanes; // vectors in a line

/// body(rows) with how many of kLanes rows there are: a constant where all are.
template<class Body>
HWY_INLINE void withRows(std::size_t rows, const Body& body) {
    if (rows >= kLanes)
        body(Times<kLanes>());
    else
        body(rows);
}

// kLanes rows of a strip, which begin `stride` apart; where there are fewer, the last one is read again. Of bins, words
// of four columns of a row to a lane.

#if HWY_TARGET == HWY_SCALAR
HWY_INLINE void loadBins(const std::uint8_t* from, std::size_t, std::size_t, Integer* words) {
    for (std::size_t q = 0; q < kQuads; ++q)
        words[q] = hn::LoadU(Integers(), reinterpret_cast<const std::int32_t*>(from) + q);
}
HWY_INLINE void storeBins(const Integer* words, std::uint8_t* to, std::size_t, std::size_t) {
    for (std::size_t q = 0; q < kQuads; ++q) hn::StoreU(words[q], Integers(), reinterpret_cast<std::int32_t*>(to) + q);
}
#else
using Blocks = hn::CappedTag<std::int32_t, 4>; // 16 bytes: of a row

/// Rows first, first + 4, first + 8, ... in a vector.
template<class D, class Row>
HWY_INLINE hn::Vec<D> everyFourth(D d, const Row& row, std::size_t first) {
    if constexpr (hn::MaxLanes(D()) == 4) {
        return row(first);
    } else {
        const hn::Half<D> half;
        return hn::Combine(d, everyFourth(half, row, first + hn::MaxLanes(half)), everyFourth(half, row, first));
    }
}
HWY_INLINE void loadBins(const std::uint8_t* from, std::size_t stride, std::size_t size, Integer* words) {
    withRows(size, [&](auto rows) HWY_ATTR {
        const auto row = [&](std::size_t r) HWY_ATTR {
            const std::uint8_t* const first = from + (r < rows ? r : rows - 1) * stride;
            return hn::LoadU(Blocks(), reinterpret_cast<const std::int32_t*>(first));
        };
        for (std::size_t k = 0; k < kQuads; ++k) words[k] = everyFourth(Integers(), row, k);
    });
    transposeInBlocks(Integers(), words);
}

template<class D, class Row>
HWY_INLINE void forEveryFourth(D, hn::Vec<D> v, const Row& row, std::size_t first) {
    if constexpr (hn::MaxLanes(D()) == 4) {
        row(first, v);
    } else {
        const hn::Half<D> half;
        forEveryFourth(half, hn::LowerHalf(half, v), row, first);
        forEveryFourth(half, hn::UpperHalf(half, v), row, first + hn::MaxLanes(half));
    }
}
HWY_INLINE void storeBins(Integer* words, std::uint8_t* to, std::size_t stride, std::size_t size) {
    transposeInBlocks(Integers(), words);
    withRows(size, [&](auto rows) HWY_ATTR {
        const auto row = [&](std::size_t r, hn::Vec<Blocks> bins) HWY_ATTR {
            if (r < rows) hn::StoreU(bins, Blocks(), reinterpret_cast<std::int32_t*>(to + r * stride));
        };
        for (std::size_t k = 0; k < kQuads; ++k) forEveryFourth(Integers(), words[k], row, k);
    });
}
#endif

/// Of values, kLanes columns of a strip.
HWY_INLINE void loadSquare(const float* from, std::size_t stride, std::size_t size, Real* columns) {
    withRows(size, [&](auto rows) HWY_ATTR {
        for (std::size_t r = 0; r < kLanes; ++r)
            columns[r] = hn::LoadU(Reals(), from + (r < rows ? r : rows - 1) * stride);
    });
    transposeSquare(Reals(), columns);
}
HWY_INLINE void storeSquare(Real* columns, float* to, std::size_t stride, std::size_t size) {
    transposeSquare(Reals(), columns);
    withRows(size, [&](auto rows) HWY_ATTR {
        for (std::size_t r = 0; r < rows; ++r) hn::StoreU(columns[r], Reals(), to + r * stride);
    });
}

/// numbers[bin], of 2^bits.
template<int bits>
HWY_INLINE Real levelOf(const float* numbers, Integer bin) {
    if constexpr (bits <= ColumnTables::kMostInOneVector) {
        if constexpr (Table<bits>::kWhole || Table<bits>::kHalves) return Table<bits>(numbers).at(bin);
    }
    if constexpr (bits > 6) return hn::GatherIndex(Reals(), numbers, bin);
    return lookUp<bits>(numbers, bin);
}

/// The same, of whose bits only the last ones count.
template<int bits>
HWY_INLINE Real levelOfLast(const float* numbers, Integer bin) {
    if constexpr (kWideTables && bits == 4) return lookUp<bits>(numbers, bin); // which is modulo 16
    return levelOf<bits>(numbers, hn::And(bin, hn::Set(Integers(), (1 << bits) - 1)));
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
