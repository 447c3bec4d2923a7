// The scales of groups that are whole lines of values each, as the loops read them.
#pragma once

#include "core/base/raw_vector.h"
#include "core/quant/code_kernels.h"

#include <cstddef>
#include <span>

namespace quantoscope {

class LineScaleList {
public:
    /// Room for so many lines.
    void clear(std::size_t lines);
    /// The scales of groups that follow each other in one piece, each of so many lines; what is returned stays where it
    /// is until clear(). nullptr where they are not of one codebook, or not all inVectors.
    const ScaleArrays* add(std::span<const GroupScale> groups, std::size_t lines, const CodingBook& book,
                           CodeKind kind);

private:
    RawVector<float> m_scale, m_inverse, m_offset, m_bias;
    RawVector<ScaleArrays> m_pieces;
    std::size_t m_size = 0, m_count = 0; // of pieces
};

} // namespace quantoscope
