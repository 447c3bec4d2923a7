#include "core/quant/code_kernels.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

// Vectors are members of classes here, which those of a length that is known only when they run cannot be.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/quant/code_kernels.cpp"
// clang-format off
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>
#include "core/quant/threshold_nodes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Reals = hn::CappedTag<float, 16>; // a table of 16 fits, and no vector is longer than kLanePadding
using Integers = hn::Rebind<std::int32_t, Reals>;
using Codes = hn::Rebind<std::uint32_t, Reals>;
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

/// 2^bits numbers, 16 at most, to be looked up by lane.
template<int bits>
class Table {
public:
    static constexpr std::size_t kSize = std::size_t{1} << bits;
    static constexpr bool kWhole = kLanes >= kSize;                 // in one vector
    static constexpr bool kHalves = !kWhole && 2 * kLanes == kSize; // in two

    HWY_INLINE explicit Table(const float* numbers)
        : m_numbers(numbers),
          m_low(hn::LoadU(Reals(), numbers)),
          m_high(hn::LoadU(Reals(), numbers + (kHalves ? kSize / 2 : 0))) {}
    HWY_INLINE Table(const float* numbers, Real low, Real high) : m_numbers(numbers), m_low(low), m_high(high) {}

    template<class Change>
    HWY_INLINE void apply(const Change& change) {
        m_low = change(m_low);
        if constexpr (kHalves) m_high = change(m_high);
    }

    /// index < 2^bits, and inHigh says whether that is at least half of it.
    HWY_INLINE Real at(Integer index, hn::Mask<Reals> inHigh) const {
        const Reals d;
        if constexpr (kWhole) return hn::TableLookupLanes(m_low, hn::IndicesFromVec(d, index));
        if constexpr (kHalves) {
            const auto within =
                hn::IndicesFromVec(d, hn::And(index, hn::Set(Integers(), static_cast<std::int32_t>(kSize / 2 - 1))));
            return hn::IfThenElse(inHigh, hn::TableLookupLanes(m_high, within), hn::TableLookupLanes(m_low, within));
        }
        return hn::GatherIndex(d, m_numbers, index);
    }
    HWY_INLINE Real at(Integer index) const {
        const Integers di;
        return at(index, hn::RebindMask(Reals(), hn::Gt(index, hn::Set(di, static_cast<std::int32_t>(kSize / 2 - 1)))));
    }

private:
    const float* m_numbers;
    Real m_low, m_high;
};

// ---- scales

class OneScale {
public:
    HWY_INLINE explicit OneScale(const GroupScale& scale)
        : m_divide(std::isinf(1.0f / scale.scale)),
          m_offset(hn::Set(Reals(), scale.offset)),
          m_scale(hn::Set(Reals(), scale.scale)),
          m_inverse(hn::Set(Reals(), 1.0f / scale.scale)),
          m_zero(hn::Set(Reals(), static_cast<float>(scale.zero))) {}

    HWY_INLINE Real scaled(Real x, std::size_t) const {
        const Real shifted = hn::Sub(x, m_offset);
        if (HWY_UNLIKELY(m_divide)) return hn::Div(shifted, m_scale);
        return hn::Mul(shifted, m_inverse);
    }
    /// Of a level less the zero point.
    HWY_INLINE Real decoded(Real level, std::size_t) const { return hn::Add(m_offset, hn::Mul(m_scale, level)); }
    HWY_INLINE Real zero(std::size_t) const { return m_zero; }

    static constexpr bool kOne = true;

private:
    bool m_divide;
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

// ---- searches: of u, the bin and what it decodes to. The thresholds stay while scales come and go.

template<class Scale>
class Grid {
public:
    HWY_INLINE explicit Grid(const ThresholdSearch& search)
        : m_first(hn::Set(Reals(), search.codebook().levels.front())),
          m_last(hn::Set(Reals(), search.codebook().levels.back())),
          m_lowest(m_first),
          m_highest(m_last) {}

    HWY_INLINE void use(const Scale& scale) {
        if constexpr (!Scale::kOne) return;
        m_lowest = hn::Sub(m_first, scale.zero(0));
        m_highest = hn::Sub(m_last, scale.zero(0));
    }
    HWY_INLINE Integer bin(const Scale& scale, Real u, std::size_t i, Real& y) const {
        const Real rounder = hn::Set(Reals(), kRounder);
        const Real lowest = Scale::kOne ? m_lowest : hn::Sub(m_first, scale.zero(i));
        const Real highest = Scale::kOne ? m_highest : hn::Sub(m_last, scale.zero(i));
        // Clamped first: rounding keeps the order and leaves the ends, which are whole, where they are. There the bits
        // of the numbers count.
        const Real moved = hn::Add(hn::Min(above(u, lowest), highest), rounder);
        y = scale.decoded(hn::Sub(moved, rounder), i);
        return hn::Sub(bitsOf(moved), bitsOf(hn::Add(lowest, rounder)));
    }

private:
    Real m_first, m_last, m_lowest, m_highest;
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

/// 2^bits − 1 thresholds: a search in as many steps, all lanes at once, among numbers that are in registers.
template<int bits, class Scale>
class InRegisters {
public:
    HWY_INLINE explicit InRegisters(const ThresholdSearch& search)
        : m_thresholds(search.paddedThresholds().data()),
          m_middle(hn::Set(Reals(), m_thresholds[kHalf - 1])),
          // Each so that the index is the bin so far.
          m_by4(m_thresholds + (bits > 3 ? 3 : 0)),
          m_by2(m_thresholds + (bits > 2 ? 1 : 0)),
          m_by1(m_thresholds),
          m_levels(search.paddedLevels().data()) {}

    HWY_INLINE void use(const Scale& scale) { m_levels.use(scale); }
    HWY_INLINE Integer bin(const Scale& scale, Real u, std::size_t i, Real& y) const {
        const Integers di;
        Integer at = hn::Zero(di);
        if constexpr (!Table<bits>::kWhole && !Table<bits>::kHalves) {
            // Vectors too short for a table: every threshold is compared with. A mask is −1.
            for (std::size_t t = 0; t + 1 < Table<bits>::kSize; ++t)
                at = hn::Sub(at, hn::VecFromMask(di, reached(u, hn::Set(Reals(), m_thresholds[t]))));
        } else {
            const auto high = hn::Ge(u, m_middle);
            at = step(at, hn::RebindMask(di, high), kHalf);
            if constexpr (bits > 3) at = step(at, reached(u, m_by4.at(at, high)), 4);
            if constexpr (bits > 2) at = step(at, reached(u, m_by2.at(at, high)), 2);
            if constexpr (bits > 1) at = step(at, reached(u, m_by1.at(at, high)), 1);
        }
        y = m_levels.at(scale, at, i);
        return at;
    }

private:
    static constexpr std::int32_t kHalf = 1 << (bits - 1);

    static HWY_INLINE hn::Mask<Integers> reached(Real u, Real threshold) {
        return hn::RebindMask(Integers(), hn::Ge(u, threshold));
    }
    static HWY_INLINE Integer step(Integer at, hn::Mask<Integers> up, std::int32_t size) {
        return hn::IfThenElse(up, hn::Add(at, hn::Set(Integers(), size)), at);
    }

    const float* m_thresholds;
    Real m_middle;
    Table<bits> m_by4, m_by2, m_by1;
    TableLevels<bits, Scale> m_levels;
};

template<class Scale>
class InMemory {
public:
    HWY_INLINE explicit InMemory(const ThresholdSearch& search)
        : m_thresholds(search.thresholds().data()),
          m_levels(search.codebook().levels.data()),
          m_first(search.buckets().first.empty() ? nullptr : search.buckets().first.data()),
          m_span(search.buckets().span),
          m_shift(search.buckets().shift),
          m_bias(hn::Set(Integers(), search.buckets().bias)),
          m_lowest(hn::Set(Reals(), search.buckets().lowest)),
          m_highest(hn::Set(Reals(), search.buckets().highest)),
          m_centre(hn::Set(Reals(), search.buckets().centre)),
          m_knee(hn::Set(Reals(), search.buckets().knee)) {}

    HWY_INLINE void use(const Scale&) {}
    HWY_INLINE Integer bin(const Scale& scale, Real u, std::size_t i, Real& y) const {
        const Reals d;
        const Integers di;
        Integer at = m_first ? hn::GatherIndex(di, m_first, bucketOf(u)) : hn::Zero(di);
        // The steps of a binary search do not depend on the value: all take each step together.
        for (std::size_t length = m_span; length > 0;) {
            const std::size_t half = (length + 1) / 2;
            const Real threshold = hn::GatherIndex(d, m_thresholds + (half - 1), at);
            const auto up = hn::RebindMask(di, hn::Ge(u, threshold));
            at = hn::IfThenElse(up, hn::Add(at, hn::Set(di, static_cast<std::int32_t>(half))), at);
            length -= half;
        }
        y = scale.decoded(hn::Sub(hn::GatherIndex(d, m_levels, at), scale.zero(i)), i);
        return at;
    }

private:
    HWY_INLINE Integer bucketOf(Real u) const { // as ThresholdSearch::Buckets::bucketOf
        const Real held = hn::Min(above(u, m_lowest), m_highest);
        const Real distance = hn::Add(hn::Sub(held, m_centre), hn::Zero(Reals()));
        const Integer beyond = hn::Sub(bitsOf(hn::Add(hn::Abs(distance), m_knee)), bitsOf(m_knee));
        return hn::Add(hn::Xor(hn::ShiftRightSame(beyond, m_shift), hn::BroadcastSignBit(bitsOf(distance))), m_bias);
    }

    const float *m_thresholds, *m_levels;
    const std::int32_t* m_first;
    std::size_t m_span;
    int m_shift;
    Integer m_bias;
    Real m_lowest, m_highest, m_centre, m_knee;
};

// ---- loops

/// Calls step(i) for vectors of lanes that cover [0, count), within [0, room); false where not even one fits.
template<class Step>
HWY_INLINE bool forVectors(std::size_t count, std::size_t room, const Step& step) {
    const std::size_t lanes = hn::Lanes(Reals());
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) step(i);
    if (i == count) return true;
    if (i + lanes <= room)
        step(i);
    else if (count >= lanes)
        step(count - lanes); // some once more: it gives the same
    else
        return false;
    return true;
}

/// What a piece has for this kind of scale.
template<class Scale, class Piece>
HWY_INLINE const auto& scalesOf(const Piece& piece) {
    if constexpr (Scale::kOne)
        return *piece.scale;
    else
        return *piece.lanes;
}

enum class Wanted { Bins, Errors, Values };

template<Wanted wanted, class Search, class Scale>
HWY_INLINE bool encodeWith(const EncodeTile& tile, const EncodePiece& piece, const Search& search, const Scale& scale) {
    const Reals d;
    const float* const values = tile.values + piece.first;
    std::uint32_t* const bins = tile.bins + piece.first;
    float* const results = wanted == Wanted::Bins ? nullptr : tile.results + piece.first;
    // By value: a bin that is stored may be part of anything the compiler has only a reference to.
    return forVectors(piece.count, tile.room - piece.first, [=](std::size_t i) HWY_ATTR {
        const Real x = hn::LoadU(d, values + i);
        Real y;
        const Integer bin = search.bin(scale, scale.scaled(x, i), i, y);
        hn::StoreU(hn::BitCast(Codes(), bin), Codes(), bins + i);
        if constexpr (wanted == Wanted::Errors) hn::StoreU(hn::Sub(x, y), d, results + i);
        if constexpr (wanted == Wanted::Values) hn::StoreU(y, d, results + i);
    });
}

/// Too few for one vector, and nothing behind them: elsewhere. All is set up again, so that what the loops use need not
/// have an address and stays in registers.
template<Wanted wanted, class Scale, template<class> class Search, class Scales>
HWY_NOINLINE void encodeAside(const EncodeTile& tile, const EncodePiece& piece, const Scales& scales) {
    float values[kLanePadding] = {}, results[kLanePadding];
    std::uint32_t bins[kLanePadding];
    std::copy_n(tile.values + piece.first, piece.count, values);
    EncodePiece aside = piece;
    aside.first = 0;
    const Scale scale(scales);
    Search<Scale> search(*piece.search);
    search.use(scale);
    encodeWith<wanted>({values, bins, results, kLanePadding}, aside, search, scale);
    std::copy_n(bins, piece.count, tile.bins + piece.first);
    if (wanted != Wanted::Bins) std::copy_n(results, piece.count, tile.results + piece.first);
}

/// The pieces up to one with another search, or all.
template<Wanted wanted, class Scale, template<class> class Search>
const EncodePiece* encodeAlike(const EncodeTile& tile, const EncodePiece* piece, const EncodePiece* end) {
    const ThresholdSearch* const known = piece->search;
    Search<Scale> search(*known);
    for (; piece < end && piece->search == known; ++piece) {
        const auto& scales = scalesOf<Scale>(*piece);
        const Scale scale(scales);
        search.use(scale);
        if (!encodeWith<wanted>(tile, *piece, search, scale)) encodeAside<wanted, Scale, Search>(tile, *piece, scales);
    }
    return piece;
}

/// Value by value, for a codebook in nodes.
template<Wanted wanted>
void encodeInNodes(const EncodeTile& tile, const EncodePiece& piece) {
    const ThresholdSearch& search = *piece.search;
    const float* const levels = search.codebook().levels.data();
    const GroupScale scale = *piece.scale;
    const float inverse = 1.0f / scale.scale;
    const bool divide = std::isinf(inverse);
    for (std::size_t i = piece.first; i < piece.first + piece.count; ++i) {
        const float x = tile.values[i], shifted = x - scale.offset;
        const std::uint32_t bin = binInNodes(search.nodes(), divide ? shifted / scale.scale : shifted * inverse);
        tile.bins[i] = bin;
        if constexpr (wanted == Wanted::Errors) tile.results[i] = x - scale.decode(levels[bin]);
        if constexpr (wanted == Wanted::Values) tile.results[i] = scale.decode(levels[bin]);
    }
}

template<class Scale>
using InRegisters1 = InRegisters<1, Scale>;
template<class Scale>
using InRegisters2 = InRegisters<2, Scale>;
template<class Scale>
using InRegisters3 = InRegisters<3, Scale>;
template<class Scale>
using InRegisters4 = InRegisters<4, Scale>;

template<Wanted wanted, class Scale>
void encodeScaled(const EncodeTile& tile, const EncodePiece* piece, const EncodePiece* end) {
    while (piece < end) {
        const std::size_t thresholds = piece->search->thresholds().size();
        if (piece->search->codebook().integerGrid)
            piece = encodeAlike<wanted, Scale, Grid>(tile, piece, end);
        else if (thresholds <= 1)
            piece = encodeAlike<wanted, Scale, InRegisters1>(tile, piece, end);
        else if (thresholds <= 3)
            piece = encodeAlike<wanted, Scale, InRegisters2>(tile, piece, end);
        else if (thresholds <= 7)
            piece = encodeAlike<wanted, Scale, InRegisters3>(tile, piece, end);
        else if (thresholds <= 15)
            piece = encodeAlike<wanted, Scale, InRegisters4>(tile, piece, end);
        else if (Scale::kOne && piece->search->inNodes())
            encodeInNodes<wanted>(tile, *piece++);
        else
            piece = encodeAlike<wanted, Scale, InMemory>(tile, piece, end);
    }
}

template<Wanted wanted>
void encodeWanted(const EncodeTile& tile, const EncodePiece* pieces, std::size_t count) {
    if (pieces->lanes)
        encodeScaled<wanted, ManyScales>(tile, pieces, pieces + count);
    else
        encodeScaled<wanted, OneScale>(tile, pieces, pieces + count);
}

void encodeAll(const EncodeTile& tile, const EncodePiece* pieces, std::size_t count, EncodeResults results) {
    if (!tile.results)
        encodeWanted<Wanted::Bins>(tile, pieces, count);
    else if (results == EncodeResults::Errors)
        encodeWanted<Wanted::Errors>(tile, pieces, count);
    else
        encodeWanted<Wanted::Values>(tile, pieces, count);
}

// ---- levels by code

template<class Scale>
class WholeLevels {
public:
    HWY_INLINE explicit WholeLevels(std::span<const float> levels) : m_first(hn::Set(Reals(), levels.front())) {}
    HWY_INLINE void use(const Scale&) {}
    HWY_INLINE Real at(const Scale& scale, Integer code, std::size_t i) const {
        const Real level = hn::Add(hn::ConvertTo(Reals(), code), m_first);
        return scale.decoded(hn::Sub(level, scale.zero(i)), i);
    }

private:
    Real m_first;
};

template<class Scale>
class GatheredLevels {
public:
    HWY_INLINE explicit GatheredLevels(std::span<const float> levels) : m_levels(levels.data()) {}
    HWY_INLINE void use(const Scale&) {}
    HWY_INLINE Real at(const Scale& scale, Integer code, std::size_t i) const {
        return scale.decoded(hn::Sub(hn::GatherIndex(Reals(), m_levels, code), scale.zero(i)), i);
    }

private:
    const float* m_levels;
};

template<class Scale>
class PaddedLevels {
public:
    HWY_INLINE explicit PaddedLevels(std::span<const float> levels) : m_table(padded(levels, m_padded)) {}
    HWY_INLINE void use(const Scale& scale) { m_table.use(scale); }
    HWY_INLINE Real at(const Scale& scale, Integer code, std::size_t i) const { return m_table.at(scale, code, i); }

private:
    static HWY_INLINE const float* padded(std::span<const float> levels, float (&to)[16]) {
        std::fill(std::copy(levels.begin(), levels.end(), to), to + 16, 0.0f);
        return to;
    }

    float m_padded[16];
    TableLevels<4, Scale> m_table;
};

template<class Levels, class Scale>
HWY_INLINE bool decodeWith(const DecodeTile& tile, const DecodePiece& piece, const Levels& levels, const Scale& scale) {
    const std::uint32_t* const codes = tile.codes + piece.first;
    float* const out = tile.out + piece.first;
    return forVectors(piece.count, tile.room - piece.first, [=](std::size_t i) HWY_ATTR {
        const Integer code = hn::BitCast(Integers(), hn::LoadU(Codes(), codes + i));
        hn::StoreU(levels.at(scale, code, i), Reals(), out + i);
    });
}

template<class Scale, template<class> class Levels, class Scales>
HWY_NOINLINE void decodeAside(const DecodeTile& tile, const DecodePiece& piece, const Scales& scales) {
    float out[kLanePadding];
    std::uint32_t codes[kLanePadding] = {};
    std::copy_n(tile.codes + piece.first, piece.count, codes);
    DecodePiece aside = piece;
    aside.first = 0;
    const Scale scale(scales);
    Levels<Scale> levels(piece.levels);
    levels.use(scale);
    decodeWith({codes, out, kLanePadding}, aside, levels, scale);
    std::copy_n(out, piece.count, tile.out + piece.first);
}

/// The pieces up to one with other levels, or all.
template<class Scale, template<class> class Levels>
const DecodePiece* decodeAlike(const DecodeTile& tile, const DecodePiece* piece, const DecodePiece* end) {
    const float* const known = piece->levels.data();
    const bool whole = piece->whole;
    Levels<Scale> levels(piece->levels);
    for (; piece < end && piece->levels.data() == known && piece->whole == whole; ++piece) {
        const auto& scales = scalesOf<Scale>(*piece);
        const Scale scale(scales);
        levels.use(scale);
        if (!decodeWith(tile, *piece, levels, scale)) decodeAside<Scale, Levels>(tile, *piece, scales);
    }
    return piece;
}

template<class Scale>
void decodeScaled(const DecodeTile& tile, const DecodePiece* piece, const DecodePiece* end) {
    while (piece < end) {
        if (piece->whole)
            piece = decodeAlike<Scale, WholeLevels>(tile, piece, end);
        else if (piece->levels.size() <= 16 && kLanes >= 8)
            piece = decodeAlike<Scale, PaddedLevels>(tile, piece, end);
        else
            piece = decodeAlike<Scale, GatheredLevels>(tile, piece, end);
    }
}

void decodeAll(const DecodeTile& tile, const DecodePiece* pieces, std::size_t count) {
    if (pieces->lanes)
        decodeScaled<ManyScales>(tile, pieces, pieces + count);
    else
        decodeScaled<OneScale>(tile, pieces, pieces + count);
}

void mapAll(const std::uint32_t* table, std::size_t entries, std::uint32_t* codes, std::size_t count) {
    const std::size_t lanes = hn::Lanes(Codes());
    std::size_t i = 0;
    if (entries <= 16 && lanes == 16) {
        std::uint32_t padded[16] = {};
        std::copy_n(table, entries, padded);
        const auto all = hn::LoadU(Codes(), padded);
        for (; i + lanes <= count; i += lanes) {
            const auto index = hn::IndicesFromVec(Codes(), hn::LoadU(Codes(), codes + i));
            hn::StoreU(hn::TableLookupLanes(all, index), Codes(), codes + i);
        }
    } else {
        for (; i + lanes <= count; i += lanes) {
            const auto index = hn::BitCast(Integers(), hn::LoadU(Codes(), codes + i));
            hn::StoreU(hn::GatherIndex(Codes(), table, index), Codes(), codes + i);
        }
    }
    for (; i < count; ++i) codes[i] = table[codes[i]];
}

void mergeNonFinite(const float* x, const float* y, float* out, std::size_t count) {
    const Reals d;
    const std::size_t lanes = hn::Lanes(d);
    const auto infinity = hn::Set(d, INFINITY);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        const Real own = hn::LoadU(d, x + i);
        const auto finite = hn::Lt(hn::Abs(own), infinity);
        hn::StoreU(hn::IfThenElse(finite, hn::LoadU(d, y + i), own), d, out + i);
    }
    for (; i < count; ++i) out[i] = std::isfinite(x[i]) ? y[i] : x[i];
}

constexpr std::size_t kColumns = 16; // of sums side by side: the same whatever the vectors

/// Adds the squares of column c, c + 16, ... to sums[c], in float32 up to four of them.
void addSquares(const float* errors, std::size_t rows, double* sums) {
#if HWY_TARGET == HWY_SCALAR
    using Half = Reals;
#else
    using Half = hn::Half<Reals>;
#endif
    const Reals d;
    const Half half;
    const hn::Rebind<double, Half> wide;
    const std::size_t lanes = hn::Lanes(d), halfLanes = hn::Lanes(half);
    for (std::size_t c = 0; c < kColumns; c += lanes) {
        auto low = hn::LoadU(wide, sums + c), high = hn::LoadU(wide, sums + c + (lanes > 1 ? halfLanes : 0));
        const float* e = errors + c;
        const auto add = [&](Real squares) HWY_ATTR {
#if HWY_TARGET == HWY_SCALAR
            low = hn::Add(low, hn::PromoteTo(wide, squares));
#else
            low = hn::Add(low, hn::PromoteTo(wide, hn::LowerHalf(half, squares)));
            high = hn::Add(high, hn::PromoteTo(wide, hn::UpperHalf(half, squares)));
#endif
        };
        const auto square = [&](std::size_t row) HWY_ATTR {
            const Real v = hn::LoadU(d, e + row * kColumns);
            return hn::Mul(v, v);
        };
        std::size_t r = 0;
        for (; r + 4 <= rows; r += 4)
            add(hn::Add(hn::Add(square(r), square(r + 1)), hn::Add(square(r + 2), square(r + 3))));
        for (; r < rows; ++r) add(square(r));
        hn::StoreU(low, wide, sums + c);
        if (lanes > 1) hn::StoreU(high, wide, sums + c + halfLanes);
    }
}

const char* targetName() { return hwy::TargetName(HWY_TARGET); }

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(encodeAll);
HWY_EXPORT(decodeAll);
HWY_EXPORT(mapAll);
HWY_EXPORT(mergeNonFinite);
HWY_EXPORT(addSquares);
HWY_EXPORT(targetName);

bool vectorGrid(const Codebook& codebook, std::int32_t zero) {
    constexpr float most = 0x1p21f; // both together stay below 2^22, where adding 1.5 · 2^23 rounds to whole numbers
    return std::fabs(codebook.levels.front()) <= most && std::fabs(codebook.levels.back()) <= most &&
           std::fabs(static_cast<float>(zero)) <= most;
}

void encodePieces(const EncodeTile& tile, std::span<const EncodePiece> pieces, EncodeResults results) {
    if (!pieces.empty()) HWY_DYNAMIC_DISPATCH(encodeAll)(tile, pieces.data(), pieces.size(), results);
}

void decodePieces(const DecodeTile& tile, std::span<const DecodePiece> pieces) {
    if (!pieces.empty()) HWY_DYNAMIC_DISPATCH(decodeAll)(tile, pieces.data(), pieces.size());
}

void mapCodes(std::span<const std::uint32_t> table, std::span<std::uint32_t> codes) {
    HWY_DYNAMIC_DISPATCH(mapAll)(table.data(), table.size(), codes.data(), codes.size());
}

void keepNonFinite(std::span<const float> x, const float* y, float* out) {
    HWY_DYNAMIC_DISPATCH(mergeNonFinite)(x.data(), y, out, x.size());
}

double sumOfSquares(std::span<const float> errors) {
    constexpr std::size_t columns = 16;
    double sums[columns] = {};
    const std::size_t rows = errors.size() / columns;
    HWY_DYNAMIC_DISPATCH(addSquares)(errors.data(), rows, sums);
    for (std::size_t i = rows * columns; i < errors.size(); ++i) sums[i % columns] += errors[i] * errors[i];
    double sum = 0;
    for (const double column : sums) sum += column;
    // Squares below 2^-126 lose bits, or all: but not to a sum that is so much larger.
    if (std::isfinite(sum) && sum >= 0x1p-90 * static_cast<double>(errors.size())) return sum;
    sum = 0;
    for (const float error : errors) sum += static_cast<double>(error) * static_cast<double>(error);
    return sum;
}

std::string_view vectorInstructions() {
    const std::string_view name = HWY_DYNAMIC_DISPATCH(targetName)();
    if (name.starts_with("AVX3") || name.starts_with("AVX10")) return "AVX-512"; // Highway's names for it
    return name;
}

} // namespace quantoscope
#endif
