// Vectors of values and of codes, the scales of their lanes and tables of levels: what the loops that encode and those
// that decode have in common.
// For files that highway compiles once for each set of instructions; included by each of them within its own.
#include "core/quant/code_kernels.h"

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#if defined(QUANTOSCOPE_CODE_VECTORS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef QUANTOSCOPE_CODE_VECTORS_INL
#else
#define QUANTOSCOPE_CODE_VECTORS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Reals = hn::CappedTag<float, 16>; // a table of 16 fits, and no vector is longer than kLanePadding
using Integers = hn::Rebind<std::int32_t, Reals>;
using Words = hn::Rebind<std::uint32_t, Reals>;
using Real = hn::Vec<Reals>;
using Integer = hn::Vec<Integers>;

// How many lanes a vector has for certain: what is chosen by it is compiled away.
#if HWY_TARGET == HWY_SCALAR
constexpr std::size_t kLanes = 1;
#else
constexpr std::size_t kLanes = hn::MaxLanes(Reals());
#endif

constexpr float kRounder = 0x1.8p23f; // added, it leaves no bits behind the point, rounded half to even

HWY_INLINE Integer bitsOf(Real v) { return hn::BitCast(Integers(), v); }

/// u > low ? u : low, so `low` for NaN.
HWY_INLINE Real above(Real u, Real low) {
#if HWY_ARCH_X86
    return hn::Max(u, low); // its second argument is what MAXPS gives for NaN
#else
    return hn::IfThenElse(hn::Gt(u, low), u, low);
#endif
}

/// As many codes as a vector has lanes, in memory as words or bytes.
HWY_INLINE void storeCodes(Integer codes, std::uint32_t* to) { hn::StoreU(hn::BitCast(Words(), codes), Words(), to); }
HWY_INLINE void storeCodes(Integer codes, std::uint8_t* to) {
    hn::StoreU(hn::U8FromU32(hn::BitCast(Words(), codes)), hn::Rebind<std::uint8_t, Words>(), to);
}
HWY_INLINE Integer loadCodes(const std::uint32_t* from) { return hn::BitCast(Integers(), hn::LoadU(Words(), from)); }
HWY_INLINE Integer loadCodes(const std::uint8_t* from) {
    return hn::PromoteTo(Integers(), hn::LoadU(hn::Rebind<std::uint8_t, Words>(), from));
}

/// 2^bits numbers, 16 at most, to be looked up by lane.
template<int bits>
class Table {
public:
    static constexpr std::size_t kSize = std::size_t{1} << bits;
    static constexpr bool kWhole = kLanes >= kSize;                 // in one vector
    static constexpr bool kHalves = !kWhole && 2 * kLanes == kSize; // in two

    HWY_INLINE explicit Table(const float* numbers)
        : m_low(hn::LoadU(Reals(), numbers)), m_high(hn::LoadU(Reals(), numbers + (kHalves ? kSize / 2 : 0))) {}

    template<class Change>
    HWY_INLINE void apply(const Change& change) {
        m_low = change(m_low);
        if constexpr (kHalves) m_high = change(m_high);
    }

    /// index < 2^bits, and inHigh says whether that is at least half of it.
    HWY_INLINE Real at(Integer index, hn::Mask<Reals> inHigh) const {
        static_assert(kWhole || kHalves);
        const Reals d;
        if constexpr (kWhole) {
            return hn::TableLookupLanes(m_low, hn::IndicesFromVec(d, index));
        } else {
            const auto within =
                hn::IndicesFromVec(d, hn::And(index, hn::Set(Integers(), static_cast<std::int32_t>(kSize / 2 - 1))));
            return hn::IfThenElse(inHigh, hn::TableLookupLanes(m_high, within), hn::TableLookupLanes(m_low, within));
        }
    }
    HWY_INLINE Real at(Integer index) const {
        const Integers di;
        return at(index, hn::RebindMask(Reals(), hn::Gt(index, hn::Set(di, static_cast<std::int32_t>(kSize / 2 - 1)))));
    }

private:
    Real m_low, m_high;
};

// Where two vectors make a table of 32, tables of up to 256 are searched in registers.
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
constexpr bool kWideTables = true;

/// numbers[index mod 2^bits], of 2^bits numbers.
template<int bits>
HWY_INLINE Real lookUp(const float* numbers, Integer index) {
    const Reals d;
    if constexpr (bits <= 4) {
        return Real{_mm512_permutexvar_ps(index.raw, hn::LoadU(d, numbers).raw)};
    } else if constexpr (bits == 5) {
        const Real low = hn::LoadU(d, numbers), high = hn::LoadU(d, numbers + kLanes);
        return Real{_mm512_permutex2var_ps(low.raw, index.raw, high.raw)};
    } else {
        constexpr std::int32_t half = 1 << (bits - 1);
        const auto inHigh = hn::RebindMask(d, hn::TestBit(index, hn::Set(Integers(), half)));
        return hn::IfThenElse(inHigh, lookUp<bits - 1>(numbers + half, index), lookUp<bits - 1>(numbers, index));
    }
}
#else
constexpr bool kWideTables = false;

template<int bits>
HWY_INLINE Real lookUp(const float* numbers, Integer index) {
    return hn::GatherIndex(Reals(), numbers, hn::And(index, hn::Set(Integers(), (1 << bits) - 1)));
}
#endif

class OneScale {
public:
    HWY_INLINE explicit OneScale(const GroupScale& scale)
        : m_offset(hn::Set(Reals(), scale.offset)),
          m_scale(hn::Set(Reals(), scale.scale)),
          m_inverse(hn::Set(Reals(), 1.0f / scale.scale)),
          m_zero(hn::Set(Reals(), static_cast<float>(scale.zero))) {}

    HWY_INLINE Real scaled(Real x, std::size_t) const { return hn::Mul(hn::Sub(x, m_offset), m_inverse); }
    /// Of a level less the zero point.
    HWY_INLINE Real decoded(Real level, std::size_t) const { return hn::Add(m_offset, hn::Mul(m_scale, level)); }
    HWY_INLINE Real zero(std::size_t) const { return m_zero; }

    static constexpr bool kOne = true;

private:
    Real m_offset, m_scale, m_inverse, m_zero;
};

class ManyScales {
public:
    HWY_INLINE explicit ManyScales(const LaneScales& scales) : m_scales(scales) {}

    HWY_INLINE Real scaled(Real x, std::size_t i) const {
        return hn::Mul(hn::Sub(x, hn::LoadU(Reals(), m_scales.offset + i)), hn::LoadU(Reals(), m_scales.inverse + i));
    }
    HWY_INLINE Real decoded(Real level, std::size_t i) const {
        return hn::Add(hn::LoadU(Reals(), m_scales.offset + i), hn::Mul(hn::LoadU(Reals(), m_scales.scale + i), level));
    }
    HWY_INLINE Real zero(std::size_t i) const { return hn::LoadU(Reals(), m_scales.zero + i); }

    static constexpr bool kOne = false;

private:
    LaneScales m_scales;
};

/// The levels of a codebook in a table; with one scale for all they are decoded in it beforehand.
template<int bits, class Scale>
class TableLevels {
public:
    HWY_INLINE explicit TableLevels(const float* padded) : m_levels(padded), m_table(padded) {}

    HWY_INLINE void use(const Scale& scale) {
        if constexpr (kBefore) {
            m_table = m_levels;
            m_table.apply([&](Real level) HWY_ATTR { return scale.decoded(hn::Sub(level, scale.zero(0)), 0); });
        }
    }
    HWY_INLINE Real at(const Scale& scale, Integer bin, std::size_t i) const {
        const Real level = m_table.at(bin);
        return kBefore ? level : scale.decoded(hn::Sub(level, scale.zero(i)), i);
    }

private:
    static constexpr bool kBefore = Scale::kOne && (Table<bits>::kWhole || Table<bits>::kHalves);

    Table<bits> m_levels, m_table;
};

constexpr std::size_t kLine = 16; // numbers in a line of the cache

/// Fetches what belongs to position i of a tile.
HWY_INLINE void fetch(const FetchAhead& ahead, std::size_t i) {
    if (i % kLine >= kLanes) return; // the line of another vector
    const std::size_t number = i / kFetchedColumns * ahead.stride + i % kFetchedColumns;
    const auto address = reinterpret_cast<std::uintptr_t>(ahead.first) + number * sizeof(float);
    hwy::Prefetch(reinterpret_cast<const float*>(address));
}

HWY_INLINE void fetchAll(const float* numbers, std::size_t count) {
    for (std::size_t i = 0; i < count; i += kLine) hwy::Prefetch(numbers + i);
}

template<std::size_t n>
using Times = std::integral_constant<std::size_t, n>;

/// Calls step(i, n) for n vectors of lanes each that cover [0, count), within [0, room), where n is one of `most`, 4
/// and 1; false where not even one fits.
template<std::size_t most, class Step>
HWY_INLINE bool forVectors(std::size_t count, std::size_t room, const Step& step, std::size_t i = 0) {
    const std::size_t lanes = hn::Lanes(Reals());
    for (; i + most * lanes <= count; i += most * lanes) step(i, Times<most>());
    if constexpr (most > 1) return forVectors<(most > 4 ? 4 : 1)>(count, room, step, i);
    if (i == count) return true;
    if (i + lanes <= room)
        step(i, Times<1>());
    else if (count >= lanes)
        step(count - lanes, Times<1>()); // some once more: it gives the same
    else
        return false;
    return true;
}

/// What a piece has for this kind of scale.
template<class Scale, class CodePiece>
HWY_INLINE const auto& scalesOf(const CodePiece& piece) {
    if constexpr (Scale::kOne)
        return *piece.scale;
    else
        return *piece.lanes;
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
