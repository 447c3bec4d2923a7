// How a tensor is cut into tiles for encoding and decoding, and what of its codebooks is prepared once for all threads.
#pragma once

#include "core/base/raw_vector.h"
#include "core/quant/code_kernels.h"
#include "core/quant/quantizer.h"

#include <cstddef>
#include <vector>

namespace quantoscope {

/// Values that are coded together: some rows of neighbours, which begin `stride` apart. Every row starts on a byte
/// whatever the width of a code.
struct Tile {
    std::size_t begin, width, rows, stride;

    std::size_t size() const { return rows * width; }
    std::size_t rowBegin(std::size_t row) const { return begin + row * stride; }
};

/// What is prepared once for all threads. The quantizer must outlive it.
class CodingPlan {
public:
    enum class Direction { Encode, Decode };
    static constexpr std::size_t kTile = 4096;         // values: 16 KB of them, and 4 of codes in bytes
    static constexpr std::size_t kSharedSearches = 64; // that are prepared before all else, by one thread

    CodingPlan(const Quantizer& quantizer, Direction direction);
    CodingPlan(const CodingPlan&) = delete; // books point to what is here
    CodingPlan& operator=(const CodingPlan&) = delete;

    std::size_t tileCount() const { return m_panelTiles + m_lastTiles + m_rowTiles; }
    Tile tile(std::size_t index) const;
    /// Where the panel begins that is beside one, or below it.
    std::size_t nextPanel(const Tile& panel) const;
    /// How many a thread should do in order.
    std::size_t tilesAtOnce() const;
    /// Whether groups with codebooks of their own alternate along a row faster than vectors are long: then tiles are of
    /// few columns and many rows, each column of one group.
    bool columnwise() const { return m_panelTiles > 0 && !m_lanes; }
    /// The group of a position in a panel.
    std::size_t groupInPanel(std::size_t position) const { return position / m_run % m_quantizer.groups.size(); }

private:
    template<class Code>
    friend class TileCoder;
    friend class TilePieces;
    friend class ColumnCoder;

    void prepareBooks();
    void prepareTables();
    void fillTables(std::size_t largest);
    void findLineRun();
    void alignTiles();
    void layOutPanels(CodeKind kind);
    void fillLanes(CodeKind kind);
    bool oneCodebook() const;
    bool fitTables() const;
    std::size_t panelCount() const { return (m_columns + m_width - 1) / m_width; }

    const Quantizer& m_quantizer;
    std::vector<CodingBook> m_books;          // by codebook
    std::vector<std::vector<float>> m_levels; // of books whose codes are not bins
    bool m_mapped = false;                    // there is one
    bool m_measuredAtOnce = false;            // grids with pieces that are long enough for it
    bool m_allPrepared = false;               // all books, to encode
    RawVector<float> m_tables;                // of thresholds, of all books that have one
    std::vector<ThresholdSearch> m_searches;  // of few others; of many they are prepared when their turn comes
    std::size_t m_lineRun = 0;                // values of a group side by side, where these are few whole lines
    std::size_t m_linesOfNumber = 1;          // lines of them for which a scale is read once
    // Where groups alternate along a row, panels of it are coded row after row, or column after column. A row is a
    // whole number of times all groups, and a panel `width` columns of it.
    std::size_t m_run = 0, m_columns = 0, m_width = 0, m_height = 0;
    std::size_t m_panelsDown = 0, m_panelTiles = 0; // that cover all whole rows
    std::size_t m_lastBegin = 0, m_lastTiles = 0;   // panels by tables of what is left of a row
    std::size_t m_rowsBegin = 0;                    // from where on tiles are of neighbours, whatever their groups
    std::size_t m_rowTiles = 0;
    // These are so many values each, and so many of them every `stretch` values: the last one of these may be shorter.
    std::size_t m_tileWidth = kTile, m_stretch = kTile, m_stretchTiles = 1;
    // Where the groups of panels have one codebook: the scales of every column. Else panels are coded by column, with
    // tables where these are no larger than the values, or turned.
    bool m_lanes = false;
    RawVector<float> m_laneNumbers;
    std::size_t m_lanesApart = 0;
    bool m_inTables = false;
};

} // namespace quantoscope
