// The scales of groups that are whole lines of values each, as the loops read them.
#pragma once

#include "core/base/raw_vector.h"
#include "core/quant/code_kernels.h"

#include <bit>
#include <cstddef>

namespace quantoscope {

/// Those of a tile.
class LineScaleList {
public:
    static constexpr std::size_t kMostLines = 256, kMostOfGroup = 16;

    /// With a number for so many lines: 1, 2 or 4.
    explicit LineScaleList(std::size_t each)
        : m_numbers(ScaleNumber::Kinds * kLineNumbersApart), m_shift(std::countr_zero(each)) {}

    void clear() { m_size = 0; }
    Scales kind() const { return m_shift == 2 ? Scales::FourLines : m_shift == 1 ? Scales::TwoLines : Scales::Lines; }
    /// Where what is added next will be.
    ScaleArrays next() const { return {&m_numbers[m_size], kLineNumbersApart}; }
    /// The scales of `count` groups, each of so many lines; false, and none, where some are not of one codebook, which
    /// is `book`, or not all inVectors, or of several not every one has whole numbers.
    bool add(const GroupScales& groups, std::size_t first, std::size_t count, std::size_t lines, const CodingBook& book,
             CodeKind kind) {
        if (count > 1 && !whole(lines)) return false;
        const std::size_t times = whole(lines) ? lines >> m_shift : (lines >> m_shift) + 1;
        if (!splitScales(groups, first, count, times, book, kind, &m_numbers[m_size], kLineNumbersApart)) return false;
        m_size += count * times;
        return true;
    }
    /// Whether so many lines have whole numbers: then what is behind them may go on with the next one.
    bool whole(std::size_t lines) const { return lines >> m_shift << m_shift == lines; }

private:
    static_assert(kLineNumbersApart >= kMostLines + splitRoom(0, kMostOfGroup));

    RawVector<float> m_numbers;
    int m_shift;
    std::size_t m_size = 0;
};

} // namespace quantoscope
