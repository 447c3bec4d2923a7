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

/// Fills a run of bytes from a byte offset on.
using ReadBytes = std::function<Status(std::uint64_t offset, std::span<std::byte> out)>;

/// out.size() numbers stored back to back from a byte offset on; raises conversionError to the largest seen.
Status readNumbers(const ReadBytes& read, std::uint64_t offset, DType dtype, ByteOrder order, std::span<float> out,
                   double& conversionError, const JobControl& job);
Status readNumbers(const InputFile& file, std::uint64_t offset, DType dtype, ByteOrder order, std::span<float> out,
                   double& conversionError, const JobControl& job);

/// The values of a tensor as little-endian bytes, a bounded run at a time. The tensor must outlive it.
class TensorEncoder {
public:
    explicit TensorEncoder(const Tensor& tensor) : m_tensor(tensor) {}

    bool atEnd() const { return m_position == m_tensor.values.size(); }
    /// The next run, valid until the next call. Error: InvalidArgument with the position of the first value that the
    /// dtype cannot hold.
    Result<std::span<const std::byte>> next();

private:
    const Tensor& m_tensor;
    std::size_t m_position = 0;
    std::vector<std::byte> m_run;
};

/// Hands all of them to `sink`, run by run. Errors: Cancelled, the sink's, and TensorEncoder's.
Status encodeTensor(const Tensor& tensor, const JobControl& job,
                    const std::function<Status(std::span<const std::byte>)>& sink);

} // namespace quantoscope
