// The values of a slice by the groups they belong to, for tensors by channel that are read in slices.
#pragma once

#include "core/quant/grouping.h"
#include "core/study/read_slices.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace quantoscope {

/// Keeps its memory from slice to slice; one a lane.
class SliceGroups {
public:
    /// Calls body(group, values) for pieces that make up the slice: where channels interleave closely once a channel,
    /// its values gathered. Values that are not finite are among them.
    template<class Body>
    void forEach(const GroupLayout& layout, const ValueSlice& slice, const Body& body) {
        if (layout.groupCount() == 1) {
            body(std::size_t{0}, slice.values);
            return;
        }
        const auto begin = static_cast<std::size_t>(slice.first), end = begin + slice.values.size();
        const GroupLayout::Run run = layout.run(0);
        if (run.end - run.begin >= kGatherBelow) {
            layout.forEachPiece(begin, end, [&](std::size_t group, std::size_t first, std::size_t last) {
                body(group, slice.values.subspan(first - begin, last - first));
            });
            return;
        }
        gather(layout, slice.values, begin, end);
        for (std::size_t group = 0, first = 0; group < layout.groupCount(); first = m_ends[group++])
            if (m_ends[group] > first)
                body(group, std::span<const float>(m_values).subspan(first, m_ends[group] - first));
    }

private:
    static constexpr std::size_t kGatherBelow = 64; // values of a run

    void gather(const GroupLayout& layout, std::span<const float> values, std::size_t begin, std::size_t end) {
        m_values.resize(values.size());
        m_ends.assign(layout.groupCount() + 1, 0);
        layout.forEachPiece(begin, end, [&](std::size_t group, std::size_t first, std::size_t last) {
            m_ends[group + 1] += last - first;
        });
        for (std::size_t group = 1; group < m_ends.size(); ++group) m_ends[group] += m_ends[group - 1];
        layout.forEachPiece(begin, end, [&](std::size_t group, std::size_t first, std::size_t last) {
            const auto from = values.begin() + static_cast<std::ptrdiff_t>(first - begin);
            std::copy(from, from + static_cast<std::ptrdiff_t>(last - first),
                      m_values.begin() + static_cast<std::ptrdiff_t>(m_ends[group]));
            m_ends[group] += last - first;
        });
    }

    std::vector<float> m_values;
    std::vector<std::size_t> m_ends; // where a group's values end; begins while they are gathered
};

} // namespace quantoscope
