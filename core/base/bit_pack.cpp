#include "core/base/bit_pack.h"

#include <algorithm>

namespace quantoscope {

namespace {

// Byte by byte, so that it means the same on every machine; compilers make one access of it where they can.
std::uint64_t loadLittle64(const std::uint8_t* bytes) {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value |= std::uint64_t{bytes[i]} << (8 * i);
    return value;
}

void storeLittle32(std::uint8_t* bytes, std::uint32_t value) {
    for (int i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

} // namespace

void packCodes(std::span<const std::uint32_t> codes, int width, std::size_t first, std::span<std::uint8_t> packed) {
    if (width == 0) return;
    std::uint8_t* out = packed.data() + first * static_cast<std::size_t>(width) / 8;
    std::uint64_t pending = 0;
    int filled = 0; // bits of pending: fewer than 32 before a code is added
    for (const std::uint32_t code : codes) {
        pending |= std::uint64_t{code} << filled;
        filled += width;
        if (filled < 32) continue;
        storeLittle32(out, static_cast<std::uint32_t>(pending));
        out += 4;
        pending >>= 32;
        filled -= 32;
    }
    for (; filled > 0; filled -= 8, pending >>= 8) *out++ = static_cast<std::uint8_t>(pending);
}

std::uint32_t unpackCode(std::span<const std::uint8_t> packed, int width, std::size_t index) {
    if (width == 0) return 0;
    const std::size_t bit = index * static_cast<std::size_t>(width), byte = bit / 8;
    const int shift = static_cast<int>(bit % 8);
    std::uint64_t window = 0;
    for (int i = 0; i * 8 < shift + width; ++i)
        window |= std::uint64_t{packed[byte + static_cast<std::size_t>(i)]} << (8 * i);
    return static_cast<std::uint32_t>((window >> shift) & ((std::uint64_t{1} << width) - 1));
}

void unpackCodes(std::span<const std::uint8_t> packed, int width, std::size_t first, std::span<std::uint32_t> codes) {
    if (width == 0) {
        std::fill(codes.begin(), codes.end(), 0);
        return;
    }
    // A window of eight bytes holds any code: 7 bits before it and 32 of its own at most.
    const auto step = static_cast<std::size_t>(width);
    const std::size_t windows = packed.size() < 8 ? 0 : (packed.size() - 8) * 8 + 7; // the last bit one may begin at
    const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
    std::size_t i = 0;
    for (std::size_t bit = first * step; i < codes.size() && bit <= windows && windows > 0; ++i, bit += step)
        codes[i] = static_cast<std::uint32_t>((loadLittle64(packed.data() + bit / 8) >> (bit % 8)) & mask);
    for (; i < codes.size(); ++i) codes[i] = unpackCode(packed, width, first + i);
}

} // namespace quantoscope
