// What a quantized tensor takes to store: packed codes, and every bit of side information.
#pragma once

#include "core/quant/quantizer.h"

#include <cstdint>

namespace quantoscope {

struct StorageCost {
    std::uint64_t codeBits = 0; // a short last block counts as a whole one
    std::uint64_t sideBits = 0; // scales, zero points and offsets by their stored type; fitted levels at 32 bits each
    std::uint64_t exceptionBits = 0; // positions and values of what was left out of quantization
    double bitsPerValue = 0;
    double compressionRatio = 0; // bits of the original's own dtype over ours

    std::uint64_t totalBits() const { return codeBits + sideBits + exceptionBits; }
};

/// A value that was not quantized (NaN, or an infinity that was not clamped) is stored as its position and itself.
inline constexpr std::uint64_t kBitsPerException = 64 + 32;

StorageCost storageCost(const Quantizer& quantizer, std::uint64_t exceptions, DType original);

} // namespace quantoscope
