#include "core/quant/tile_coder.h"

#include "core/base/bit_pack.h"
#include "core/base/parallel.h"
#include "core/base/transpose.h"

#include <hwy/cache_control.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace quantoscope {

namespace {

constexpr std::size_t kTile = 2048;         // 8 KB each of values, bins and errors
constexpr std::size_t kSharedSearches = 64; // that are prepared before all else, by one thread
constexpr std::size_t kShortRun = 16;       // values: less than the longest vector
constexpr std::size_t kOneByOne = 4;        // values of a piece that need no vector
// Panels by lanes: the scales of their columns fit the first cache beside some rows; rows are worth their beginning.
constexpr std::size_t kLaneWidth = 1024, kLaneHeight = 8, kLeastLanes = 1 << 10, kMostLanes = 1 << 20;
constexpr std::size_t kLine = 16; // numbers in a line of the cache
// Panels by column: four lines of the cache side by side, and as many rows as are worth the tables of a group.
constexpr std::size_t kColumnWidth = 64, kColumnHeight = 512, kFewestRows = 8;

/// Into the first cache: rows lie too far apart for the processor to guess the next.
void fetch(const float* values, std::size_t count) {
    for (std::size_t i = 0; i < count; i += 16) hwy::Prefetch(values + i);
}

} // namespace

CodingPlan::CodingPlan(const Quantizer& quantizer) : m_quantizer(quantizer) {
    const std::size_t values = quantizer.layout.valueCount(), codebooks = quantizer.codebooks.size();
    m_searchesShared = codebooks <= kSharedSearches;
    for (const auto& codebook : quantizer.codebooks) {
        if (m_searchesShared) m_searches.emplace_back(*codebook, values / codebooks);
        const bool mapped = !codebook->codes.empty();
        const bool grid = codebook->integerGrid;
        m_books.push_back({codebook->levels, codebook->levels, grid, grid && vectorLevels(*codebook), mapped});
        if (!mapped) continue;
        m_mapped = true;
        std::vector<float>& levels = m_levels.emplace_back(std::size_t{1} << quantizer.bits, codebook->levels.front());
        for (std::size_t bin = 0; bin < codebook->codes.size(); ++bin)
            levels[codebook->codes[bin]] = codebook->levels[bin];
        m_books.back().levels = levels; // which stay where they are, as vectors move
    }
    layOutPanels();
    m_rowTiles = blockCount(values - m_rowsBegin, kTile);
}

void CodingPlan::layOutPanels() {
    const GroupLayout& layout = m_quantizer.layout;
    const std::size_t values = layout.valueCount(), groups = m_quantizer.groups.size();
    if (layout.grouping().kind != Grouping::Kind::Channel || groups < 2 || values == 0) return;
    m_run = values / layout.runCount();
    if (m_run >= kShortRun) return;
    m_columns = std::lcm(m_run * groups, std::size_t{8}); // rows start on bytes
    const bool lanes = m_columns <= kMostLanes && oneCodebook();
    if (lanes) m_columns *= blockCount(kLeastLanes, m_columns);
    const std::size_t rows = values / m_columns;
    if (rows < (lanes ? 1 : kFewestRows)) return;
    m_lanes = lanes;
    m_width = std::min(m_columns, m_lanes ? kLaneWidth : kColumnWidth);
    m_height = m_lanes ? kLaneHeight : kColumnHeight;
    m_panelTiles = blockCount(rows, m_height) * panelCount();
    m_rowsBegin = rows * m_columns;
    if (m_lanes) fillLanes();
}

/// Whether lanes of a vector may have scales of their own.
bool CodingPlan::oneCodebook() const {
    const std::vector<GroupScale>& groups = m_quantizer.groups;
    return std::all_of(groups.begin(), groups.end(), [&](const GroupScale& group) {
        return group.codebook == groups[0].codebook && !std::isinf(1.0f / group.scale) && vectorScale(group);
    });
}

void CodingPlan::fillLanes() {
    for (std::size_t i = 0; i < m_columns + kLanePadding; ++i) {
        const GroupScale& group = m_quantizer.groups[i / m_run % m_quantizer.groups.size()];
        m_scale.push_back(group.scale);
        m_inverse.push_back(1.0f / group.scale);
        m_offset.push_back(group.offset);
        m_zero.push_back(static_cast<float>(group.zero));
    }
}

Tile CodingPlan::tile(std::size_t index) const {
    if (index < m_panelTiles) {
        const std::size_t row = index / panelCount() * m_height, column = index % panelCount() * m_width;
        return {row * m_columns + column, std::min(m_width, m_columns - column),
                std::min(m_height, m_rowsBegin / m_columns - row), m_columns};
    }
    const std::size_t begin = m_rowsBegin + (index - m_panelTiles) * kTile;
    return {begin, std::min(kTile, m_quantizer.layout.valueCount() - begin), 1, 0};
}

template<class Code>
TileCoder<Code>::TileCoder(const CodingPlan& plan) : m_plan(plan), m_quantizer(plan.m_quantizer) {}

template<class Code>
void TileCoder<Code>::take(const Tile& tile) {
    m_tile = tile;
    const std::size_t numbers = byColumn() ? tile.width * strandLength() : tile.size() + kLanePadding;
    if (m_bins.size() < numbers) {
        m_bins.resize(numbers);
        m_decoded.resize(numbers);
        m_packed.resize(packedBytes(numbers, m_quantizer.bits));
    }
    if (!byColumn() || m_strands.size() >= numbers) return;
    m_strands.resize(numbers);
    m_strandBins.resize(numbers);
}

/// Calls piece(first, count, scales) for the parts of a row whose scales lie side by side.
template<class Code>
template<class Piece>
void TileCoder<Code>::forLanePieces(std::size_t row, const Piece& piece) const {
    for (std::size_t first = 0, count = 0; first < m_tile.width; first += count) {
        const std::size_t column = (m_tile.rowBegin(row) + first) % m_plan.m_columns;
        count = std::min(m_tile.width - first, m_plan.m_columns - column);
        piece(first, count,
              LaneScales{&m_plan.m_scale[column], &m_plan.m_inverse[column], &m_plan.m_offset[column],
                         &m_plan.m_zero[column]});
    }
}

/// No vector reaches from one strand into the next. Whole lines of the cache, and one more, so that strands do not all
/// begin in the same of its sets.
template<class Code>
std::size_t TileCoder<Code>::strandLength() const {
    return (m_tile.rows + kLine - 1) / kLine * kLine + kLine;
}

template<class Code>
std::size_t TileCoder<Code>::groupAt(std::size_t position) const {
    return position / m_plan.m_run % m_quantizer.groups.size();
}

/// Calls piece(group, first, count) for all values of the tile: numbers first, ... of it, or of its strands.
template<class Code>
template<class Piece>
void TileCoder<Code>::forEachPiece(const Piece& piece) const {
    const std::size_t begin = m_tile.begin;
    if (byColumn()) {
        for (std::size_t c = 0; c < m_tile.width; ++c) piece(groupAt(begin + c), c * strandLength(), m_tile.rows);
    } else {
        m_quantizer.layout.forEachPiece(
            begin, begin + m_tile.width,
            [&](std::size_t group, std::size_t first, std::size_t last) { piece(group, first - begin, last - first); });
    }
}

template<class Code>
const ThresholdSearch& TileCoder<Code>::searchOf(std::size_t group) {
    const std::size_t index = m_quantizer.groups[group].codebook;
    if (m_plan.m_searchesShared) return m_plan.m_searches[index];
    const Codebook& codebook = *m_quantizer.codebooks[index];
    const std::size_t values = byColumn() ? m_tile.rows : m_quantizer.layout.groupSize(group);
    if (!m_hasSearch || &m_search.codebook() != &codebook) m_search.prepare(codebook, values);
    m_hasSearch = true;
    return m_search;
}

template<class Code>
void TileCoder<Code>::encodePieces(const EncodeTile<Code>& tile) {
    quantoscope::encodePieces(tile, m_encodePieces);
    m_encodePieces.clear();
}

template<class Code>
void TileCoder<Code>::encodeOneByOne(std::size_t group, const EncodeTile<Code>& tile, std::size_t first,
                                     std::size_t count) const {
    const GroupEncoder encoder(m_quantizer, group);
    for (std::size_t i = first; i < first + count; ++i) {
        tile.bins[i] = static_cast<Code>(encoder.bin(tile.values[i]));
    }
}

template<class Code>
void TileCoder<Code>::encodeTile(const EncodeTile<Code>& tile) {
    m_encodePieces.clear();
    forEachPiece([&](std::size_t group, std::size_t first, std::size_t count) {
        const GroupScale& scale = m_quantizer.groups[group];
        if (count < kOneByOne || !m_plan.vectorScale(scale)) {
            encodePieces(tile); // what comes before may write beyond its end
            encodeOneByOne(group, tile, first, count);
            return;
        }
        m_encodePieces.push_back({first, count, &searchOf(group), &scale});
        if (!m_plan.m_searchesShared) encodePieces(tile); // the next may take the place of its search
    });
    encodePieces(tile);
}

template<class Code>
void TileCoder<Code>::encode(std::span<const float> values, const Tile& tile) {
    take(tile);
    if (m_plan.m_lanes) {
        for (std::size_t row = 0; row < tile.rows; ++row) {
            if (row + 1 < tile.rows) fetch(&values[tile.rowBegin(row + 1)], tile.width);
            // No more room: what is behind a row may be changing.
            const EncodeTile<Code> own{&values[tile.rowBegin(row)], &m_bins[row * tile.width], tile.width};
            forLanePieces(row, [&](std::size_t first, std::size_t count, const LaneScales& scales) {
                m_encodePieces.assign(1, {first, count, &searchOf(0), nullptr, &scales});
                encodePieces(own);
            });
        }
    } else if (byColumn()) {
        const std::size_t length = strandLength();
        transpose(&values[tile.begin], tile.stride, tile.rows, tile.width, m_strands.data(), length);
        encodeTile({m_strands.data(), m_strandBins.data(), tile.width * length});
    } else {
        encodeTile({&values[tile.begin], m_bins.data(), tile.width});
    }
}

template<class Code>
void TileCoder<Code>::binsToCodes() {
    if (!m_plan.m_mapped) return;
    const std::span<Code> bins = std::span(m_bins).first(m_tile.size());
    if (m_quantizer.codebooks.size() == 1) {
        mapCodes(m_quantizer.codebooks[0]->codes, bins);
    } else if (byColumn()) {
        for (std::size_t i = 0; i < bins.size(); ++i)
            bins[i] =
                static_cast<Code>(m_quantizer.codebookOf(groupAt(m_tile.begin + i % m_tile.width)).codeOf(bins[i]));
    } else {
        forEachPiece([&](std::size_t group, std::size_t first, std::size_t count) {
            const Codebook& codebook = m_quantizer.codebookOf(group);
            if (!codebook.codes.empty()) mapCodes(codebook.codes, bins.subspan(first, count));
        });
    }
}

/// Calls body(i) for those in the tile: number i of it, row after row.
template<class Code>
template<class Body>
void TileCoder<Code>::forEachException(std::span<const std::size_t> exceptions, const Body& body) const {
    for (std::size_t row = 0; row < m_tile.rows && !exceptions.empty(); ++row) {
        const std::size_t begin = m_tile.rowBegin(row);
        auto exception = std::lower_bound(exceptions.begin(), exceptions.end(), begin);
        for (; exception != exceptions.end() && *exception < begin + m_tile.width; ++exception)
            body(row * m_tile.width + *exception - begin);
    }
}

template<class Code>
void TileCoder<Code>::pack(std::span<const std::size_t> exceptions, std::span<std::uint8_t> packed) {
    if (byColumn())
        transpose(m_strandBins.data(), strandLength(), m_tile.width, m_tile.rows, m_bins.data(), m_tile.width);
    binsToCodes();
    forEachException(exceptions, [&](std::size_t i) { m_bins[i] = 0; });
    const std::span<const Code> codes = std::span(m_bins).first(m_tile.size());
    if (m_tile.rows == 1) {
        packCodes(codes, m_quantizer.bits, m_tile.begin, packed);
        return;
    }
    packCodes(codes, m_quantizer.bits, 0, m_packed);
    const std::size_t bytes = packedBytes(m_tile.width, m_quantizer.bits);
    for (std::size_t row = 0; row < m_tile.rows; ++row)
        std::copy_n(m_packed.data() + row * bytes, bytes,
                    packed.data() + packedBytes(m_tile.rowBegin(row), m_quantizer.bits));
}

/// The codes of the tile, row after row.
template<class Code>
const Code* TileCoder<Code>::unpack(std::span<const std::uint8_t> packed) {
    const int bits = m_quantizer.bits;
    const std::span<Code> codes = std::span(m_bins).first(m_tile.size());
    if constexpr (sizeof(Code) == 1) {
        if (m_tile.rows == 1 && bits == 8) return &packed[m_tile.begin];
    }
    if (m_tile.rows == 1) {
        unpackCodes(packed, bits, m_tile.begin, codes);
        return codes.data();
    }
    const std::size_t bytes = packedBytes(m_tile.width, bits);
    for (std::size_t row = 0; row < m_tile.rows; ++row)
        std::copy_n(packed.data() + packedBytes(m_tile.rowBegin(row), bits), bytes, m_packed.data() + row * bytes);
    unpackCodes(m_packed, bits, 0, codes);
    return codes.data();
}

/// Q(x), row after row. The values by column are no longer there afterwards.
template<class Code>
float* TileCoder<Code>::decodeBins() {
    float* const out = m_decoded.data();
    if (m_plan.m_lanes) {
        decodeLanes(m_bins.data(), Codes::Bins, out, m_tile.width);
    } else if (byColumn()) {
        const std::size_t length = strandLength();
        decodeTile({m_strandBins.data(), out, m_tile.width * length}, Codes::Bins);
        transpose(out, length, m_tile.width, m_tile.rows, m_strands.data(), m_tile.width);
        return m_strands.data();
    } else {
        decodeTile({m_bins.data(), out, m_tile.width}, Codes::Bins);
    }
    return out;
}

template<class Code>
double TileCoder<Code>::squaredError(std::span<const float> values, std::span<const std::size_t> exceptions) {
    bool whole = true;
    forEachException(exceptions, [&](std::size_t) { whole = false; });
    if (whole) {
        SquareSums sums;
        if (m_plan.m_lanes)
            measureLanes(values, sums);
        else if (byColumn())
            measureTile({m_strands.data(), m_strandBins.data(), m_tile.width * strandLength()}, sums);
        else
            measureTile({&values[m_tile.begin], m_bins.data(), m_tile.width}, sums);
        const double sum = sums.total();
        // Squares below 2^-126 lose bits, or all: but not to a sum that is so much larger.
        if (std::isfinite(sum) && sum >= 0x1p-90 * static_cast<double>(m_tile.size())) return sum;
    }
    float* const decoded = decodeBins();
    constexpr float kLeftOut = std::numeric_limits<float>::quiet_NaN(); // which no value decodes to
    forEachException(exceptions, [&](std::size_t i) { decoded[i] = kLeftOut; });
    double sum = 0;
    for (std::size_t row = 0; row < m_tile.rows; ++row)
        for (std::size_t column = 0; column < m_tile.width; ++column) {
            const float y = decoded[row * m_tile.width + column];
            const double error = std::isnan(y) ? 0.0f : values[m_tile.rowBegin(row) + column] - y;
            sum += error * error;
        }
    return sum;
}

template<class Code>
void TileCoder<Code>::writeValues(std::span<const float> values, std::span<float> out) {
    const float* const from = decodeBins();
    for (std::size_t row = 0; row < m_tile.rows; ++row) {
        const std::size_t begin = m_tile.rowBegin(row);
        keepNonFinite(values.subspan(begin, m_tile.width), from + row * m_tile.width, &out[begin]);
    }
}

template<class Code>
DecodePiece TileCoder<Code>::decodePieceOf(std::size_t group, std::size_t first, std::size_t count, Codes codes) const {
    const GroupScale& scale = m_quantizer.groups[group];
    const CodingPlan::Book& book = m_plan.m_books[scale.codebook];
    const bool bins = codes == Codes::Bins;
    const bool whole = book.grid && (bins || !book.mapped) && m_plan.vectorScale(scale);
    return {first, count, bins ? book.binLevels : book.levels, whole, &scale};
}

/// Calls several(pieces) for all pieces of the tile in order, but one(piece) where there are too few values for a
/// vector.
template<class Code>
template<class Several, class One>
void TileCoder<Code>::forDecodePieces(Codes codes, const Several& several, const One& one) {
    m_decodePieces.clear();
    const auto finish = [&] {
        several(m_decodePieces);
        m_decodePieces.clear();
    };
    forEachPiece([&](std::size_t group, std::size_t first, std::size_t count) {
        const DecodePiece piece = decodePieceOf(group, first, count, codes);
        if (count >= kOneByOne) {
            m_decodePieces.push_back(piece);
            return;
        }
        finish(); // it may write beyond its end
        one(piece);
    });
    finish();
}

template<class Code>
void TileCoder<Code>::decodeTile(const DecodeTile<Code>& tile, Codes codes) {
    forDecodePieces(
        codes, [&](const std::vector<DecodePiece>& pieces) { decodePieces(tile, pieces); },
        [&](const DecodePiece& piece) {
            for (std::size_t i = piece.first; i < piece.first + piece.count; ++i)
                tile.out[i] = piece.scale->decode(piece.levels[tile.codes[i]]);
        });
}

template<class Code>
void TileCoder<Code>::measureTile(const MeasureTile<Code>& tile, SquareSums& sums) {
    forDecodePieces(
        Codes::Bins, [&](const std::vector<DecodePiece>& pieces) { measurePieces(tile, pieces, sums); },
        [&](const DecodePiece& piece) {
            for (std::size_t i = 0; i < piece.count; ++i) {
                const std::size_t at = piece.first + i;
                const float error = tile.values[at] - piece.scale->decode(piece.levels[tile.codes[at]]);
                sums.columns[i % kSquareColumns] += error * error;
            }
        });
}

template<class Code>
void TileCoder<Code>::decodeLanes(const Code* from, Codes codes, float* out, std::size_t stride) const {
    for (std::size_t row = 0; row < m_tile.rows; ++row)
        forLanePieces(row, [&](std::size_t first, std::size_t count, const LaneScales& scales) {
            DecodePiece piece = decodePieceOf(0, first, count, codes);
            piece.lanes = &scales;
            decodePieces(DecodeTile<Code>{from + row * m_tile.width, out + row * stride, m_tile.width}, {&piece, 1});
        });
}

template<class Code>
void TileCoder<Code>::measureLanes(std::span<const float> values, SquareSums& sums) const {
    for (std::size_t row = 0; row < m_tile.rows; ++row)
        forLanePieces(row, [&](std::size_t first, std::size_t count, const LaneScales& scales) {
            DecodePiece piece = decodePieceOf(0, first, count, Codes::Bins);
            piece.lanes = &scales;
            const MeasureTile<Code> own{&values[m_tile.rowBegin(row)], &m_bins[row * m_tile.width], m_tile.width};
            measurePieces(own, {&piece, 1}, sums);
        });
}

template<class Code>
void TileCoder<Code>::decode(std::span<const std::uint8_t> packed, const Tile& tile, float* out, std::size_t stride) {
    take(tile);
    const Code* const codes = unpack(packed);
    if (m_plan.m_lanes) {
        decodeLanes(codes, Codes::Packed, out, stride);
    } else if (byColumn()) {
        const std::size_t length = strandLength();
        transpose(codes, tile.width, tile.rows, tile.width, m_strandBins.data(), length);
        decodeTile({m_strandBins.data(), m_decoded.data(), tile.width * length}, Codes::Packed);
        transpose(m_decoded.data(), length, tile.width, tile.rows, out, stride);
    } else {
        decodeTile({codes, out, tile.width}, Codes::Packed); // what is behind may be another thread's
    }
}

template class TileCoder<std::uint8_t>;
template class TileCoder<std::uint32_t>;

} // namespace quantoscope
