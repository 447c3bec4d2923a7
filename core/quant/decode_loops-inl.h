// The loops that turn the codes of pieces into values.
// For files that highway compiles once for each set of instructions; included by each of them within its own.
#include "core/quant/code_kernels.h"
#include "core/quant/code_vectors-inl.h"

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#if defined(QUANTOSCOPE_DECODE_LOOPS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef QUANTOSCOPE_DECODE_LOOPS_INL
#else
#define QUANTOSCOPE_DECODE_LOOPS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

constexpr std::size_t kLargestTable = 256;

template<class Scale>
class WholeLevels {
public:
    HWY_INLINE WholeLevels(std::span<const float> levels, float*) : m_first(hn::Set(Reals(), levels.front())) {}
    HWY_INLINE void use(const Scale&) {}
    HWY_INLINE Real at(const Scale& scale, Integer code, std::size_t i) const {
        const Real level = hn::Add(hn::ConvertTo(Reals(), code), m_first);
        return scale.decoded(hn::Sub(level, scale.zero(i)), i);
    }

private:
    Real m_first;
};

/// The codes of a codebook of so many levels: what lies behind a piece may be codes of a longer one, or none.
HWY_INLINE Integer withinLevels(Integer code, std::size_t levels) {
    const auto last = hn::Set(Codes(), static_cast<std::uint32_t>(levels - 1));
    return hn::BitCast(Integers(), hn::Min(hn::BitCast(Codes(), code), last));
}

template<class Scale>
class GatheredLevels {
public:
    HWY_INLINE GatheredLevels(std::span<const float> levels, float*)
        : m_levels(levels.data()), m_count(levels.size()) {}
    HWY_INLINE void use(const Scale&) {}
    HWY_INLINE Real at(const Scale& scale, Integer code, std::size_t i) const {
        const Real level = hn::GatherIndex(Reals(), m_levels, withinLevels(code, m_count));
        return scale.decoded(hn::Sub(level, scale.zero(i)), i);
    }

private:
    const float* m_levels;
    std::size_t m_count;
};

/// The levels, followed by 0 up to as many as a table has.
HWY_INLINE const float* padded(std::span<const float> levels, float* room, std::size_t size) {
    std::fill(std::copy(levels.begin(), levels.end(), room), room + size, 0.0f);
    return room;
}

template<class Scale>
class PaddedLevels {
public:
    HWY_INLINE PaddedLevels(std::span<const float> levels, float* room)
        : m_count(levels.size()), m_table(padded(levels, room, 16)) {}
    HWY_INLINE void use(const Scale& scale) { m_table.use(scale); }
    HWY_INLINE Real at(const Scale& scale, Integer code, std::size_t i) const {
        return m_table.at(scale, withinLevels(code, m_count), i);
    }

private:
    std::size_t m_count;
    TableLevels<4, Scale> m_table;
};

/// Up to 2^bits of them, where kWideTables.
template<int bits, class Scale>
class LevelTable {
public:
    HWY_INLINE LevelTable(std::span<const float> levels, float* room)
        : m_count(levels.size()), m_table(padded(levels, room, std::size_t{1} << bits)) {}
    HWY_INLINE void use(const Scale&) {}
    HWY_INLINE Real at(const Scale& scale, Integer code, std::size_t i) const {
        const Real level = lookUp<bits>(m_table, withinLevels(code, m_count));
        return scale.decoded(hn::Sub(level, scale.zero(i)), i);
    }

private:
    std::size_t m_count;
    const float* m_table;
};
template<int bits>
struct LevelTables {
    template<class Scale>
    using OfScale = LevelTable<bits, Scale>;
};

template<class Levels, class Code, class Scale>
HWY_INLINE bool decodeWith(const DecodeTile<Code>& tile, const DecodePiece& piece, const Levels& levels,
                           const Scale& scale) {
    const Code* const codes = tile.codes + piece.first;
    float* const out = tile.out + piece.first;
    return forVectors(piece.count, tile.room - piece.first, [=](std::size_t i) HWY_ATTR {
        hn::StoreU(levels.at(scale, loadCodes(codes + i), i), Reals(), out + i);
    });
}

template<class Scale, template<class> class Levels, class Code, class Scales>
HWY_NOINLINE void decodeAside(const DecodeTile<Code>& tile, const DecodePiece& piece, const Scales& scales) {
    float out[kLanePadding];
    Code codes[kLanePadding] = {};
    std::copy_n(tile.codes + piece.first, piece.count, codes);
    DecodePiece aside = piece;
    aside.first = 0;
    const Scale scale(scales);
    alignas(64) float room[kLargestTable];
    Levels<Scale> levels(piece.levels, room);
    levels.use(scale);
    decodeWith(DecodeTile<Code>{codes, out, kLanePadding}, aside, levels, scale);
    std::copy_n(out, piece.count, tile.out + piece.first);
}

/// The pieces up to one with other levels, or all.
template<class Scale, template<class> class Levels, class Code>
const DecodePiece* decodeAlike(const DecodeTile<Code>& tile, const DecodePiece* piece, const DecodePiece* end) {
    const float* const known = piece->levels.data();
    const bool whole = piece->whole;
    alignas(64) float room[kLargestTable]; // not a member: levels are copied for the loop
    Levels<Scale> levels(piece->levels, room);
    for (; piece < end && piece->levels.data() == known && piece->whole == whole; ++piece) {
        const auto& scales = scalesOf<Scale>(*piece);
        const Scale scale(scales);
        levels.use(scale);
        if (!decodeWith(tile, *piece, levels, scale)) decodeAside<Scale, Levels>(tile, *piece, scales);
    }
    return piece;
}

/// Of codebooks whose codes are bytes.
template<class Scale>
const DecodePiece* decodeInTables(const DecodeTile<std::uint8_t>& tile, const DecodePiece* piece,
                                  const DecodePiece* end) {
    const std::size_t levels = piece->levels.size();
    if (levels <= 16 && kLanes >= 8) return decodeAlike<Scale, PaddedLevels>(tile, piece, end);
    if constexpr (kWideTables) {
        if (levels <= 32) return decodeAlike<Scale, LevelTables<5>::template OfScale>(tile, piece, end);
        if (levels <= 64) return decodeAlike<Scale, LevelTables<6>::template OfScale>(tile, piece, end);
        if (levels <= 128) return decodeAlike<Scale, LevelTables<7>::template OfScale>(tile, piece, end);
        return decodeAlike<Scale, LevelTables<8>::template OfScale>(tile, piece, end);
    }
    return decodeAlike<Scale, GatheredLevels>(tile, piece, end);
}

template<class Scale, class Code>
void decodeScaled(const DecodeTile<Code>& tile, const DecodePiece* piece, const DecodePiece* end) {
    while (piece < end) {
        if (piece->whole)
            piece = decodeAlike<Scale, WholeLevels>(tile, piece, end);
        else if constexpr (sizeof(Code) == 1)
            piece = decodeInTables<Scale>(tile, piece, end);
        else
            piece = decodeAlike<Scale, GatheredLevels>(tile, piece, end);
    }
}

template<class Code>
void decodeAll(const DecodeTile<Code>& tile, const DecodePiece* pieces, std::size_t count) {
    if (pieces->lanes)
        decodeScaled<ManyScales>(tile, pieces, pieces + count);
    else
        decodeScaled<OneScale>(tile, pieces, pieces + count);
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
