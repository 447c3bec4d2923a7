// Numbers as files store them, and float32: every DType, in either byte order.
#pragma once

#include "core/base/byte_reader.h"
#include "core/base/input_file.h"
#include "core/base/job_control.h"
#include "core/base/output_file.h"
#include "core/tensor/tensor.h"

#include <functional>

namespace quantoscope {

/// bytes.size() must be out.size() · byteWidth(dtype). Any byte but 0 is a true BOOL.
/// Returns the largest |original − float32|: 0 where all are exact, infinite where a finite value overflowed.
double decodeNumbers(DType dtype, ByteOrder order, std::span<const std::byte> bytes, std::span<float> out);

/// Little-endian. Integers take only whole values in their range, floating-point types round to nearest even and take
/// no finite value that would become infinite. Returns how many values fit before the first that does not.
std::size_t encodeNumbers(DType dtype, std::span<const float> values, std::span<std::byte> out);

/// out.size() numbers stored back to back from a byte offset of a file; raises conversionError to the largest seen.
Status readNumbers(const InputFile& file, std::uint64_t offset, DType dtype, ByteOrder order, std::span<float> out,
                   double& conversionError, const JobControl& job);

/// Hands the values of a tensor to `sink` as little-endian bytes, a bounded run at a time.
/// Errors: Cancelled, the sink's, and InvalidArgument with the position of the first value that the dtype cannot hold.
Status encodeTensor(const Tensor& tensor, const JobControl& job,
                    const std::function<Status(std::span<const std::byte>)>& sink);

} // namespace quantoscope
