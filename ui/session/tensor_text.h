// How a tensor is described on screen.
#pragma once

#include "core/tensor/tensor.h"

#include <QString>

namespace quantoscope::ui {

/// "256 × 64 · F32"
QString tensorText(const TensorInfo& info);
/// What its values are, for an axis: "weight" of "fc1.weight", "millivolts", "pixel value".
QString valueName(const TensorInfo& info);

} // namespace quantoscope::ui
