// The loops that encode values on grids and measure them at once: to find such a bin nothing is waited for, so that a
// value need not be read twice.
// For files that highway compiles once for each set of instructions; included by each of them within its own.
#include "core/quant/code_kernels.h"
#include "core/quant/code_vectors-inl.h"
#include "core/quant/encode_loops-inl.h"
#include "core/quant/fetch_ahead-inl.h"
#include "core/quant/square_vectors-inl.h"

#include <hwy/highway.h>

#include <cstddef>

#if defined(QUANTOSCOPE_GRID_LOOPS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef QUANTOSCOPE_GRID_LOOPS_INL
#else
#define QUANTOSCOPE_GRID_LOOPS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

/// n vectors of values, four lines or one: their bins, and then their squares, in two steps: see encodeAndMeasure.
template<std::size_t n>
class GridVectors {
public:
    HWY_INLINE explicit GridVectors(const CodingBook& book)
        : m_rounder(spread(kRounder)), m_span(spread(static_cast<float>(book.binLevels.size() - 1))) {}

    template<class Steps>
    HWY_INLINE void encode(const Steps& steps, std::size_t i) {
        steps.fetch(i);
        const float* const values = steps.values(i);
        const auto& here = steps.here(i);
        Integer bin[n];
        forVectorsOf<n>([&](auto v) HWY_ATTR {
            const Real u = here.scaled(hn::LoadU(Reals(), values + v * kLanes), v), first = here.first(v);
            // Rounding keeps the order, so levels can be held after it, and beyond where it rounds to whole numbers.
            m_rounded[v] = hn::Min(above(hn::Add(u, m_rounder), first), hn::Add(first, m_span));
            bin[v] = hn::Sub(bitsOf(m_rounded[v]), bitsOf(first));
        });
        storeCodes(bin, AsTheyAre(), steps.bins(i));
    }
    template<class Steps>
    HWY_INLINE void square(const Steps& steps, std::size_t i, Real (&squares)[n]) const {
        const float* const values = steps.values(i);
        const auto& here = steps.here(i);
        forVectorsOf<n>([&](auto v) HWY_ATTR {
            const Real y = here.decodedWhole(hn::Sub(m_rounded[v], m_rounder), v),
                       error = hn::Sub(hn::LoadU(Reals(), values + v * kLanes), y);
            squares[v] = hn::Mul(error, error);
        });
    }

private:
    Real m_rounder, m_span;
    Real m_rounded[n]; // levels, less the zero point and with kRounder
};

/// Steps of n vectors along a row, from value `begin` of a piece on. With copies of all: a bin that is stored may be
/// part of anything the compiler has only a reference to.
template<std::size_t n, class Scale, class Code>
class StepsAlong {
public:
    HWY_INLINE StepsAlong(const EncodeTile<Code>& tile, const CodePiece& piece, const Scale& scale, std::size_t begin)
        : m_scale(scale),
          m_values(tile.values + piece.first),
          m_bins(tile.bins + piece.code),
          m_fetching(tile.ahead, tile.codesAhead, piece, 0),
          m_begin(begin) {}

    HWY_INLINE auto here(std::size_t i) const { return m_scale.at(place(i)); }
    HWY_INLINE const float* values(std::size_t i) const { return m_values + place(i); }
    HWY_INLINE Code* bins(std::size_t i) const { return m_bins + place(i); }
    HWY_INLINE void fetch(std::size_t i) const { m_fetching.template at<n>(place(i)); }

private:
    HWY_INLINE std::size_t place(std::size_t i) const { return m_begin + i * n * kLanes; }

    Scale m_scale;
    const float* m_values;
    Code* m_bins;
    Fetching<Scale, Code> m_fetching;
    std::size_t m_begin;
};

/// Down the rows of a panel by lanes, from `column` on.
template<std::size_t n, class Here, class Code>
class StepsDown {
public:
    HWY_INLINE StepsDown(const EncodeTile<Code>& tile, const CodePiece& piece, const Here& here, std::size_t column)
        : m_here(here),
          m_values(tile.values + piece.first + column),
          m_bins(tile.bins + piece.code + column),
          m_stride(piece.stride),
          m_codeStride(piece.codeStride),
          m_ahead(tile.ahead),
          m_codesAhead(tile.codesAhead),
          m_first(piece.first + column),
          m_column(column),
          m_columns(piece.count) {}

    HWY_INLINE const Here& here(std::size_t) const { return m_here; }
    HWY_INLINE const float* values(std::size_t row) const { return m_values + row * m_stride; }
    HWY_INLINE Code* bins(std::size_t row) const { return m_bins + row * m_codeStride; }
    HWY_INLINE void fetch(std::size_t row) const {
        fetchInRow<n>(m_ahead, row, m_column, m_columns);
        fetchCodes<n, Code>(m_codesAhead, m_first + row * m_stride);
    }

private:
    Here m_here;
    const float* m_values;
    Code* m_bins;
    std::size_t m_stride, m_codeStride;
    FetchAhead m_ahead;
    CodesAhead m_codesAhead;
    std::size_t m_first, m_column, m_columns;
};

/// What is left of a piece behind whole lines; it is not measured.
template<class Scale, class Code>
HWY_INLINE void encodeRest(const EncodeTile<Code>& tile, const CodePiece& piece, const Scale& scale,
                           std::size_t begin) {
    const Encoder<Grid<Scale>> encoder{Grid<Scale>(*piece.book)};
    const auto step = [&](std::size_t i, auto n) HWY_ATTR {
        encoder.template encode<n>(scale.at(i), tile.values + piece.first + i, tile.bins + piece.code + i);
    };
    if (!forVectors<1>(piece.count, roomOf<Scale>(piece, tile.room), step, begin))
        encodeAside<Scale, Grid>(tile, piece, scalesOf<Scale>(piece));
}

/// While the squares of a step wait for each other, the next one is encoded: a processor has only so much room for what
/// waits.
template<std::size_t n, class Steps>
HWY_INLINE void encodeAndMeasure(const CodingBook& book, const Steps& steps, std::size_t count,
                                 SquareVectors& columns) {
    if (count == 0) return;
    GridVectors<n> vectors(book);
    vectors.encode(steps, 0);
    for (std::size_t i = 0; i < count; ++i) {
        Real squares[n];
        vectors.square(steps, i, squares);
        if (i + 1 < count) vectors.encode(steps, i + 1);
        columns.add(squares);
    }
}

/// The pieces up to one with another grid, or all.
template<class Scale, class Code>
const CodePiece* encodeAndMeasureAlike(const EncodeTile<Code>& tile, const CodePiece* piece, const CodePiece* end,
                                       SquareSums& sums) {
    const CodingBook* const known = piece->book;
    const float firstWhole = known->firstWhole(CodeKind::Bins);
    SquareVectors squares(sums);
    for (; piece < end && piece->book == known && piece->kind == Scale::kKind; ++piece) {
        const Scale scale(scalesOf<Scale>(*piece), firstWhole);
        if constexpr (Scale::kKind == Scales::Lanes) {
            if (piece->rows > 1) {
                const std::size_t rows = piece->rows;
                forStrips<4>(piece->count, [&](std::size_t column, auto n) HWY_ATTR {
                    const auto here = scale.template held<n>(column);
                    encodeAndMeasure<n>(*known, StepsDown<n, decltype(here), Code>(tile, *piece, here, column), rows,
                                        squares);
                });
                continue;
            }
        }
        constexpr std::size_t four = 4 * kLine / kLanes, one = kLine / kLanes;
        const std::size_t count = piece->count, lines = count / kLine, fours = lines / 4;
        encodeAndMeasure<four>(*known, StepsAlong<four, Scale, Code>(tile, *piece, scale, 0), fours, squares);
        encodeAndMeasure<one>(*known, StepsAlong<one, Scale, Code>(tile, *piece, scale, fours * 4 * kLine), lines % 4,
                              squares);
        if (count % kLine > 0) encodeRest<Scale>(tile, *piece, scale, lines * kLine);
    }
    squares.store(sums);
    return piece;
}

template<class Code>
void encodeAndMeasureAll(const EncodeTile<Code>& tile, const CodePiece* pieces, std::size_t count, SquareSums& sums) {
    const CodePiece* const end = pieces + count;
    while (pieces < end) {
        withScales<Code>(pieces->kind, [&](auto kind) {
            pieces = encodeAndMeasureAlike<typename decltype(kind)::Scale>(tile, pieces, end, sums);
        });
    }
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
