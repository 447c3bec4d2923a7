#include "core/quant/tile_coder.h"

#include "core/base/bit_pack.h"
#include "core/base/parallel.h"
#include "core/base/prefetch.h"
#include "core/base/transpose.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

constexpr std::size_t kStrip = 16; // columns that are turned at once: strands in the first cache

enum class Half { Both, First, Second }; // of what is fetched, at half the pace

/// The tile of numbers side by side that is behind one of so many.
FetchAhead behind(const float* tile, std::size_t width, Half half) {
    const std::size_t part = blockCount(width, kFetchedParts * kLine) * kLine;
    const std::size_t from = half == Half::Second ? part / 2 / kLine * kLine : 0; // of each part
    return {beyond(tile, width + from), 0, half != Half::Both, part};
}

/// Bins of columns in tables, which are bytes or less.
template<class Code>
std::uint8_t* asBytes(Code* bins) {
    return reinterpret_cast<std::uint8_t*>(bins);
}

} // namespace

template<class Code>
TileCoder<Code>::TileCoder(const CodingPlan& plan)
    : m_plan(plan), m_quantizer(plan.m_quantizer), m_pieces(plan), m_columns(plan) {}

template<class Code>
void TileCoder<Code>::take(const Tile& tile, CodeKind kind, bool measured) {
    m_tile = tile;
    m_kind = kind;
    m_measured = measured;
    const std::size_t numbers = tile.size() + kLanePadding;
    if (m_bins.size() < numbers) m_bins.resize(numbers);
    if (!byColumn()) {
        m_pieces.list(tile, kind, asPacked() ? tile.stride : tile.width);
        return;
    }
    if (m_packed.size() < packedBytes(numbers, m_quantizer.bits))
        m_packed.resize(packedBytes(numbers, m_quantizer.bits));
    if (inTables()) {
        m_columns.take(tile, kind == CodeKind::Bins);
        return;
    }
    const std::size_t length = strandLength();
    if (m_strands.size() < kStrip * length) {
        m_strands.resize(kStrip * length);
        m_strandBins.resize(kStrip * length);
    }
    m_pieces.listColumns(tile, kStrip, length);
}

/// No vector reaches from one strand into the next. Whole lines of the cache, and one more, so that strands do not all
/// begin in the same of its sets.
template<class Code>
std::size_t TileCoder<Code>::strandLength() const {
    return (m_tile.rows + kLine - 1) / kLine * kLine + kLine;
}

/// Calls body(column, pieces, rows) for strips of columns of a panel: where they begin, what they are in strands, and
/// before how many rows of the next panel it is their turn, for what is fetched meanwhile.
template<class Code>
template<class Body>
void TileCoder<Code>::forStrips(const Body& body) {
    for (std::size_t column = 0; column < m_tile.width; column += kStrip) {
        const std::span<const CodePiece> pieces = m_pieces.all().subspan(column, kStrip);
        body(column, pieces, column * m_tile.rows / m_tile.width);
    }
}

/// How far the tile that is next begins after this one: behind it; of panels beside it, or below. Less than 0 where
/// that is at the top again.
template<class Code>
std::ptrdiff_t TileCoder<Code>::toNextTile() const {
    if (m_tile.stride == 0) return static_cast<std::ptrdiff_t>(m_tile.width);
    return static_cast<std::ptrdiff_t>(m_plan.nextPanel(m_tile) - m_tile.begin);
}

/// From row `row` of the next panel on.
template<class Code>
FetchAhead TileCoder<Code>::nextPanel(const float* values, std::size_t row) const {
    return {beyond(values, static_cast<std::size_t>(toNextTile()) + row * m_tile.stride), m_tile.stride, m_measured};
}

template<class Code>
void TileCoder<Code>::encodeTile(const EncodeTile<Code>& tile, std::span<const CodePiece> pieces) {
    m_pieces.forEach(
        pieces, [&](std::span<const CodePiece> several) { encodePieces(tile, several); },
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
            const std::vector<float>& next = m_quantizer.codebooks[pieces[end + 1].scale.codebook]->thresholds;
            if (!next.empty()) fetchRow(next.data(), next.size());
        }
        if (end < pieces.size()) encodePrepared(tile, pieces[end++]);
    }
}

/// With a search that is prepared here.
template<class Code>
void TileCoder<Code>::encodePrepared(const EncodeTile<Code>& tile, CodePiece piece) {
    const Codebook& codebook = *m_quantizer.codebooks[piece.scale.codebook];
    if (!m_hasSearch || &m_search.codebook() != &codebook) {
        const GroupLayout& layout = m_quantizer.layout;
        m_search.prepare(codebook,
                         byColumn() ? m_tile.rows : layout.groupSize(layout.groupOf(m_tile.begin + piece.first)));
    }
    m_hasSearch = true;
    CodingBook book = *piece.book;
    book.searchBy(m_search);
    piece.book = &book;
    quantoscope::encodePieces(tile, {&piece, 1});
}

template<class Code>
void TileCoder<Code>::encodeOneByOne(const EncodeTile<Code>& tile, const CodePiece& piece) const {
    const GroupEncoder encoder(*m_quantizer.codebooks[piece.scale.codebook], piece.scale);
    for (std::size_t i = piece.first; i < piece.first + piece.count; ++i)
        tile.bins[i] = static_cast<Code>(encoder.bin(tile.values[i]));
}

template<class Code>
void TileCoder<Code>::encode(std::span<const float> values, const Tile& tile, std::span<const std::uint8_t> packed) {
    take(tile, CodeKind::Bins, false);
    encodeBins(&values[tile.begin], {}, packed);
}

template<class Code>
double TileCoder<Code>::encodeAndMeasure(std::span<const float> values, const Tile& tile,
                                         std::span<const std::size_t> exceptions,
                                         std::span<const std::uint8_t> packed) {
    take(tile, CodeKind::Bins, true);
    const double sum = encodeBins(&values[tile.begin], exceptions, packed);
    // Squares below 2^-126 lose bits, or all: but not to a sum that is so much larger.
    if (std::isfinite(sum) && sum >= 0x1p-90 * static_cast<double>(m_tile.size())) return sum;
    return measureExactly(values, exceptions);
}

/// Σ(x − Q(x))² where it is measured, in vectors.
template<class Code>
double TileCoder<Code>::encodeBins(const float* values, std::span<const std::size_t> exceptions,
                                   std::span<const std::uint8_t> packed) {
    if (inTables()) return encodeInTables(values, exceptions);
    if (byColumn()) return encodeTurned(values, exceptions);
    // What is measured next is worked through twice, and all that time the memory should have something to do.
    const bool once = !m_measured || (m_plan.m_measuredAtOnce && !hasException(exceptions)); // is all worked through
    FetchAhead ahead =
        m_tile.stride > 0 ? nextPanel(values, 0) : behind(values, m_tile.width, once ? Half::Both : Half::First);
    ahead.half = !once;
    CodesAhead codesAhead;
    if (!packed.empty())
        codesAhead = {packed.data() + packedBytes(m_tile.begin, m_quantizer.bits),
                      static_cast<std::size_t>(m_quantizer.bits)};
    const EncodeTile<Code> tile{values, m_bins.data(), m_tile.width, ahead, codesAhead};
    if (m_measured && once) return encodeGrids(tile);
    encodeTile(tile, m_pieces.all());
    return m_measured ? measure(values, exceptions) : 0;
}

/// Encoded and measured at once, but for what is left of pieces behind whole lines.
template<class Code>
double TileCoder<Code>::encodeGrids(const EncodeTile<Code>& tile) {
    SquareSums sums;
    m_rests.clear();
    m_pieces.forEach(
        m_pieces.all(),
        [&](std::span<const CodePiece> several) {
            encodeAndMeasurePieces(tile, several, sums);
            for (const CodePiece& piece : several) {
                if (piece.count % kLine > 0) m_rests.push_back(withoutLines(piece));
            }
        },
        [&](const CodePiece& piece) {
            encodeOneByOne(tile, piece);
            m_rests.push_back(piece);
        });
    measureTile({tile.values, tile.bins, tile.room}, m_rests, sums);
    return sums.total();
}

template<class Code>
double TileCoder<Code>::encodeInTables(const float* values, std::span<const std::size_t> exceptions) {
    FetchAhead ahead = nextPanel(values, 0);
    if (m_measured && !hasException(exceptions)) {
        ahead.half = false; // all is worked through once
        return m_columns.encodeAndMeasure(values, asBytes(m_bins.data()), ahead);
    }
    m_columns.encode(values, asBytes(m_bins.data()), ahead);
    return m_measured ? measure(values, exceptions) : 0;
}

/// The same strip by strip, whose columns are turned into strands.
template<class Code>
double TileCoder<Code>::encodeTurned(const float* values, std::span<const std::size_t> exceptions) {
    const std::size_t length = strandLength(), room = kStrip * length;
    m_exceptions.clear();
    if (m_measured)
        forEachException(exceptions, [&](std::size_t row, std::size_t column) {
            m_exceptions.push_back({row, column});
        });
    double sum = 0;
    forStrips([&](std::size_t first, std::span<const CodePiece> pieces, std::size_t rows) {
        transpose(values + first, m_tile.stride, m_tile.rows, kStrip, m_strands.data(), length);
        encodeTile({m_strands.data(), m_strandBins.data(), room, nextPanel(values, rows)}, pieces);
        transpose(m_strandBins.data(), length, kStrip, m_tile.rows, &m_bins[first], m_tile.width);
        if (!m_measured) return;
        for (const Exception& exception : m_exceptions) {
            if (exception.column / kStrip != first / kStrip) continue;
            const GroupScale& scale = pieces[exception.column % kStrip].scale;
            const std::size_t at = exception.column % kStrip * length + exception.row;
            m_strands[at] = scale.decode(m_plan.m_books[scale.codebook].binLevels[m_strandBins[at]]);
        }
        const std::size_t half = kStrip * m_tile.rows / m_tile.width / 2;
        SquareSums sums;
        measureTile({m_strands.data(), m_strandBins.data(), room, nextPanel(values, rows + half)}, pieces, sums);
        sum += sums.total();
    });
    return sum;
}

template<class Code>
void TileCoder<Code>::binsToCodes() {
    if (!m_plan.m_mapped) return;
    const std::span<Code> bins = std::span(m_bins).first(m_tile.size());
    if (m_quantizer.codebooks.size() == 1) {
        mapCodes(m_quantizer.codebooks[0]->codes, bins);
    } else if (byColumn()) {
        for (std::size_t i = 0; i < bins.size(); ++i)
            bins[i] = static_cast<Code>(
                m_quantizer.codebookOf(m_plan.groupInPanel(m_tile.begin + i % m_tile.width)).codeOf(bins[i]));
    } else {
        const std::size_t begin = m_tile.begin, end = begin + m_tile.width;
        m_quantizer.layout.forEachPiece(begin, end, [&](std::size_t group, std::size_t first, std::size_t last) {
            const Codebook& codebook = m_quantizer.codebookOf(group);
            if (!codebook.codes.empty()) mapCodes(codebook.codes, bins.subspan(first - begin, last - first));
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
bool TileCoder<Code>::hasException(std::span<const std::size_t> exceptions) const {
    if (exceptions.empty()) return false;
    for (std::size_t row = 0; row < m_tile.rows; ++row) {
        const std::size_t begin = m_tile.rowBegin(row);
        const auto exception = std::lower_bound(exceptions.begin(), exceptions.end(), begin);
        if (exception != exceptions.end() && *exception < begin + m_tile.width) return true;
    }
    return false;
}

/// Makes a bin the first one, or a code 0.
template<class Code>
void TileCoder<Code>::clear(std::size_t row, std::size_t column) {
    if (inTables())
        m_columns.clear(asBytes(m_bins.data()), row, column);
    else
        m_bins[row * m_tile.width + column] = 0;
}

template<class Code>
void TileCoder<Code>::pack(std::span<const std::size_t> exceptions, std::span<std::uint8_t> packed) {
    binsToCodes();
    forEachException(exceptions, [&](std::size_t row, std::size_t column) { clear(row, column); });
    const std::span<const Code> codes = std::span(m_bins).first(m_tile.size());
    const int bits = m_quantizer.bits;
    const std::size_t bytes = packedBytes(m_tile.width, bits);
    const std::ptrdiff_t toNext = toNextTile() * bits / 8;
    const bool asTheyAre = inTables() && m_columns.packed();
    if (byColumn() && !asTheyAre) packCodes(codes, bits, 0, m_packed);
    const std::uint8_t* const rows = asTheyAre ? asBytes(m_bins.data()) : m_packed.data();
    for (std::size_t row = 0; row < m_tile.rows; ++row) {
        const std::size_t begin = m_tile.rowBegin(row);
        std::uint8_t* const to = packed.data() + packedBytes(begin, bits);
        if (byColumn())
            std::copy_n(rows + row * bytes, bytes, to);
        else
            packCodes(codes.subspan(row * m_tile.width, m_tile.width), bits, begin, packed);
        // Else every line that is written is waited for.
        if (byColumn()) fetchRow(beyond(to, static_cast<std::size_t>(toNext)), bytes);
    }
}

/// The codes of the tile, row after row, but where they are good as they are packed.
template<class Code>
const Code* TileCoder<Code>::unpack(std::span<const std::uint8_t> packed) {
    const int bits = m_quantizer.bits;
    const std::span<Code> codes = std::span(m_bins).first(m_tile.size());
    if constexpr (sizeof(Code) == 1) {
        if (asPacked()) return &packed[m_tile.begin];
    }
    if (!byColumn()) {
        for (std::size_t row = 0; row < m_tile.rows; ++row)
            unpackCodes(packed, bits, m_tile.rowBegin(row), codes.subspan(row * m_tile.width, m_tile.width));
        return codes.data();
    }
    const std::size_t bytes = packedBytes(m_tile.width, bits);
    const std::ptrdiff_t toNext = toNextTile() * bits / 8;
    for (std::size_t row = 0; row < m_tile.rows; ++row) {
        const std::uint8_t* const from = packed.data() + packedBytes(m_tile.rowBegin(row), bits);
        std::copy_n(from, bytes, m_packed.data() + row * bytes);
        fetchRow(beyond(from, static_cast<std::size_t>(toNext)), bytes);
    }
    unpackCodes(m_packed, bits, 0, codes);
    return codes.data();
}

/// For as many values as there are bins: memory that most tiles do without, and that takes longer to get than to use.
template<class Code>
float* TileCoder<Code>::decodedRoom() {
    if (m_decoded.size() < m_bins.size()) m_decoded.resize(m_bins.size());
    return m_decoded.data();
}

/// Q(x), row after row.
template<class Code>
float* TileCoder<Code>::decodeBins() {
    float* const out = decodedRoom();
    if (inTables()) {
        m_columns.decode(asBytes(m_bins.data()), m_columns.pitch(), out, m_tile.width, {}, false);
    } else if (byColumn()) {
        decodeTurned(m_bins.data(), CodeKind::Bins, out, m_tile.width, {});
    } else {
        m_pieces.joinRows(m_tile);
        decodeTile({m_bins.data(), CodeKind::Bins, out, m_tile.size()}, m_pieces.all());
    }
    return out;
}

/// Codes row after row into values whose rows begin `stride` apart.
template<class Code>
void TileCoder<Code>::decodeTurned(const Code* codes, CodeKind kind, float* out, std::size_t stride,
                                   const FetchAhead& ahead) {
    const std::size_t length = strandLength(), room = kStrip * length;
    forStrips([&](std::size_t first, std::span<const CodePiece> pieces, std::size_t rows) {
        transpose(codes + first, m_tile.width, m_tile.rows, kStrip, m_strandBins.data(), length);
        decodeTile({m_strandBins.data(), kind, m_strands.data(), room, ahead.from(rows * ahead.stride)}, pieces);
        transpose(m_strands.data(), length, kStrip, m_tile.rows, out + first, stride);
    });
}

/// Σ(x − Q(x))² value by value.
template<class Code>
double TileCoder<Code>::measureExactly(std::span<const float> values, std::span<const std::size_t> exceptions) {
    float* const decoded = decodeBins();
    constexpr float kLeftOut = std::numeric_limits<float>::quiet_NaN(); // which no value decodes to
    forEachException(exceptions,
                     [&](std::size_t row, std::size_t column) { decoded[row * m_tile.width + column] = kLeftOut; });
    double sum = 0;
    for (std::size_t row = 0; row < m_tile.rows; ++row)
        for (std::size_t column = 0; column < m_tile.width; ++column) {
            const float y = decoded[row * m_tile.width + column];
            const double error = std::isnan(y) ? 0.0f : values[m_tile.rowBegin(row) + column] - y;
            sum += error * error;
        }
    return sum;
}

/// Σ(x − Q(x))² in vectors, where exceptions are taken for the first level.
template<class Code>
double TileCoder<Code>::measure(const float* values, std::span<const std::size_t> exceptions) {
    bool copied = false;
    forEachException(exceptions, [&](std::size_t row, std::size_t column) {
        float* const room = decodedRoom();
        if (!copied)
            for (std::size_t r = 0; r < m_tile.rows; ++r)
                std::copy_n(values + r * m_tile.stride, m_tile.width, room + r * m_tile.width);
        copied = true;
        clear(row, column);
        const GroupScale scale = m_quantizer.groups[m_quantizer.layout.groupOf(m_tile.rowBegin(row) + column)];
        room[row * m_tile.width + column] = scale.decode(m_plan.m_books[scale.codebook].binLevels.front());
    });
    const FetchAhead ahead =
        m_tile.stride > 0 ? nextPanel(values, m_tile.rows / 2) : behind(values, m_tile.width, Half::Second);
    if (inTables())
        return m_columns.measure(copied ? m_decoded.data() : values, copied ? m_tile.width : m_tile.stride,
                                 asBytes(m_bins.data()), ahead);
    if (copied) m_pieces.joinRows(m_tile);
    SquareSums sums;
    measureTile({copied ? m_decoded.data() : values, m_bins.data(), m_tile.width, ahead}, m_pieces.all(), sums);
    return sums.total();
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
void TileCoder<Code>::decodeTile(const DecodeTile<Code>& tile, std::span<const CodePiece> pieces) const {
    m_pieces.forEach(
        pieces, [&](std::span<const CodePiece> several) { decodePieces(tile, several); },
        [&](const CodePiece& piece) {
            const auto& levels = tile.kind == CodeKind::Bins ? piece.book->binLevels : piece.book->codeLevels;
            for (std::size_t i = piece.first; i < piece.first + piece.count; ++i)
                tile.out[i] = piece.scale.decode(levels[std::min<std::size_t>(tile.codes[i], levels.size() - 1)]);
        });
}

template<class Code>
void TileCoder<Code>::measureTile(const MeasureTile<Code>& tile, std::span<const CodePiece> pieces,
                                  SquareSums& sums) const {
    m_pieces.forEach(
        pieces, [&](std::span<const CodePiece> several) { measurePieces(tile, several, sums); },
        [&](const CodePiece& piece) {
            for (std::size_t i = piece.first; i < piece.first + piece.count; ++i) {
                const float error = tile.values[i] - piece.scale.decode(piece.book->binLevels[tile.bins[i]]);
                sums.columns[(i - piece.first) % kSquareColumns] += error * error;
            }
        });
}

template<class Code>
void TileCoder<Code>::decode(std::span<const std::uint8_t> packed, const Tile& tile, float* out, std::size_t stride,
                             bool streamed) {
    take(tile, CodeKind::Packed, false);
    const int bits = m_quantizer.bits;
    if (inTables() && m_columns.packed()) {
        m_columns.decode(&packed[packedBytes(tile.begin, bits)], packedBytes(tile.stride, bits), out, stride,
                         nextPanel(out, 0), streamed);
        return;
    }
    const Code* const codes = unpack(packed);
    if (inTables()) {
        m_columns.decode(asBytes(m_bins.data()), m_columns.pitch(), out, stride, nextPanel(out, 0), streamed);
    } else if (byColumn()) {
        decodeTurned(codes, CodeKind::Packed, out, stride, nextPanel(out, 0));
    } else {
        if (stride != tile.stride) m_pieces.joinRows(m_tile);
        const FetchAhead ahead = m_plan.m_lanes ? nextPanel(out, 0) : behind(out, m_tile.width, Half::Both);
        CodesAhead codesAhead;
        if (tile.stride == 0) // of panels there are enough rows to find them by
            codesAhead = {beyond(packed.data(), packedBytes(tile.begin + tile.width, bits)),
                          static_cast<std::size_t>(bits)};
        // No more room: what is behind may be another thread's.
        decodeTile({codes, CodeKind::Packed, out, tile.width, ahead, codesAhead, streamed}, m_pieces.all());
    }
}

template class TileCoder<std::uint8_t>;
template class TileCoder<std::uint32_t>;

} // namespace quantoscope
