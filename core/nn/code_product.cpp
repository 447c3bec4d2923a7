#include "core/nn/code_product.h"

#include "core/base/parallel.h"
#include "core/base/vector_targets.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/nn/code_product.cpp"
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>

#ifndef QUANTOSCOPE_CODE_PRODUCT
#define QUANTOSCOPE_CODE_PRODUCT
namespace quantoscope {

inline constexpr std::size_t kPanel = 16; // outputs

/// What a kernel works on: codes rows × groups × 4 bytes, some panels, and sums rows × outputs.
struct CodeProductPart {
    const std::uint8_t* codes;
    std::size_t rows, groups;
    const std::int8_t* panels;
    std::size_t firstPanel, lastPanel;
    std::int32_t* sums;
    std::size_t outputs;
};

} // namespace quantoscope
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_ARCH_X86 && (HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL)

constexpr std::size_t kLanes = kPanel / 2;
constexpr std::size_t kRows = 6; // their sums, the weights and a group of codes are in 15 of 16 registers
using Sums = hn::CappedTag<std::int32_t, kLanes>;
using Shorts = hn::Repartition<std::int16_t, Sums>;
using Bytes = hn::Repartition<std::int8_t, Sums>;

/// Four codes and weights a group.
struct Narrow {
    using Weights = hn::VFromD<Bytes>;
    static constexpr std::size_t kGroup = 4;

    static HWY_INLINE Weights load(const std::int8_t* panel) { return hn::LoadU(Bytes(), panel); }
    static HWY_INLINE hn::VFromD<Sums> add(hn::VFromD<Sums> codes, Weights weights, hn::VFromD<Sums> sum) {
        const hn::VFromD<Shorts> pairs{_mm256_maddubs_epi16(codes.raw, weights.raw)}; // Highway 1.0 has no name for it
        auto upper = hn::Zero(Sums());
        return hn::ReorderWidenMulAccumulate(Sums(), pairs, hn::Set(Shorts(), 1), sum, upper);
    }
};

/// Two.
struct Wide {
    using Weights = hn::VFromD<Shorts>;
    static constexpr std::size_t kGroup = 2;

    static HWY_INLINE Weights load(const std::int8_t* panel) {
        return hn::PromoteTo(Shorts(), hn::LoadU(hn::Rebind<std::int8_t, Shorts>(), panel));
    }
    static HWY_INLINE hn::VFromD<Sums> add(hn::VFromD<Sums> codes, Weights weights, hn::VFromD<Sums> sum) {
        auto upper = hn::Zero(Sums()); // of other processors' way to add
        return hn::ReorderWidenMulAccumulate(Sums(), hn::BitCast(Shorts(), codes), weights, sum, upper);
    }
};

/// A row's sums for the outputs of a panel. Variables with names, not arrays, which GCC would keep in memory.
template<class Form>
struct RowSums {
    hn::VFromD<Sums> left, right;

    HWY_INLINE RowSums() : left(hn::Zero(Sums())), right(hn::Zero(Sums())) {}

    HWY_INLINE void add(const std::uint8_t* group, typename Form::Weights leftWeights,
                        typename Form::Weights rightWeights) {
        std::int32_t all;
        std::memcpy(&all, group, sizeof all);
        const auto codes = hn::Set(Sums(), all);
        left = Form::add(codes, leftWeights, left);
        right = Form::add(codes, rightWeights, right);
        // No instruction, but both sums are in registers now: GCC would put the additions of all rows last, run out of
        // registers and take twice as long.
        asm("" : "+x"(left.raw), "+x"(right.raw));
    }

    HWY_INLINE void store(std::int32_t* to, std::size_t width) const {
        if (width == kPanel) {
            hn::StoreU(left, Sums(), to);
            hn::StoreU(right, Sums(), to + kLanes);
            return;
        }
        std::int32_t all[kPanel];
        hn::StoreU(left, Sums(), all);
        hn::StoreU(right, Sums(), all + kLanes);
        std::copy_n(all, width, to);
    }
};

template<class Form>
void multiplySixRows(const std::uint8_t* codes, std::size_t groups, const std::int8_t* panel, std::int32_t* to,
                     std::size_t stride, std::size_t width) {
    RowSums<Form> a, b, c, d, e, f;
    const std::size_t row = 4 * groups;
    for (std::size_t g = 0; g < groups; ++g, panel += Form::kGroup * kPanel, codes += 4) {
        const auto left = Form::load(panel), right = Form::load(panel + Form::kGroup * kLanes);
        a.add(codes, left, right);
        b.add(codes + row, left, right);
        c.add(codes + 2 * row, left, right);
        d.add(codes + 3 * row, left, right);
        e.add(codes + 4 * row, left, right);
        f.add(codes + 5 * row, left, right);
    }
    a.store(to, width);
    b.store(to + stride, width);
    c.store(to + 2 * stride, width);
    d.store(to + 3 * stride, width);
    e.store(to + 4 * stride, width);
    f.store(to + 5 * stride, width);
}

template<class Form>
void multiplyOneRow(const std::uint8_t* codes, std::size_t groups, const std::int8_t* panel, std::int32_t* to,
                    std::size_t width) {
    RowSums<Form> a;
    for (std::size_t g = 0; g < groups; ++g, panel += Form::kGroup * kPanel, codes += 4)
        a.add(codes, Form::load(panel), Form::load(panel + Form::kGroup * kLanes));
    a.store(to, width);
}

/// A panel stays in the first-level cache while all rows pass by it.
template<class Form>
void multiplyCodes(const CodeProductPart& part) {
    for (std::size_t i = part.firstPanel; i < part.lastPanel; ++i) {
        const std::int8_t* panel = part.panels + i * part.groups * Form::kGroup * kPanel;
        const std::size_t width = std::min(kPanel, part.outputs - i * kPanel);
        std::int32_t* sums = part.sums + i * kPanel;
        std::size_t r = 0;
        for (; r + kRows <= part.rows; r += kRows)
            multiplySixRows<Form>(part.codes + r * part.groups * 4, part.groups, panel, sums + r * part.outputs,
                                  part.outputs, width);
        for (; r < part.rows; ++r)
            multiplyOneRow<Form>(part.codes + r * part.groups * 4, part.groups, panel, sums + r * part.outputs, width);
    }
}

void multiplyNarrow(const CodeProductPart& part) { multiplyCodes<Narrow>(part); }
void multiplyWide(const CodeProductPart& part) { multiplyCodes<Wide>(part); }
bool hasKernel() { return true; }

#else

void multiplyNarrow(const CodeProductPart&) {}
void multiplyWide(const CodeProductPart&) {}
bool hasKernel() { return false; }

#endif

template<class From>
void widenRows(const From* codes, std::size_t rows, std::size_t inputs, std::size_t groups, std::uint8_t* out) {
    const hn::ScalableTag<std::int16_t> d16;
    const hn::Rebind<From, decltype(d16)> d8;
    const std::size_t lanes = hn::Lanes(d16);
    auto* wide = reinterpret_cast<std::int16_t*>(out);
    for (std::size_t r = 0; r < rows; ++r, codes += inputs, wide += 2 * groups) {
        std::size_t k = 0;
        for (; k + lanes <= inputs; k += lanes) hn::StoreU(hn::PromoteTo(d16, hn::LoadU(d8, codes + k)), d16, wide + k);
        for (; k < inputs; ++k) wide[k] = static_cast<std::int16_t>(std::int32_t{codes[k]});
        if (k < 2 * groups) wide[k] = 0;
    }
}

void widen(const std::uint8_t* codes, bool isSigned, std::size_t rows, std::size_t inputs, std::size_t groups,
           std::uint8_t* out) {
    if (isSigned)
        widenRows(reinterpret_cast<const std::int8_t*>(codes), rows, inputs, groups, out);
    else
        widenRows(codes, rows, inputs, groups, out);
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(multiplyNarrow);
HWY_EXPORT(multiplyWide);
HWY_EXPORT(widen);
HWY_EXPORT(hasKernel);

namespace {

constexpr std::size_t kTileBytes = 48 << 10; // smaller ones are no faster
constexpr int kNarrowest = 63;               // 2 · 255 · 63 is below 2¹⁵

bool areNarrow(std::span<const std::int8_t> weights) {
    return std::all_of(weights.begin(), weights.end(), [](int weight) { return std::abs(weight) <= kNarrowest; });
}

} // namespace

bool CodeProduct::available() { return HWY_DYNAMIC_DISPATCH(hasKernel)(); }

CodeProduct::CodeProduct(std::size_t outputs, std::size_t inputs, std::span<const std::int8_t> weights, bool isSigned)
    : m_outputs(outputs),
      m_inputs(inputs),
      m_signed(isSigned),
      m_narrow(!isSigned && areNarrow(weights)),
      m_grouped(m_narrow ? 4 : 2) {
    const std::size_t groups = groupCount(), panels = blockCount(outputs, kPanel);
    m_panels.assign(panels * groups * m_grouped * kPanel, 0);
    for (std::size_t n = 0; n < outputs; ++n)
        for (std::size_t k = 0; k < inputs; ++k)
            m_panels[((n / kPanel * groups + k / m_grouped) * kPanel + n % kPanel) * m_grouped + k % m_grouped] =
                weights[n * inputs + k];
}

void CodeProduct::run(const std::uint8_t* codes, std::size_t rows, std::int32_t* sums, int threads) {
    const std::size_t groups = groupCount(), panels = blockCount(m_outputs, kPanel), step = tileRows();
    const bool asTheyAre = m_narrow && m_inputs == 4 * groups;
    for (std::size_t begin = 0; begin < rows; begin += step) {
        const std::size_t count = std::min(step, rows - begin);
        const std::uint8_t* from = codes + begin * m_inputs;
        if (!asTheyAre) {
            m_groups.resize(count * groups * 4);
            if (m_narrow)
                for (std::size_t r = 0; r < count; ++r) {
                    std::uint8_t* row = m_groups.data() + r * groups * 4;
                    std::copy_n(from + r * m_inputs, m_inputs, row);
                    std::fill(row + m_inputs, row + groups * 4, std::uint8_t{0});
                }
            else
                HWY_DYNAMIC_DISPATCH(widen)(from, m_signed, count, m_inputs, groups, m_groups.data());
            from = m_groups.data();
        }
        const auto multiply = [&](Block block) {
            const CodeProductPart part{
                from, count, groups, m_panels.data(), block.begin, block.end, sums + begin * m_outputs, m_outputs};
            if (m_narrow)
                HWY_DYNAMIC_DISPATCH(multiplyNarrow)(part);
            else
                HWY_DYNAMIC_DISPATCH(multiplyWide)(part);
        };
        if (threads == 1)
            multiply({0, 0, panels});
        else
            parallelBlocks(panels, blockCount(panels, static_cast<std::size_t>(threads)), multiply);
    }
}

std::size_t CodeProduct::tileRows() const {
    constexpr std::size_t atOnce = 6, least = 48; // rows of a kernel; rows for which all weights are read once
    const std::size_t bytes = m_outputs * sizeof(std::int32_t) + m_inputs * (m_narrow ? 1 : 3);
    return std::max(least, kTileBytes / std::max<std::size_t>(1, bytes) / atOnce * atOnce);
}

} // namespace quantoscope
#endif
