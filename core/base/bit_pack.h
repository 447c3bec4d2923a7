// Codes of 0 to 32 bits packed without gaps: code i takes bits [i·width, (i + 1)·width) of the stream, lowest bit
// first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace quantoscope {

constexpr std::size_t packedBytes(std::size_t count, int width) {
    return (count * static_cast<std::size_t>(width) + 7) / 8;
}

/// Writes codes[0..] starting at code position `first`; the bytes must be zero where codes go, and `first·width` a
/// multiple of 8.
void packCodes(std::span<const std::uint32_t> codes, int width, std::size_t first, std::span<std::uint8_t> packed);
std::uint32_t unpackCode(std::span<const std::uint8_t> packed, int width, std::size_t index);

} // namespace quantoscope
