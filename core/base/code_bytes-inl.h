// Codes as vectors of bytes, pushed together until no bit is left between them, and pulled apart again.
// For files that highway compiles once for each set of instructions; included by each of them within its own.
#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

#if defined(QUANTOSCOPE_CODE_BYTES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef QUANTOSCOPE_CODE_BYTES_INL
#else
#define QUANTOSCOPE_CODE_BYTES_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR

using Words = hn::ScalableTag<std::uint32_t>;
using Bytes = hn::Repartition<std::uint8_t, Words>;
using Shorts = hn::Repartition<std::uint16_t, Words>;
using Longs = hn::Repartition<std::uint64_t, Words>;
using WordOrder = decltype(hn::SetTableIndices(Words(), static_cast<const std::int32_t*>(nullptr)));
using ByteVector = hn::Vec<Bytes>;

constexpr std::size_t kMaximumWords = HWY_MAX_BYTES / 4;

/// An order of words, of which fromOf(i) is the place that word i comes from.
template<class FromOf>
WordOrder wordOrder(const FromOf& fromOf) {
    std::int32_t from[kMaximumWords];
    for (std::size_t i = 0; i < hn::Lanes(Words()); ++i) from[i] = static_cast<std::int32_t>(fromOf(i));
    return hn::SetTableIndices(Words(), from);
}

template<class FromOf>
ByteVector byteOrder(const FromOf& fromOf) {
    std::uint8_t from[HWY_MAX_BYTES];
    for (std::size_t i = 0; i < hn::Lanes(Bytes()); ++i) from[i] = static_cast<std::uint8_t>(fromOf(i));
    return hn::LoadU(Bytes(), from);
}

/// Codes in memory as a vector of bytes, in their order, and back. Of words below 256 four vectors are one of bytes.
/// The four are put above each other in the bytes of one, which leaves a transposition: four by four within 16 bytes,
/// then of the words.
class Narrowing {
public:
    Narrowing()
        : m_transpose(byteOrder([](std::size_t i) { return i % 16 % 4 * 4 + i % 16 / 4; })),
          m_apart(wordOrder([](std::size_t i) { return i % blocks() * 4 + i / blocks(); })),
          m_together(wordOrder([](std::size_t i) { return i % 4 * blocks() + i / 4; })) {}

    HWY_INLINE ByteVector bytesOf(const std::uint32_t* codes) const {
        const Words d;
        const std::size_t n = hn::Lanes(d);
        const auto low = hn::Or(hn::LoadU(d, codes), hn::ShiftLeft<8>(hn::LoadU(d, codes + n)));
        const auto high =
            hn::Or(hn::ShiftLeft<16>(hn::LoadU(d, codes + 2 * n)), hn::ShiftLeft<24>(hn::LoadU(d, codes + 3 * n)));
        const auto transposed = hn::TableLookupBytes(hn::BitCast(Bytes(), hn::Or(low, high)), m_transpose);
        return hn::BitCast(Bytes(), hn::TableLookupLanes(hn::BitCast(d, transposed), m_apart));
    }
    HWY_INLINE ByteVector bytesOf(const std::uint8_t* codes) const { return hn::LoadU(Bytes(), codes); }
    HWY_INLINE void store(ByteVector bytes, std::uint8_t* codes) const { hn::StoreU(bytes, Bytes(), codes); }
    HWY_INLINE void store(ByteVector bytes, std::uint32_t* codes) const {
        const Words d;
        const std::size_t n = hn::Lanes(d);
        const auto blocks = hn::TableLookupLanes(hn::BitCast(d, bytes), m_together);
        const auto four = hn::BitCast(d, hn::TableLookupBytes(hn::BitCast(Bytes(), blocks), m_transpose));
        const auto mask = hn::Set(d, 255);
        hn::StoreU(hn::And(four, mask), d, codes);
        hn::StoreU(hn::And(hn::ShiftRight<8>(four), mask), d, codes + n);
        hn::StoreU(hn::And(hn::ShiftRight<16>(four), mask), d, codes + 2 * n);
        hn::StoreU(hn::ShiftRight<24>(four), d, codes + 3 * n);
    }

private:
    static std::size_t blocks() { return hn::Lanes(Words()) / 4; }

    ByteVector m_transpose;
    WordOrder m_apart, m_together;
};

// Neighbours pushed together: of two bytes 2·width bits, of two of those 4·width, of those 8·width in each 64.
template<int width>
HWY_INLINE hn::Vec<Shorts> twoTogether(ByteVector bytes) {
    const Shorts d;
    const auto v = hn::BitCast(d, bytes);
    return hn::Or(hn::And(v, hn::Set(d, 0xff)), hn::ShiftLeft<width>(hn::ShiftRight<8>(v)));
}
template<int width>
HWY_INLINE hn::Vec<Words> fourTogether(ByteVector bytes) {
    const Words d;
    const auto v = hn::BitCast(d, twoTogether<width>(bytes));
    return hn::Or(hn::And(v, hn::Set(d, 0xffff)), hn::ShiftLeft<2 * width>(hn::ShiftRight<16>(v)));
}
template<int width>
HWY_INLINE hn::Vec<Longs> eightTogether(ByteVector bytes) {
    const Longs d;
    const auto v = hn::BitCast(d, fourTogether<width>(bytes));
    return hn::Or(hn::And(v, hn::Set(d, 0xffffffff)), hn::ShiftLeft<4 * width>(hn::ShiftRight<32>(v)));
}

// And pulled apart again.
template<int width>
HWY_INLINE ByteVector apart(hn::Vec<Shorts> two) {
    const Shorts d;
    constexpr std::uint16_t mask = (1u << width) - 1;
    return hn::BitCast(
        Bytes(), hn::Or(hn::And(two, hn::Set(d, mask)),
                        hn::And(hn::ShiftLeft<8 - width>(two), hn::Set(d, static_cast<std::uint16_t>(mask << 8)))));
}
template<int width>
HWY_INLINE ByteVector apart(hn::Vec<Words> four) {
    const Words d;
    constexpr std::uint32_t mask = (1u << (2 * width)) - 1;
    const auto two =
        hn::Or(hn::And(four, hn::Set(d, mask)), hn::And(hn::ShiftLeft<16 - 2 * width>(four), hn::Set(d, mask << 16)));
    return apart<width>(hn::BitCast(Shorts(), two));
}
template<int width>
HWY_INLINE ByteVector apart(hn::Vec<Longs> eight) {
    const Longs d;
    constexpr std::uint64_t mask = (std::uint64_t{1} << (4 * width)) - 1;
    const auto four =
        hn::Or(hn::And(eight, hn::Set(d, mask)), hn::And(hn::ShiftLeft<32 - 4 * width>(eight), hn::Set(d, mask << 32)));
    return apart<width>(hn::BitCast(Words(), four));
}

/// Whether codes share their bytes with whole others only.
constexpr bool wholeInBytes(int width) { return width == 1 || width == 2 || width == 4 || width == 8; }

/// The codes of a vector of bytes, packed and stored; wholeInBytes(width).
template<int width>
HWY_INLINE void storeWhole(ByteVector bytes, std::uint8_t* to) {
    const auto store = [=](auto wide, auto together) HWY_ATTR {
        const hn::Rebind<std::uint8_t, decltype(wide)> d;
        hn::StoreU(hn::TruncateTo(d, together), d, to);
    };
    if constexpr (width == 1) store(Longs(), eightTogether<width>(bytes));
    if constexpr (width == 2) store(Words(), fourTogether<width>(bytes));
    if constexpr (width == 4) store(Shorts(), twoTogether<width>(bytes));
    if constexpr (width == 8) hn::StoreU(bytes, Bytes(), to);
}

template<int width>
HWY_INLINE ByteVector loadWhole(const std::uint8_t* from) {
    const auto load = [=](auto wide) HWY_ATTR { return hn::LoadU(hn::Rebind<std::uint8_t, decltype(wide)>(), from); };
    if constexpr (width == 1)
        return apart<width>(hn::PromoteTo(Longs(), hn::PromoteTo(hn::Rebind<std::uint32_t, Longs>(), load(Longs()))));
    if constexpr (width == 2) return apart<width>(hn::PromoteTo(Words(), load(Words())));
    if constexpr (width == 4) return apart<width>(hn::PromoteTo(Shorts(), load(Shorts())));
    return hn::LoadU(Bytes(), from);
}

#endif

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
