// Tensors that have no file: generated, pasted, or read from a sample inside the program.
#pragma once

#include "core/formats/tensor_source.h"

namespace quantoscope::ui {

class MemorySource : public TensorSource {
public:
    explicit MemorySource(std::vector<Tensor> tensors);

    const std::vector<TensorInfo>& entries() const override { return m_entries; }
    Result<Tensor> load(std::size_t index, const JobControl& job) const override;
    Status read(std::size_t index, std::uint64_t first, std::span<float> out, const JobControl& job) const override;

private:
    std::vector<Tensor> m_tensors;
    std::vector<TensorInfo> m_entries;
};

} // namespace quantoscope::ui
