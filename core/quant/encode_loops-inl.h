// The loops that turn the values of pieces into bins.
// For files that highway compiles once for each set of instructions; included by each of them within its own.
#include "core/quant/bin_search-inl.h"
#include "core/quant/code_kernels.h"
#include "core/quant/code_vectors-inl.h"
#include "core/quant/threshold_nodes-inl.h"

#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#if defined(QUANTOSCOPE_ENCODE_LOOPS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef QUANTOSCOPE_ENCODE_LOOPS_INL
#else
#define QUANTOSCOPE_ENCODE_LOOPS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

enum class Wanted { Bins, Errors, Values };

template<Wanted wanted, class Search, class Code, class Scale>
HWY_INLINE bool encodeWith(const EncodeTile<Code>& tile, const EncodePiece& piece, const Search& search,
                           const Scale& scale) {
    const Reals d;
    const float* const values = tile.values + piece.first;
    Code* const bins = tile.bins + piece.first;
    float* const results = wanted == Wanted::Bins ? nullptr : tile.results + piece.first;
    // By value: a bin that is stored may be part of anything the compiler has only a reference to.
    return forVectors(piece.count, tile.room - piece.first, [=](std::size_t i) HWY_ATTR {
        const Real x = hn::LoadU(d, values + i);
        Real y;
        const Integer bin = search.bin(scale, scale.scaled(x, i), i, y);
        storeCodes(bin, bins + i);
        if constexpr (wanted == Wanted::Errors) hn::StoreU(hn::Sub(x, y), d, results + i);
        if constexpr (wanted == Wanted::Values) hn::StoreU(y, d, results + i);
    });
}

/// Too few for one vector, and nothing behind them: elsewhere. All is set up again, so that what the loops use need not
/// have an address and stays in registers.
template<Wanted wanted, class Scale, template<class> class Search, class Code, class Scales>
HWY_NOINLINE void encodeAside(const EncodeTile<Code>& tile, const EncodePiece& piece, const Scales& scales) {
    float values[kLanePadding] = {}, results[kLanePadding];
    Code bins[kLanePadding];
    std::copy_n(tile.values + piece.first, piece.count, values);
    EncodePiece aside = piece;
    aside.first = 0;
    const Scale scale(scales);
    Search<Scale> search(*piece.search);
    search.use(scale);
    encodeWith<wanted>(EncodeTile<Code>{values, bins, results, kLanePadding}, aside, search, scale);
    std::copy_n(bins, piece.count, tile.bins + piece.first);
    if (wanted != Wanted::Bins) std::copy_n(results, piece.count, tile.results + piece.first);
}

/// The pieces up to one with another search, or all.
template<Wanted wanted, class Scale, template<class> class Search, class Code>
const EncodePiece* encodeAlike(const EncodeTile<Code>& tile, const EncodePiece* piece, const EncodePiece* end) {
    const ThresholdSearch* const known = piece->search;
    Search<Scale> search(*known);
    for (; piece < end && piece->search == known; ++piece) {
        const auto& scales = scalesOf<Scale>(*piece);
        const Scale scale(scales);
        search.use(scale);
        if (!encodeWith<wanted>(tile, *piece, search, scale)) encodeAside<wanted, Scale, Search>(tile, *piece, scales);
    }
    return piece;
}

/// Value by value, for a codebook in nodes.
template<Wanted wanted, class Code>
void encodeInNodes(const EncodeTile<Code>& tile, const EncodePiece& piece) {
    const ThresholdSearch& search = *piece.search;
    const float* const levels = search.codebook().levels.data();
    const GroupScale scale = *piece.scale;
    const float inverse = 1.0f / scale.scale;
    const bool divide = std::isinf(inverse);
    for (std::size_t i = piece.first; i < piece.first + piece.count; ++i) {
        const float x = tile.values[i], shifted = x - scale.offset;
        const std::uint32_t bin = binInNodes(search.nodes(), divide ? shifted / scale.scale : shifted * inverse);
        tile.bins[i] = static_cast<Code>(bin);
        if constexpr (wanted == Wanted::Errors) tile.results[i] = x - scale.decode(levels[bin]);
        if constexpr (wanted == Wanted::Values) tile.results[i] = scale.decode(levels[bin]);
    }
}

/// Searches of one width, by the kind of scale.
template<int bits>
struct Searches {
    template<class Scale>
    using Registers = InRegisters<bits, Scale>;
    template<class Scale>
    using Tables = InTables<bits, Scale>;
};

template<Wanted wanted, class Scale, class Code>
const EncodePiece* encodeInTables(const EncodeTile<Code>& tile, const EncodePiece* piece, const EncodePiece* end) {
    const std::size_t thresholds = piece->search->thresholds().size();
    if (thresholds <= 31) return encodeAlike<wanted, Scale, Searches<5>::template Tables>(tile, piece, end);
    if (thresholds <= 63) return encodeAlike<wanted, Scale, Searches<6>::template Tables>(tile, piece, end);
    if (thresholds <= 127) return encodeAlike<wanted, Scale, Searches<7>::template Tables>(tile, piece, end);
    return encodeAlike<wanted, Scale, Searches<8>::template Tables>(tile, piece, end);
}

template<Wanted wanted, class Scale, class Code>
const EncodePiece* encodeInRegisters(const EncodeTile<Code>& tile, const EncodePiece* piece, const EncodePiece* end) {
    const std::size_t thresholds = piece->search->thresholds().size();
    if (thresholds <= 1) return encodeAlike<wanted, Scale, Searches<1>::template Registers>(tile, piece, end);
    if (thresholds <= 3) return encodeAlike<wanted, Scale, Searches<2>::template Registers>(tile, piece, end);
    if (thresholds <= 7) return encodeAlike<wanted, Scale, Searches<3>::template Registers>(tile, piece, end);
    return encodeAlike<wanted, Scale, Searches<4>::template Registers>(tile, piece, end);
}

template<Wanted wanted, class Scale, class Code>
void encodeScaled(const EncodeTile<Code>& tile, const EncodePiece* piece, const EncodePiece* end) {
    // Codes of words with many scales are of codebooks that are never small.
    constexpr bool kSmall = Scale::kOne || sizeof(Code) == 1;
    while (piece < end) {
        const ThresholdSearch& search = *piece->search;
        if (search.codebook().integerGrid) {
            piece = encodeAlike<wanted, Scale, Grid>(tile, piece, end);
            continue;
        }
        if constexpr (kSmall) {
            if (search.inRegisters()) {
                piece = encodeInRegisters<wanted, Scale>(tile, piece, end);
                continue;
            }
        }
        if constexpr (kSmall && kWideTables) {
            if (search.inTables()) {
                piece = encodeInTables<wanted, Scale>(tile, piece, end);
                continue;
            }
        }
        if (Scale::kOne && search.inNodes())
            encodeInNodes<wanted>(tile, *piece++);
        else
            piece = encodeAlike<wanted, Scale, InMemory>(tile, piece, end);
    }
}

template<Wanted wanted, class Code>
void encodeWanted(const EncodeTile<Code>& tile, const EncodePiece* pieces, std::size_t count) {
    if (pieces->lanes)
        encodeScaled<wanted, ManyScales>(tile, pieces, pieces + count);
    else
        encodeScaled<wanted, OneScale>(tile, pieces, pieces + count);
}

template<class Code>
void encodeAll(const EncodeTile<Code>& tile, const EncodePiece* pieces, std::size_t count, EncodeResults results) {
    if (!tile.results)
        encodeWanted<Wanted::Bins>(tile, pieces, count);
    else if (results == EncodeResults::Errors)
        encodeWanted<Wanted::Errors>(tile, pieces, count);
    else
        encodeWanted<Wanted::Values>(tile, pieces, count);
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
