#include "core/base/transpose.h"

#include "core/base/vector_targets.h"

#include <algorithm>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/base/transpose.cpp"
// clang-format off
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>
#include <hwy/cache_control.h>
#include "core/base/square_transpose-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

using Number = std::uint32_t;

struct Matrix {
    const Number* from;
    std::size_t fromStride, rows, columns;
    Number* to;
    std::size_t toStride;

    Matrix part(std::size_t row, std::size_t column, std::size_t rowCount, std::size_t columnCount) const {
        return {from + row * fromStride + column, fromStride, rowCount, columnCount,
                to + column * toStride + row,     toStride};
    }
};

constexpr std::size_t kSide = hn::MaxLanes(hn::CappedTag<Number, 16>()); // of the largest square in registers

/// A square of as many numbers a side as a vector of D has.
template<std::size_t side>
HWY_INLINE void transposeInRegisters(const Matrix& m) {
    const hn::CappedTag<Number, side> d;
    hn::Vec<decltype(d)> v[side];
    for (std::size_t r = 0; r < side; ++r) v[r] = hn::LoadU(d, m.from + r * m.fromStride);
    transposeSquare(d, v);
    for (std::size_t c = 0; c < side; ++c) hn::StoreU(v[c], d, m.to + c * m.toStride);
}

/// Whole squares, and what is left of rows and columns in smaller ones.
template<std::size_t side>
void transposePart(const Matrix& m) {
    if constexpr (side < 4) {
        for (std::size_t r = 0; r < m.rows; ++r)
            for (std::size_t c = 0; c < m.columns; ++c)
                std::memcpy(m.to + c * m.toStride + r, m.from + r * m.fromStride + c, sizeof(Number)); // of any type
    }
#if HWY_TARGET != HWY_SCALAR
    else {
        constexpr std::size_t ahead = 2 * side; // rows may lie too far apart for the processor to guess the next
        const std::size_t rows = m.rows / side * side, columns = m.columns / side * side;
        for (std::size_t r = 0; r < rows; r += side) {
            for (std::size_t next = r + ahead; next < std::min(m.rows, r + ahead + side); ++next)
                for (std::size_t c = 0; c < columns; c += 16) hwy::Prefetch(m.from + next * m.fromStride + c);
            for (std::size_t c = 0; c < columns; c += side) transposeInRegisters<side>(m.part(r, c, side, side));
        }
        if (columns < m.columns) transposePart<side / 2>(m.part(0, columns, rows, m.columns - columns));
        if (rows < m.rows) transposePart<side / 2>(m.part(rows, 0, m.rows - rows, m.columns));
    }
#endif
}

/// Columns of bytes from a part of the rows, one after another.
void transposeBytewise(const std::uint8_t* from, std::size_t fromStride, std::size_t rows, std::size_t columns,
                       std::uint8_t* to, std::size_t toStride) {
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < columns; ++c) to[c * toStride + r] = from[r * fromStride + c];
}

#if HWY_TARGET == HWY_SCALAR
void transposeAllBytes(const std::uint8_t* from, std::size_t fromStride, std::size_t rows, std::size_t columns,
                       std::uint8_t* to, std::size_t toStride) {
    transposeBytewise(from, fromStride, rows, columns, to, toStride);
}
#else
constexpr std::size_t kByteRows = 16; // in the block of a vector

/// kByteRows rows of as many bytes as a vector of D has. Interleaving vector i with i + 8 turns the bits of (row,
/// column) by one place; after four times the two have changed sides.
template<class D>
HWY_INLINE void transposeByteSquares(D d, const std::uint8_t* from, std::size_t fromStride, std::uint8_t* to,
                                     std::size_t toStride) {
    constexpr std::size_t width = hn::MaxLanes(D());
    hn::Vec<D> v[kByteRows], next[kByteRows];
    for (std::size_t r = 0; r < kByteRows; ++r) v[r] = hn::LoadU(d, from + r * fromStride);
    for (int turn = 0; turn < 4; ++turn) {
        for (std::size_t r = 0; r < kByteRows / 2; ++r) {
            next[2 * r] = hn::InterleaveLower(d, v[r], v[r + kByteRows / 2]);
            next[2 * r + 1] = hn::InterleaveUpper(d, v[r], v[r + kByteRows / 2]);
        }
        for (std::size_t r = 0; r < kByteRows; ++r) v[r] = next[r];
    }
    // v[c] now has in block b column 16b + c.
    HWY_ALIGN std::uint8_t blocks[width];
    for (std::size_t c = 0; c < kByteRows; ++c) {
        hn::Store(v[c], d, blocks);
        for (std::size_t b = 0; b < width; b += kByteRows) std::memcpy(to + (b + c) * toStride, blocks + b, kByteRows);
    }
}

void transposeAllBytes(const std::uint8_t* from, std::size_t fromStride, std::size_t rows, std::size_t columns,
                       std::uint8_t* to, std::size_t toStride) {
    const hn::CappedTag<std::uint8_t, 64> wide;
    const hn::CappedTag<std::uint8_t, kByteRows> narrow;
    std::size_t r = 0;
    for (; r + kByteRows <= rows; r += kByteRows) {
        const std::uint8_t* const row = from + r * fromStride;
        std::size_t c = 0;
        for (; c + hn::Lanes(wide) <= columns; c += hn::Lanes(wide))
            transposeByteSquares(wide, row + c, fromStride, to + c * toStride + r, toStride);
        for (; c + kByteRows <= columns; c += kByteRows)
            transposeByteSquares(narrow, row + c, fromStride, to + c * toStride + r, toStride);
        transposeBytewise(row + c, fromStride, kByteRows, columns - c, to + c * toStride + r, toStride);
    }
    transposeBytewise(from + r * fromStride, fromStride, rows - r, columns, to + r, toStride);
}
#endif

void transposeAll(const Number* from, std::size_t fromStride, std::size_t rows, std::size_t columns, Number* to,
                  std::size_t toStride) {
    transposePart<kSide>({from, fromStride, rows, columns, to, toStride});
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(transposeAll);
HWY_EXPORT(transposeAllBytes);

void transpose(const std::uint8_t* from, std::size_t fromStride, std::size_t rows, std::size_t columns,
               std::uint8_t* to, std::size_t toStride) {
    HWY_DYNAMIC_DISPATCH(transposeAllBytes)(from, fromStride, rows, columns, to, toStride);
}

void transpose(const std::uint32_t* from, std::size_t fromStride, std::size_t rows, std::size_t columns,
               std::uint32_t* to, std::size_t toStride) {
    HWY_DYNAMIC_DISPATCH(transposeAll)(from, fromStride, rows, columns, to, toStride);
}

void transpose(const float* from, std::size_t fromStride, std::size_t rows, std::size_t columns, float* to,
               std::size_t toStride) {
    // Vectors and bytes are moved, of numbers of any type.
    HWY_DYNAMIC_DISPATCH(transposeAll)
    (reinterpret_cast<const std::uint32_t*>(from), fromStride, rows, columns, reinterpret_cast<std::uint32_t*>(to),
     toStride);
}

} // namespace quantoscope
#endif
