#include "core/base/bit_pack.h"

#include "core/base/vector_targets.h"

#include <algorithm>
#include <bit>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/base/bit_pack.cpp"
// clang-format off
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>
#include "core/base/code_bytes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR

// There are no vectors: all is left to the words.
std::size_t packByteVectors(const std::uint8_t*, std::size_t, int, std::uint8_t*) { return 0; }
std::size_t packVectors(const std::uint32_t*, std::size_t, int, std::uint8_t*) { return 0; }
std::size_t unpackByteVectors(const std::uint8_t*, std::size_t, int, std::uint8_t*, std::size_t) { return 0; }
std::size_t unpackVectors(const std::uint8_t*, std::size_t, int, std::uint32_t*, std::size_t) { return 0; }

#else

/// Calls step(i) for vectors of bytes from code i on, which begin with a byte of the packed codes and lie within the
/// first `most` of them; says up to where. Unless `most` or less than a vector keeps it from that, less than eight
/// codes are left of `count`.
template<class Step>
HWY_INLINE std::size_t forByteVectors(std::size_t count, std::size_t most, const Step& step) {
    const std::size_t lanes = hn::Lanes(Bytes());
    std::size_t i = 0;
    for (; i + lanes <= count && i + lanes <= most; i += lanes) step(i);
    if (count < lanes || i + 8 > count) return i;
    const std::size_t last = (count - lanes) / 8 * 8; // some once more: it gives the same
    if (last + lanes > most) return i;
    step(last);
    return last + lanes;
}

/// Packs all but less than eight codes of a vector and more, and says how many.
template<int width, class Code>
std::size_t packBytewise(const Code* codes, std::size_t count, std::uint8_t* out) {
    const std::size_t lanes = hn::Lanes(Bytes()), blocks = lanes / 16;
    const Narrowing narrow;
    // Of 16 bytes 2·width are left: they are moved to the front, and the next 16 overwrite the rest.
    const auto compact = byteOrder([](std::size_t i) {
        const std::size_t at = i % 16;
        return at < width ? at : at < 2 * width ? at - width + 8 : 0;
    });
    HWY_ALIGN std::uint8_t buffer[HWY_MAX_BYTES], last[2 * HWY_MAX_BYTES];
    return forByteVectors(count, count, [&](std::size_t i) HWY_ATTR {
        const ByteVector bytes = narrow.bytesOf(codes + i);
        std::uint8_t* const to = out + i * width / 8;
        if constexpr (wholeInBytes(width)) {
            storeWhole<width>(bytes, to);
        } else {
            const ByteVector together = hn::BitCast(Bytes(), eightTogether<width>(bytes));
            hn::Store(hn::TableLookupBytes(together, compact), Bytes(), buffer);
            // What lies behind these codes is another's, until there are enough of our own.
            const bool isLast = (count - i) * width / 8 < 2 * width * (blocks - 1) + 16;
            std::uint8_t* const place = isLast ? last : to;
            for (std::size_t b = 0; b < blocks; ++b) std::memcpy(place + 2 * width * b, buffer + 16 * b, 16);
            if (isLast) std::memcpy(to, last, lanes * width / 8);
        }
    });
}

template<int width, class Code>
std::size_t unpackBytewise(const std::uint8_t* in, std::size_t available, Code* codes, std::size_t count) {
    const std::size_t lanes = hn::Lanes(Bytes());
    const Narrowing narrow;
    // 2·width bytes to every 16: words first, which cross those borders, then bytes.
    const auto words =
        wordOrder([](std::size_t i) { return std::min(i / 4 * 2 * width / 4 + i % 4, hn::Lanes(Words()) - 1); });
    const auto spread = byteOrder([](std::size_t i) {
        const std::size_t begin = i / 16 * 2 * width % 4, at = i % 8;
        return at < width ? begin + i % 16 / 8 * width + at : 0;
    });
    // A vector is read from where its codes begin, whatever it holds of them.
    const std::size_t read = wholeInBytes(width) ? lanes * width / 8 : lanes;
    const std::size_t most = available < read ? 0 : (available - read) * 8 / width + lanes;
    return forByteVectors(count, most, [&](std::size_t i) HWY_ATTR {
        const std::uint8_t* const from = in + i * width / 8;
        if constexpr (wholeInBytes(width)) {
            narrow.store(loadWhole<width>(from), codes + i);
        } else {
            const auto blocks = hn::TableLookupLanes(hn::BitCast(Words(), hn::LoadU(Bytes(), from)), words);
            const auto eight = hn::TableLookupBytes(hn::BitCast(Bytes(), blocks), spread);
            narrow.store(apart<width>(hn::BitCast(Longs(), eight)), codes + i);
        }
    });
}

/// Two vectors of words below 65536 as one, as above: a transposition within 16 bytes, then of their halves.
std::size_t packPairs(const std::uint32_t* codes, std::size_t count, std::uint8_t* out) {
    const Words d;
    const std::size_t n = hn::Lanes(d), blocks = n / 4;
    const auto transpose = byteOrder([](std::size_t i) { return (i % 8 / 2 * 2 + i % 16 / 8) * 2 + i % 2; });
    const auto apart = wordOrder([=](std::size_t i) { return i / 2 % blocks * 4 + i / 2 / blocks * 2 + i % 2; });
    std::size_t done = 0;
    for (; done + 2 * n <= count; done += 2 * n, out += 4 * n) {
        const auto two = hn::Or(hn::LoadU(d, codes + done), hn::ShiftLeft<16>(hn::LoadU(d, codes + done + n)));
        const auto halves = hn::BitCast(d, hn::TableLookupBytes(hn::BitCast(Bytes(), two), transpose));
        hn::StoreU(hn::BitCast(Bytes(), hn::TableLookupLanes(halves, apart)), Bytes(), out);
    }
    return done;
}

std::size_t unpackPairs(const std::uint8_t* in, std::size_t available, std::uint32_t* codes, std::size_t count) {
    const Words d;
    const hn::Rebind<std::uint16_t, Words> half;
    const hn::Repartition<std::uint8_t, decltype(half)> bytes;
    const std::size_t n = hn::Lanes(d);
    std::size_t done = 0;
    for (; done + n <= count && available >= 2 * n; done += n, in += 2 * n, available -= 2 * n)
        hn::StoreU(hn::PromoteTo(d, hn::BitCast(half, hn::LoadU(bytes, in))), d, codes + done);
    return done;
}

/// Codes of 9 to 15 bits, each from the word it begins in and the next. Of fewer than eight they would not end on a
/// byte.
std::size_t unpackWide(const std::uint8_t* in, std::size_t available, int width, std::uint32_t* codes,
                       std::size_t count) {
    const Words d;
    const auto bits = static_cast<std::size_t>(width);
    const std::size_t n = hn::Lanes(d), step = n * bits / 8;
    if (n < 8) return 0;
    const auto lower = wordOrder([=](std::size_t i) { return i * bits / 32; });
    const auto upper = wordOrder([=](std::size_t i) { return std::min(i * bits / 32 + 1, n - 1); });
    std::uint32_t begins[kMaximumWords];
    for (std::size_t i = 0; i < n; ++i) begins[i] = static_cast<std::uint32_t>(i * bits % 32);
    const auto begin = hn::LoadU(d, begins), mask = hn::Set(d, (1u << bits) - 1);
    const auto room = hn::Sub(hn::Set(d, 31), begin); // less one, as no number may be moved by 32 at once
    std::size_t done = 0;
    for (; done + n <= count && available >= 4 * n; done += n, in += step, available -= step) {
        const auto words = hn::BitCast(d, hn::LoadU(Bytes(), in));
        const auto low = hn::Shr(hn::TableLookupLanes(words, lower), begin);
        const auto high = hn::ShiftLeft<1>(hn::Shl(hn::TableLookupLanes(words, upper), room));
        hn::StoreU(hn::And(hn::Or(low, high), mask), d, codes + done);
    }
    return done;
}

template<class Code>
std::size_t packNarrow(const Code* codes, std::size_t count, int width, std::uint8_t* out) {
    switch (width) {
    case 1: return packBytewise<1>(codes, count, out);
    case 2: return packBytewise<2>(codes, count, out);
    case 3: return packBytewise<3>(codes, count, out);
    case 4: return packBytewise<4>(codes, count, out);
    case 5: return packBytewise<5>(codes, count, out);
    case 6: return packBytewise<6>(codes, count, out);
    case 7: return packBytewise<7>(codes, count, out);
    case 8: return packBytewise<8>(codes, count, out);
    default: return 0;
    }
}
std::size_t packByteVectors(const std::uint8_t* codes, std::size_t count, int width, std::uint8_t* out) {
    return packNarrow(codes, count, width, out);
}
std::size_t packVectors(const std::uint32_t* codes, std::size_t count, int width, std::uint8_t* out) {
    return width == 16 ? packPairs(codes, count, out) : packNarrow(codes, count, width, out);
}

template<class Code>
std::size_t unpackNarrow(const std::uint8_t* in, std::size_t available, int width, Code* codes, std::size_t count) {
    switch (width) {
    case 1: return unpackBytewise<1>(in, available, codes, count);
    case 2: return unpackBytewise<2>(in, available, codes, count);
    case 3: return unpackBytewise<3>(in, available, codes, count);
    case 4: return unpackBytewise<4>(in, available, codes, count);
    case 5: return unpackBytewise<5>(in, available, codes, count);
    case 6: return unpackBytewise<6>(in, available, codes, count);
    case 7: return unpackBytewise<7>(in, available, codes, count);
    case 8: return unpackBytewise<8>(in, available, codes, count);
    default: return 0;
    }
}
/// These read as many codes as vectors that lie within the available bytes hold, and say how many.
std::size_t unpackByteVectors(const std::uint8_t* in, std::size_t available, int width, std::uint8_t* codes,
                              std::size_t count) {
    return unpackNarrow(in, available, width, codes, count);
}
std::size_t unpackVectors(const std::uint8_t* in, std::size_t available, int width, std::uint32_t* codes,
                          std::size_t count) {
    if (width == 16) return unpackPairs(in, available, codes, count);
    if (width > 8 && width < 16) return unpackWide(in, available, width, codes, count);
    return unpackNarrow(in, available, width, codes, count);
}

#endif

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(packByteVectors);
HWY_EXPORT(packVectors);
HWY_EXPORT(unpackByteVectors);
HWY_EXPORT(unpackVectors);

namespace {

constexpr bool kLittle = std::endian::native == std::endian::little; // the vectors rely on it

// Byte by byte, so that it means the same on every machine; compilers make one access of it where they can.
std::uint64_t loadLittle64(const std::uint8_t* bytes) {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value |= std::uint64_t{bytes[i]} << (8 * i);
    return value;
}

void storeLittle64(std::uint8_t* bytes, std::uint64_t value) {
    for (int i = 0; i < 8; ++i) bytes[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

void storeLittle32(std::uint8_t* bytes, std::uint32_t value) {
    for (int i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

/// Four codes of 9 to 15 bits make a word of no more than 60, and two of those 8·width bits: width bytes. Of both words
/// all eight bytes are written, so this ends where the codes still have that room.
template<int width>
std::size_t packWords(const std::uint32_t* codes, std::size_t count, std::uint8_t* out) {
    const auto four = [](const std::uint32_t* c) {
        return std::uint64_t{c[0]} | std::uint64_t{c[1]} << width | std::uint64_t{c[2]} << (2 * width) |
               std::uint64_t{c[3]} << (3 * width);
    };
    std::size_t done = 0;
    for (; (count - done) * width / 8 >= 16 && done + 8 <= count; done += 8, out += width) {
        const std::uint64_t low = four(codes + done), high = four(codes + done + 4);
        storeLittle64(out, low | high << (4 * width));
        storeLittle64(out + 8, high >> (64 - 4 * width));
    }
    return done;
}

template<int width>
std::size_t unpackWords(const std::uint8_t* in, std::size_t available, std::uint32_t* codes, std::size_t count) {
    constexpr std::uint64_t mask = (1u << width) - 1;
    std::size_t done = 0;
    for (; done + 8 <= count && available >= 16; done += 8, in += width, available -= width) {
        const std::uint64_t low = loadLittle64(in), high = loadLittle64(in + width / 2) >> (width % 2 * 4);
        for (int i = 0; i < 4; ++i) {
            codes[done + static_cast<std::size_t>(i)] = static_cast<std::uint32_t>(low >> (i * width) & mask);
            codes[done + 4 + static_cast<std::size_t>(i)] = static_cast<std::uint32_t>(high >> (i * width) & mask);
        }
    }
    return done;
}

std::size_t packMany(const std::uint8_t* codes, std::size_t count, int width, std::uint8_t* out) {
    return kLittle ? HWY_DYNAMIC_DISPATCH(packByteVectors)(codes, count, width, out) : 0;
}
std::size_t packMany(const std::uint32_t* codes, std::size_t count, int width, std::uint8_t* out) {
    switch (width) {
    case 9: return packWords<9>(codes, count, out);
    case 10: return packWords<10>(codes, count, out);
    case 11: return packWords<11>(codes, count, out);
    case 12: return packWords<12>(codes, count, out);
    case 13: return packWords<13>(codes, count, out);
    case 14: return packWords<14>(codes, count, out);
    case 15: return packWords<15>(codes, count, out);
    default: return kLittle ? HWY_DYNAMIC_DISPATCH(packVectors)(codes, count, width, out) : 0;
    }
}

std::size_t unpackMany(const std::uint8_t* in, std::size_t available, int width, std::uint8_t* codes,
                       std::size_t count) {
    return kLittle ? HWY_DYNAMIC_DISPATCH(unpackByteVectors)(in, available, width, codes, count) : 0;
}
/// What is left behind vectors, word by word.
std::size_t unpackWordwise(const std::uint8_t* in, std::size_t available, int width, std::uint32_t* codes,
                           std::size_t count) {
    switch (width) {
    case 9: return unpackWords<9>(in, available, codes, count);
    case 10: return unpackWords<10>(in, available, codes, count);
    case 11: return unpackWords<11>(in, available, codes, count);
    case 12: return unpackWords<12>(in, available, codes, count);
    case 13: return unpackWords<13>(in, available, codes, count);
    case 14: return unpackWords<14>(in, available, codes, count);
    case 15: return unpackWords<15>(in, available, codes, count);
    default: return 0;
    }
}
std::size_t unpackMany(const std::uint8_t* in, std::size_t available, int width, std::uint32_t* codes,
                       std::size_t count) {
    const std::size_t done = kLittle ? HWY_DYNAMIC_DISPATCH(unpackVectors)(in, available, width, codes, count) : 0;
    const std::size_t bytes = done * static_cast<std::size_t>(width) / 8;
    return done + unpackWordwise(in + bytes, available - bytes, width, codes + done, count - done);
}

template<class Code>
void packAll(std::span<const Code> codes, int width, std::size_t first, std::span<std::uint8_t> packed) {
    if (width == 0 || codes.empty()) return;
    const auto bits = static_cast<std::size_t>(width);
    std::uint8_t* out = packed.data() + first * bits / 8;
    // Whole vectors and words end on a byte.
    const std::size_t many = packMany(codes.data(), codes.size(), width, out);
    out += many * bits / 8;
    std::uint64_t pending = 0;
    int filled = 0; // bits of pending: fewer than 32 before a code is added
    for (const Code code : codes.subspan(many)) {
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

template<class Code>
void unpackAll(std::span<const std::uint8_t> packed, int width, std::size_t first, std::span<Code> codes) {
    if (width == 0) {
        std::fill(codes.begin(), codes.end(), Code{0});
        return;
    }
    const auto step = static_cast<std::size_t>(width);
    std::size_t i = 0;
    for (; i < codes.size() && (first + i) * step % 8 != 0; ++i)
        codes[i] = static_cast<Code>(unpackCode(packed, width, first + i));
    if (i == codes.size()) return;
    const std::size_t byte = (first + i) * step / 8;
    i += unpackMany(packed.data() + byte, packed.size() - byte, width, codes.data() + i, codes.size() - i);
    // A window of eight bytes holds any code: 7 bits before it and 32 of its own at most.
    const std::size_t windows = packed.size() < 8 ? 0 : (packed.size() - 8) * 8 + 7; // the last bit one may begin at
    const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
    for (std::size_t bit = (first + i) * step; i < codes.size() && bit <= windows && windows > 0; ++i, bit += step)
        codes[i] = static_cast<Code>((loadLittle64(packed.data() + bit / 8) >> (bit % 8)) & mask);
    for (; i < codes.size(); ++i) codes[i] = static_cast<Code>(unpackCode(packed, width, first + i));
}

} // namespace

std::uint32_t unpackCode(std::span<const std::uint8_t> packed, int width, std::size_t index) {
    if (width == 0) return 0;
    const std::size_t bit = index * static_cast<std::size_t>(width), byte = bit / 8;
    const int shift = static_cast<int>(bit % 8);
    std::uint64_t window = 0;
    for (int i = 0; i * 8 < shift + width; ++i)
        window |= std::uint64_t{packed[byte + static_cast<std::size_t>(i)]} << (8 * i);
    return static_cast<std::uint32_t>((window >> shift) & ((std::uint64_t{1} << width) - 1));
}

void packCodes(std::span<const std::uint8_t> codes, int width, std::size_t first, std::span<std::uint8_t> packed) {
    packAll(codes, width, first, packed);
}
void packCodes(std::span<const std::uint32_t> codes, int width, std::size_t first, std::span<std::uint8_t> packed) {
    packAll(codes, width, first, packed);
}

void unpackCodes(std::span<const std::uint8_t> packed, int width, std::size_t first, std::span<std::uint8_t> codes) {
    unpackAll(packed, width, first, codes);
}
void unpackCodes(std::span<const std::uint8_t> packed, int width, std::size_t first, std::span<std::uint32_t> codes) {
    unpackAll(packed, width, first, codes);
}

} // namespace quantoscope
#endif
