#include "core/measure/storage_cost.h"

namespace quantoscope {

StorageCost storageCost(const Quantizer& quantizer, std::uint64_t exceptions, DType original) {
    StorageCost cost;
    cost.codeBits = quantizer.layout.storedValues() * static_cast<std::uint64_t>(quantizer.bits);
    cost.sideBits = quantizer.sideBits;
    cost.exceptionBits = exceptions * kBitsPerException;
    const auto values = static_cast<double>(quantizer.layout.valueCount());
    const auto total = static_cast<double>(cost.totalBits());
    if (values == 0) return cost;
    cost.bitsPerValue = total / values;
    cost.compressionRatio = 8.0 * static_cast<double>(byteWidth(original)) / cost.bitsPerValue;
    return cost;
}

} // namespace quantoscope
