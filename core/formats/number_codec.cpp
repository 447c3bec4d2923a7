#include "core/formats/number_codec.h"

#include "core/base/small_float.h"
#include "core/base/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <type_traits>

namespace quantoscope {

namespace {

constexpr std::size_t kBytesARun = std::size_t{1} << 22;

const SmallFloatFormat* smallFloat(DType dtype) {
    switch (dtype) {
    case DType::F8E4M3: return &kE4M3FN;
    case DType::F8E5M2: return &kE5M2;
    case DType::F16: return &kFloat16;
    case DType::BF16: return &kBFloat16;
    default: return nullptr;
    }
}

/// |original − float32|, exact: the difference of two integers, or of two doubles (0 where both are not finite).
template<class T>
double roundingError(T original, float rounded) {
    if constexpr (std::is_floating_point_v<T>) {
        return std::fabs(original - static_cast<double>(rounded));
    } else {
        auto magnitude = static_cast<std::uint64_t>(original);
        if (std::is_signed_v<T> && original < 0) magnitude = 0 - magnitude;
        // 2^64 does not fit: only the largest U64 round there.
        if (rounded >= 0x1p64f) return static_cast<double>(0 - magnitude);
        const auto roundedMagnitude = static_cast<std::uint64_t>(std::fabs(rounded));
        return static_cast<double>(std::max(magnitude, roundedMagnitude) - std::min(magnitude, roundedMagnitude));
    }
}

template<class T>
double decodeAs(std::span<const std::byte> bytes, ByteOrder order, std::span<float> out) {
    using Bits =
        std::conditional_t<sizeof(T) == 1, std::uint8_t,
                           std::conditional_t<sizeof(T) == 2, std::uint16_t,
                                              std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>>;
    constexpr bool exact = std::numeric_limits<T>::digits <= std::numeric_limits<float>::digits;
    const auto load = [&](std::size_t i) {
        return std::bit_cast<T>(loadNumber<Bits>(bytes.data() + i * sizeof(T), order));
    };
    if constexpr (exact) {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<float>(load(i));
        return 0;
    } else {
        double largest = 0;
        for (std::size_t i = 0; i < out.size(); ++i) {
            const T value = load(i);
            out[i] = static_cast<float>(value);
            const double error = roundingError(value, out[i]);
            if (error > largest) largest = error; // false for NaN − NaN and ∞ − ∞
        }
        return largest;
    }
}

void decodeHalf(std::span<const std::byte> bytes, ByteOrder order, std::span<float> out) {
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::uint32_t half = loadNumber<std::uint16_t>(bytes.data() + 2 * i, order);
        // Read as a float32 its exponent is 112 too small; a multiplication mends that, for subnormals too.
        const float scaled = std::bit_cast<float>((half & 0x7fffu) << 13) * 0x1p112f;
        std::uint32_t bits = std::bit_cast<std::uint32_t>(scaled);
        bits |= scaled >= 65536.0f ? 0x7f800000u : 0u; // infinity or NaN
        out[i] = std::bit_cast<float>(bits | (half & 0x8000u) << 16);
    }
}

void decodeBytes(const SmallFloatFormat& format, std::span<const std::byte> bytes, std::span<float> out) {
    std::array<float, 256> values;
    for (std::uint32_t code = 0; code < 256; ++code) values[code] = decodeSmallFloat(format, code);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = values[std::to_integer<std::size_t>(bytes[i])];
}

// The encoders return how many values fit before the first that does not.

template<class T>
std::size_t encodeWhole(std::span<const float> values, std::span<std::byte> out) {
    using Bits = std::make_unsigned_t<T>;
    const auto lowest = static_cast<float>(std::numeric_limits<T>::min());
    const float beyond = std::ldexp(1.0f, std::numeric_limits<T>::digits); // the largest plus one
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float value = values[i];
        if (!(value >= lowest && value < beyond) || value != std::trunc(value)) return i;
        storeNumber(out.data() + i * sizeof(T), static_cast<Bits>(static_cast<T>(value)), ByteOrder::Little);
    }
    return values.size();
}

std::size_t encodeBools(std::span<const float> values, std::span<std::byte> out) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] != 0 && values[i] != 1) return i;
        out[i] = static_cast<std::byte>(values[i] != 0);
    }
    return values.size();
}

std::size_t encodeSmall(const SmallFloatFormat& format, std::span<const float> values, std::span<std::byte> out) {
    const bool oneByte = format.bits() == 8;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float value = values[i];
        const std::uint32_t code = encodeSmallFloat(format, value, Overflow::NonFinite);
        const bool overflowed = !std::isfinite(decodeSmallFloat(format, code)) && std::isfinite(value);
        const bool noInfinity = format.special == SmallFloatFormat::Special::NanOnly && std::isinf(value);
        if (overflowed || noInfinity) return i;
        if (oneByte)
            out[i] = static_cast<std::byte>(code);
        else
            storeNumber(out.data() + 2 * i, static_cast<std::uint16_t>(code), ByteOrder::Little);
    }
    return values.size();
}

template<class T, class Bits>
std::size_t encodeReal(std::span<const float> values, std::span<std::byte> out) {
    for (std::size_t i = 0; i < values.size(); ++i)
        storeNumber(out.data() + i * sizeof(T), std::bit_cast<Bits>(static_cast<T>(values[i])), ByteOrder::Little);
    return values.size();
}

} // namespace

double decodeNumbers(DType dtype, ByteOrder order, std::span<const std::byte> bytes, std::span<float> out) {
    switch (dtype) {
    case DType::Bool:
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = bytes[i] == std::byte{0} ? 0.0f : 1.0f;
        return 0;
    case DType::U8: return decodeAs<std::uint8_t>(bytes, order, out);
    case DType::I8: return decodeAs<std::int8_t>(bytes, order, out);
    case DType::U16: return decodeAs<std::uint16_t>(bytes, order, out);
    case DType::I16: return decodeAs<std::int16_t>(bytes, order, out);
    case DType::U32: return decodeAs<std::uint32_t>(bytes, order, out);
    case DType::I32: return decodeAs<std::int32_t>(bytes, order, out);
    case DType::U64: return decodeAs<std::uint64_t>(bytes, order, out);
    case DType::I64: return decodeAs<std::int64_t>(bytes, order, out);
    case DType::F8E4M3:
    case DType::F8E5M2: decodeBytes(*smallFloat(dtype), bytes, out); return 0;
    case DType::F16: decodeHalf(bytes, order, out); return 0;
    case DType::BF16:
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = std::bit_cast<float>(std::uint32_t{loadNumber<std::uint16_t>(bytes.data() + 2 * i, order)} << 16);
        return 0;
    case DType::F32: return decodeAs<float>(bytes, order, out);
    case DType::F64: break;
    }
    return decodeAs<double>(bytes, order, out);
}

std::size_t encodeNumbers(DType dtype, std::span<const float> values, std::span<std::byte> out) {
    switch (dtype) {
    case DType::Bool: return encodeBools(values, out);
    case DType::U8: return encodeWhole<std::uint8_t>(values, out);
    case DType::I8: return encodeWhole<std::int8_t>(values, out);
    case DType::U16: return encodeWhole<std::uint16_t>(values, out);
    case DType::I16: return encodeWhole<std::int16_t>(values, out);
    case DType::U32: return encodeWhole<std::uint32_t>(values, out);
    case DType::I32: return encodeWhole<std::int32_t>(values, out);
    case DType::U64: return encodeWhole<std::uint64_t>(values, out);
    case DType::I64: return encodeWhole<std::int64_t>(values, out);
    case DType::F8E4M3:
    case DType::F8E5M2:
    case DType::F16:
    case DType::BF16: return encodeSmall(*smallFloat(dtype), values, out);
    case DType::F32: return encodeReal<float, std::uint32_t>(values, out);
    case DType::F64: break;
    }
    return encodeReal<double, std::uint64_t>(values, out);
}

Status readNumbers(const InputFile& file, std::uint64_t offset, DType dtype, ByteOrder order, std::span<float> out,
                   double& conversionError, const JobControl& job) {
    const auto read = [&](std::uint64_t from, std::span<std::byte> bytes) { return file.read(from, bytes); };
    return readNumbers(read, offset, dtype, order, out, conversionError, job);
}

Status readNumbers(const ReadBytes& read, std::uint64_t offset, DType dtype, ByteOrder order, std::span<float> out,
                   double& conversionError, const JobControl& job) {
    const std::size_t width = byteWidth(dtype);
    const bool direct = dtype == DType::F32 && order == kNativeOrder;
    std::vector<std::byte> buffer;
    for (std::size_t begin = 0; begin < out.size(); begin += kBytesARun / width) {
        if (job.cancelled()) return cancelled();
        const auto run = out.subspan(begin, std::min(kBytesARun / width, out.size() - begin));
        if (!direct) buffer.resize(run.size() * width);
        const std::span<std::byte> bytes = direct ? std::as_writable_bytes(run) : std::span(buffer);
        if (Status status = read(offset + begin * width, bytes); !status) return status;
        if (!direct) conversionError = std::max(conversionError, decodeNumbers(dtype, order, bytes, run));
        job.progress(static_cast<double>(begin + run.size()) / static_cast<double>(out.size()));
    }
    return {};
}

Result<std::span<const std::byte>> TensorEncoder::next() {
    const TensorInfo& info = m_tensor.info;
    const std::size_t width = byteWidth(info.dtype);
    const auto left = std::span<const float>(m_tensor.values).subspan(m_position);
    const auto run = left.first(std::min(kBytesARun / width, left.size()));
    m_run.resize(run.size() * width);
    const std::size_t fitting = encodeNumbers(info.dtype, run, m_run);
    if (fitting < run.size())
        return Error{ErrorCode::InvalidArgument, fmt::format("{}: value {}", inQuotes(info.name), m_position + fitting),
                     fmt::format("{} cannot be stored as {}", run[fitting], name(info.dtype))};
    m_position += run.size();
    return std::span<const std::byte>(m_run);
}

Status encodeTensor(const Tensor& tensor, const JobControl& job,
                    const std::function<Status(std::span<const std::byte>)>& sink) {
    TensorEncoder encoder(tensor);
    while (!encoder.atEnd()) {
        if (job.cancelled()) return cancelled();
        const auto run = encoder.next();
        if (!run) return run.error();
        if (Status status = sink(*run); !status) return status;
    }
    return {};
}

} // namespace quantoscope
