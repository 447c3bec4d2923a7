// Numbers out of a run of bytes, never beyond its end.
#pragma once

#include "core/base/result.h"

#include <fmt/format.h>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace quantoscope {

enum class ByteOrder { Little, Big };

inline constexpr ByteOrder kNativeOrder =
    std::endian::native == std::endian::little ? ByteOrder::Little : ByteOrder::Big;

template<std::unsigned_integral T>
constexpr T reverseBytes(T value) {
    T reversed = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        reversed = static_cast<T>(reversed | static_cast<T>((value >> (8 * i)) & 0xff) << (8 * (sizeof(T) - 1 - i)));
    return reversed;
}

/// sizeof(T) bytes as a number of this order; the caller has checked that they are there.
template<std::unsigned_integral T>
T loadNumber(const std::byte* from, ByteOrder order) {
    T value;
    std::memcpy(&value, from, sizeof(T));
    return order == kNativeOrder ? value : reverseBytes(value);
}

template<std::unsigned_integral T>
void storeNumber(std::byte* to, T value, ByteOrder order) {
    if (order != kNativeOrder) value = reverseBytes(value);
    std::memcpy(to, &value, sizeof(T));
}

class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    std::size_t position() const { return m_position; }
    std::size_t remaining() const { return m_bytes.size() - m_position; }

    /// The next count bytes; `what` names them in the error.
    Result<std::span<const std::byte>> take(std::uint64_t count, std::string_view what) {
        if (count > remaining())
            return Error{ErrorCode::Truncated, fmt::format("byte {}", m_position),
                         fmt::format("{} needs {} bytes and {} are left", what, count, remaining())};
        const auto taken = m_bytes.subspan(m_position, static_cast<std::size_t>(count));
        m_position += taken.size();
        return taken;
    }

    template<std::unsigned_integral T>
    Result<T> number(ByteOrder order, std::string_view what) {
        const auto bytes = take(sizeof(T), what);
        if (!bytes) return bytes.error();
        return loadNumber<T>(bytes->data(), order);
    }

private:
    std::span<const std::byte> m_bytes;
    std::size_t m_position = 0;
};

} // namespace quantoscope
