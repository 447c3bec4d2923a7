#include "core/quant/column_tables.h"

#include "core/base/vector_targets.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/quant/column_tables.cpp"
// clang-format off
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>
#include "core/base/square_transpose-inl.h"
#include "core/quant/bin_search-inl.h"
#include "core/quant/square_vectors-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

constexpr std::size_t kQuad = 4;               // columns whose bins are bytes of a word
constexpr std::size_t kQuads = kLine / kQuad;  // of a strip
constexpr std::size_t kParts = kLine / kLanes; // vectors in a line
constexpr std::size_t kMostRows = 4 * kLine;   // of which all columns are worked on one after another

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

/// The bins of column `place` of four, or the last bits of them.
template<int bits, std::size_t place>
HWY_INLINE Integer binOf(Integer word) {
    return hn::And(hn::ShiftRight<8 * place>(word), hn::Set(Integers(), (1 << bits) - 1));
}

template<int bits>
using Search =
    std::conditional_t<bits <= ColumnTables::kMostInOneVector, InRegisters<bits, OneScale>, InTables<bits, OneScale>>;

/// numbers[bin], of 2^bits.
template<int bits>
HWY_INLINE Real levelOf(const float* numbers, Integer bin) {
    if constexpr (bits <= ColumnTables::kMostInOneVector) {
        if constexpr (Table<bits>::kWhole || Table<bits>::kHalves) return Table<bits>(numbers).at(bin);
    }
    if constexpr (bits > 6) return hn::GatherIndex(Reals(), numbers, bin);
    return lookUp<bits>(numbers, bin);
}

/// What is fetched while some columns of a panel are worked on, whose parts are kFetchedColumns wide.
class ColumnFetching {
public:
    HWY_INLINE ColumnFetching(const FetchAhead& ahead, std::size_t column, std::size_t rows)
        : m_ahead(ahead.from(column - column % kFetchedColumns)), m_first(column % kFetchedColumns * rows) {}
    /// With a quarter of so many whole lines of rows, 1, 2 or 4, in a strip.
    template<std::size_t lines>
    HWY_INLINE void at(std::size_t row, std::size_t quarter) const {
        constexpr std::size_t numbers = kLine * kLine / 4; // of a line of rows
        constexpr std::size_t together = lines > 2 ? 2 : lines;
        for (std::size_t line = 0; line < lines; line += together)
            fetch<together * numbers / kLanes>(m_ahead, m_first + row * kLine + (quarter * lines + line) * numbers);
    }

private:
    FetchAhead m_ahead;
    std::size_t m_first;
};

/// Rows of a strip of columns, kMostRows at most, which are searched for bins, or measured with bins there are, or
/// both.
template<int bits, bool searched, bool measured>
class RowsOfStrip {
public:
    const float* thresholds; // of the first column
    const float* levels;
    std::size_t tableSize;
    const float* values;
    std::size_t stride;
    std::uint8_t* bins;
    std::size_t width;

    HWY_INLINE void operator()(std::size_t row, std::size_t rows, const ColumnFetching& fetching,
                               SquareVectors& squares) const {
        alignas(64) float own[kLine][kMostRows]; // vectors of no row are worked on too, and go nowhere
        alignas(64) std::int32_t words[kQuads][kMostRows];
        for (std::size_t r = 0; r < rows; r += kLanes) {
            for (std::size_t column = 0; column < kLine; column += kLanes) {
                Real square[kLanes];
                loadSquare(values + (row + r) * stride + column, stride, rows - r, square);
                for (std::size_t c = 0; c < kLanes; ++c) hn::Store(square[c], Reals(), &own[column + c][r]);
            }
            if constexpr (!searched) {
                Integer word[kQuads];
                loadBins(bins + (row + r) * width, width, rows - r, word);
                for (std::size_t q = 0; q < kQuads; ++q) hn::Store(word[q], Integers(), &words[q][r]);
            }
        }
        for (std::size_t q = 0; q < kQuads; ++q) {
            std::size_t r = 0;
            if constexpr (kTogether > 1) {
                for (; r + kTogether * kLine <= rows; r += kTogether * kLine) {
                    fetching.template at<kTogether>(row + r, q);
                    quad<kTogether, true>(q * kQuad, &own[q * kQuad][r], &words[q][r], kTogether * kLine, squares);
                }
            }
            for (; r + kLine <= rows; r += kLine) {
                fetching.template at<1>(row + r, q);
                quad<1, true>(q * kQuad, &own[q * kQuad][r], &words[q][r], kLine, squares);
            }
            if (r < rows) quad<1, false>(q * kQuad, &own[q * kQuad][r], &words[q][r], rows - r, squares);
        }
        if constexpr (searched) {
            for (std::size_t r = 0; r < rows; r += kLanes) {
                Integer word[kQuads];
                for (std::size_t q = 0; q < kQuads; ++q) word[q] = hn::Load(Integers(), &words[q][r]);
                storeBins(word, bins + (row + r) * width, width, rows - r);
            }
        }
    }

private:
    // Lines of rows at once: as registers allow, or where every step waits for the memory.
    static constexpr std::size_t kTogether =
        kLanes == 16 || (kLanes == 8 && bits > ColumnTables::kMostInOneVector) ? 4 : 1;

    /// Four columns of so many lines of rows, the last one of which may not be whole.
    template<std::size_t lines, bool whole>
    HWY_INLINE void quad(std::size_t column, const float* own, std::int32_t* words, std::size_t rows,
                         SquareVectors& squares) const {
        constexpr std::size_t n = lines * kParts;
        const Integers di;
        Integer word[n];
        Real sum[n];
        forVectorsOf<n>([&](auto v) HWY_ATTR {
            word[v] = searched ? hn::Zero(di) : hn::Load(di, words + v * kLanes);
            if constexpr (measured) sum[v] = hn::Zero(Reals());
        });
        forVectorsOf<kQuad>([&](auto place) HWY_ATTR {
            const std::size_t table = (column + place) * tableSize;
            Real x[n];
            Integer bin[n];
            forVectorsOf<n>([&](auto v) HWY_ATTR { x[v] = hn::Load(Reals(), own + place * kMostRows + v * kLanes); });
            if constexpr (searched) {
                const Search<bits> search(thresholds + table);
                search.find(0, x, bin);
                forVectorsOf<n>([&](auto v) HWY_ATTR { word[v] = hn::Or(word[v], hn::ShiftLeft<8 * place>(bin[v])); });
            } else {
                forVectorsOf<n>([&](auto v) HWY_ATTR { bin[v] = binOf<bits, place>(word[v]); });
            }
            if constexpr (measured) {
                forVectorsOf<n>([&](auto v) HWY_ATTR {
                    const Real error = hn::Sub(x[v], levelOf<bits>(levels + table, bin[v]));
                    sum[v] = hn::Add(sum[v], hn::Mul(error, error));
                });
            }
        });
        forVectorsOf<n>([&](auto v) HWY_ATTR {
            if constexpr (searched) hn::Store(word[v], di, words + v * kLanes);
            if constexpr (measured) {
                if constexpr (!whole) {
                    const std::size_t before = v * kLanes;
                    sum[v] = hn::IfThenElseZero(hn::FirstN(Reals(), rows > before ? rows - before : 0), sum[v]);
                }
                squares.add(v % kParts, sum[v]);
            }
        });
    }
};

template<int bits, bool searched, bool measured>
void codeColumns(const ColumnPanel& panel, const ColumnTables* thresholds, const ColumnTables* levels,
                 const float* values, std::uint8_t* bins, SquareSums* sums, const FetchAhead& ahead) {
    SquareSums none;
    SquareVectors squares(measured ? *sums : none);
    for (std::size_t strip = 0; strip < panel.width; strip += kLine) {
        const ColumnFetching fetching(ahead, strip, panel.rows);
        const std::size_t column = panel.column + strip;
        const RowsOfStrip<bits, searched, measured> work{searched ? thresholds->from(column) : nullptr,
                                                         measured ? levels->from(column) : nullptr,
                                                         searched ? thresholds->size() : levels->size(),
                                                         values + strip,
                                                         panel.stride,
                                                         bins + strip,
                                                         panel.width};
        for (std::size_t row = 0; row < panel.rows; row += kMostRows)
            work(row, std::min(kMostRows, panel.rows - row), fetching, squares);
    }
    if constexpr (measured) squares.store(*sums);
}

template<int bits>
void decodeStrips(const ColumnPanel& panel, const ColumnTables& levels, const std::uint8_t* codes, float* out,
                  const FetchAhead& ahead) {
    const std::size_t size = levels.size();
    for (std::size_t strip = 0; strip < panel.width; strip += kLine) {
        const ColumnFetching fetching(ahead, strip, panel.rows);
        const float* const tables = levels.from(panel.column + strip);
        for (std::size_t row = 0; row < panel.rows; row += kLanes) {
            const std::size_t rows = std::min(kLanes, panel.rows - row);
            Integer words[kQuads];
            loadBins(codes + row * panel.width + strip, panel.width, rows, words);
            forVectorsOf<kParts>([&](auto part) HWY_ATTR {
                Real y[kLanes];
                forVectorsOf<kLanes>([&](auto c) HWY_ATTR {
                    constexpr std::size_t column = part * kLanes + c;
                    y[c] = levelOf<bits>(tables + column * size, binOf<bits, column % kQuad>(words[column / kQuad]));
                    if (column % kQuad == 3 && row % kLine == 0) fetching.template at<1>(row, column / kQuad);
                });
                storeSquare(y, out + row * panel.stride + strip + part * kLanes, panel.stride, rows);
            });
        }
    }
}

/// body(a constant: bits), or with that of what a table of one vector is at most.
template<class Body>
void withTable(int bits, const Body& body) {
    static_assert(ColumnTables::kMostInOneVector == 4 && ColumnTables::kMostBits == 8);
    switch (bits) {
    default: return body(std::integral_constant<int, 4>());
    case 5: return body(std::integral_constant<int, 5>());
    case 6: return body(std::integral_constant<int, 6>());
    case 7: return body(std::integral_constant<int, 7>());
    case 8: return body(std::integral_constant<int, 8>());
    }
}
/// body(a constant: bits)
template<class Body>
void withSearch(int bits, const Body& body) {
    switch (bits) {
    case 1: return body(std::integral_constant<int, 1>());
    case 2: return body(std::integral_constant<int, 2>());
    case 3: return body(std::integral_constant<int, 3>());
    default: return withTable(bits, body);
    }
}

void encodeInColumns(const ColumnPanel& panel, const ColumnTables& thresholds, const float* values, std::uint8_t* bins,
                     const FetchAhead& ahead) {
    withSearch(thresholds.bits(), [&](auto bits) {
        codeColumns<bits, true, false>(panel, &thresholds, nullptr, values, bins, nullptr, ahead);
    });
}
void measureInColumns(const ColumnPanel& panel, const ColumnTables& levels, const float* values,
                      const std::uint8_t* bins, SquareSums& sums, const FetchAhead& ahead) {
    withTable(levels.bits(), [&](auto bits) {
        codeColumns<bits, false, true>(panel, nullptr, &levels, values, const_cast<std::uint8_t*>(bins), &sums, ahead);
    });
}
void encodeAndMeasureInColumns(const ColumnPanel& panel, const ColumnTables& thresholds, const ColumnTables& levels,
                               const float* values, std::uint8_t* bins, SquareSums& sums, const FetchAhead& ahead) {
    withSearch(thresholds.bits(), [&](auto bits) {
        codeColumns<bits, true, true>(panel, &thresholds, &levels, values, bins, &sums, ahead);
    });
}
void decodeInColumns(const ColumnPanel& panel, const ColumnTables& levels, const std::uint8_t* codes, float* out,
                     const FetchAhead& ahead) {
    withTable(levels.bits(), [&](auto bits) { decodeStrips<bits>(panel, levels, codes, out, ahead); });
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(encodeInColumns);
HWY_EXPORT(measureInColumns);
HWY_EXPORT(encodeAndMeasureInColumns);
HWY_EXPORT(decodeInColumns);

void encodeColumns(const ColumnPanel& panel, const ColumnTables& thresholds, const float* values, std::uint8_t* bins,
                   const FetchAhead& ahead) {
    HWY_DYNAMIC_DISPATCH(encodeInColumns)(panel, thresholds, values, bins, ahead);
}

void measureColumns(const ColumnPanel& panel, const ColumnTables& levels, const float* values, const std::uint8_t* bins,
                    SquareSums& sums, const FetchAhead& ahead) {
    HWY_DYNAMIC_DISPATCH(measureInColumns)(panel, levels, values, bins, sums, ahead);
}

void encodeAndMeasureColumns(const ColumnPanel& panel, const ColumnTables& thresholds, const ColumnTables& levels,
                             const float* values, std::uint8_t* bins, SquareSums& sums, const FetchAhead& ahead) {
    HWY_DYNAMIC_DISPATCH(encodeAndMeasureInColumns)(panel, thresholds, levels, values, bins, sums, ahead);
}

void decodeColumns(const ColumnPanel& panel, const ColumnTables& levels, const std::uint8_t* codes, float* out,
                   const FetchAhead& ahead) {
    HWY_DYNAMIC_DISPATCH(decodeInColumns)(panel, levels, codes, out, ahead);
}

} // namespace quantoscope
#endif
