#include "core/quant/tile_coder.h"

#include "core/base/bit_pack.h"
#include "core/base/transpose.h"

#include <hwy/cache_control.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

constexpr std::size_t kTile = CodingPlan::kTile;
constexpr std::size_t kOneByOne = 4; // values of a piece that need no vector

/// So many places behind, where there need be nothing: only to fetch from.
template<class T>
const T* beyond(const T* place, std::size_t behind) {
    return reinterpret_cast<const T*>(reinterpret_cast<std::uintptr_t>(place) + behind * sizeof(T));
}

/// Of numbers side by side.
FetchAhead aheadOf(const float* place, std::size_t behind) { return {beyond(place, behind), kFetchedColumns}; }

/// Into the first cache: where the processor does not guess it.
template<class T>
void fetch(const T* place, std::size_t behind) {
    hwy::Prefetch(beyond(place, behind));
}

void fetchRow(const float* values, std::size_t count) {
    for (std::size_t i = 0; i < count; i += kLine) fetch(values, i);
}

/// Of packed codes.
void fetchRow(const std::uint8_t* codes, std::size_t count) {
    fetch(codes, 0);
    fetch(codes, count - 1);
}

} // namespace

template<class Code>
TileCoder<Code>::TileCoder(const CodingPlan& plan) : m_plan(plan), m_quantizer(plan.m_quantizer) {}

template<class Code>
void TileCoder<Code>::take(const Tile& tile, CodeKind kind) {
    m_tile = tile;
    m_kind = kind;
    const std::size_t numbers = byColumn() ? tile.width * strandLength() : tile.size() + kLanePadding;
    if (m_bins.size() < numbers) {
        m_bins.resize(numbers);
        m_decoded.resize(numbers);
        m_packed.resize(packedBytes(numbers, m_quantizer.bits));
    }
    if (byColumn() && m_strands.size() < numbers) {
        m_strands.resize(numbers);
        m_strandBins.resize(numbers);
    }
    listPieces();
}

/// Calls body(row, piece) for the parts of all rows whose scales lie side by side.
template<class Code>
template<class Body>
void TileCoder<Code>::forLanePieces(const Body& body) const {
    for (std::size_t row = 0; row < m_tile.rows; ++row)
        for (std::size_t first = 0, count = 0; first < m_tile.width; first += count) {
            const std::size_t column = (m_tile.rowBegin(row) + first) % m_plan.m_columns;
            count = std::min(m_tile.width - first, m_plan.m_columns - column);
            const ScaleArrays scales{&m_plan.m_scale[column], &m_plan.m_inverse[column], &m_plan.m_offset[column],
                                     &m_plan.m_bias[column]};
            body(row, CodePiece{first, count, &m_plan.m_books[0], nullptr, &scales, Scales::Lanes});
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

/// Calls body(group, first, count) for the pieces of values [begin, end) of a tile of one row: its numbers first, ...
template<class Code>
template<class Body>
void TileCoder<Code>::forEachPiece(std::size_t begin, std::size_t end, const Body& body) const {
    m_quantizer.layout.forEachPiece(begin, end, [&](std::size_t group, std::size_t first, std::size_t last) {
        body(group, first - m_tile.begin, last - first);
    });
}

template<class Code>
void TileCoder<Code>::listPieces() {
    if (m_plan.m_lanes) return;
    if (m_pieces.size() < m_tile.width) m_pieces.resize(m_tile.width);
    const std::size_t ahead = m_pieceCount; // about as many as of the last tile
    m_pieceCount = 0;
    m_someAlone = false;
    const std::size_t begin = m_tile.begin, end = begin + m_tile.width;
    const bool ownLevels = m_plan.m_books.size() > CodingPlan::kSharedSearches;
    const auto add = [&](std::size_t group, std::size_t first, std::size_t count) {
        const GroupScale& scale = m_quantizer.groups[group];
        const CodingBook& book = m_plan.m_books[scale.codebook];
        m_pieces[m_pieceCount++] = {first, count, &book, &scale};
        fetch(&scale, ahead);
        if (ownLevels) fetch(book.binLevels.data(), 0);
        m_someAlone |= count < kOneByOne || !inVectors(book, scale);
    };
    if (byColumn()) {
        for (std::size_t c = 0; c < m_tile.width; ++c) add(groupAt(begin + c), c * strandLength(), m_tile.rows);
    } else if (m_plan.m_lineRun == 0) {
        forEachPiece(begin, end, add);
    } else {
        listLines(add);
    }
}

/// Where runs of whole lines follow each other they are one piece, if they may.
template<class Code>
template<class Add>
void TileCoder<Code>::listLines(const Add& add) {
    const std::size_t lines = m_plan.m_lineRun / kLine, begin = m_tile.begin;
    m_lineScales.clear(m_tile.width / kLine);
    const auto stretch = [&](std::size_t group, std::size_t first, std::size_t last, std::size_t runs) {
        const std::span<const GroupScale> scales = std::span(m_quantizer.groups).subspan(group, runs);
        const CodingBook& book = m_plan.m_books[scales[0].codebook];
        const ScaleArrays* const several = runs > 1 ? m_lineScales.add(scales, lines, book, m_kind) : nullptr;
        if (several)
            m_pieces[m_pieceCount++] = {first - begin, last - first, &book, scales.data(), several, Scales::Lines};
        else
            forEachPiece(first, last, add);
    };
    m_quantizer.layout.forEachStretch(begin, begin + m_tile.width, stretch);
}

/// Calls several(pieces) for all of the tile in order, but one(piece) for those that are none for the loops.
template<class Code>
template<class Several, class One>
void TileCoder<Code>::forPieces(const Several& several, const One& one) const {
    const std::span<const CodePiece> pieces = std::span(m_pieces).first(m_pieceCount);
    std::size_t begin = 0;
    for (std::size_t i = 0; m_someAlone && i < pieces.size(); ++i) {
        if (pieces[i].count >= kOneByOne && inVectors(*pieces[i].book, *pieces[i].scale)) continue;
        several(pieces.subspan(begin, i - begin)); // in order: they may write beyond their ends
        one(pieces[i]);
        begin = i + 1;
    }
    several(pieces.subspan(begin));
}

template<class Code>
void TileCoder<Code>::encodeTile(const EncodeTile<Code>& tile) {
    forPieces([&](std::span<const CodePiece> pieces) { encodePieces(tile, pieces); },
              [&](const CodePiece& piece) { encodeOneByOne(tile, piece); });
}

template<class Code>
void TileCoder<Code>::encodePieces(const EncodeTile<Code>& tile, std::span<const CodePiece> pieces) {
    if (m_plan.m_allPrepared) {
        quantoscope::encodePieces(tile, pieces);
        return;
    }
    for (std::size_t begin = 0, end = 0; begin < pieces.size(); begin = end) {
        while (end < pieces.size() && pieces[end].book->prepared()) ++end;
        quantoscope::encodePieces(tile, pieces.subspan(begin, end - begin));
        if (end + 1 < pieces.size()) {
            const std::vector<float>& next = m_quantizer.codebooks[pieces[end + 1].scale->codebook]->thresholds;
            fetchRow(next.data(), next.size());
        }
        if (end < pieces.size()) encodePrepared(tile, pieces[end++]);
    }
}

/// With a search that is prepared here.
template<class Code>
void TileCoder<Code>::encodePrepared(const EncodeTile<Code>& tile, CodePiece piece) {
    const Codebook& codebook = *m_quantizer.codebooks[piece.scale->codebook];
    if (!m_hasSearch || &m_search.codebook() != &codebook) {
        const auto group = static_cast<std::size_t>(piece.scale - m_quantizer.groups.data());
        m_search.prepare(codebook, byColumn() ? m_tile.rows : m_quantizer.layout.groupSize(group));
    }
    m_hasSearch = true;
    CodingBook book = *piece.book;
    book.searchBy(m_search);
    piece.book = &book;
    quantoscope::encodePieces(tile, {&piece, 1});
}

template<class Code>
void TileCoder<Code>::encodeOneByOne(const EncodeTile<Code>& tile, const CodePiece& piece) const {
    const GroupEncoder encoder(*m_quantizer.codebooks[piece.scale->codebook], *piece.scale);
    for (std::size_t i = piece.first; i < piece.first + piece.count; ++i)
        tile.bins[i] = static_cast<Code>(encoder.bin(tile.values[i]));
}

template<class Code>
void TileCoder<Code>::encode(std::span<const float> values, const Tile& tile) {
    take(tile, CodeKind::Bins);
    if (m_plan.m_lanes) {
        forLanePieces([&](std::size_t row, const CodePiece& piece) {
            const float* const from = &values[tile.rowBegin(row)];
            const std::size_t ahead = row + 1 < tile.rows ? tile.stride : tile.width - row * tile.stride;
            // No more room: what is behind a row may be changing.
            const EncodeTile<Code> own{from, &m_bins[row * tile.width], tile.width, aheadOf(from, ahead)};
            encodePieces(own, {&piece, 1});
        });
    } else if (byColumn()) {
        const std::size_t length = strandLength();
        transpose(&values[tile.begin], tile.stride, tile.rows, tile.width, m_strands.data(), length);
        const FetchAhead next{beyond(&values[tile.begin], tile.width), tile.stride};
        encodeTile({m_strands.data(), m_strandBins.data(), tile.width * length, next});
    } else {
        encodeTile({&values[tile.begin], m_bins.data(), tile.width, aheadOf(&values[tile.begin], kTile)});
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
        const std::size_t begin = m_tile.begin, end = begin + m_tile.width;
        forEachPiece(begin, end, [&](std::size_t group, std::size_t first, std::size_t count) {
            const Codebook& codebook = m_quantizer.codebookOf(group);
            if (!codebook.codes.empty()) mapCodes(codebook.codes, bins.subspan(first, count));
        });
    }
}

/// Calls body(row, column) for those in the tile.
template<class Code>
template<class Body>
void TileCoder<Code>::forEachException(std::span<const std::size_t> exceptions, const Body& body) const {
    for (std::size_t row = 0; row < m_tile.rows && !exceptions.empty(); ++row) {
        const std::size_t begin = m_tile.rowBegin(row);
        auto exception = std::lower_bound(exceptions.begin(), exceptions.end(), begin);
        for (; exception != exceptions.end() && *exception < begin + m_tile.width; ++exception)
            body(row, *exception - begin);
    }
}

template<class Code>
void TileCoder<Code>::pack(std::span<const std::size_t> exceptions, std::span<std::uint8_t> packed) {
    if (byColumn())
        transpose(m_strandBins.data(), strandLength(), m_tile.width, m_tile.rows, m_bins.data(), m_tile.width);
    binsToCodes();
    forEachException(exceptions, [&](std::size_t row, std::size_t column) { m_bins[row * m_tile.width + column] = 0; });
    const std::span<const Code> codes = std::span(m_bins).first(m_tile.size());
    if (!byColumn()) {
        for (std::size_t row = 0; row < m_tile.rows; ++row)
            packCodes(codes.subspan(row * m_tile.width, m_tile.width), m_quantizer.bits, m_tile.rowBegin(row), packed);
        return;
    }
    packCodes(codes, m_quantizer.bits, 0, m_packed);
    const std::size_t bytes = packedBytes(m_tile.width, m_quantizer.bits);
    for (std::size_t row = 0; row < m_tile.rows; ++row) {
        std::uint8_t* const to = packed.data() + packedBytes(m_tile.rowBegin(row), m_quantizer.bits);
        std::copy_n(m_packed.data() + row * bytes, bytes, to);
        fetchRow(beyond(to, bytes), bytes);
    }
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
    for (std::size_t row = 0; row < m_tile.rows; ++row) {
        const std::uint8_t* const from = packed.data() + packedBytes(m_tile.rowBegin(row), bits);
        std::copy_n(from, bytes, m_packed.data() + row * bytes);
        fetchRow(beyond(from, bytes), bytes);
    }
    unpackCodes(m_packed, bits, 0, codes);
    return codes.data();
}

/// Q(x), row after row. The values by column are no longer there afterwards.
template<class Code>
float* TileCoder<Code>::decodeBins() {
    float* const out = m_decoded.data();
    if (m_plan.m_lanes) {
        decodeLanes(m_bins.data(), CodeKind::Bins, out, m_tile.width);
    } else if (byColumn()) {
        const std::size_t length = strandLength();
        decodeTile({m_strandBins.data(), CodeKind::Bins, out, m_tile.width * length});
        transpose(out, length, m_tile.width, m_tile.rows, m_strands.data(), m_tile.width);
        return m_strands.data();
    } else {
        decodeTile({m_bins.data(), CodeKind::Bins, out, m_tile.width});
    }
    return out;
}

template<class Code>
double TileCoder<Code>::squaredError(std::span<const float> values, std::span<const std::size_t> exceptions) {
    const double sum = measure(&values[m_tile.begin], exceptions);
    // Squares below 2^-126 lose bits, or all: but not to a sum that is so much larger.
    if (std::isfinite(sum) && sum >= 0x1p-90 * static_cast<double>(m_tile.size())) return sum;
    float* const decoded = decodeBins();
    constexpr float kLeftOut = std::numeric_limits<float>::quiet_NaN(); // which no value decodes to
    forEachException(exceptions,
                     [&](std::size_t row, std::size_t column) { decoded[row * m_tile.width + column] = kLeftOut; });
    double exact = 0;
    for (std::size_t row = 0; row < m_tile.rows; ++row)
        for (std::size_t column = 0; column < m_tile.width; ++column) {
            const float y = decoded[row * m_tile.width + column];
            const double error = std::isnan(y) ? 0.0f : values[m_tile.rowBegin(row) + column] - y;
            exact += error * error;
        }
    return exact;
}

/// Σ(x − Q(x))² in vectors, where exceptions are taken for what their bins decode to.
template<class Code>
double TileCoder<Code>::measure(const float* values, std::span<const std::size_t> exceptions) {
    std::size_t stride = m_tile.stride;
    const std::size_t length = strandLength();
    bool copied = false;
    forEachException(exceptions, [&](std::size_t row, std::size_t column) {
        const GroupScale& scale = m_quantizer.groups[m_quantizer.layout.groupOf(m_tile.rowBegin(row) + column)];
        const std::span<const float> levels = m_plan.m_books[scale.codebook].binLevels;
        if (byColumn()) {
            const std::size_t at = column * length + row;
            m_strands[at] = scale.decode(levels[m_strandBins[at]]);
            return;
        }
        if (!copied)
            for (std::size_t r = 0; r < m_tile.rows; ++r)
                std::copy_n(values + r * m_tile.stride, m_tile.width, &m_decoded[r * m_tile.width]);
        copied = true;
        const std::size_t at = row * m_tile.width + column;
        m_decoded[at] = scale.decode(levels[m_bins[at]]);
    });
    if (copied) {
        values = m_decoded.data();
        stride = m_tile.width;
    }
    if (m_plan.m_lanes) return measureLanes(values, stride);
    if (byColumn()) return measureTile({m_strands.data(), m_strandBins.data(), m_tile.width * length});
    return measureTile({values, m_bins.data(), m_tile.width});
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
void TileCoder<Code>::decodeTile(const DecodeTile<Code>& tile) const {
    forPieces([&](std::span<const CodePiece> pieces) { decodePieces(tile, pieces); },
              [&](const CodePiece& piece) {
                  const auto& levels = tile.kind == CodeKind::Bins ? piece.book->binLevels : piece.book->codeLevels;
                  for (std::size_t i = piece.first; i < piece.first + piece.count; ++i)
                      tile.out[i] =
                          piece.scale->decode(levels[std::min<std::size_t>(tile.codes[i], levels.size() - 1)]);
              });
}

template<class Code>
double TileCoder<Code>::measureTile(const MeasureTile<Code>& tile) const {
    SquareSums sums;
    forPieces([&](std::span<const CodePiece> pieces) { measurePieces(tile, pieces, sums); },
              [&](const CodePiece& piece) {
                  for (std::size_t i = piece.first; i < piece.first + piece.count; ++i) {
                      const float error = tile.values[i] - piece.scale->decode(piece.book->binLevels[tile.bins[i]]);
                      sums.columns[(i - piece.first) % kSquareColumns] += error * error;
                  }
              });
    return sums.total();
}

template<class Code>
void TileCoder<Code>::decodeLanes(const Code* from, CodeKind kind, float* out, std::size_t stride) const {
    forLanePieces([&](std::size_t row, const CodePiece& piece) {
        float* const to = out + row * stride;
        decodePieces(DecodeTile<Code>{from + row * m_tile.width, kind, to, m_tile.width, aheadOf(to, 2 * stride)},
                     {&piece, 1});
    });
}

template<class Code>
double TileCoder<Code>::measureLanes(const float* values, std::size_t stride) const {
    SquareSums sums;
    forLanePieces([&](std::size_t row, const CodePiece& piece) {
        const MeasureTile<Code> own{values + row * stride, &m_bins[row * m_tile.width], m_tile.width};
        measurePieces(own, {&piece, 1}, sums);
    });
    return sums.total();
}

template<class Code>
void TileCoder<Code>::decode(std::span<const std::uint8_t> packed, const Tile& tile, float* out, std::size_t stride) {
    take(tile, CodeKind::Packed);
    const Code* const codes = unpack(packed);
    if (m_plan.m_lanes) {
        decodeLanes(codes, CodeKind::Packed, out, stride);
    } else if (byColumn()) {
        const std::size_t length = strandLength();
        transpose(codes, tile.width, tile.rows, tile.width, m_strandBins.data(), length);
        decodeTile({m_strandBins.data(), CodeKind::Packed, m_decoded.data(), tile.width * length, {out, stride}});
        transpose(m_decoded.data(), length, tile.width, tile.rows, out, stride);
    } else {
        decodeTile(
            {codes, CodeKind::Packed, out, tile.width, aheadOf(out, kTile)}); // what is behind may be another thread's
    }
}

template class TileCoder<std::uint8_t>;
template class TileCoder<std::uint32_t>;

} // namespace quantoscope
