#include "core/quant/coding_plan.h"

#include "core/base/parallel.h"
#include "core/base/prefetch.h"
#include "core/quant/column_tables.h"
#include "core/quant/line_scales.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace quantoscope {

namespace {

constexpr std::size_t kPanelsAtOnce = 8, kFewestAtOnce = 4, kMostAtOnce = 32, kMostPanelsAtOnce = 64; // tiles
constexpr std::size_t kTablesAtOnce = 256; // that a thread prepares
constexpr std::size_t kBooksAhead = 16;    // of many codebooks: each is somewhere else
constexpr std::size_t kShortRun = 16;      // values: less than the longest vector
constexpr std::size_t kLongPiece = 256;    // values: of less, what is behind whole lines is too much
// Panels by lanes: rows are worth their beginning. The wider a panel is, the better a memory is written; the higher,
// the less often the scales of its columns are read.
constexpr std::size_t kLaneWidth = 4096, kLaneHeight = 8, kLeastLanes = 1 << 10, kMostLanes = 1 << 20;
// Panels by column: rows that are worth the tables of a group, of kFetchedColumns values.
constexpr std::size_t kColumnHeight = 384, kFewestRows = 8;
// Of blocks: values of a row for which it is worth that what is behind a shorter last block is another piece.
constexpr std::size_t kLongRow = 1024;

/// Of columns with tables, what stays in the second cache together with the tables. The wider, the better a memory is
/// read and written; the higher, the less often large tables are read.
struct TablePanel {
    std::size_t width, values; // at most
};
TablePanel panelWithTables(int bits) {
    if (bits <= ColumnTables::kMostInOneVector) return {4096, 1 << 16};
    return bits <= 6 ? TablePanel{1024, 1 << 15} : TablePanel{256, 1 << 14};
}

/// Values along the last axis, where groups are blocks of it, else 0.
std::size_t rowOfBlocks(const Quantizer& quantizer) {
    if (quantizer.layout.grouping().kind != Grouping::Kind::Block || quantizer.shape.empty()) return 0;
    return static_cast<std::size_t>(quantizer.shape.back());
}

} // namespace

CodingPlan::CodingPlan(const Quantizer& quantizer, Direction direction) : m_quantizer(quantizer) {
    prepareBooks();
    findLineRun();
    layOutPanels(direction == Direction::Encode ? CodeKind::Bins : CodeKind::Packed);
    if (direction == Direction::Encode && !m_inTables) prepareTables();
    alignTiles();
    m_measuredAtOnce =
        std::all_of(m_books.begin(), m_books.end(), [](const CodingBook& book) { return book.grid; }) &&
        (m_lanes || m_lineRun > 0 || quantizer.layout.valueCount() >= kLongPiece * quantizer.layout.runCount());
    const std::size_t values = quantizer.layout.valueCount() - m_rowsBegin, whole = values / m_stretch;
    m_rowTiles = whole * m_stretchTiles + blockCount(values - whole * m_stretch, m_tileWidth);
}

void CodingPlan::prepareBooks() {
    const auto& codebooks = m_quantizer.codebooks;
    m_books.reserve(codebooks.size());
    for (std::size_t i = 0; i < codebooks.size(); ++i) {
        if (i + kBooksAhead < codebooks.size()) fetch(codebooks[i + kBooksAhead].get(), 0);
        const auto& codebook = codebooks[i];
        CodingBook& book = m_books.emplace_back(*codebook);
        if (codebook->codes.empty()) continue;
        m_mapped = true;
        std::vector<float>& levels =
            m_levels.emplace_back(std::size_t{1} << m_quantizer.bits, codebook->levels.front());
        for (std::size_t bin = 0; bin < codebook->codes.size(); ++bin)
            levels[codebook->codes[bin]] = codebook->levels[bin];
        book.codeLevels = levels; // which stay where they are, as vectors move
        book.wholeCodes = false;
    }
}

void CodingPlan::prepareTables() {
    const std::size_t values = m_quantizer.layout.valueCount(), books = m_books.size();
    const bool shared = books <= kSharedSearches;
    // What is used once is better filled just before, and so are large tables unless they are used often.
    if (shared || (columnwise() && m_rowsBegin > m_columns * kColumnHeight))
        fillTables(kLargestThresholdTable);
    else if (m_quantizer.layout.runCount() > m_quantizer.groups.size())
        fillTables(kLargestThresholdTable - 1);
    if (shared) {
        m_searches.reserve(books); // books point to them
        for (std::size_t i = 0; i < books; ++i)
            if (!m_books[i].prepared())
                m_books[i].searchBy(m_searches.emplace_back(*m_quantizer.codebooks[i], values / books));
    }
    m_allPrepared = std::all_of(m_books.begin(), m_books.end(), [](const CodingBook& book) { return book.prepared(); });
}

/// Those of `largest` numbers at most.
void CodingPlan::fillTables(std::size_t largest) {
    const std::size_t books = m_books.size();
    const auto sizeOf = [&](const Codebook& codebook) {
        const std::size_t size = codebook.integerGrid ? 0 : thresholdTableSize(codebook.thresholds.size());
        return size > largest ? 0 : size;
    };
    std::vector<std::size_t> begin(books + 1);
    for (std::size_t i = 0; i < books; ++i) begin[i + 1] = begin[i] + sizeOf(*m_quantizer.codebooks[i]);
    m_tables.resize(begin[books]);
    parallelBlocks(books, kTablesAtOnce, [&](Block block) {
        for (std::size_t i = block.begin; i < block.end; ++i) {
            if (begin[i] == begin[i + 1]) continue;
            m_books[i].table = &m_tables[begin[i]];
            fillThresholdTable(m_quantizer.codebooks[i]->thresholds, &m_tables[begin[i]]);
        }
    });
}

/// A piece of so few values costs more to begin than scales that are read for every line.
void CodingPlan::findLineRun() {
    const GroupLayout& layout = m_quantizer.layout;
    if (m_quantizer.bits > 8 || layout.runCount() < 2 || m_books.size() > kSharedSearches) return;
    const GroupLayout::Run first = layout.run(0);
    const std::size_t length = first.end - first.begin;
    if (length % kLine == 0 && length <= LineScaleList::kMostOfGroup * kLine) m_lineRun = length;
    if (!std::all_of(m_books.begin(), m_books.end(),
                     [](const CodingBook& book) { return book.wholeCodes || book.codeLevels.size() <= kFew; }))
        return;
    const GroupLayout::Run last = layout.run(layout.runCount() - 1); // of a row, and so maybe shorter
    const bool longRow = rowOfBlocks(m_quantizer) >= kLongRow;
    for (std::size_t lines : {2, 4})
        if (length % (lines * kLine) == 0 && (longRow || (last.end - last.begin) % (lines * kLine) == 0))
            m_linesOfNumber = lines;
}

/// Tiles of blocks are whole rows, or rows are a whole number of them, and these begin with a block.
void CodingPlan::alignTiles() {
    const std::size_t row = rowOfBlocks(m_quantizer);
    if (m_lineRun == 0 || row == 0 || row % kLine > 0) return;
    if (row <= kTile) {
        m_tileWidth = m_stretch = kTile / row * row;
    } else {
        const std::size_t even = blockCount(row, blockCount(row, kTile));
        m_tileWidth = std::min(blockCount(even, m_lineRun), kTile / m_lineRun) * m_lineRun;
        m_stretch = row;
    }
    m_stretchTiles = blockCount(m_stretch, m_tileWidth);
}

void CodingPlan::layOutPanels(CodeKind kind) {
    const GroupLayout& layout = m_quantizer.layout;
    const std::size_t values = layout.valueCount(), groups = m_quantizer.groups.size();
    if (layout.grouping().kind != Grouping::Kind::Channel || groups < 2 || values == 0) return;
    m_run = values / layout.runCount();
    if (m_run >= kShortRun) return;
    m_columns = std::lcm(m_run * groups, kLine); // rows start on bytes, and are whole strips
    const bool lanes = m_columns <= kMostLanes && oneCodebook();
    if (lanes) m_columns *= blockCount(kLeastLanes, m_columns);
    const std::size_t rows = values / m_columns;
    if (rows < (lanes ? 1 : kFewestRows)) return;
    m_lanes = lanes;
    m_inTables = !lanes && fitTables() && rows >= std::size_t{2} << m_quantizer.bits; // no larger than values
    const auto evenWidth = [&](std::size_t most) { // of panels that are all about alike
        return blockCount(m_columns / kLine, blockCount(m_columns, most)) * kLine;
    };
    if (lanes) {
        m_width = evenWidth(kLaneWidth);
        m_height = m_width > kLaneWidth / 2 ? kLaneHeight : 2 * kLaneHeight;
    } else if (m_inTables) {
        const TablePanel panel = panelWithTables(m_quantizer.bits);
        m_width = evenWidth(panel.width);
        m_height = std::max(panel.values / m_width / kLine, std::size_t{1}) * kLine;
    } else {
        m_width = std::min(m_columns, kFetchedColumns);
        m_height = kColumnHeight;
    }
    m_lastBegin = rows * m_columns;
    const std::size_t left = m_inTables ? (values - m_lastBegin) / kLine * kLine : 0;
    m_panelsDown = blockCount(rows, m_height);
    m_panelTiles = m_panelsDown * panelCount();
    m_lastTiles = blockCount(left, m_width);
    m_rowsBegin = m_lastBegin + left;
    if (m_lanes) fillLanes(kind);
}

/// Whether lanes of a vector may have scales of their own.
bool CodingPlan::oneCodebook() const {
    const GroupScales& groups = m_quantizer.groups;
    return m_books.size() == 1 && std::all_of(groups.begin(), groups.end(),
                                              [&](const GroupScale& group) { return inVectors(m_books[0], group); });
}

/// Whether every column may have tables of its own: with scales they would not be all that it needs.
bool CodingPlan::fitTables() const {
    const GroupScales& groups = m_quantizer.groups;
    return !m_mapped && m_quantizer.bits >= 1 && m_quantizer.bits <= ColumnTables::kMostBits &&
           std::all_of(groups.begin(), groups.end(), [&](const GroupScale& group) {
               return !m_books[group.codebook].grid && group.scale == 1 && group.offset == 0;
           });
}

void CodingPlan::fillLanes(CodeKind kind) {
    const GroupScales& groups = m_quantizer.groups;
    const std::size_t period = groups.size() * m_run;
    m_lanesApart = std::max(m_columns + kLanePadding, splitRoom(groups.size(), m_run));
    m_laneNumbers.resize(ScaleNumber::Kinds * m_lanesApart);
    splitScales(groups, 0, groups.size(), m_run, m_books[0], kind, m_laneNumbers.data(), m_lanesApart);
    for (std::size_t begin = 0; begin < m_laneNumbers.size(); begin += m_lanesApart)
        for (std::size_t i = begin + period; i < begin + m_lanesApart; ++i)
            m_laneNumbers[i] = m_laneNumbers[i - period];
}

Tile CodingPlan::tile(std::size_t index) const {
    if (index < m_panelTiles) {
        const std::size_t row = (m_inTables ? index % m_panelsDown : index / panelCount()) * m_height;
        const std::size_t column = (m_inTables ? index / m_panelsDown : index % panelCount()) * m_width;
        return {row * m_columns + column, std::min(m_width, m_columns - column),
                std::min(m_height, m_lastBegin / m_columns - row), m_columns};
    }
    index -= m_panelTiles;
    if (index < m_lastTiles) {
        const std::size_t begin = m_lastBegin + index * m_width;
        return {begin, std::min(m_width, m_rowsBegin - begin), 1, m_columns};
    }
    index -= m_lastTiles;
    const std::size_t first = m_rowsBegin + index / m_stretchTiles * m_stretch,
                      within = index % m_stretchTiles * m_tileWidth, begin = first + within;
    const std::size_t end = std::min(first + m_stretch, m_quantizer.layout.valueCount());
    return {begin, std::min(m_tileWidth, end - begin), 1, 0};
}

std::size_t CodingPlan::nextPanel(const Tile& panel) const {
    const std::size_t column = panel.begin % m_columns, row = panel.begin / m_columns, below = row + panel.rows;
    if (m_inTables) return below < m_lastBegin / m_columns ? below * m_columns + column : column + panel.width;
    return (column + panel.width < m_columns ? row : below) * m_columns + (column + panel.width) % m_columns;
}

std::size_t CodingPlan::tilesAtOnce() const {
    if (m_inTables) { // columns from top to bottom, as long as there are tiles for all threads
        const std::size_t most = std::clamp(tileCount() / 16, std::size_t{1}, kMostPanelsAtOnce);
        return blockCount(m_panelsDown, blockCount(m_panelsDown, most));
    }
    // The first of them was not fetched ahead, so many; of few tiles fewer, that all threads have some.
    return m_panelTiles > 0 ? kPanelsAtOnce : std::clamp(m_rowTiles / 16, kFewestAtOnce, kMostAtOnce);
}

} // namespace quantoscope
