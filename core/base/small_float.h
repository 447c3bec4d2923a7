// Floating-point formats of 4 to 16 bits: code to value and value to code, nearest with ties to even, subnormals kept.
// Layout: sign, exponent, mantissa from the highest bit down; value = (-1)^s * 2^(e - bias) * 1.m, or 2^(1 - bias) *
// 0.m where e = 0. The formats differ in what their highest exponent means. Sources: OCP 8-bit Floating Point
// Specification 1.0; OCP Microscaling Formats 1.0; IEEE 754-2019; ml_dtypes.
#pragma once

#include <cstdint>
#include <string_view>

namespace quantoscope {

struct SmallFloatFormat {
    enum class Special {
        None,    // every code is a finite number
        NanOnly, // all ones is NaN, there is no infinity ("FN")
        Ieee,    // the highest exponent is infinity and NaN
        Fnuz,    // the code of minus zero is the only NaN, there is no infinity
    };
    std::string_view name;
    int exponentBits;
    int mantissaBits;
    int bias;
    Special special;

    constexpr int bits() const { return 1 + exponentBits + mantissaBits; }
    friend constexpr bool operator==(const SmallFloatFormat&, const SmallFloatFormat&) = default;
};

inline constexpr SmallFloatFormat kFloat16{"fp16", 5, 10, 15, SmallFloatFormat::Special::Ieee};
inline constexpr SmallFloatFormat kBFloat16{"bf16", 8, 7, 127, SmallFloatFormat::Special::Ieee};
inline constexpr SmallFloatFormat kE4M3FN{"e4m3fn", 4, 3, 7, SmallFloatFormat::Special::NanOnly};
inline constexpr SmallFloatFormat kE5M2{"e5m2", 5, 2, 15, SmallFloatFormat::Special::Ieee};
inline constexpr SmallFloatFormat kE3M2{"e3m2", 3, 2, 3, SmallFloatFormat::Special::None};
inline constexpr SmallFloatFormat kE2M3{"e2m3", 2, 3, 1, SmallFloatFormat::Special::None};
inline constexpr SmallFloatFormat kE2M1{"e2m1", 2, 1, 1, SmallFloatFormat::Special::None};

enum class Overflow {
    Saturate,  // beyond the largest finite value: that value (infinity too); NaN stays NaN where there is one, else 0
    NonFinite, // beyond it after rounding: infinity where the format has one, else NaN, else the largest finite value
};

/// The value of a code; the bits above the format's width must be zero. Every value is exact in float32.
float decodeSmallFloat(const SmallFloatFormat& format, std::uint32_t code);

/// The code nearest to value, ties to even.
std::uint32_t encodeSmallFloat(const SmallFloatFormat& format, float value, Overflow overflow);

/// The largest finite value.
float largestFinite(const SmallFloatFormat& format);

} // namespace quantoscope
