#include "core/study/group_reader.h"

#include <algorithm>

namespace quantoscope {

std::span<const float> GroupReader::values(std::size_t group) {
    const GroupLayout::Runs runs = m_layout.runsOf(group);
    if (runs.count == 1 && m_data.exceptions().empty()) {
        const GroupLayout::Run only = m_layout.run(runs.first);
        return m_numbers.subspan(only.begin, only.end - only.begin);
    }
    if (group < m_first || group >= m_last) {
        m_first = group;
        m_last = std::min(m_layout.groupCount(), group + m_gathered.size());
        m_layout.gather(m_first, m_numbers, std::span(m_gathered).first(m_last - m_first));
    }
    return m_gathered[group - m_first];
}

} // namespace quantoscope
