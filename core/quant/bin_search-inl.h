// Searches: of a scaled value u, the bin and what it decodes to. The thresholds stay while scales come and go.
// For files that highway compiles once for each set of instructions; included by each of them within its own.
#include "core/quant/code_vectors-inl.h"
#include "core/quant/threshold_search.h"

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

#if defined(QUANTOSCOPE_BIN_SEARCH_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef QUANTOSCOPE_BIN_SEARCH_INL
#else
#define QUANTOSCOPE_BIN_SEARCH_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

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

/// 2^bits − 1 thresholds, where kWideTables: the same search, each step among the thresholds it may meet.
template<int bits, class Scale>
class InTables {
public:
    HWY_INLINE explicit InTables(const ThresholdSearch& search)
        : m_steps(search.steps().data()), m_levels(search.tableLevels().data()) {
        for (int known = 0; known < kFirst; ++known) m_first[known] = hn::LoadU(Reals(), m_steps + (1 << known));
    }

    HWY_INLINE void use(const Scale&) {}
    HWY_INLINE Integer bin(const Scale& scale, Real u, std::size_t i, Real& y) const {
        Integer bin = hn::Zero(Integers());
        for (int known = 0; known < kFirst; ++known) bin = step(u, bin, firstOf(known, bin));
        if constexpr (bits > 5) bin = step(u, bin, lookUp<5>(m_steps + 32, bin));
        if constexpr (bits > 6) bin = step(u, bin, lookUp<6>(m_steps + 64, bin));
        if constexpr (bits > 7) bin = step(u, bin, lookUp<7>(m_steps + 128, bin));
        y = scale.decoded(hn::Sub(lookUp<bits>(m_levels, bin), scale.zero(i)), i);
        return bin;
    }

private:
    static constexpr int kFirst = 5; // steps whose thresholds stay in a register each

    HWY_INLINE Real firstOf(int known, Integer index) const {
        return hn::TableLookupLanes(m_first[known], hn::IndicesFromVec(Reals(), index));
    }
    /// The bits of a bin so far, which say among those of a step which threshold is next, and one more.
    static HWY_INLINE Integer step(Real u, Integer bin, Real threshold) {
        const Integers di;
        const Integer next = hn::Add(bin, bin);
        return hn::IfThenElse(hn::RebindMask(di, hn::Ge(u, threshold)), hn::Add(next, hn::Set(di, 1)), next);
    }

    const float *m_steps, *m_levels;
    Real m_first[kFirst];
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

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
