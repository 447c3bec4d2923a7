// A tensor in codes: the quantizer, the codes packed to its width, and the values that were left out of quantization.
#pragma once

#include "core/base/job_control.h"
#include "core/quant/quantizer.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace quantoscope {

struct QuantizedTensor {
    QuantizerPtr quantizer;
    std::vector<std::uint8_t> packed;    // codes of quantizer->bits bits, in the order of memory, lowest bit first
    std::vector<std::size_t> exceptions; // positions whose value is kept as it was
    std::vector<float> exceptionValues;

    std::size_t size() const { return quantizer->layout.valueCount(); }
};

/// Codes of as many values as the quantizer's shape has. Exceptions are the positions, ascending, of values to be kept
/// as they are; all that are not finite must be among them. Errors: InvalidArgument (another number of values),
/// Cancelled, TooLarge (not enough memory).
Result<QuantizedTensor> encode(const QuantizerPtr& quantizer, std::span<const float> values,
                               std::span<const std::size_t> exceptions = {}, const JobControl& job = {});
/// The same into memory that is there, which a second call of the same size finds already mapped; and, where
/// squaredError is not null, Σ(x − Q(x))² but for the exceptions in the same pass: to 3e-7 of it, and the same bits on
/// any number of threads. After an error the tensor holds nothing of use.
Status encodeInto(QuantizedTensor& tensor, const QuantizerPtr& quantizer, std::span<const float> values,
                  std::span<const std::size_t> exceptions = {}, double* squaredError = nullptr,
                  const JobControl& job = {});
/// Errors: InvalidArgument (out.size() is not tensor.size()), Cancelled, TooLarge.
Status decode(const QuantizedTensor& tensor, std::span<float> out, const JobControl& job = {});

/// Q(x) for every value, without keeping codes; non-finite values stay as they are. `out` may be `values`. Errors:
/// InvalidArgument (values or out of another size than the quantizer's shape), Cancelled, TooLarge.
Status quantize(const Quantizer& quantizer, std::span<const float> values, std::span<float> out,
                const JobControl& job = {});

/// The format's own bit pattern of every value (0 at exceptions).
std::vector<std::uint32_t> codesOf(const QuantizedTensor& tensor);

} // namespace quantoscope
