// Codes of 0 to 32 bits, those in bytes of 0 to 8, packed without gaps: code i takes bits [i·width, (i + 1)·width) of
// the stream, lowest bit first. Up to 8 bits, and for 16, in vectors; from 9 to 15 in words of 64 bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace quantoscope {

constexpr std::size_t packedBytes(std::size_t count, int width) {
    return (count * static_cast<std::size_t>(width) + 7) / 8;
}

/// Writes codes of no more than width bits from code position `first` on; `first·width` must be a multiple of 8. Bits
/// of the last byte beyond the last code become zero; no other byte is touched, so that pieces may be written from
/// several threads.
void packCodes(std::span<const std::uint8_t> codes, int width, std::size_t first, std::span<std::uint8_t> packed);
void packCodes(std::span<const std::uint32_t> codes, int width, std::size_t first, std::span<std::uint8_t> packed);

/// Reads codes[0..] from code position `first` on, any.
void unpackCodes(std::span<const std::uint8_t> packed, int width, std::size_t first, std::span<std::uint8_t> codes);
void unpackCodes(std::span<const std::uint8_t> packed, int width, std::size_t first, std::span<std::uint32_t> codes);
std::uint32_t unpackCode(std::span<const std::uint8_t> packed, int width, std::size_t index);

} // namespace quantoscope
