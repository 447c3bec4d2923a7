// How a tensor is described on screen.
#pragma once

#include "core/study/prepared_tensor.h"
#include "core/tensor/tensor.h"

#include <QString>

namespace quantoscope::ui {

/// "256 × 64 · F32"
QString tensorText(const TensorInfo& info);
/// What its values are, for an axis: "weight" of "fc1.weight", "millivolts", "pixel value".
QString valueName(const TensorInfo& info);
/// What a view says in place of a tensor that is larger than the memory budget; empty for others.
QString tooLargeText(const PreparedTensor& data);

} // namespace quantoscope::ui
