// From an entry of a file to a tensor ready to be studied, in memory where the budget has room for it.
#pragma once

#include "core/formats/tensor_source.h"
#include "core/study/prepared_tensor.h"

namespace quantoscope {

/// Loads the entry where holding, sorting and fitting its values keeps within `budget` bytes (memory_budget.h), else
/// leaves it in its file (PreparedTensor::open). Errors: of reading, Cancelled, TooLarge.
Result<PreparedTensorPtr> openTensor(std::shared_ptr<const TensorSource> source, std::size_t entry,
                                     NonFinitePolicy policy, std::uint64_t budget, const JobControl& job = {});

} // namespace quantoscope
