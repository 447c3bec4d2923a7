// The sums of squares that measuring adds to, in vectors.
// For files that highway compiles once for each set of instructions; included by each of them within its own.
#include "core/quant/code_kernels.h"
#include "core/quant/code_vectors-inl.h"

#include <hwy/highway.h>

#include <cstddef>

#if defined(QUANTOSCOPE_SQUARE_VECTORS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef QUANTOSCOPE_SQUARE_VECTORS_INL
#else
#define QUANTOSCOPE_SQUARE_VECTORS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

/// As many columns of SquareSums as a vector has lanes, from lane part · kLanes on.
class SquarePart {
public:
    SquarePart() = default;
    HWY_INLINE SquarePart(const SquareSums& sums, std::size_t part) {
        m_low = hn::LoadU(Wide(), sums.columns + part * kLanes);
        if constexpr (kLanes > 1) m_high = hn::LoadU(Wide(), sums.columns + part * kLanes + kLanes / 2);
    }
    HWY_INLINE void add(Real squares) {
#if HWY_TARGET == HWY_SCALAR
        m_low = hn::Add(m_low, hn::PromoteTo(Wide(), squares));
#else
        m_low = hn::Add(m_low, hn::PromoteTo(Wide(), hn::LowerHalf(Half(), squares)));
        m_high = hn::Add(m_high, hn::PromoteTo(Wide(), hn::UpperHalf(Half(), squares)));
#endif
    }
    HWY_INLINE void store(SquareSums& sums, std::size_t part) const {
        hn::StoreU(m_low, Wide(), sums.columns + part * kLanes);
        if constexpr (kLanes > 1) hn::StoreU(m_high, Wide(), sums.columns + part * kLanes + kLanes / 2);
    }

private:
#if HWY_TARGET == HWY_SCALAR
    using Half = Reals;
#else
    using Half = hn::Half<Reals>;
#endif
    using Wide = hn::Rebind<double, Half>;

    hn::Vec<Wide> m_low, m_high;
};

/// The columns of SquareSums while a piece is measured.
class SquareVectors {
public:
    static constexpr std::size_t kParts = kSquareColumns / kLanes; // vectors side by side

    HWY_INLINE explicit SquareVectors(const SquareSums& sums) {
        for (std::size_t part = 0; part < kParts; ++part) m_parts[part] = SquarePart(sums, part);
    }
    HWY_INLINE void add(std::size_t part, Real squares) { m_parts[part].add(squares); }
    /// Those of four lines, of which what follows each other in a column first gives its sum, or of one.
    template<std::size_t n>
    HWY_INLINE void add(const Real (&squares)[n]) {
        static_assert(n == kParts || n == 4 * kParts);
        forVectorsOf<kParts>([&](auto part) HWY_ATTR {
            if constexpr (n == kParts) {
                add(part, squares[part]);
            } else {
                const Real two = hn::Add(squares[part], squares[part + kParts]);
                add(part, hn::Add(two, hn::Add(squares[part + 2 * kParts], squares[part + 3 * kParts])));
            }
        });
    }
    HWY_INLINE void store(SquareSums& sums) const {
        for (std::size_t part = 0; part < kParts; ++part) m_parts[part].store(sums, part);
    }

private:
    SquarePart m_parts[kParts];
};

/// Calls body(part) for all parts of SquareVectors, each a constant.
template<class Body>
HWY_INLINE void forParts(const Body& body) {
    forEachOf(body, std::make_index_sequence<SquareVectors::kParts>());
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
