// The loops that turn the values of pieces into bins.
// For files that highway compiles once for each set of instructions; included by each of them within its own.
#include "core/quant/bin_search-inl.h"
#include "core/quant/code_kernels.h"
#include "core/quant/code_vectors-inl.h"
#include "core/quant/fetch_ahead-inl.h"
#include "core/quant/threshold_nodes-inl.h"

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <algorithm>
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

/// The bins of n vectors of values. By value: a bin that is stored may be part of anything the compiler has only a
/// reference to.
template<class Search>
struct Encoder {
    static constexpr std::size_t kTogether =
        kLanes == 16 || Search::kSmall ? Search::kTogether : 1; // as registers allow
    static constexpr std::size_t kStrip =
        kTogether * kLanes / kLine; // lines side by side by lanes, or 0: row after row

    Search search;

    template<std::size_t n, class Here, class Code>
    HWY_INLINE void encode(const Here& here, const float* values, Code* bins) const {
        Real u[n];
        Integer bin[n];
        for (std::size_t v = 0; v < n; ++v) u[v] = here.scaled(hn::LoadU(Reals(), values + v * kLanes), v);
        search.find(here, u, bin);
        storeCodes(bin, search.ends(), bins);
    }
};

/// A piece by lanes with several rows, strip after strip.
template<class Search, class Code>
void encodeStrips(const EncodeTile<Code>& tile, const CodePiece& piece, const LaneScales& scale,
                  const Encoder<Search>& encoder) {
    const float* const values = tile.values + piece.first;
    Code* const bins = tile.bins + piece.code;
    const FetchAhead ahead = tile.ahead;
    const CodesAhead codesAhead = tile.codesAhead;
    const std::size_t first = piece.first;
    const std::size_t rows = piece.rows, stride = piece.stride, codeStride = piece.codeStride, columns = piece.count;
    forStrips<Encoder<Search>::kStrip>(columns, [=](std::size_t column, auto n) HWY_ATTR {
        const auto here = scale.held<n>(column);
        for (std::size_t row = 0; row < rows; ++row) {
            fetchInRow<n>(ahead, row, column, columns);
            fetchCodes<n, Code>(codesAhead, first + row * stride + column);
            encoder.template encode<n>(here, values + row * stride + column, bins + row * codeStride + column);
        }
    });
}

/// Too few for one vector, and nothing behind them: elsewhere. All is set up again, so that what the loops use need not
/// have an address and stays in registers.
template<class Scale, template<class> class Search, class Code, class Scales>
HWY_NOINLINE void encodeAside(const EncodeTile<Code>& tile, const CodePiece& piece, const Scales& scales) {
    float values[kLanes] = {};
    Code bins[kLanes];
    std::copy_n(tile.values + piece.first, piece.count, values);
    const Scale scale(scales, piece.book->firstWhole(CodeKind::Bins));
    const Search<Scale> search(*piece.book);
    Encoder<Search<Scale>>{search}.template encode<1>(scale.at(0), values, bins);
    std::copy_n(bins, piece.count, tile.bins + piece.code);
}

/// The pieces up to one with another search, or all.
template<class Scale, template<class> class Search, class Code>
const CodePiece* encodeAlike(const EncodeTile<Code>& tile, const CodePiece* piece, const CodePiece* end) {
    const CodingBook* const known = piece->book;
    const Search<Scale> search(*known);
    const float firstWhole = known->firstWhole(CodeKind::Bins);
    if (piece + 1 < end && piece[1].book != known && piece[1].book->table)
        fetchAll(piece[1].book->table, piece[1].book->binLevels.size());
    for (; piece < end && piece->book == known && piece->kind == Scale::kKind; ++piece) {
        const auto& scales = scalesOf<Scale>(*piece);
        const Scale scale(scales, firstWhole);
        const Encoder<Search<Scale>> encoder{search};
        if constexpr (Scale::kKind == Scales::Lanes && encoder.kStrip > 0) {
            if (piece->rows > 1) {
                encodeStrips(tile, *piece, scale, encoder);
                continue;
            }
        }
        for (std::size_t row = 0; row < piece->rows; ++row) {
            const float* const values = tile.values + piece->first + row * piece->stride;
            Code* const bins = tile.bins + piece->code + row * piece->codeStride;
            const Fetching<Scale, Code> fetching(tile.ahead, tile.codesAhead, *piece, row);
            const auto step = [=](std::size_t i, auto n) HWY_ATTR {
                fetching.template at<n>(i);
                encoder.template encode<n>(scale.at(i), values + i, bins + i);
            };
            if (!forVectors<encoder.kTogether>(piece->count, roomOf<Scale>(*piece, tile.room), step))
                encodeAside<Scale, Search>(tile, *piece, scales);
        }
    }
    return piece;
}

/// Value by value, for a codebook in nodes.
template<class Code>
void encodeInNodes(const EncodeTile<Code>& tile, const CodePiece& piece) {
    const ThresholdSearch& search = *piece.book->search;
    const GroupScale& scale = piece.scale;
    const float inverse = 1.0f / scale.scale;
    for (std::size_t i = piece.first; i < piece.first + piece.count; ++i)
        tile.bins[i] = static_cast<Code>(binInNodes(search.nodes(), (tile.values[i] - scale.offset) * inverse));
}

/// Searches of one width, by the kind of scale.
template<int bits>
struct Searches {
    template<class Scale>
    using Registers = InRegisters<bits, Scale>;
    template<class Scale>
    using Tables = InTables<bits, Scale>;
};

template<class Scale, class Code>
const CodePiece* encodeInTables(const EncodeTile<Code>& tile, const CodePiece* piece, const CodePiece* end) {
    const std::size_t thresholds = piece->book->binLevels.size() - 1;
    if (thresholds <= 31) return encodeAlike<Scale, Searches<5>::template Tables>(tile, piece, end);
    if (thresholds <= 63) return encodeAlike<Scale, Searches<6>::template Tables>(tile, piece, end);
    if (thresholds <= 127) return encodeAlike<Scale, Searches<7>::template Tables>(tile, piece, end);
    return encodeAlike<Scale, Searches<8>::template Tables>(tile, piece, end);
}

template<class Scale, class Code>
const CodePiece* encodeInRegisters(const EncodeTile<Code>& tile, const CodePiece* piece, const CodePiece* end) {
    const std::size_t thresholds = piece->book->binLevels.size() - 1;
    if (thresholds <= 1) return encodeAlike<Scale, Searches<1>::template Registers>(tile, piece, end);
    if (thresholds <= 3) return encodeAlike<Scale, Searches<2>::template Registers>(tile, piece, end);
    if (thresholds <= 7) return encodeAlike<Scale, Searches<3>::template Registers>(tile, piece, end);
    return encodeAlike<Scale, Searches<4>::template Registers>(tile, piece, end);
}

template<class Scale, class Code>
const CodePiece* encodeInMemory(const EncodeTile<Code>& tile, const CodePiece* piece, const CodePiece* end) {
    const CodingBook& book = *piece->book;
    if (kWideTables && book.table) return encodeInTables<Scale>(tile, piece, end);
    if (Scale::kKind != Scales::One || !book.search->inNodes()) return encodeAlike<Scale, InMemory>(tile, piece, end);
    encodeInNodes(tile, *piece++);
    return piece;
}

template<class Scale, class Code>
const CodePiece* encodeScaled(const EncodeTile<Code>& tile, const CodePiece* piece, const CodePiece* end) {
    while (piece < end && piece->kind == Scale::kKind) {
        const CodingBook& book = *piece->book;
        if (book.grid)
            piece = encodeAlike<Scale, Grid>(tile, piece, end);
        else if (kFewLevels<Scale> || (book.table && book.binLevels.size() <= kFew))
            piece = encodeInRegisters<Scale>(tile, piece, end);
        else if constexpr (!kFewLevels<Scale>)
            piece = encodeInMemory<Scale>(tile, piece, end);
    }
    return piece;
}

template<class Code>
void encodeAll(const EncodeTile<Code>& tile, const CodePiece* pieces, std::size_t count) {
    const CodePiece* const end = pieces + count;
    while (pieces < end) {
        withScales<Code>(pieces->kind,
                         [&](auto kind) { pieces = encodeScaled<typename decltype(kind)::Scale>(tile, pieces, end); });
    }
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
