#include "core/quant/tile_coder.h"

#include <algorithm>
#include <cmath>

namespace quantoscope {

namespace {

constexpr std::size_t kTile = 2048;         // 8 KB each of values, bins and errors
constexpr std::size_t kBlock = 16 * kTile;  // values a task of a thread
constexpr std::size_t kSharedSearches = 64; // that are prepared before all else, by one thread
constexpr std::size_t kShortRun = 16;       // values: less than the longest vector
constexpr std::size_t kLongestPeriod = 1 << 20;
constexpr std::size_t kLeastPeriod = 1 << 10; // pieces that are worth their beginning
constexpr std::size_t kOneByOne = 4;          // values of a piece that need no vector

} // namespace

CodingPlan::CodingPlan(const Quantizer& quantizer) : m_quantizer(quantizer), m_blockSize(kBlock), m_tileSize(kTile) {
    const std::size_t values = quantizer.layout.valueCount(), codebooks = quantizer.codebooks.size();
    m_searchesShared = codebooks <= kSharedSearches;
    for (const auto& codebook : quantizer.codebooks) {
        if (m_searchesShared) m_searches.emplace_back(*codebook, values / codebooks);
        std::vector<float>& levels = m_levels.emplace_back();
        if (codebook->codes.empty()) continue;
        m_mapped = true;
        levels.resize(std::size_t{1} << quantizer.bits, codebook->levels.front());
        for (std::size_t bin = 0; bin < codebook->codes.size(); ++bin)
            levels[codebook->codes[bin]] = codebook->levels[bin];
    }
    prepareLanes();
}

void CodingPlan::prepareLanes() {
    const GroupLayout& layout = m_quantizer.layout;
    const std::vector<GroupScale>& groups = m_quantizer.groups;
    if (layout.grouping().kind != Grouping::Kind::Channel || groups.size() < 2 || layout.valueCount() == 0) return;
    const std::size_t run = layout.valueCount() / layout.runCount(), period = run * groups.size();
    if (run >= kShortRun || period > kLongestPeriod || period > layout.valueCount() / 2) return;
    const Codebook& codebook = m_quantizer.codebookOf(0);
    for (const GroupScale& group : groups) {
        if (group.codebook != groups[0].codebook || std::isinf(1.0f / group.scale)) return;
        if (codebook.integerGrid && !vectorGrid(codebook, group.zero)) return;
    }
    m_period = period * ((kLeastPeriod + period - 1) / period);
    for (std::size_t i = 0; i < m_period + kLanePadding; ++i) {
        const GroupScale& group = groups[i / run % groups.size()];
        m_scale.push_back(group.scale);
        m_inverse.push_back(1.0f / group.scale);
        m_offset.push_back(group.offset);
        m_zero.push_back(static_cast<float>(group.zero));
    }
}

TileCoder::TileCoder(const CodingPlan& plan)
    : m_plan(plan),
      m_quantizer(plan.m_quantizer),
      m_bins(plan.m_tileSize + kLanePadding),
      m_results(plan.m_tileSize + kLanePadding) {}

/// Calls piece(first, last, scales) for the parts of [begin, end) that lie within a period.
template<class Piece>
void TileCoder::forLanePieces(std::size_t begin, std::size_t end, const Piece& piece) const {
    while (begin < end) {
        const std::size_t at = begin % m_plan.m_period, last = std::min(end, begin - at + m_plan.m_period);
        piece(begin, last,
              LaneScales{&m_plan.m_scale[at], &m_plan.m_inverse[at], &m_plan.m_offset[at], &m_plan.m_zero[at]});
        begin = last;
    }
}

const ThresholdSearch& TileCoder::searchOf(std::size_t group, std::size_t count) {
    const std::size_t index = m_quantizer.groups[group].codebook;
    if (m_plan.m_searchesShared) return m_plan.m_searches[index];
    const Codebook& codebook = *m_quantizer.codebooks[index];
    if (!m_hasSearch || &m_search.codebook() != &codebook) m_search.prepare(codebook, count);
    m_hasSearch = true;
    return m_search;
}

void TileCoder::encodeOneByOne(std::size_t group, const EncodePiece& piece, Results results) const {
    const GroupEncoder encoder(m_quantizer, group);
    for (std::size_t i = 0; i < piece.count; ++i) {
        const std::size_t bin = encoder.bin(piece.values[i]);
        piece.bins[i] = static_cast<std::uint32_t>(bin);
        if (results == Errors) piece.results[i] = piece.values[i] - encoder.decode(bin);
        if (results == Values) piece.results[i] = encoder.decode(bin);
    }
}

void TileCoder::encode(std::span<const float> values, std::size_t begin, std::size_t end, Results results) {
    const std::size_t room = std::min(values.size() - begin, m_bins.size());
    const auto wanted = results == Values ? EncodeResults::Values : EncodeResults::Errors;
    const auto pieceOf = [&](std::size_t first, std::size_t last) {
        const std::size_t at = first - begin;
        return EncodePiece{&values[first],
                           &m_bins[at],
                           results == Bins ? nullptr : &m_results[at],
                           last - first,
                           room - at,
                           nullptr,
                           {},
                           nullptr};
    };
    m_encodePieces.clear();
    if (m_plan.m_period > 0) {
        forLanePieces(begin, end, [&](std::size_t first, std::size_t last, const LaneScales& scales) {
            EncodePiece piece = pieceOf(first, last);
            piece.search = &searchOf(0, values.size());
            piece.lanes = &scales;
            encodePieces({&piece, 1}, wanted);
        });
        return;
    }
    m_quantizer.layout.forEachPiece(begin, end, [&](std::size_t group, std::size_t first, std::size_t last) {
        EncodePiece piece = pieceOf(first, last);
        const GroupScale& scale = m_quantizer.groups[group];
        const Codebook& codebook = *m_quantizer.codebooks[scale.codebook];
        if (piece.count < kOneByOne || (codebook.integerGrid && !vectorGrid(codebook, scale.zero))) {
            // What came before may write beyond its end: it goes first.
            encodePieces(m_encodePieces, wanted);
            m_encodePieces.clear();
            encodeOneByOne(group, piece, results);
            return;
        }
        piece.scale = scale;
        if (!m_plan.m_searchesShared) {
            piece.search = &searchOf(group, m_quantizer.layout.groupSize(group));
            encodePieces({&piece, 1}, wanted);
            return;
        }
        piece.search = &m_plan.m_searches[scale.codebook];
        m_encodePieces.push_back(piece);
    });
    encodePieces(m_encodePieces, wanted);
}

void TileCoder::binsToCodes(std::size_t begin, std::size_t end) {
    if (!m_plan.m_mapped) return;
    if (m_quantizer.codebooks.size() == 1) {
        mapCodes(m_quantizer.codebooks[0]->codes, std::span(m_bins).first(end - begin));
        return;
    }
    m_quantizer.layout.forEachPiece(begin, end, [&](std::size_t group, std::size_t first, std::size_t last) {
        const Codebook& codebook = m_quantizer.codebookOf(group);
        if (!codebook.codes.empty()) mapCodes(codebook.codes, std::span(m_bins).subspan(first - begin, last - first));
    });
}

void TileCoder::decode(std::size_t begin, std::size_t end, float* out) {
    // Nothing beyond the tile: the rest may be another thread's.
    const auto pieceOf = [&](std::size_t codebookIndex, std::size_t first, std::size_t last) {
        const Codebook& codebook = *m_quantizer.codebooks[codebookIndex];
        const std::vector<float>& levels = m_plan.m_levels[codebookIndex];
        return DecodePiece{&m_bins[first - begin],
                           out + (first - begin),
                           last - first,
                           end - first,
                           levels.empty() ? codebook.levels : levels,
                           false,
                           {},
                           nullptr};
    };
    m_decodePieces.clear();
    if (m_plan.m_period > 0) {
        forLanePieces(begin, end, [&](std::size_t first, std::size_t last, const LaneScales& scales) {
            DecodePiece piece = pieceOf(m_quantizer.groups[0].codebook, first, last);
            const Codebook& codebook = m_quantizer.codebookOf(0);
            piece.whole = codebook.integerGrid && codebook.codes.empty();
            piece.lanes = &scales;
            decodePieces({&piece, 1});
        });
        return;
    }
    m_quantizer.layout.forEachPiece(begin, end, [&](std::size_t group, std::size_t first, std::size_t last) {
        const GroupScale& scale = m_quantizer.groups[group];
        DecodePiece piece = pieceOf(scale.codebook, first, last);
        if (piece.count < kOneByOne) {
            decodePieces(m_decodePieces);
            m_decodePieces.clear();
            for (std::size_t i = 0; i < piece.count; ++i) piece.out[i] = scale.decode(piece.levels[piece.codes[i]]);
            return;
        }
        const Codebook& codebook = *m_quantizer.codebooks[scale.codebook];
        piece.whole = codebook.integerGrid && codebook.codes.empty() && vectorGrid(codebook, scale.zero);
        piece.scale = scale;
        m_decodePieces.push_back(piece);
    });
    decodePieces(m_decodePieces);
}

} // namespace quantoscope
