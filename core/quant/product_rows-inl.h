// The loops of a product: rows of codes times x.
// For files that highway compiles once for each set of instructions; included by each of them within its own.
#include "core/quant/product_operands.h"

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(QUANTOSCOPE_PRODUCT_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef QUANTOSCOPE_PRODUCT_ROWS_INL
#else
#define QUANTOSCOPE_PRODUCT_ROWS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Reals = hn::CappedTag<float, 16>;
using Integers = hn::Rebind<std::int32_t, Reals>;
using Words = hn::Rebind<std::uint32_t, Reals>;
using Real = hn::Vec<Reals>;
using Word = hn::Vec<Words>;

#if HWY_TARGET == HWY_SCALAR
constexpr std::size_t kLanes = 1; // for certain
#else
constexpr std::size_t kLanes = hn::MaxLanes(Reals());
#endif

// Rows are short beside the pages at whose ends a processor ceases to read ahead by itself.
constexpr std::size_t kAhead = 8192;     // bytes
constexpr std::size_t kVectorBytes = 64; // of the longest vector used

ProductSteps stepsOf(int bits) {
    return {hn::Lanes(Reals()), bits == 2 ? std::size_t{16} : bits == 8 ? std::size_t{1} : std::size_t{8}};
}

HWY_INLINE float sumOf(Real v) { return hn::GetLane(hn::SumOfLanes(Reals(), v)); }

/// A vector's worth of bytes, or what there is of it.
template<class D>
HWY_INLINE hn::Vec<D> loadWithin(D d, const std::uint8_t* bytes, std::size_t available) {
    if (HWY_LIKELY(available >= hn::Lanes(d))) return hn::LoadU(d, bytes);
    std::uint8_t some[kVectorBytes] = {};
    std::memcpy(some, bytes, available);
    return hn::LoadU(d, some);
}

/// Numbers by the lowest bits of each lane, whatever is above them.
template<int bits>
class LevelTable {
public:
    HWY_INLINE explicit LevelTable(const float* table)
        : m_table(table),
          m_low(hn::LoadU(Reals(), table)),
          m_high(hn::LoadU(Reals(), table + (kHalves ? kLanes : 0))) {}

    HWY_INLINE Real at(Word code) const {
        const Reals d;
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
        // Four bits are used, the table repeats what fewer address, and Highway's own way would want the rest cleared.
        return hn::TableLookupLanes(m_low, decltype(hn::IndicesFromVec(d, code)){code.raw});
#else
        constexpr std::uint32_t most = (1u << bits) - 1;
        if constexpr (kLanes > most)
            return hn::TableLookupLanes(m_low, hn::IndicesFromVec(d, hn::And(code, hn::Set(Words(), most))));
        if constexpr (kHalves) {
            const auto index = hn::IndicesFromVec(d, hn::And(code, hn::Set(Words(), most / 2)));
            const auto inHigh = hn::MaskFromVec(
                hn::BitCast(d, hn::BroadcastSignBit(hn::BitCast(Integers(), hn::ShiftLeft<32 - bits>(code)))));
            return hn::IfThenElse(inHigh, hn::TableLookupLanes(m_high, index), hn::TableLookupLanes(m_low, index));
        }
        return hn::GatherIndex(d, m_table, hn::BitCast(Integers(), hn::And(code, hn::Set(Words(), most))));
#endif
    }

private:
    static constexpr bool kHalves = 2 * kLanes == (std::size_t{1} << bits);

    const float* m_table;
    Real m_low, m_high;
};

/// `together` codes in each lane, the first lowest. Of 3 bits eight take three bytes.
template<int bits>
class CodeLoader {
public:
    static constexpr std::size_t kTogether = bits == 2 ? 16 : 8;
    static constexpr std::size_t kLaneBytes = kTogether * bits / 8;

#if HWY_TARGET == HWY_SCALAR
    HWY_INLINE Word load(const std::uint8_t* from, std::size_t available) const {
        std::uint32_t word = 0;
        for (std::size_t i = 0; i < std::min(kLaneBytes, available); ++i) word |= std::uint32_t{from[i]} << (8 * i);
        return hn::Set(Words(), word);
    }
};
#else
    HWY_INLINE CodeLoader() {
        std::int32_t words[kVectorBytes / 4];
        const std::size_t lanes = hn::Lanes(Words());
        for (std::size_t i = 0; i < lanes; ++i)
            words[i] = static_cast<std::int32_t>(std::min(i / 4 * 3 + i % 4, lanes - 1));
        std::uint8_t bytes[kVectorBytes];
        for (std::size_t i = 0; i < sizeof bytes; ++i)
            bytes[i] = static_cast<std::uint8_t>(i % 4 == 3 ? 0 : i % 16 / 4 * 3 + i % 4);
        m_words = hn::SetTableIndices(Words(), words);
        m_bytes = hn::LoadU(Bytes(), bytes);
    }
    HWY_INLINE Word load(const std::uint8_t* from, std::size_t available) const {
        const auto bytes = loadWithin(Bytes(), from, available);
        if constexpr (bits != 3) return hn::BitCast(Words(), bytes);
        const auto blocks = hn::TableLookupLanes(hn::BitCast(Words(), bytes), m_words);
        return hn::BitCast(Words(), hn::TableLookupBytes(hn::BitCast(Bytes(), blocks), m_bytes));
    }

private:
    using Bytes = hn::Repartition<std::uint8_t, Words>;

    decltype(hn::SetTableIndices(Words(), static_cast<const std::int32_t*>(nullptr))) m_words;
    hn::Vec<Bytes> m_bytes;
};
#endif

/// Σ of what the constants of a row's blocks make of x.
HWY_INLINE float constantsOf(const ProductOperands& o, std::size_t row) {
    if (!o.constants) return 0;
    const Reals d;
    const float* const constants = o.constants + row * o.blocks;
    Real sum = hn::Zero(d);
    std::size_t b = 0;
    for (; b + hn::Lanes(d) <= o.blocks; b += hn::Lanes(d))
        sum = hn::MulAdd(hn::LoadU(d, constants + b), hn::LoadU(d, o.blockSums + b), sum);
    float total = sumOf(sum);
    for (; b < o.blocks; ++b) total += constants[b] * o.blockSums[b];
    return total;
}

template<int bits>
void tableRows(const ProductOperands& o, std::size_t begin, std::size_t end, float* y) {
    using Loader = CodeLoader<bits>;
    const Reals d;
    const std::size_t lanes = hn::Lanes(d), columnsAtOnce = lanes * Loader::kTogether;
    const std::size_t stepCount = (o.columns + columnsAtOnce - 1) / columnsAtOnce,
                      stepBytes = lanes * Loader::kLaneBytes;
    const Loader loader;
    for (std::size_t r = begin; r < end; ++r) {
        const LevelTable<bits> table(o.tableOfRow ? o.tables + o.tableOfRow[r] * o.tableSize : o.tables);
        const std::uint8_t* from = o.packed.data() + r * o.rowBytes;
        std::size_t available = o.packed.size() - r * o.rowBytes;
        const float* x = o.x;
        const float* const scales = o.scales ? o.scales + r * o.blocks : nullptr;
        Real sum0 = hn::Zero(d), sum1 = sum0, sum2 = sum0, sum3 = sum0, scaled = sum0;
        const auto step = [&]() HWY_ATTR {
            hwy::Prefetch(from + kAhead);
            Word codes = loader.load(from, available);
            for (std::size_t c = 0; c < Loader::kTogether; c += 4, x += 4 * lanes) {
                sum0 = hn::MulAdd(table.at(codes), hn::LoadU(d, x), sum0);
                codes = hn::ShiftRight<bits>(codes);
                sum1 = hn::MulAdd(table.at(codes), hn::LoadU(d, x + lanes), sum1);
                codes = hn::ShiftRight<bits>(codes);
                sum2 = hn::MulAdd(table.at(codes), hn::LoadU(d, x + 2 * lanes), sum2);
                codes = hn::ShiftRight<bits>(codes);
                sum3 = hn::MulAdd(table.at(codes), hn::LoadU(d, x + 3 * lanes), sum3);
                codes = hn::ShiftRight<bits>(codes);
            }
            from += stepBytes;
            available -= std::min(available, stepBytes);
        };
        if (o.blocks == 1) {
            for (std::size_t s = 0; s < stepCount; ++s) step();
            scaled = hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3));
            if (scales) scaled = hn::Mul(scaled, hn::Set(d, scales[0]));
        } else {
            for (std::size_t s = 0; s < stepCount; ++s) {
                sum0 = sum1 = sum2 = sum3 = hn::Zero(d);
                step();
                const auto block = hn::IndicesFromVec(d, hn::LoadU(Integers(), o.laneBlock + s * lanes));
                const Real scale = hn::TableLookupLanes(hn::LoadU(d, scales + o.firstBlock[s]), block);
                scaled = hn::MulAdd(hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3)), scale, scaled);
            }
        }
        y[r] = sumOf(scaled) + constantsOf(o, r) + static_cast<float>(o.common);
    }
}

/// Weights of a vector of bytes: numbers as they are, or looked up.
class ByteNumbers {
public:
    HWY_INLINE explicit ByteNumbers(const float*) {}
    HWY_INLINE Real at(hn::Vec<Integers> code) const { return hn::ConvertTo(Reals(), code); }
};
class ByteLevels {
public:
    HWY_INLINE explicit ByteLevels(const float* table) : m_table(table) {}
    HWY_INLINE Real at(hn::Vec<Integers> code) const { return hn::GatherIndex(Reals(), m_table, code); }

private:
    const float* m_table;
};

template<class Levels>
void byteRowsBy(const ProductOperands& o, std::size_t begin, std::size_t end, float* y) {
    const Reals d;
    const hn::Rebind<std::uint8_t, Reals> bytes;
    const std::size_t lanes = hn::Lanes(d);
    for (std::size_t r = begin; r < end; ++r) {
        const Levels levels(o.tableOfRow ? o.tables + o.tableOfRow[r] * o.tableSize : o.tables);
        const std::uint8_t* const row = o.packed.data() + r * o.rowBytes;
        const std::size_t available = o.packed.size() - r * o.rowBytes;
        const auto product = [&](std::size_t c, Real sum) HWY_ATTR {
            const auto codes = hn::PromoteTo(Integers(), hn::LoadU(bytes, row + c));
            return hn::MulAdd(levels.at(codes), hn::LoadU(d, o.x + c), sum);
        };
        Real total = hn::Zero(d);
        for (std::size_t b = 0; b < o.blocks; ++b) {
            std::size_t c = b * o.blockSize;
            const std::size_t last = std::min(o.columns, c + o.blockSize);
            Real sum0 = hn::Zero(d), sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (; c + 4 * lanes <= last; c += 4 * lanes) {
                hwy::Prefetch(row + c + kAhead);
                sum0 = product(c, sum0);
                sum1 = product(c + lanes, sum1);
                sum2 = product(c + 2 * lanes, sum2);
                sum3 = product(c + 3 * lanes, sum3);
            }
            for (; c < last; c += lanes) {
                const auto codes = hn::PromoteTo(Integers(), loadWithin(bytes, row + c, available - c));
                sum0 = hn::MulAdd(levels.at(codes), hn::LoadU(d, o.x + c), sum0);
            }
            const Real sum = hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3));
            total = o.scales ? hn::MulAdd(sum, hn::Set(d, o.scales[r * o.blocks + b]), total) : sum;
        }
        y[r] = sumOf(total) + constantsOf(o, r) + static_cast<float>(o.common);
    }
}

void byteRows(const ProductOperands& o, std::size_t begin, std::size_t end, float* y) {
    byteRowsBy<ByteNumbers>(o, begin, end, y);
}
void byteTableRows(const ProductOperands& o, std::size_t begin, std::size_t end, float* y) {
    byteRowsBy<ByteLevels>(o, begin, end, y);
}
void rowsOf2(const ProductOperands& o, std::size_t begin, std::size_t end, float* y) { tableRows<2>(o, begin, end, y); }
void rowsOf3(const ProductOperands& o, std::size_t begin, std::size_t end, float* y) { tableRows<3>(o, begin, end, y); }
void rowsOf4(const ProductOperands& o, std::size_t begin, std::size_t end, float* y) { tableRows<4>(o, begin, end, y); }

float dot(const float* a, const float* b, std::size_t count) {
    const Reals d;
    const std::size_t lanes = hn::Lanes(d);
    Real sum0 = hn::Zero(d), sum1 = sum0;
    std::size_t i = 0;
    for (; i + 2 * lanes <= count; i += 2 * lanes) {
        sum0 = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), sum0);
        sum1 = hn::MulAdd(hn::LoadU(d, a + i + lanes), hn::LoadU(d, b + i + lanes), sum1);
    }
    float total = sumOf(hn::Add(sum0, sum1));
    for (; i < count; ++i) total += a[i] * b[i];
    return total;
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
