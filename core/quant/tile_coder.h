// Encoding and decoding of a tensor tile by tile, whatever its groups: tiles are small enough for the first cache, and
// within one, pieces of groups go through the loops of code_kernels.h.
#pragma once

#include "core/quant/code_kernels.h"
#include "core/quant/column_strips.h"
#include "core/quant/quantizer.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace quantoscope {

/// What is prepared once for all threads. The quantizer must outlive it.
class CodingPlan {
public:
    explicit CodingPlan(const Quantizer& quantizer);

    /// Multiples of 8 values, so that each starts on a byte whatever the width of a code. Blocks are of whole tiles.
    std::size_t blockSize() const { return m_blockSize; }
    std::size_t tileSize() const { return m_tileSize; }

private:
    friend class TileCoder;

    void prepareLanes();
    void prepareStrips();
    void prepareGathering();
    bool vectorPiece(const GroupScale& scale, std::size_t count) const;

    const Quantizer& m_quantizer;
    std::size_t m_blockSize, m_tileSize;
    bool m_vectorGrids = true;                // vectorGrid holds for all groups of integer grids
    bool m_searchesShared = false;            // else they are prepared when their turn comes
    std::vector<ThresholdSearch> m_searches;  // by codebook
    std::vector<std::vector<float>> m_levels; // by codebook, then by code, where codes are not bins
    bool m_mapped = false;                    // a codebook has codes of its own
    // Where groups alternate along a row faster than vectors are long, and have one codebook: the scales of every value
    // of some whole periods.
    std::size_t m_period = 0;
    std::vector<float> m_scale, m_inverse, m_offset, m_zero;
    // Where they alternate and have codebooks of their own, tiles are of many rows.
    // Where their tables are few enough to lie side by side, rows are coded in strips; else a channel's values of a
    // tile are gathered.
    std::optional<ColumnStrips> m_strips;
    bool m_gathers = false;
    std::size_t m_run = 0; // values a run of a channel
};

/// One thread's.
class TileCoder {
public:
    enum Results { Bins, Errors, Values };

    explicit TileCoder(const CodingPlan& plan);

    std::span<std::uint32_t> bins() { return m_bins; }
    std::span<float> results() { return m_results; }

    /// The bins of [begin, end), and x − Q(x) or Q(x).
    void encode(std::span<const float> values, std::size_t begin, std::size_t end, Results results);
    /// Turns the bins of [begin, end) into codes.
    void binsToCodes(std::size_t begin, std::size_t end);
    /// The values of codes that are in bins(), of [begin, end), into out; nothing behind them is written.
    void decode(std::size_t begin, std::size_t end, float* out);

private:
    template<class Piece>
    void forLanePieces(std::size_t begin, std::size_t end, const Piece& piece) const;
    static constexpr std::size_t kStrip = 16; // values side by side: a line of the cache
    template<class Row>
    void forRows(std::size_t group, std::size_t strands, std::size_t begin, std::size_t end, const Row& row) const;
    std::array<std::size_t, kStrip> offsets() const;
    const ThresholdSearch& searchOf(std::size_t group);
    void encodePiece(const EncodeTile& tile, const EncodePiece& piece, Results results);
    void encodeOneByOne(std::size_t group, const EncodeTile& tile, std::size_t first, std::size_t count,
                        Results results) const;
    void encodeStrips(std::span<const float> values, std::size_t begin, std::size_t end, Results results);
    void decodeStrips(std::size_t begin, std::size_t end, float* out);
    std::size_t groupAt(std::size_t position) const { return position / m_plan.m_run % m_quantizer.groups.size(); }
    void encodeGathered(std::span<const float> values, std::size_t begin, std::size_t end, Results results);
    void decodeGathered(std::size_t begin, std::size_t end, float* out);
    DecodePiece decodePieceOf(std::size_t group, std::size_t first, std::size_t count) const;

    const CodingPlan& m_plan;
    const Quantizer& m_quantizer;
    std::vector<std::uint32_t> m_bins;
    std::vector<float> m_results;
    std::vector<EncodePiece> m_encodePieces;
    std::vector<DecodePiece> m_decodePieces;
    ThresholdSearch m_search; // the last one prepared here
    bool m_hasSearch = false;
    // Strands: the values of so many neighbouring channels as share a line of the cache, each with as much room.
    std::size_t m_strandLength = 0;
    std::vector<float> m_gathered, m_gatheredResults;
    std::vector<std::uint32_t> m_gatheredBins;
};

} // namespace quantoscope
