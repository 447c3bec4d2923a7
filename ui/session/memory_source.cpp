#include "ui/session/memory_source.h"

#include <algorithm>
#include <span>

namespace quantoscope::ui {

MemorySource::MemorySource(std::vector<Tensor> tensors) : m_tensors(std::move(tensors)) {
    for (const Tensor& tensor : m_tensors) m_entries.push_back(tensor.info);
}

Result<Tensor> MemorySource::load(std::size_t index, const JobControl&) const { return m_tensors.at(index); }

Status MemorySource::read(std::size_t index, std::uint64_t first, std::span<float> out, const JobControl&) const {
    const std::span<const float> values = m_tensors.at(index).values;
    if (first > values.size() || out.size() > values.size() - first)
        return Error{ErrorCode::InvalidArgument, m_entries[index].name, "the slice reaches past the last value"};
    std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(first), out.size(), out.begin());
    return {};
}

} // namespace quantoscope::ui
