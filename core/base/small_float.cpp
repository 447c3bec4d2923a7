#include "core/base/small_float.h"

#include <bit>
#include <cmath>

namespace quantoscope {

namespace {

std::uint32_t signBit(const SmallFloatFormat& format) { return 1u << (format.exponentBits + format.mantissaBits); }

/// The code of the largest finite magnitude; the finite magnitudes are exactly the codes from 0 to it.
std::uint32_t largestFiniteCode(const SmallFloatFormat& format) {
    const std::uint32_t allOnes = signBit(format) - 1;
    switch (format.special) {
    case SmallFloatFormat::Special::None:
    case SmallFloatFormat::Special::Fnuz: return allOnes;
    case SmallFloatFormat::Special::NanOnly: return allOnes - 1;
    case SmallFloatFormat::Special::Ieee: break;
    }
    return allOnes - (1u << format.mantissaBits);
}

std::uint32_t nanCode(const SmallFloatFormat& format, std::uint32_t sign) {
    switch (format.special) {
    case SmallFloatFormat::Special::None: return 0;
    case SmallFloatFormat::Special::Fnuz: return signBit(format);
    case SmallFloatFormat::Special::NanOnly: return sign | (signBit(format) - 1);
    case SmallFloatFormat::Special::Ieee: break;
    }
    // The quiet NaN: infinity with the highest mantissa bit set.
    return sign | (largestFiniteCode(format) + 1) | (1u << (format.mantissaBits - 1));
}

std::uint32_t overflowCode(const SmallFloatFormat& format, std::uint32_t sign, Overflow overflow) {
    const std::uint32_t largest = largestFiniteCode(format);
    if (overflow == Overflow::Saturate || format.special == SmallFloatFormat::Special::None) return sign | largest;
    if (format.special == SmallFloatFormat::Special::Ieee) return sign | (largest + 1);
    return nanCode(format, sign);
}

} // namespace

float decodeSmallFloat(const SmallFloatFormat& format, std::uint32_t code) {
    const std::uint32_t sign = code & signBit(format);
    const std::uint32_t magnitude = code & (signBit(format) - 1);
    const bool negativeZeroIsNan = format.special == SmallFloatFormat::Special::Fnuz;
    if (magnitude > largestFiniteCode(format) || (negativeZeroIsNan && sign != 0 && magnitude == 0)) {
        const bool infinite =
            format.special == SmallFloatFormat::Special::Ieee && (magnitude & ((1u << format.mantissaBits) - 1)) == 0;
        return std::bit_cast<float>((sign != 0 ? 0x80000000u : 0u) | (infinite ? 0x7f800000u : 0x7fc00000u));
    }
    const int exponent = static_cast<int>(magnitude >> format.mantissaBits);
    const std::uint32_t mantissa = magnitude & ((1u << format.mantissaBits) - 1);
    const std::uint32_t significand = exponent == 0 ? mantissa : mantissa | (1u << format.mantissaBits);
    const int power = (exponent == 0 ? 1 : exponent) - format.bias - format.mantissaBits;
    const float value = std::ldexp(static_cast<float>(significand), power);
    return sign != 0 ? -value : value;
}

std::uint32_t encodeSmallFloat(const SmallFloatFormat& format, float value, Overflow overflow) {
    const std::uint32_t sign = std::signbit(value) ? signBit(format) : 0;
    if (std::isnan(value)) return nanCode(format, sign);
    if (std::isinf(value)) return overflowCode(format, sign, overflow);

    std::uint32_t magnitude = 0;
    if (value != 0) {
        // In double every float32 is normal: significand · 2^(exponent - 52) with bit 52 set.
        const auto bits = std::bit_cast<std::uint64_t>(std::fabs(static_cast<double>(value)));
        const std::uint64_t significand = (bits & ((1ull << 52) - 1)) | (1ull << 52);
        const int exponent = static_cast<int>(bits >> 52) - 1023;
        const int smallest = 1 - format.bias; // the exponent of subnormals and of the first normals
        const int stored = exponent > smallest ? exponent : smallest;
        const int shift = 52 - format.mantissaBits + (stored - exponent);
        if (shift <= 53) { // else less than half of the smallest subnormal
            const std::uint64_t half = (1ull << (shift - 1)) - 1 + ((significand >> shift) & 1);
            // The implicit bit of a normal adds one to the exponent field, and a carry out of the mantissa another.
            magnitude = static_cast<std::uint32_t>((significand + half) >> shift) +
                        (static_cast<std::uint32_t>(stored - smallest) << format.mantissaBits);
        }
        if (magnitude > largestFiniteCode(format)) return overflowCode(format, sign, overflow);
    }
    if (format.special == SmallFloatFormat::Special::Fnuz && magnitude == 0) return 0;
    return sign | magnitude;
}

float largestFinite(const SmallFloatFormat& format) { return decodeSmallFloat(format, largestFiniteCode(format)); }

} // namespace quantoscope
