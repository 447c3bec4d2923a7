#include "core/base/bit_pack.h"

namespace quantoscope {

void packCodes(std::span<const std::uint32_t> codes, int width, std::size_t first, std::span<std::uint8_t> packed) {
    if (width == 0) return;
    std::size_t byte = first * static_cast<std::size_t>(width) / 8;
    std::uint64_t pending = 0;
    int filled = 0;
    for (const std::uint32_t code : codes) {
        pending |= static_cast<std::uint64_t>(code) << filled;
        filled += width;
        while (filled >= 8) {
            packed[byte++] = static_cast<std::uint8_t>(pending);
            pending >>= 8;
            filled -= 8;
        }
    }
    if (filled > 0) packed[byte] = static_cast<std::uint8_t>(packed[byte] | pending);
}

std::uint32_t unpackCode(std::span<const std::uint8_t> packed, int width, std::size_t index) {
    if (width == 0) return 0;
    const std::size_t bit = index * static_cast<std::size_t>(width), byte = bit / 8;
    const int shift = static_cast<int>(bit % 8);
    std::uint64_t window = 0;
    for (int i = 0; i * 8 < shift + width; ++i)
        window |= static_cast<std::uint64_t>(packed[byte + static_cast<std::size_t>(i)]) << (8 * i);
    return static_cast<std::uint32_t>((window >> shift) & ((std::uint64_t{1} << width) - 1));
}

} // namespace quantoscope
