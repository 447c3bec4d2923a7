// The passes around an integer product: finding a range, turning numbers into codes, and turning int32 sums into codes
// or numbers again. Vectorised, because around a small product they would otherwise take longer than the product.
//
// Codes travel in bytes: a byte is code + shift, and the shift is 128 where codes are signed, else 0. So all products
// are of unsigned bytes, which is the form every processor multiplies fastest, and the zero point moves by the shift.
// All floats are taken to be free of NaN.
#pragma once

#include "core/nn/quantized_network.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace quantoscope {

struct ValueRange {
    float lowest = 0, highest = 0;
};

/// The least and the largest value; {0, 0} of none.
ValueRange rangeOf(std::span<const float> values);

/// The grid of 8 bits that holds the range, by the affine scheme's formulas in float32: unsigned codes with a zero
/// point (the range is widened to hold 0), or signed ones about 0 without the lowest.
CodeGrid dynamicGrid(ValueRange range, bool symmetric);

/// What is added to a code to make it a byte.
inline std::int32_t byteShift(const CodeGrid& grid) { return grid.lowest < 0 ? 128 : 0; }

/// grid.encode of each value, as bytes.
void encodeBytes(std::span<const float> values, const CodeGrid& grid, std::uint8_t* bytes);
/// The sum of each row's bytes.
void sumRows(const std::uint8_t* bytes, std::size_t rows, std::size_t columns, std::int32_t* sums);

/// What is done to the sums of a product, rows × outputs:
///     v = acc + addend[n] − weightZero[n] · rowSum[m]
/// in int32, and then, in float32,
///     toBytes: clamp(rint(multiplier[n] · float(v)), low, high) + zero
///     toReals: multiplier[n] · float(v) + bias[n], and not below 0 with relu
struct SumTerms {
    std::size_t outputs = 0;
    const std::int32_t* addend = nullptr;     // one an output
    const std::int32_t* weightZero = nullptr; // one an output, or null where all are 0; then rowSums is not read
    const std::int32_t* rowSums = nullptr;
    const float* multiplier = nullptr; // one an output
};

/// Where bytes may lie: zero and bounds as bytes, the shift included.
struct ByteBounds {
    std::int32_t zero = 0, lowest = 0, highest = 255;
};
void sumsToBytes(const std::int32_t* sums, std::size_t rows, const SumTerms& terms, ByteBounds bounds,
                 std::uint8_t* bytes);
/// `bias` may be null: none. `reals` may be where the sums are.
void sumsToReals(const std::int32_t* sums, std::size_t rows, const SumTerms& terms, const float* bias, bool relu,
                 float* reals);

} // namespace quantoscope
