#include "core/quant/column_tables.h"

#include "core/base/prefetch.h"
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
#include "core/quant/bin_search-inl.h"
#include "core/quant/column_strips-inl.h"
#include "core/quant/fetch_ahead-inl.h"
#include "core/quant/square_vectors-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

constexpr std::size_t kMostRows = 4 * kLine; // of which all columns are worked on one after another

/// The bins of column `place` of four, or the last bits of them.
template<int bits, std::size_t place>
HWY_INLINE Integer binOf(Integer word) {
    return hn::And(hn::ShiftRight<8 * place>(word), hn::Set(Integers(), (1 << bits) - 1));
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
    static constexpr std::size_t kTogether = kLanes >= 8 ? 4 : 1;

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
                const InTables<bits, OneScale> search(thresholds + table);
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
        const std::size_t column = strip;
        const RowsOfStrip<bits, searched, measured> work{searched ? thresholds->from(column) : nullptr,
                                                         measured ? levels->from(column) : nullptr,
                                                         searched ? thresholds->size() : levels->size(),
                                                         values + strip,
                                                         panel.stride,
                                                         bins + strip,
                                                         panel.pitch};
        for (std::size_t row = 0; row < panel.rows; row += kMostRows)
            work(row, std::min(kMostRows, panel.rows - row), fetching, squares);
    }
    if constexpr (measured) squares.store(*sums);
}

/// Rows of a strip of columns whose tables follow each other: levels of a row are gathered side by side.
template<int bits, bool streamed>
void gatherStrip(const ColumnPanel& panel, const float* tables, std::size_t size, const std::uint8_t* codes, float* out,
                 const ColumnFetching& fetching) {
    const Integers di;
    const hn::Rebind<std::uint8_t, Integers> bytes;
    const Integer last = hn::Set(di, (1 << bits) - 1);
    Integer table[kParts];
    forVectorsOf<kParts>([&](auto part) HWY_ATTR {
        const Integer column = hn::Iota(di, static_cast<std::int32_t>(part * kLanes));
        table[part] = hn::Mul(column, hn::Set(di, static_cast<std::int32_t>(size)));
    });
    for (std::size_t row = 0; row < panel.rows; ++row) {
        if constexpr (!streamed) {
            if (row % kQuad == 0) fetching.template at<1>(row - row % kLine, row % kLine / kQuad);
        }
        forVectorsOf<kParts>([&](auto part) HWY_ATTR {
            const std::size_t column = part * kLanes;
            const Integer code = hn::PromoteTo(di, hn::LoadU(bytes, codes + row * panel.pitch + column));
            const Real y = hn::GatherIndex(Reals(), tables, hn::Add(table[part], hn::And(code, last)));
            float* const to = out + row * panel.stride + column;
            if constexpr (streamed)
                hn::Stream(y, Reals(), to);
            else
                hn::StoreU(y, Reals(), to);
        });
    }
}

template<int bits>
void decodeStrips(const ColumnPanel& panel, const ColumnTables& levels, const std::uint8_t* codes, float* out,
                  const FetchAhead& ahead, bool streamed) {
    const std::size_t size = levels.size();
    const bool pastCaches = streamed && beginsLine(out) && panel.stride % kLine == 0;
    for (std::size_t strip = 0; strip < panel.width; strip += kLine) {
        const ColumnFetching fetching(ahead, strip, panel.rows);
        const float* const tables = levels.from(strip);
        if constexpr (bits > 6) {         // tables that are too long for registers
            if (strip % (4 * kLine) == 0) // a line of codes
                for (std::size_t row = 0; row < panel.rows; ++row)
                    hwy::Prefetch(beyond(codes, (panel.rows + row) * panel.pitch + strip));
            if (pastCaches)
                gatherStrip<bits, true>(panel, tables, size, codes + strip, out + strip, fetching);
            else
                gatherStrip<bits, false>(panel, tables, size, codes + strip, out + strip, fetching);
            continue;
        }
        for (std::size_t row = 0; row < panel.rows; row += kLanes) {
            const std::size_t rows = std::min(kLanes, panel.rows - row);
            Integer words[kQuads];
            if (strip % (4 * kLine) == 0) // a line of codes
                for (std::size_t r = row; r < row + rows; ++r)
                    hwy::Prefetch(beyond(codes, (panel.rows + r) * panel.pitch + strip));
            loadBins(codes + row * panel.pitch + strip, panel.pitch, rows, words);
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

/// body(a constant: bits)
template<class Body>
void withTable(int bits, const Body& body) {
    static_assert(ColumnTables::kMostInOneVector == 4 && ColumnTables::kMostBits == 8);
    switch (bits) {
    default: return body(std::integral_constant<int, 5>());
    case 6: return body(std::integral_constant<int, 6>());
    case 7: return body(std::integral_constant<int, 7>());
    case 8: return body(std::integral_constant<int, 8>());
    }
}
void encodeInColumns(const ColumnPanel& panel, const ColumnTables& thresholds, const float* values, std::uint8_t* bins,
                     const FetchAhead& ahead) {
    withTable(thresholds.bits(), [&](auto bits) {
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
    withTable(thresholds.bits(), [&](auto bits) {
        codeColumns<bits, true, true>(panel, &thresholds, &levels, values, bins, &sums, ahead);
    });
}
void decodeInColumns(const ColumnPanel& panel, const ColumnTables& levels, const std::uint8_t* codes, float* out,
                     const FetchAhead& ahead, bool streamed) {
    withTable(levels.bits(), [&](auto bits) { decodeStrips<bits>(panel, levels, codes, out, ahead, streamed); });
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
                   const FetchAhead& ahead, bool streamed) {
    HWY_DYNAMIC_DISPATCH(decodeInColumns)(panel, levels, codes, out, ahead, streamed);
}

} // namespace quantoscope
#endif
