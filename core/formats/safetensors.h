// What only safetensors files have: metadata beside the tensors. TensorSource::metadata() reads it.
#pragma once

#include "core/formats/tensor_source.h"

namespace quantoscope {

/// As the format's own `write`, with metadata. Errors: InvalidArgument (names and values that the file cannot hold),
/// WriteFailed, Cancelled.
Status writeSafetensors(const std::filesystem::path& path, std::span<const Tensor> tensors, const Metadata& metadata,
                        const JobControl& job = {});

} // namespace quantoscope
