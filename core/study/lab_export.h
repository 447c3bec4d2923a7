// Networks of the laboratory as files.
#pragma once

#include "core/study/exports.h"
#include "core/study/lab.h"

#include <filesystem>

namespace quantoscope {

/// A quantized row's network as .safetensors, NAME being that of a layer. Of integers: NAME.codes (I8, as the weights),
/// NAME.scale (F32, one or one an output), NAME.zero_point (I32, as many). Of codebooks: NAME.weight (F32, decoded). Of
/// both NAME.bias (F32). Static networks add NAME.bias_codes (I32), and for grids NAME.input, NAME.output and, before a
/// table, NAME.before_activation: .scale (F32) and .zero_point (I32). A convolution's codes are outputs × height ×
/// width × channels. What the arrays do not tell stands in the metadata: method, widths, layers, activation. Errors:
/// InvalidArgument (a float row), Exists (and Refuse), WriteFailed, Cancelled.
Status exportQuantizedNetwork(const LabRow& row, const std::filesystem::path& path, Overwrite overwrite,
                              const JobControl& job = {});

} // namespace quantoscope
