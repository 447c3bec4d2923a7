// A tile cut into pieces of groups, as the loops of code_kernels.h take them.
#pragma once

#include "core/quant/code_kernels.h"
#include "core/quant/coding_plan.h"
#include "core/quant/line_scales.h"
#include "core/quant/quantizer.h"

#include <cstddef>
#include <span>
#include <vector>

namespace quantoscope {

/// One thread's: their memory serves for the next tile.
class TilePieces {
public:
    explicit TilePieces(const CodingPlan& plan);

    /// Of neighbours, or by lanes; rows of codes begin `codeStride` apart.
    void list(const Tile& tile, CodeKind kind, std::size_t codeStride);
    /// Of a panel by column, each of which is a strand: so many of them, and then again, lie so far apart.
    void listColumns(const Tile& tile, std::size_t strands, std::size_t apart);
    /// For values that are somewhere else than in the tensor: their rows are side by side there.
    void joinRows(const Tile& tile);

    std::span<const CodePiece> all() const { return m_pieces; }
    /// Calls several(pieces) for some of these in order, but one(piece) for those that are none for the loops.
    template<class Several, class One>
    void forEach(std::span<const CodePiece> pieces, const Several& several, const One& one) const {
        std::size_t begin = 0;
        for (std::size_t i = 0; m_someAlone && i < pieces.size(); ++i) {
            if (!isAlone(pieces[i].count, *pieces[i].book, pieces[i].scale)) continue;
            several(pieces.subspan(begin, i - begin)); // in order: they may write beyond their ends
            one(pieces[i]);
            begin = i + 1;
        }
        several(pieces.subspan(begin));
    }

private:
    static constexpr std::size_t kOneByOne = 4; // values of a piece that need no vector

    static bool isAlone(std::size_t count, const CodingBook& book, const GroupScale& scale) {
        return count < kOneByOne || !inVectors(book, scale);
    }
    void begin();
    void add(std::size_t group, std::size_t first, std::size_t count);
    void listLanes(const Tile& tile, std::size_t codeStride);
    void listLines(const Tile& tile, CodeKind kind);
    template<class Body>
    void forScaleArrays(const Body& body) const;

    const CodingPlan& m_plan;
    const Quantizer& m_quantizer;
    std::vector<CodePiece> m_pieces;
    LineScaleList m_lineScales;
    std::size_t m_ahead = 0;  // pieces: about as many as there will be
    bool m_someAlone = false; // they are none for the loops
};

} // namespace quantoscope
