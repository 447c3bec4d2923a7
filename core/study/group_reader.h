// The finite values of one group after another, or what else there is one a value, read from memory as few times as can
// be. One reader a thread.
#pragma once

#include "core/quant/grouping.h"
#include "core/study/prepared_tensor.h"

#include <cstddef>
#include <span>
#include <vector>

namespace quantoscope {

class GroupReader {
public:
    /// Both must outlive this.
    GroupReader(const PreparedTensor& data, const GroupLayout& layout) : GroupReader(data, layout, data.values()) {}
    /// Numbers in the order of the values, not finite where those are left out.
    GroupReader(const PreparedTensor& data, const GroupLayout& layout, std::span<const float> numbers)
        : m_data(data), m_layout(layout), m_numbers(numbers), m_gathered(layout.groupsAtOnce()) {}

    /// Valid until the next call. Cheapest for ascending groups, begun at multiples of layout.groupsAtOnce().
    std::span<const float> values(std::size_t group);

private:
    const PreparedTensor& m_data;
    const GroupLayout& m_layout;
    std::span<const float> m_numbers;
    std::vector<std::vector<float>> m_gathered; // groups from m_first on; those up to m_last are valid
    std::size_t m_first = 0;
    std::size_t m_last = 0;
};

} // namespace quantoscope
