#include "core/quant/tile_pieces.h"

#include "core/base/prefetch.h"

#include <algorithm>
#include <limits>

namespace quantoscope {

static_assert(CodingPlan::kTile <= LineScaleList::kMostLines * kLine);

TilePieces::TilePieces(const CodingPlan& plan)
    : m_plan(plan), m_quantizer(plan.m_quantizer), m_lineScales(plan.m_linesOfNumber) {}

void TilePieces::begin() {
    m_ahead = m_pieces.size();
    m_pieces.clear();
    m_someAlone = false;
}

void TilePieces::list(const Tile& tile, CodeKind kind, std::size_t codeStride) {
    begin();
    if (m_plan.m_lanes) {
        listLanes(tile, codeStride);
    } else if (m_plan.m_lineRun > 0) {
        listLines(tile, kind);
    } else {
        m_quantizer.layout.forEachPiece(tile.begin, tile.begin + tile.width,
                                        [&](std::size_t group, std::size_t first, std::size_t last) {
                                            add(group, first - tile.begin, last - first);
                                        });
    }
}

void TilePieces::listColumns(const Tile& tile, std::size_t strands, std::size_t apart) {
    begin();
    for (std::size_t c = 0; c < tile.width; ++c)
        add(m_plan.groupInPanel(tile.begin + c), c % strands * apart, tile.rows);
}

void TilePieces::joinRows(const Tile& tile) {
    for (CodePiece& piece : m_pieces) {
        piece.first = piece.code;
        piece.stride = tile.width;
    }
}

void TilePieces::add(std::size_t group, std::size_t first, std::size_t count) {
    const GroupScale scale = m_quantizer.groups[group];
    const CodingBook& book = m_plan.m_books[scale.codebook];
    m_pieces.push_back({first, count, &book, scale});
    forScaleArrays([&](const auto* numbers) { fetch(numbers + group, m_ahead); });
    if (m_plan.m_books.size() > CodingPlan::kSharedSearches) fetch(book.binLevels.data(), 0);
    m_someAlone |= isAlone(count, book, scale);
}

/// A panel is one piece; of what is left behind the last of them, the parts whose scales lie side by side.
void TilePieces::listLanes(const Tile& tile, std::size_t codeStride) {
    for (std::size_t first = 0, count = 0; first < tile.width; first += count) {
        const std::size_t column = (tile.begin + first) % m_plan.m_columns;
        count = std::min(tile.width - first, m_plan.m_columns - column);
        const ScaleArrays scales{&m_plan.m_laneNumbers[column], m_plan.m_lanesApart};
        m_pieces.push_back(
            {first, count, &m_plan.m_books[0], {}, scales, Scales::Lanes, first, tile.rows, tile.stride, codeStride});
    }
}

/// Where runs of whole lines follow each other they are one piece, if they may.
void TilePieces::listLines(const Tile& tile, CodeKind kind) {
    const std::size_t begin = tile.begin;
    m_lineScales.clear();
    std::size_t last = std::numeric_limits<std::size_t>::max(); // of the piece that may go on
    m_quantizer.layout.forEachStretch(
        begin, begin + tile.width, [&](std::size_t group, std::size_t first, std::size_t end, std::size_t runs) {
            const GroupScale scale = m_quantizer.groups[group]; // of the first
            const CodingBook& book = m_plan.m_books[scale.codebook];
            const std::size_t size = runs > 1 ? m_plan.m_lineRun : end - first;
            const ScaleArrays several = m_lineScales.next();
            forScaleArrays([&](const auto* numbers) { fetchRow(beyond(numbers, group + runs), runs); });
            if (size % kLine > 0 || !m_lineScales.add(m_quantizer.groups, group, runs, size / kLine, book, kind)) {
                for (std::size_t run = 0; run < runs; ++run) add(group + run, first + run * size - begin, size);
                return;
            }
            if (first == last && m_pieces.back().book == &book)
                m_pieces.back().count += end - first;
            else
                m_pieces.push_back({first - begin, end - first, &book, scale, several, m_lineScales.kind()});
            if (m_lineScales.whole(size / kLine)) last = end;
        });
}

/// Calls body(numbers) for the arrays of what groups do not have alike.
template<class Body>
void TilePieces::forScaleArrays(const Body& body) const {
    const auto call = [&](const auto& numbers) {
        if (!numbers.alike()) body(numbers.data());
    };
    call(m_quantizer.groups.scales());
    call(m_quantizer.groups.offsets());
    call(m_quantizer.groups.zeros());
    call(m_quantizer.groups.codebooks());
}

} // namespace quantoscope
