// Searches: the bins of scaled values u. The thresholds stay while scales come and go.
//
// A search is a chain of steps that each wait for the one before, and a processor that looks only so far ahead sees
// few chains at a time if one follows the other. So some vectors, kTogether of them, take each step together.
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
    static constexpr bool kSmall = true;
    static constexpr std::size_t kTogether = 4;

    HWY_INLINE explicit Grid(const CodingBook& book)
        : m_rounder(spread(kRounder)), m_least(spread(-2 * kMostOfVectorGrid)), m_ends(book.binLevels.size()) {}

    HWY_INLINE const Held& ends() const { return m_ends; } // beyond which bins may lie
    /// Rounding keeps the order, so what is far below may be held before it; above all numbers have more bits.
    template<std::size_t n, class Here>
    HWY_INLINE void find(const Here& here, const Real (&u)[n], Integer (&bin)[n]) const {
        for (std::size_t v = 0; v < n; ++v)
            bin[v] = hn::Sub(bitsOf(hn::Add(above(u[v], m_least), m_rounder)), bitsOf(here.first(v)));
    }

private:
    Real m_rounder, m_least;
    Held m_ends;
};

/// 2^bits − 1 thresholds: a search in as many steps, all lanes at once, among numbers that are in registers.
template<int bits, class Scale>
class InRegisters {
public:
    static constexpr bool kSmall = false;
    static constexpr std::size_t kTogether = 4;

    HWY_INLINE explicit InRegisters(const CodingBook& book) : InRegisters(book.table) {}
    HWY_INLINE explicit InRegisters(const float* table)
        : m_thresholds(table),
          m_middle(hn::Set(Reals(), m_thresholds[kHalf - 1])),
          m_lowerMiddle(hn::Set(Reals(), m_thresholds[bits > 1 ? kQuarter - 1 : 0])),
          m_upperMiddle(hn::Set(Reals(), m_thresholds[bits > 1 ? kHalf + kQuarter - 1 : 0])),
          // Each so that the index is the bin so far.
          m_by2(m_thresholds + (bits > 3 ? 1 : 0)),
          m_by1(m_thresholds) {}

    HWY_INLINE AsTheyAre ends() const { return {}; }
    template<std::size_t n, class Here>
    HWY_INLINE void find(const Here&, const Real (&u)[n], Integer (&bin)[n]) const {
        const Integers di;
        if constexpr (!Table<bits>::kWhole && !Table<bits>::kHalves) {
            // Vectors too short for a table: every threshold is compared with. A mask is −1.
            for (std::size_t v = 0; v < n; ++v) bin[v] = hn::Zero(di);
            for (std::size_t t = 0; t + 1 < Table<bits>::kSize; ++t)
                for (std::size_t v = 0; v < n; ++v)
                    bin[v] = hn::Sub(bin[v], hn::VecFromMask(di, reached(u[v], hn::Set(Reals(), m_thresholds[t]))));
        } else {
            hn::Mask<Reals> high[n];
            for (std::size_t v = 0; v < n; ++v) high[v] = hn::Ge(u[v], m_middle);
            for (std::size_t v = 0; v < n; ++v)
                bin[v] = hn::IfThenElseZero(hn::RebindMask(di, high[v]), hn::Set(di, kHalf));
            if constexpr (bits > 1) {
                // One of two, which a choice finds sooner than a table.
                for (std::size_t v = 0; v < n; ++v) {
                    const auto up = reached(u[v], hn::IfThenElse(high[v], m_upperMiddle, m_lowerMiddle));
                    bin[v] = hn::IfThenElse(up, hn::Add(bin[v], hn::Set(di, kQuarter)), bin[v]);
                }
            }
            const auto step = [&](const Table<bits>& table, std::int32_t size) HWY_ATTR {
                for (std::size_t v = 0; v < n; ++v) {
                    const auto up = reached(u[v], table.at(bin[v], high[v]));
                    bin[v] = hn::IfThenElse(up, hn::Add(bin[v], hn::Set(di, size)), bin[v]);
                }
            };
            if constexpr (bits > 3) step(m_by2, 2);
            if constexpr (bits > 2) step(m_by1, 1);
        }
    }

private:
    static constexpr std::int32_t kHalf = 1 << (bits - 1), kQuarter = kHalf / 2;

    static HWY_INLINE hn::Mask<Integers> reached(Real u, Real threshold) {
        return hn::RebindMask(Integers(), hn::Ge(u, threshold));
    }

    const float* m_thresholds;
    Real m_middle, m_lowerMiddle, m_upperMiddle;
    Table<bits> m_by2, m_by1;
};

/// 2^bits − 1 thresholds, 5 bits or more: the same search, each step among the thresholds it may meet.
template<int bits, class Scale>
class InTables {
public:
    static constexpr bool kSmall = false;
    static constexpr std::size_t kTogether = 8;

    HWY_INLINE explicit InTables(const CodingBook& book) : InTables(book.table) {}
    HWY_INLINE explicit InTables(const float* table)
        : m_steps(table), m_first{hn::Set(Reals(), table[1]), hn::Set(Reals(), table[2])} {
        if constexpr (kWideTables)
            for (int known = 2; known < kFirst; ++known) m_first[known] = hn::LoadU(Reals(), m_steps + (1 << known));
    }

    HWY_INLINE AsTheyAre ends() const { return {}; }
    template<std::size_t n, class Here>
    HWY_INLINE void find(const Here&, const Real (&u)[n], Integer (&bin)[n]) const {
        const Integers di;
        const Real upper = hn::Set(Reals(), m_steps[3]);
        for (std::size_t v = 0; v < n; ++v) {
            const auto high = hn::Ge(u[v], m_first[0]);
            bin[v] = hn::IfThenElseZero(hn::RebindMask(di, high), hn::Set(di, 1));
            step(u[v], bin[v], hn::IfThenElse(high, upper, m_first[1])); // sooner than a table
        }
        stepsFrom<2>(u, bin);
    }

private:
    static constexpr int kFirst = kWideTables ? 5 : 2; // steps whose thresholds stay in a register each

    template<int known, std::size_t n>
    HWY_INLINE void stepsFrom(const Real (&u)[n], Integer (&bin)[n]) const {
        for (std::size_t v = 0; v < n; ++v) {
            if constexpr (known < kFirst)
                step(u[v], bin[v], hn::TableLookupLanes(m_first[known], hn::IndicesFromVec(Reals(), bin[v])));
            else
                step(u[v], bin[v], lookUp<known>(m_steps + (1 << known), bin[v]));
        }
        if constexpr (known + 1 < bits) stepsFrom<known + 1>(u, bin);
    }
    /// The bits of a bin so far, which say among those of a step which threshold is next, and one more.
    static HWY_INLINE void step(Real u, Integer& bin, Real threshold) {
        const Integers di;
        const Integer next = hn::Add(bin, bin);
        bin = hn::IfThenElse(hn::RebindMask(di, hn::Ge(u, threshold)), hn::Add(next, hn::Set(di, 1)), next);
    }

    const float* m_steps;
    Real m_first[kFirst];
};

template<class Scale>
class InMemory {
public:
    static constexpr bool kSmall = false;
    static constexpr std::size_t kTogether = 8;

    HWY_INLINE explicit InMemory(const CodingBook& book) : InMemory(*book.search) {}
    HWY_INLINE explicit InMemory(const ThresholdSearch& search)
        : m_thresholds(search.thresholds().data()),
          m_first(search.buckets().first.empty() ? nullptr : search.buckets().first.data()),
          m_span(search.buckets().span),
          m_shift(search.buckets().shift),
          m_bias(hn::Set(Integers(), search.buckets().bias)),
          m_lowest(hn::Set(Reals(), search.buckets().lowest)),
          m_highest(hn::Set(Reals(), search.buckets().highest)),
          m_centre(hn::Set(Reals(), search.buckets().centre)),
          m_knee(hn::Set(Reals(), search.buckets().knee)) {}

    HWY_INLINE AsTheyAre ends() const { return {}; }
    template<std::size_t n, class Here>
    HWY_INLINE void find(const Here&, const Real (&u)[n], Integer (&bin)[n]) const {
        const Integers di;
        for (std::size_t v = 0; v < n; ++v)
            bin[v] = m_first ? hn::GatherIndex(di, m_first, bucketOf(u[v])) : hn::Zero(di);
        // The steps of a binary search do not depend on the value: all take each step together.
        for (std::size_t length = m_span; length > 0;) {
            const std::size_t half = (length + 1) / 2;
            for (std::size_t v = 0; v < n; ++v) {
                const Real threshold = hn::GatherIndex(Reals(), m_thresholds + (half - 1), bin[v]);
                const auto up = hn::RebindMask(di, hn::Ge(u[v], threshold));
                bin[v] = hn::IfThenElse(up, hn::Add(bin[v], hn::Set(di, static_cast<std::int32_t>(half))), bin[v]);
            }
            length -= half;
        }
    }

private:
    HWY_INLINE Integer bucketOf(Real u) const { // as ThresholdSearch::Buckets::bucketOf
        const Real held = hn::Min(above(u, m_lowest), m_highest);
        const Real distance = hn::Add(hn::Sub(held, m_centre), hn::Zero(Reals()));
        const Integer beyond = hn::Sub(bitsOf(hn::Add(hn::Abs(distance), m_knee)), bitsOf(m_knee));
        return hn::Add(hn::Xor(hn::ShiftRightSame(beyond, m_shift), hn::BroadcastSignBit(bitsOf(distance))), m_bias);
    }

    const float* m_thresholds;
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
