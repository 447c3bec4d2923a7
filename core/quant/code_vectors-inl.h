// Vectors of values and of codes, the scales of their lanes and tables of levels: what the loops that encode and those
// that decode have in common.
// For files that highway compiles once for each set of instructions; included by each of them within its own.
#include "core/quant/code_kernels.h"

#include <hwy/highway.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

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

using Reals = hn::CappedTag<float, kLine>; // a table of 16 fits
using Integers = hn::Rebind<std::int32_t, Reals>;
using Words = hn::Rebind<std::uint32_t, Reals>;
#if HWY_TARGET == HWY_SCALAR
using Bytes = hn::Rebind<std::uint8_t, Reals>;
#else
using Bytes = hn::Repartition<std::uint8_t, Words>;
#endif
using Real = hn::Vec<Reals>;
using Integer = hn::Vec<Integers>;

// How many lanes a vector has for certain: what is chosen by it is compiled away.
#if HWY_TARGET == HWY_SCALAR
constexpr std::size_t kLanes = 1;
#else
constexpr std::size_t kLanes = hn::MaxLanes(Reals());
#endif

template<std::size_t n>
using Times = std::integral_constant<std::size_t, n>;

template<class Body, std::size_t... i>
HWY_INLINE void forEachOf(const Body& body, std::index_sequence<i...>) {
    (body(Times<i>()), ...);
}
/// Calls body(i) for n vectors, each i a constant: indices that are none keep a compiler from having the vectors in
/// registers.
template<std::size_t n, class Body>
HWY_INLINE void forVectorsOf(const Body& body) {
    forEachOf(body, std::make_index_sequence<n>());
}

HWY_INLINE Integer bitsOf(Real v) { return hn::BitCast(Integers(), v); }

/// The same number in all lanes, but so that GCC does not know: of two such vectors it would work with one lane alone,
/// and to spread the result takes longer.
HWY_INLINE Real spread(float number) {
    Real all = hn::Set(Reals(), number);
#if HWY_COMPILER_GCC_ACTUAL && HWY_ARCH_X86
    asm("" : "+x"(all.raw));
#endif
    return all;
}

/// u > low ? u : low, so `low` for NaN.
HWY_INLINE Real above(Real u, Real low) {
#if HWY_ARCH_X86
    return hn::Max(u, low); // its second argument is what MAXPS gives for NaN
#else
    return hn::IfThenElse(hn::Gt(u, low), u, low);
#endif
}

/// As many codes as a vector has lanes, or n times as many, in memory as words or bytes.
HWY_INLINE void storeCodes(Integer codes, std::uint32_t* to) { hn::StoreU(hn::BitCast(Words(), codes), Words(), to); }
HWY_INLINE void storeCodes(Integer codes, std::uint8_t* to) {
    hn::StoreU(hn::U8FromU32(hn::BitCast(Words(), codes)), hn::Rebind<std::uint8_t, Words>(), to);
}
/// How codes are stored that are good as they are, and those that may lie beyond 0 and a last one and are held there.
struct AsTheyAre {
    HWY_INLINE Integer of(Integer code) const { return code; }
    template<class Bytes>
    HWY_INLINE Bytes ofBytes(Bytes codes) const {
        return codes;
    }
};
class Held {
public:
    HWY_INLINE explicit Held(std::size_t codes)
        : m_last(hn::Set(Integers(), static_cast<std::int32_t>(codes - 1))),
          m_lastByte(hn::Set(Bytes(), static_cast<std::uint8_t>(codes - 1))) {}
    HWY_INLINE Integer of(Integer code) const { return hn::Min(hn::Max(code, hn::Zero(Integers())), m_last); }
    HWY_INLINE hn::Vec<Bytes> ofBytes(hn::Vec<Bytes> codes) const { return hn::Min(codes, m_lastByte); }

private:
    Integer m_last;
    hn::Vec<Bytes> m_lastByte;
};

#if HWY_ARCH_X86 && HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128
/// The codes of four vectors in bytes, in quarters of vectors: those of a, b, c and d, and again. Those beyond 0 to 255
/// are held there.
HWY_INLINE hn::Vec<Bytes> narrowed(Integer a, Integer b, Integer c, Integer d) {
#if HWY_TARGET <= HWY_AVX3
    return hn::Vec<Bytes>{_mm512_packus_epi16(_mm512_packs_epi32(a.raw, b.raw), _mm512_packs_epi32(c.raw, d.raw))};
#elif HWY_TARGET == HWY_AVX2
    return hn::Vec<Bytes>{_mm256_packus_epi16(_mm256_packs_epi32(a.raw, b.raw), _mm256_packs_epi32(c.raw, d.raw))};
#else
    return hn::Vec<Bytes>{_mm_packus_epi16(_mm_packs_epi32(a.raw, b.raw), _mm_packs_epi32(c.raw, d.raw))};
#endif
}

template<class How>
HWY_INLINE void storeFour(const Integer* codes, const How& how, std::uint8_t* to) {
    constexpr std::size_t quarters = kLanes / 4;
    auto words = hn::BitCast(Words(), how.ofBytes(narrowed(codes[0], codes[1], codes[2], codes[3])));
    if constexpr (quarters > 1) {
        alignas(64) std::uint32_t order[kLanes];
        for (std::size_t i = 0; i < kLanes; ++i) order[i] = static_cast<std::uint32_t>(i % quarters * 4 + i / quarters);
        words = hn::TableLookupLanes(words, hn::IndicesFromVec(Words(), hn::Load(Words(), order)));
    }
    hn::StoreU(words, Words(), reinterpret_cast<std::uint32_t*>(to));
}
#else
template<class How>
HWY_INLINE void storeFour(const Integer* codes, const How& how, std::uint8_t* to) {
    for (std::size_t v = 0; v < 4; ++v) storeCodes(how.of(codes[v]), to + v * kLanes);
}
#endif
template<class How>
HWY_INLINE void storeFour(const Integer* codes, const How& how, std::uint32_t* to) {
    for (std::size_t v = 0; v < 4; ++v) storeCodes(how.of(codes[v]), to + v * kLanes);
}

template<std::size_t n, class How, class Code>
HWY_INLINE void storeCodes(const Integer (&codes)[n], const How& how, Code* to) {
    constexpr std::size_t fours = n / 4, rest = fours * 4;
    forVectorsOf<fours>([&](auto f) HWY_ATTR { storeFour(codes + 4 * f, how, to + 4 * f * kLanes); });
    forVectorsOf<n - rest>([&](auto v) HWY_ATTR { storeCodes(how.of(codes[rest + v]), to + (rest + v) * kLanes); });
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

/// numbers[index mod 2^bits], of 2^bits numbers; of fewer bits than 4, index < 2^bits.
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

// Kinds of scales. at(i) has those of the vectors from value i of a piece on, by their number: u of a value; what a
// level, or a code counted from the first, decodes to; and what the first level of a grid is rounded to.

/// The level of a grid, less the zero point, that is so many after the first, which `first` is rounded to.
HWY_INLINE Real wholeLevel(Integer code, Real first) {
    return hn::Sub(hn::BitCast(Reals(), hn::Add(code, bitsOf(first))), hn::Set(Reals(), kRounder));
}

class OneScale {
public:
    HWY_INLINE OneScale(const GroupScale& scale, float firstWhole)
        : m_offset(hn::Set(Reals(), scale.offset)),
          m_scale(hn::Set(Reals(), scale.scale)),
          m_inverse(hn::Set(Reals(), 1.0f / scale.scale)),
          m_bias(spread(biasOf(firstWhole, scale))),
          m_first(hn::Add(spread(kRounder), m_bias)) {}

    HWY_INLINE const OneScale& at(std::size_t) const { return *this; }
    HWY_INLINE Real scaled(Real x, std::size_t) const { return hn::Mul(hn::Sub(x, m_offset), m_inverse); }
    HWY_INLINE Real decoded(Real level, std::size_t) const {
        return hn::Add(m_offset, hn::Mul(m_scale, hn::Add(level, m_bias)));
    }
    HWY_INLINE Real decoded(Integer code, std::size_t v) const { return decodedWhole(wholeLevel(code, m_first), v); }
    HWY_INLINE Real decodedWhole(Real level, std::size_t) const { return hn::Add(m_offset, hn::Mul(m_scale, level)); }
    HWY_INLINE Real first(std::size_t) const { return m_first; }

    static constexpr Scales kKind = Scales::One;

private:
    Real m_offset, m_scale, m_inverse, m_bias, m_first;
};

/// With numbers that are read for every vector.
template<class Numbers>
class ReadScales {
public:
    HWY_INLINE explicit ReadScales(const Numbers& numbers) : m_numbers(numbers) {}

    HWY_INLINE Real scaled(Real x, std::size_t v) const {
        return hn::Mul(hn::Sub(x, m_numbers.template of<ScaleNumber::Offset>(v)),
                       m_numbers.template of<ScaleNumber::Inverse>(v));
    }
    HWY_INLINE Real decoded(Real level, std::size_t v) const {
        const Real biased = hn::Add(level, m_numbers.template of<ScaleNumber::Bias>(v));
        return hn::Add(m_numbers.template of<ScaleNumber::Offset>(v),
                       hn::Mul(m_numbers.template of<ScaleNumber::Scale>(v), biased));
    }
    HWY_INLINE Real decoded(Integer code, std::size_t v) const { return decodedWhole(wholeLevel(code, first(v)), v); }
    HWY_INLINE Real decodedWhole(Real level, std::size_t v) const {
        return hn::Add(m_numbers.template of<ScaleNumber::Offset>(v),
                       hn::Mul(m_numbers.template of<ScaleNumber::Scale>(v), level));
    }
    HWY_INLINE Real first(std::size_t v) const { return m_numbers.template of<ScaleNumber::First>(v); }

private:
    Numbers m_numbers;
};

template<std::size_t lines>
class LineScales {
    struct Numbers {
        const float* first;

        template<ScaleNumber::Kind kind>
        HWY_INLINE Real of(std::size_t v) const {
            return hn::Set(Reals(), first[kind * kLineNumbersApart + v * kLanes / (lines * kLine)]);
        }
    };

public:
    HWY_INLINE LineScales(const ScaleArrays& scales, float) : m_numbers(scales.numbers) {}

    HWY_INLINE ReadScales<Numbers> at(std::size_t i) const {
        return ReadScales<Numbers>({m_numbers + i / (lines * kLine)});
    }

    static constexpr Scales kKind = lines == 4 ? Scales::FourLines : lines == 2 ? Scales::TwoLines : Scales::Lines;

private:
    const float* m_numbers;
};

class LaneScales {
    struct Numbers {
        const float* lane;
        std::size_t apart;

        template<ScaleNumber::Kind kind>
        HWY_INLINE Real of(std::size_t v) const {
            return hn::LoadU(Reals(), lane + kind * apart + v * kLanes);
        }
    };
    template<std::size_t n>
    struct Held {
        Real numbers[ScaleNumber::Kinds][n];

        template<ScaleNumber::Kind kind>
        HWY_INLINE Real of(std::size_t v) const {
            return numbers[kind][v];
        }
    };

public:
    HWY_INLINE LaneScales(const ScaleArrays& scales, float) : m_scales(scales) {}

    HWY_INLINE ReadScales<Numbers> at(std::size_t i) const {
        return ReadScales<Numbers>({m_scales.numbers + i, m_scales.apart});
    }
    /// Those of n vectors, read now: for many rows, in registers where these are enough.
    template<std::size_t n>
    HWY_INLINE ReadScales<Held<n>> held(std::size_t i) const {
        Held<n> held;
        for (std::size_t kind = 0; kind < ScaleNumber::Kinds; ++kind)
            for (std::size_t v = 0; v < n; ++v)
                held.numbers[kind][v] = hn::LoadU(Reals(), m_scales.numbers + kind * m_scales.apart + i + v * kLanes);
        return ReadScales<Held<n>>(held);
    }

    static constexpr Scales kKind = Scales::Lanes;

private:
    ScaleArrays m_scales;
};

/// Whether pieces with this kind of scale have grids or few levels only: longer tables take so long that to read a
/// scale for every line makes no difference.
template<class Scale>
constexpr bool kFewLevels = Scale::kKind == Scales::FourLines || Scale::kKind == Scales::TwoLines;

/// The levels of a codebook in a table; with one scale for all they are decoded in it beforehand, and with one for
/// some lines for these: it is worked out once, as the same for all of them.
template<int bits, class Scale>
class TableLevels {
public:
    HWY_INLINE explicit TableLevels(const float* padded) : m_levels(padded), m_table(padded) {}

    HWY_INLINE void use(const Scale& scale) {
        if constexpr (kBefore) {
            m_table = m_levels;
            m_table.apply([&](Real level) HWY_ATTR { return scale.decoded(level, 0); });
        }
    }
    template<class Here>
    HWY_INLINE Real at(const Here& here, Integer bin, std::size_t v) const {
        if constexpr (kForLines) {
            Table<bits> table = m_levels;
            table.apply([&](Real level) HWY_ATTR { return here.decoded(level, v); });
            return table.at(bin);
        }
        const Real level = m_table.at(bin);
        return kBefore ? level : here.decoded(level, v);
    }

private:
    static constexpr bool kBefore = Scale::kKind == Scales::One && (Table<bits>::kWhole || Table<bits>::kHalves);
    static constexpr bool kForLines = kFewLevels<Scale> && Table<bits>::kWhole;

    Table<bits> m_levels, m_table;
};

/// How many numbers there are from one to where a line begins.
HWY_INLINE std::size_t toLine(const float* place) {
    return (0 - reinterpret_cast<std::uintptr_t>(place)) % (kLine * sizeof(float)) / sizeof(float);
}
HWY_INLINE bool beginsLine(const float* place) { return toLine(place) == 0; }

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

/// Calls strip(column, n) for strips of n vectors that cover whole lines of columns, `most` of these a strip or one.
template<std::size_t most, class Strip>
HWY_INLINE void forStrips(std::size_t columns, const Strip& strip) {
    std::size_t column = 0;
    for (; column + most * kLine <= columns; column += most * kLine) strip(column, Times<most * kLine / kLanes>());
    for (; column < columns; column += kLine) strip(column, Times<kLine / kLanes>());
}

template<class T>
struct ScalesOf {
    using Scale = T;
};
/// body(ScalesOf<Scale>()) with the class for a kind.
template<class Code, class Body>
HWY_INLINE void withScales(Scales kind, const Body& body) {
    if (kind == Scales::One) return body(ScalesOf<OneScale>());
    if constexpr (sizeof(Code) == 1) {
        if (kind == Scales::FourLines) return body(ScalesOf<LineScales<4>>());
        if (kind == Scales::TwoLines) return body(ScalesOf<LineScales<2>>());
        if (kind == Scales::Lines) return body(ScalesOf<LineScales<1>>());
    }
    body(ScalesOf<LaneScales>());
}

/// How many values from its first on may be read and written for a piece of a tile with so much room.
template<class Scale>
HWY_INLINE std::size_t roomOf(const CodePiece& piece, std::size_t room) {
    return Scale::kKind == Scales::Lanes ? piece.count : room - piece.first;
}

/// What a piece has for this kind of scale.
template<class Scale>
HWY_INLINE const auto& scalesOf(const CodePiece& piece) {
    if constexpr (Scale::kKind == Scales::One)
        return piece.scale;
    else
        return piece.several;
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
