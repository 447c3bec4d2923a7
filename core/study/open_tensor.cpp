#include "core/study/open_tensor.h"

#include "core/base/memory_budget.h"

namespace quantoscope {

Result<PreparedTensorPtr> openTensor(std::shared_ptr<const TensorSource> source, std::size_t entry,
                                     NonFinitePolicy policy, std::uint64_t budget, const JobControl& job) {
    const TensorInfo& info = source->entries()[entry];
    const auto count = elementCount(info.shape);
    if (!count) return count.error();
    if (!fitsInto(budget, *count)) return PreparedTensor::open(std::move(source), entry, policy, budget, job);
    return withinMemory(info.name, [&]() -> Result<PreparedTensorPtr> {
        auto tensor = source->load(entry, job);
        if (!tensor) return tensor.error();
        return PreparedTensor::make(std::make_shared<const Tensor>(std::move(*tensor)), policy);
    });
}

} // namespace quantoscope
