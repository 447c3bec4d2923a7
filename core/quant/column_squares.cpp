#include "core/quant/column_squares.h"

#include "core/base/prefetch.h"
#include "core/base/vector_targets.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/quant/column_squares.cpp"
// clang-format off
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>
#include "core/quant/bin_search-inl.h"
#include "core/quant/column_strips-inl.h"
#include "core/quant/square_vectors-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

/// As kLine bins of a row are in memory, and those of kLanes rows in vectors: of kColumns columns a word, the first one
/// in its lowest bits.
template<int bits>
class RowBins {
public:
    static constexpr int kWidth = ColumnTables::binBits(bits);
    static constexpr std::size_t kBytes = kLine * kWidth / 8;
    static constexpr std::size_t kWords = (kBytes + 3) / 4;
    static constexpr std::size_t kColumns = kLine / kWords;
    static constexpr std::size_t kToLine = 8 * sizeof(float) * kLine / kWidth; // columns whose bins are a line

    static HWY_INLINE void store(Integer* words, std::uint8_t* to, std::size_t pitch, std::size_t rows) {
        if constexpr (kWords == kQuads) {
            storeBins(words, to, pitch, rows);
        } else {
            alignas(64) std::int32_t row[kLanes * kWords];
#if HWY_TARGET != HWY_SCALAR
            if constexpr (kWords == 2)
                hn::StoreInterleaved2(words[0], words[1], Integers(), row);
            else
#endif
                for (std::size_t w = 0; w < kWords; ++w) hn::Store(words[w], Integers(), row + w);
            withRows(rows, [&](auto count) HWY_ATTR {
                for (std::size_t r = 0; r < count; ++r) std::memcpy(to + r * pitch, row + r * kWords, kBytes);
            });
        }
    }
    static HWY_INLINE void load(const std::uint8_t* from, std::size_t pitch, std::size_t rows, Integer* words) {
        if constexpr (kWords == kQuads) {
            loadBins(from, pitch, rows, words);
        } else {
            alignas(64) std::int32_t row[kLanes * kWords] = {};
            withRows(rows, [&](auto count) HWY_ATTR {
                for (std::size_t r = 0; r < count; ++r) std::memcpy(row + r * kWords, from + r * pitch, kBytes);
            });
#if HWY_TARGET != HWY_SCALAR
            if constexpr (kWords == 2)
                hn::LoadInterleaved2(Integers(), row, words[0], words[1]);
            else
#endif
                for (std::size_t w = 0; w < kWords; ++w) words[w] = hn::Load(Integers(), row + w);
        }
    }
};

/// Fetches the lines that begin below kLine rows.
template<class T>
HWY_INLINE void fetchBelow(const T* from, std::size_t stride) {
    for (std::size_t r = 0; r < kLine; ++r) hwy::Prefetch(beyond(from, (kLine + r) * stride));
}

/// Up to kLine rows of kLine columns, which are searched for bins, or measured with bins there are, or both.
template<int bits, bool searched, bool measured>
class SquareCoding {
public:
    const float* thresholds; // of the first column
    const float* levels;

    HWY_INLINE void operator()(const float* values, std::size_t stride, std::uint8_t* bins, std::size_t pitch,
                               std::size_t rows, SquareVectors& squares) const {
        using Bins = RowBins<bits>;
        alignas(64) float own[kLine][kLine]; // vectors of no row are worked on too, and go nowhere
        Integer words[kParts][Bins::kWords];
        for (std::size_t part = 0; part < kParts && part * kLanes < rows; ++part) {
            const std::size_t r = part * kLanes;
            for (std::size_t column = 0; column < kLine; column += kLanes) {
                Real square[kLanes];
                loadSquare(values + r * stride + column, stride, rows - r, square);
                for (std::size_t c = 0; c < kLanes; ++c) hn::Store(square[c], Reals(), &own[column + c][r]);
            }
            if constexpr (!searched) Bins::load(bins + r * pitch, pitch, rows - r, words[part]);
        }
        for (std::size_t w = 0; w < Bins::kWords; ++w) {
            Integer word[kParts];
            forParts([&](auto p) HWY_ATTR { word[p] = searched ? hn::Zero(Integers()) : words[p][w]; });
            for (std::size_t q = Bins::kColumns / kQuad; q-- > 0;)
                quad(w * Bins::kColumns + q * kQuad, own, word, rows, squares);
            if constexpr (searched) forParts([&](auto p) HWY_ATTR { words[p][w] = word[p]; });
        }
        if constexpr (searched) {
            for (std::size_t part = 0; part < kParts && part * kLanes < rows; ++part) {
                const std::size_t r = part * kLanes;
                Bins::store(words[part], bins + r * pitch, pitch, rows - r);
            }
        }
    }

private:
    HWY_INLINE void quad(std::size_t first, const float (&own)[kLine][kLine], Integer (&word)[kParts], std::size_t rows,
                         SquareVectors& squares) const {
        using Bins = RowBins<bits>;
        Real sum[kParts];
        if constexpr (measured) forParts([&](auto p) HWY_ATTR { sum[p] = hn::Zero(Reals()); });
        forVectorsOf<kQuad>([&](auto i) HWY_ATTR {
            const std::size_t column = first + (kQuad - 1 - i), table = column * ColumnTables::kLeast;
            Real x[kParts];
            Integer bin[kParts];
            forParts([&](auto p) HWY_ATTR { x[p] = hn::Load(Reals(), &own[column][p * kLanes]); });
            if constexpr (searched) {
                const InRegisters<bits, OneScale> search(thresholds + table);
                search.find(0, x, bin);
                forParts([&](auto p) HWY_ATTR { word[p] = hn::Or(hn::ShiftLeft<Bins::kWidth>(word[p]), bin[p]); });
            } else {
                forParts([&](auto p) HWY_ATTR { // of the last column that is left, the highest of the bits that are
                    constexpr int kOthers = static_cast<int>(Bins::kColumns - 1) * Bins::kWidth;
                    bin[p] = hn::And(hn::ShiftRight<kOthers>(word[p]), hn::Set(Integers(), (1 << bits) - 1));
                    word[p] = hn::ShiftLeft<Bins::kWidth>(word[p]);
                });
            }
            if constexpr (measured) {
                forParts([&](auto p) HWY_ATTR {
                    const Real error = hn::Sub(x[p], levelOf<bits>(levels + table, bin[p]));
                    sum[p] = hn::Add(sum[p], hn::Mul(error, error));
                });
            }
        });
        if constexpr (measured)
            forParts([&](auto p) HWY_ATTR {
                const std::size_t before = p * kLanes;
                if (rows < before + kLanes)
                    sum[p] = hn::IfThenElseZero(hn::FirstN(Reals(), rows > before ? rows - before : 0), sum[p]);
                squares.add(p, sum[p]);
            });
    }
};

template<int bits, bool searched, bool measured>
void codeInSquares(const ColumnPanel& panel, const ColumnTables* thresholds, const ColumnTables* levels,
                   const float* values, std::uint8_t* bins, SquareSums* sums) {
    SquareSums none;
    SquareVectors squares(measured ? *sums : none);
    for (std::size_t row = 0; row < panel.rows; row += kLine) {
        const std::size_t rows = std::min(kLine, panel.rows - row);
        for (std::size_t strip = 0; strip < panel.width; strip += kLine) {
            const SquareCoding<bits, searched, measured> work{searched ? thresholds->from(strip) : nullptr,
                                                              measured ? levels->from(strip) : nullptr};
            const float* const from = values + row * panel.stride + strip;
            fetchBelow(from, panel.stride);
            work(from, panel.stride, bins + row * panel.pitch + strip * RowBins<bits>::kWidth / 8, panel.pitch, rows,
                 squares);
        }
    }
    if constexpr (measured) squares.store(*sums);
}

template<int bits>
void decodeSquares(const ColumnPanel& panel, const ColumnTables& levels, const std::uint8_t* codes, float* out) {
    using Bins = RowBins<bits>;
    for (std::size_t row = 0; row < panel.rows; row += kLine) {
        for (std::size_t strip = 0; strip < panel.width; strip += kLine) {
            const float* const tables = levels.from(strip);
            const std::uint8_t* const from = codes + row * panel.pitch + strip * Bins::kWidth / 8;
            fetchBelow(out + row * panel.stride + strip, panel.stride);
            if (strip % Bins::kToLine == 0) fetchBelow(from, panel.pitch);
            for (std::size_t part = 0; part < kParts && row + part * kLanes < panel.rows; ++part) {
                const std::size_t r = row + part * kLanes, rows = panel.rows - r;
                Integer words[Bins::kWords];
                Bins::load(from + part * kLanes * panel.pitch, panel.pitch, rows, words);
                forParts([&](auto across) HWY_ATTR {
                    Real y[kLanes];
                    forVectorsOf<kLanes>([&](auto c) HWY_ATTR {
                        constexpr std::size_t column = across * kLanes + c;
                        constexpr std::size_t place = column % Bins::kColumns * Bins::kWidth;
                        const Integer bin = hn::ShiftRight<place>(words[column / Bins::kColumns]);
                        y[c] = levelOfLast<bits>(tables + column * ColumnTables::kLeast, bin);
                    });
                    storeSquare(y, out + r * panel.stride + strip + across * kLanes, panel.stride, rows);
                });
            }
        }
    }
}

/// body(a constant: bits)
template<class Body>
void withSmall(int bits, const Body& body) {
    switch (bits) {
    case 1: return body(std::integral_constant<int, 1>());
    case 2: return body(std::integral_constant<int, 2>());
    case 3: return body(std::integral_constant<int, 3>());
    default: return body(std::integral_constant<int, 4>());
    }
}

void encodeInSquares(const ColumnPanel& panel, const ColumnTables& thresholds, const float* values,
                     std::uint8_t* bins) {
    withSmall(thresholds.bits(),
              [&](auto bits) { codeInSquares<bits, true, false>(panel, &thresholds, nullptr, values, bins, nullptr); });
}
void measureInSquares(const ColumnPanel& panel, const ColumnTables& levels, const float* values,
                      const std::uint8_t* bins, SquareSums& sums) {
    withSmall(levels.bits(), [&](auto bits) {
        codeInSquares<bits, false, true>(panel, nullptr, &levels, values, const_cast<std::uint8_t*>(bins), &sums);
    });
}
void encodeAndMeasureInSquares(const ColumnPanel& panel, const ColumnTables& thresholds, const ColumnTables& levels,
                               const float* values, std::uint8_t* bins, SquareSums& sums) {
    withSmall(thresholds.bits(),
              [&](auto bits) { codeInSquares<bits, true, true>(panel, &thresholds, &levels, values, bins, &sums); });
}
void decodeInSquares(const ColumnPanel& panel, const ColumnTables& levels, const std::uint8_t* codes, float* out) {
    withSmall(levels.bits(), [&](auto bits) { decodeSquares<bits>(panel, levels, codes, out); });
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(encodeInSquares);
HWY_EXPORT(measureInSquares);
HWY_EXPORT(encodeAndMeasureInSquares);
HWY_EXPORT(decodeInSquares);

void encodeSquares(const ColumnPanel& panel, const ColumnTables& thresholds, const float* values, std::uint8_t* bins) {
    HWY_DYNAMIC_DISPATCH(encodeInSquares)(panel, thresholds, values, bins);
}

void measureSquares(const ColumnPanel& panel, const ColumnTables& levels, const float* values, const std::uint8_t* bins,
                    SquareSums& sums) {
    HWY_DYNAMIC_DISPATCH(measureInSquares)(panel, levels, values, bins, sums);
}

void encodeAndMeasureSquares(const ColumnPanel& panel, const ColumnTables& thresholds, const ColumnTables& levels,
                             const float* values, std::uint8_t* bins, SquareSums& sums) {
    HWY_DYNAMIC_DISPATCH(encodeAndMeasureInSquares)(panel, thresholds, levels, values, bins, sums);
}

void decodeSquares(const ColumnPanel& panel, const ColumnTables& levels, const std::uint8_t* codes, float* out) {
    HWY_DYNAMIC_DISPATCH(decodeInSquares)(panel, levels, codes, out);
}

} // namespace quantoscope
#endif
