// Encoding and decoding of a tensor tile by tile, whatever its groups: tiles are small enough for a core's own caches,
// and within one, pieces of groups go through the loops of code_kernels.h.
#pragma once

#include "core/base/raw_vector.h"
#include "core/quant/code_kernels.h"
#include "core/quant/coding_plan.h"
#include "core/quant/column_coder.h"
#include "core/quant/quantizer.h"
#include "core/quant/tile_pieces.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace quantoscope {

/// One thread's. Code: what a bin or code is kept in on the way, std::uint8_t for quantizers of up to 8 bits, else
/// std::uint32_t; see withCodes.
template<class Code>
class TileCoder {
public:
    explicit TileCoder(const CodingPlan& plan);

    /// The bins of a tile of the values. writeValues() and pack() are about the same tile of the same values; where
    /// the latter is to follow, `packed` is its memory. Exceptions are positions among all values, ascending.
    void encode(std::span<const float> values, const Tile& tile, std::span<const std::uint8_t> packed = {});
    /// The same, and Σ(x − Q(x))² but for the exceptions: to 3e-7 of it.
    double encodeAndMeasure(std::span<const float> values, const Tile& tile, std::span<const std::size_t> exceptions,
                            std::span<const std::uint8_t> packed);
    /// Q(x), but x where that is not finite, into their places among all values.
    void writeValues(std::span<const float> values, std::span<float> out);
    /// At last: turns bins into codes, 0 for exceptions, and puts these into their place among those of all values.
    void pack(std::span<const std::size_t> exceptions, std::span<std::uint8_t> packed);

    /// The values of a tile of the codes, those of a row from out + row · stride on; past the caches where that is
    /// faster and they are `streamed`, and then other threads see them only after hwy::FlushStream.
    void decode(std::span<const std::uint8_t> packed, const Tile& tile, float* out, std::size_t stride, bool streamed);

private:
    void take(const Tile& tile, CodeKind kind, bool measured);
    bool byColumn() const { return m_plan.columnwise() && m_tile.stride > 0; }
    bool inTables() const { return byColumn() && m_plan.m_inTables; }
    /// Whether packed codes are read as they are.
    bool asPacked() const {
        return m_kind == CodeKind::Packed && sizeof(Code) == 1 && m_quantizer.bits == 8 && !byColumn();
    }
    std::ptrdiff_t toNextTile() const;
    FetchAhead nextPanel(const float* values, std::size_t row) const;
    std::size_t strandLength() const;
    template<class Body>
    void forStrips(const Body& body);
    void encodeTile(const EncodeTile<Code>& tile, std::span<const CodePiece> pieces);
    double encodeBins(const float* values, std::span<const std::size_t> exceptions,
                      std::span<const std::uint8_t> packed);
    bool hasException(std::span<const std::size_t> exceptions) const;
    double encodeGrids(const EncodeTile<Code>& tile);
    double encodeInTables(const float* values, std::span<const std::size_t> exceptions);
    double encodeTurned(const float* values, std::span<const std::size_t> exceptions);
    void encodePieces(const EncodeTile<Code>& tile, std::span<const CodePiece> pieces);
    void encodePrepared(const EncodeTile<Code>& tile, CodePiece piece);
    void encodeOneByOne(const EncodeTile<Code>& tile, const CodePiece& piece) const;
    void binsToCodes();
    void clear(std::size_t row, std::size_t column);
    const Code* unpack(std::span<const std::uint8_t> packed);
    float* decodedRoom();
    float* decodeBins();
    template<class Body>
    void forEachException(std::span<const std::size_t> exceptions, const Body& body) const;
    void decodeTile(const DecodeTile<Code>& tile, std::span<const CodePiece> pieces) const;
    void decodeTurned(const Code* codes, CodeKind kind, float* out, std::size_t stride, const FetchAhead& ahead);
    void measureTile(const MeasureTile<Code>& tile, std::span<const CodePiece> pieces, SquareSums& sums) const;
    double measure(const float* values, std::span<const std::size_t> exceptions);
    double measureExactly(std::span<const float> values, std::span<const std::size_t> exceptions);

    const CodingPlan& m_plan;
    const Quantizer& m_quantizer;
    Tile m_tile{};
    bool m_measured = false; // errors are too, not bins alone
    CodeKind m_kind{};       // of what the tile is worked on with
    RawVector<Code> m_bins;  // row after row; of columns in tables as their coder has them
    RawVector<float> m_decoded;
    TilePieces m_pieces;
    ColumnCoder m_columns;    // in tables
    ThresholdSearch m_search; // the last one prepared here
    bool m_hasSearch = false;
    // By column: a strand holds a column, so that the values of a group are side by side.
    struct Exception {
        std::size_t row, column;
    };
    std::vector<Exception> m_exceptions;
    std::vector<CodePiece> m_rests; // of pieces: what is not measured as it is encoded
    RawVector<float> m_strands;
    RawVector<Code> m_strandBins;
    std::vector<std::uint8_t> m_packed; // of a panel
};

extern template class TileCoder<std::uint8_t>;
extern template class TileCoder<std::uint32_t>;

/// body(Code()), with the Code that a TileCoder of so many bits has.
template<class Body>
auto withCodes(int bits, const Body& body) {
    return bits <= 8 ? body(std::uint8_t()) : body(std::uint32_t());
}

} // namespace quantoscope
