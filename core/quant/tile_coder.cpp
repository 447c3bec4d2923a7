#include "core/quant/tile_coder.h"

#include <algorithm>
#include <array>
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
constexpr std::size_t kGatheredRuns = 32;     // of a group in a tile
constexpr std::size_t kLargestTile = 1 << 19;

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
    if (std::any_of(quantizer.codebooks.begin(), quantizer.codebooks.end(),
                    [](const auto& c) { return c->integerGrid; }))
        m_vectorGrids = std::all_of(quantizer.groups.begin(), quantizer.groups.end(), [&](const GroupScale& group) {
            const Codebook& codebook = *quantizer.codebooks[group.codebook];
            return !codebook.integerGrid || vectorGrid(codebook, group.zero);
        });
    const GroupLayout& layout = quantizer.layout;
    if (layout.grouping().kind != Grouping::Kind::Channel || quantizer.groups.size() < 2 || values == 0) return;
    m_run = values / layout.runCount();
    if (m_run >= kShortRun || layout.runCount() < 2 * quantizer.groups.size()) return;
    prepareLanes();
    if (m_period == 0) prepareStrips();
    if (m_period == 0 && !m_strips) prepareGathering();
}

void CodingPlan::prepareLanes() {
    const std::vector<GroupScale>& groups = m_quantizer.groups;
    const std::size_t period = m_run * groups.size();
    if (period > kLongestPeriod || !m_vectorGrids) return;
    for (const GroupScale& group : groups)
        if (group.codebook != groups[0].codebook || std::isinf(1.0f / group.scale)) return;
    m_period = period * ((kLeastPeriod + period - 1) / period);
    for (std::size_t i = 0; i < m_period + kLanePadding; ++i) {
        const GroupScale& group = groups[i / m_run % groups.size()];
        m_scale.push_back(group.scale);
        m_inverse.push_back(1.0f / group.scale);
        m_offset.push_back(group.offset);
        m_zero.push_back(static_cast<float>(group.zero));
    }
}

void CodingPlan::prepareStrips() {
    m_strips = ColumnStrips::make(m_quantizer, m_run);
    if (!m_strips) return;
    const std::size_t rows =
        std::min(kLargestTile / m_strips->columns(), m_strips->rowsAtOnce()) / 8 * 8; // whole bytes
    if (rows == 0) {
        m_strips.reset();
        return;
    }
    m_tileSize = m_blockSize = rows * m_strips->columns();
}

void CodingPlan::prepareGathering() {
    const std::size_t period = m_run * m_quantizer.groups.size();
    const std::size_t periods = kLargestTile / period / 8 * 8; // tiles begin on bytes
    if (periods == 0) return;
    m_gathers = true;
    m_tileSize = period * std::min(periods, kGatheredRuns);
    m_blockSize = (kBlock + m_tileSize - 1) / m_tileSize * m_tileSize;
}

/// Whether the loops of code_kernels.h can take so many values of a group, and are worth it.
bool CodingPlan::vectorPiece(const GroupScale& scale, std::size_t count) const {
    if (count < kOneByOne) return false;
    if (m_vectorGrids) return true;
    const Codebook& codebook = *m_quantizer.codebooks[scale.codebook];
    return !codebook.integerGrid || vectorGrid(codebook, scale.zero);
}

TileCoder::TileCoder(const CodingPlan& plan)
    : m_plan(plan),
      m_quantizer(plan.m_quantizer),
      m_bins(plan.m_tileSize + kLanePadding),
      m_results(plan.m_tileSize + kLanePadding) {
    if (!plan.m_gathers) return;
    m_strandLength = plan.m_tileSize / m_quantizer.groups.size() + 2 * plan.m_run + kLanePadding;
    const std::size_t most = m_strandLength * m_quantizer.layout.groupsAtOnce();
    m_gathered.resize(most);
    m_gatheredResults.resize(most);
    m_gatheredBins.resize(most);
}

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

/// Some neighbouring channels in all periods that [begin, end) touches: value p of a period's piece of them is number
/// offset[p] + r · run of the strands, r the number of the period. Calls row(r, first, p, last) for each, first being
/// where the piece begins in the tensor, and [p, last) what of it lies within.
template<class Row>
void TileCoder::forRows(std::size_t group, std::size_t strands, std::size_t begin, std::size_t end,
                        const Row& row) const {
    const std::size_t run = m_plan.m_run, width = strands * run, period = run * m_quantizer.groups.size();
    std::size_t first = begin / period * period + group * run;
    for (std::size_t r = 0; first < end; ++r, first += period)
        if (first + width > begin) row(r, first, std::max(begin, first) - first, std::min(end, first + width) - first);
}

std::array<std::size_t, TileCoder::kStrip> TileCoder::offsets() const {
    std::array<std::size_t, kStrip> result;
    for (std::size_t p = 0; p < kStrip; ++p) result[p] = p / m_plan.m_run * m_strandLength + p % m_plan.m_run;
    return result;
}

const ThresholdSearch& TileCoder::searchOf(std::size_t group) {
    const std::size_t index = m_quantizer.groups[group].codebook;
    if (m_plan.m_searchesShared) return m_plan.m_searches[index];
    const Codebook& codebook = *m_quantizer.codebooks[index];
    // Gathered, a group has no more of a tile than this, and comes again only after all others.
    const std::size_t values = m_plan.m_gathers ? m_strandLength : m_quantizer.layout.groupSize(group);
    if (!m_hasSearch || &m_search.codebook() != &codebook) m_search.prepare(codebook, values);
    m_hasSearch = true;
    return m_search;
}

void TileCoder::encodePiece(const EncodeTile& tile, const EncodePiece& piece, Results results) {
    encodePieces(tile, {&piece, 1}, results == Values ? EncodeResults::Values : EncodeResults::Errors);
}

void TileCoder::encodeOneByOne(std::size_t group, const EncodeTile& tile, std::size_t first, std::size_t count,
                               Results results) const {
    const GroupEncoder encoder(m_quantizer, group);
    for (std::size_t i = first; i < first + count; ++i) {
        const std::size_t bin = encoder.bin(tile.values[i]);
        tile.bins[i] = static_cast<std::uint32_t>(bin);
        if (results == Errors) tile.results[i] = tile.values[i] - encoder.decode(bin);
        if (results == Values) tile.results[i] = encoder.decode(bin);
    }
}

void TileCoder::encode(std::span<const float> values, std::size_t begin, std::size_t end, Results results) {
    if (m_plan.m_strips) return encodeStrips(values, begin, end, results);
    if (m_plan.m_gathers) return encodeGathered(values, begin, end, results);
    const EncodeTile tile{&values[begin], m_bins.data(), results == Bins ? nullptr : m_results.data(),
                          end - begin}; // what lies beyond may be another thread's, who writes there
    if (m_plan.m_period > 0) {
        forLanePieces(begin, end, [&](std::size_t first, std::size_t last, const LaneScales& scales) {
            encodePiece(tile, {first - begin, last - first, &searchOf(0), nullptr, &scales}, results);
        });
        return;
    }
    const auto finish = [&] {
        encodePieces(tile, m_encodePieces, results == Values ? EncodeResults::Values : EncodeResults::Errors);
        m_encodePieces.clear();
    };
    m_encodePieces.clear();
    m_quantizer.layout.forEachPiece(begin, end, [&](std::size_t group, std::size_t first, std::size_t last) {
        const GroupScale& scale = m_quantizer.groups[group];
        const std::size_t at = first - begin, count = last - first;
        if (!m_plan.vectorPiece(scale, count)) {
            finish(); // what comes before may write beyond its end
            encodeOneByOne(group, tile, at, count, results);
        } else if (m_plan.m_searchesShared) {
            m_encodePieces.push_back({at, count, &m_plan.m_searches[scale.codebook], &scale, nullptr});
        } else {
            encodePiece(tile, {at, count, &searchOf(group), &scale, nullptr}, results);
        }
    });
    finish();
}

void TileCoder::encodeStrips(std::span<const float> values, std::size_t begin, std::size_t end, Results results) {
    const std::size_t columns = m_plan.m_strips->columns(), rows = (end - begin) / columns;
    const EncodeTile tile{&values[begin], m_bins.data(), results == Bins ? nullptr : m_results.data(), end - begin};
    m_plan.m_strips->encode(tile.values, rows, tile.bins, tile.results,
                            results == Values ? EncodeResults::Values : EncodeResults::Errors);
    for (std::size_t i = rows * columns; i < end - begin; ++i) // of an incomplete row of several periods
        encodeOneByOne(groupAt(begin + i), tile, i, 1, results);
}

void TileCoder::decodeStrips(std::size_t begin, std::size_t end, float* out) {
    const std::size_t columns = m_plan.m_strips->columns(), rows = (end - begin) / columns;
    m_plan.m_strips->decode(m_bins.data(), rows, out);
    for (std::size_t i = rows * columns; i < end - begin; ++i) {
        const DecodePiece piece = decodePieceOf(groupAt(begin + i), i, 1);
        out[i] = piece.scale->decode(piece.levels[m_bins[i]]);
    }
}

void TileCoder::encodeGathered(std::span<const float> values, std::size_t begin, std::size_t end, Results results) {
    const std::size_t groups = m_quantizer.groups.size(), together = m_quantizer.layout.groupsAtOnce();
    const std::size_t run = m_plan.m_run, period = run * groups;
    const std::size_t count = ((end - 1) / period - begin / period + 1) * run; // some of which may lie outside
    const auto offset = offsets();
    for (std::size_t group = 0; group < groups; group += together) {
        const std::size_t strands = std::min(together, groups - group);
        float* const gathered = m_gathered.data();
        forRows(group, strands, begin, end, [&](std::size_t r, std::size_t first, std::size_t p, std::size_t last) {
            const float* const from = &values[first];
            for (; p < last; ++p) gathered[offset[p] + r * run] = from[p];
        });
        for (std::size_t s = 0; s < strands; ++s) {
            const std::size_t at = s * m_strandLength;
            const EncodeTile tile{&m_gathered[at], &m_gatheredBins[at],
                                  results == Bins ? nullptr : &m_gatheredResults[at], m_strandLength};
            const GroupScale& scale = m_quantizer.groups[group + s];
            if (m_plan.vectorPiece(scale, count))
                encodePiece(tile, {0, count, &searchOf(group + s), &scale, nullptr}, results);
            else
                encodeOneByOne(group + s, tile, 0, count, results);
        }
        const std::uint32_t* const bins = m_gatheredBins.data();
        forRows(group, strands, begin, end, [&](std::size_t r, std::size_t first, std::size_t p, std::size_t last) {
            std::uint32_t* const to = &m_bins[first + p - begin] - p;
            for (; p < last; ++p) to[p] = bins[offset[p] + r * run];
        });
        if (results == Bins) continue;
        const float* const own = m_gatheredResults.data();
        forRows(group, strands, begin, end, [&](std::size_t r, std::size_t first, std::size_t p, std::size_t last) {
            float* const to = &m_results[first + p - begin] - p;
            for (; p < last; ++p) to[p] = own[offset[p] + r * run];
        });
    }
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

DecodePiece TileCoder::decodePieceOf(std::size_t group, std::size_t first, std::size_t count) const {
    const GroupScale& scale = m_quantizer.groups[group];
    const Codebook& codebook = *m_quantizer.codebooks[scale.codebook];
    const std::vector<float>& levels = m_plan.m_levels[scale.codebook];
    const bool whole =
        codebook.integerGrid && levels.empty() && (m_plan.m_vectorGrids || vectorGrid(codebook, scale.zero));
    return {first, count, levels.empty() ? codebook.levels : levels, whole, &scale, nullptr};
}

void TileCoder::decode(std::size_t begin, std::size_t end, float* out) {
    if (m_plan.m_strips) return decodeStrips(begin, end, out);
    if (m_plan.m_gathers) return decodeGathered(begin, end, out);
    const DecodeTile tile{m_bins.data(), out, end - begin}; // what is behind may be another thread's
    if (m_plan.m_period > 0) {
        forLanePieces(begin, end, [&](std::size_t first, std::size_t last, const LaneScales& scales) {
            DecodePiece piece = decodePieceOf(0, first - begin, last - first);
            piece.lanes = &scales;
            decodePieces(tile, {&piece, 1});
        });
        return;
    }
    m_decodePieces.clear();
    m_quantizer.layout.forEachPiece(begin, end, [&](std::size_t group, std::size_t first, std::size_t last) {
        const DecodePiece piece = decodePieceOf(group, first - begin, last - first);
        if (piece.count >= kOneByOne) {
            m_decodePieces.push_back(piece);
            return;
        }
        decodePieces(tile, m_decodePieces); // it may write beyond its end
        m_decodePieces.clear();
        for (std::size_t i = piece.first; i < piece.first + piece.count; ++i)
            out[i] = piece.scale->decode(piece.levels[m_bins[i]]);
    });
    decodePieces(tile, m_decodePieces);
}

void TileCoder::decodeGathered(std::size_t begin, std::size_t end, float* out) {
    const std::size_t groups = m_quantizer.groups.size(), together = m_quantizer.layout.groupsAtOnce();
    std::array<const float*, kStrip> levels{};
    std::array<GroupScale, kStrip> scales;
    for (std::size_t group = 0; group < groups; group += together) {
        const std::size_t strands = std::min(together, groups - group);
        for (std::size_t p = 0; p < strands * m_plan.m_run; ++p) {
            const std::size_t own = group + p / m_plan.m_run;
            levels[p] = decodePieceOf(own, 0, 0).levels.data();
            scales[p] = m_quantizer.groups[own];
        }
        forRows(group, strands, begin, end, [&](std::size_t, std::size_t first, std::size_t p, std::size_t last) {
            for (; p < last; ++p) {
                const std::size_t i = first + p - begin;
                out[i] = scales[p].decode(levels[p][m_bins[i]]);
            }
        });
    }
}

} // namespace quantoscope
