#include "core/quant/column_strips.h"

#include "core/base/parallel.h"

#include <hwy/cache_control.h>

#include <algorithm>
#include <cmath>
#include <limits>

// Their order matters.
// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/quant/column_strips.cpp"
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>
#include "core/quant/threshold_nodes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Reals = hn::CappedTag<float, 16>;
using Integers = hn::Rebind<std::int32_t, Reals>;
using Codes = hn::Rebind<std::uint32_t, Reals>;

constexpr std::size_t kRowsAhead = 8;

/// Rows lie too far apart for the processor to guess the next.
HWY_INLINE void fetchAhead(const ColumnStrip& strip, const float* values, std::size_t row, std::size_t count) {
    if (row + kRowsAhead >= strip.rows) return;
    for (std::size_t i = 0; i < count; i += 16) hwy::Prefetch(values + (row + kRowsAhead) * strip.stride + i);
}

enum class Wanted { Bins, Errors, Values };

/// Up to 15 thresholds: all are compared with, those of sixteen columns at a time.
template<int bits, Wanted wanted>
void encodeSmall(const ColumnStrip& strip, const float* values, std::uint32_t* bins, float* results) {
    constexpr std::int32_t count = 1 << bits;
    const Reals d;
    const Integers di;
    for (std::size_t row = 0, begin = 0; row < strip.rows; ++row, begin += strip.stride) {
        fetchAhead(strip, values, row, kSmallStrip);
        for (std::size_t c = 0; c < kSmallStrip; c += hn::Lanes(d)) {
            const auto x = hn::LoadU(d, values + begin + c);
            const auto u = hn::Mul(hn::Sub(x, hn::LoadU(d, strip.offset + c)), hn::LoadU(d, strip.inverse + c));
            auto bin = hn::Zero(di);
            auto y = hn::LoadU(d, strip.levels + c);
            for (std::int32_t t = 1; t < count; ++t) {
                const std::size_t place = static_cast<std::size_t>(t) * kSmallStrip + c;
                const auto reached = hn::Ge(u, hn::LoadU(d, strip.thresholds + place - kSmallStrip));
                bin = hn::IfThenElse(hn::RebindMask(di, reached), hn::Set(di, t), bin);
                y = hn::IfThenElse(reached, hn::LoadU(d, strip.levels + place), y);
            }
            hn::StoreU(hn::BitCast(Codes(), bin), Codes(), bins + begin + c);
            if constexpr (wanted == Wanted::Errors) hn::StoreU(hn::Sub(x, y), d, results + begin + c);
            if constexpr (wanted == Wanted::Values) hn::StoreU(y, d, results + begin + c);
        }
    }
}

/// More thresholds: value by value, in nodes.
template<Wanted wanted>
void encodeLarge(int bits, const ColumnStrip& strip, const float* values, std::uint32_t* bins, float* results) {
    for (std::size_t row = 0, at = 0; row < strip.rows; ++row, at += strip.stride) {
        fetchAhead(strip, values, row, kLargeStrip);
        for (std::size_t c = 0; c < kLargeStrip; ++c) {
            const float x = values[at + c];
            const std::uint32_t bin =
                binInNodes(strip.thresholds + c * kNodeNumbers, (x - strip.offset[c]) * strip.inverse[c]);
            const float y = strip.levels[(c << bits) + bin];
            bins[at + c] = bin;
            if constexpr (wanted == Wanted::Errors) results[at + c] = x - y;
            if constexpr (wanted == Wanted::Values) results[at + c] = y;
        }
    }
}

template<Wanted wanted>
void encodeWanted(int bits, const ColumnStrip& strip, const float* values, std::uint32_t* bins, float* results) {
    switch (bits) {
    case 1: return encodeSmall<1, wanted>(strip, values, bins, results);
    case 2: return encodeSmall<2, wanted>(strip, values, bins, results);
    case 3: return encodeSmall<3, wanted>(strip, values, bins, results);
    case 4: return encodeSmall<4, wanted>(strip, values, bins, results);
    default: return encodeLarge<wanted>(bits, strip, values, bins, results);
    }
}

void encodeStrip(int bits, const ColumnStrip& strip, const float* values, std::uint32_t* bins, float* results,
                 EncodeResults wanted) {
    if (!results)
        encodeWanted<Wanted::Bins>(bits, strip, values, bins, results);
    else if (wanted == EncodeResults::Errors)
        encodeWanted<Wanted::Errors>(bits, strip, values, bins, results);
    else
        encodeWanted<Wanted::Values>(bits, strip, values, bins, results);
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(encodeStrip);

namespace {

constexpr int kMostBits = 8;
constexpr int kSmallBits = 4; // whose tables are by bin and then by column; else by column and then by bin
constexpr std::size_t kLargestTables = std::size_t{1} << 25; // bytes
constexpr std::size_t kFewestRows = 16;
constexpr std::size_t kStripsAtOnce = 8;
constexpr std::size_t kRowsOfSmallTables = 16, kRowsOfLargeTables = 128;

} // namespace

std::optional<ColumnStrips> ColumnStrips::make(const Quantizer& quantizer, std::size_t run) {
    const std::size_t period = run * quantizer.groups.size();
    if (period == 0 || quantizer.bits < 1 || quantizer.bits > kMostBits) return std::nullopt;
    ColumnStrips strips;
    strips.m_bits = quantizer.bits;
    strips.m_columns = period * ((strips.width() + period - 1) / period);
    if (quantizer.layout.valueCount() < kFewestRows * strips.m_columns) return std::nullopt;
    for (const auto& codebook : quantizer.codebooks) {
        if (codebook->integerGrid) return std::nullopt;
        strips.m_mapped = strips.m_mapped || !codebook->codes.empty();
    }
    for (const GroupScale& group : quantizer.groups)
        if (std::isinf(1.0f / group.scale)) return std::nullopt;
    const std::size_t levels = std::size_t{1} << quantizer.bits, numbers = strips.stripCount() * strips.width();
    if (numbers * levels * 3 * sizeof(float) > kLargestTables) return std::nullopt;
    strips.m_thresholds.resize(numbers * strips.thresholdsOfColumn());
    strips.m_levels.resize(numbers * levels);
    if (strips.m_mapped) strips.m_byCode.resize(numbers * levels);
    strips.m_offset.resize(numbers);
    strips.m_inverse.resize(numbers);
    parallelBlocks(strips.stripCount(), kStripsAtOnce, [&](Block block) {
        for (std::size_t strip = block.begin; strip < block.end; ++strip) strips.fill(quantizer, run, strip);
    });
    return strips;
}

std::size_t ColumnStrips::width() const { return m_bits <= kSmallBits ? kSmallStrip : kLargeStrip; }

std::size_t ColumnStrips::thresholdsOfColumn() const {
    return m_bits <= kSmallBits ? (std::size_t{1} << m_bits) - 1 : kNodeNumbers;
}

std::size_t ColumnStrips::placeOf(std::size_t column, std::size_t code) const {
    return m_bits <= kSmallBits ? code * width() + column : (column << m_bits) + code;
}

void ColumnStrips::fill(const Quantizer& quantizer, std::size_t run, std::size_t strip) {
    const std::size_t levels = std::size_t{1} << m_bits, first = strip * width();
    float* const thresholds = &m_thresholds[first * thresholdsOfColumn()];
    for (std::size_t c = 0; c < width(); ++c) {
        const std::size_t group = (startOf(strip) + c) / run % quantizer.groups.size();
        const GroupScale& scale = quantizer.groups[group];
        const Codebook& codebook = quantizer.codebookOf(group);
        m_offset[first + c] = scale.offset;
        m_inverse[first + c] = 1.0f / scale.scale;
        if (m_bits > kSmallBits)
            fillNodes(codebook.thresholds, thresholds + c * kNodeNumbers);
        else
            for (std::size_t i = 0; i + 1 < levels; ++i)
                thresholds[i * width() + c] =
                    i < codebook.thresholds.size() ? codebook.thresholds[i] : std::numeric_limits<float>::quiet_NaN();
        for (std::size_t i = 0; i < codebook.size(); ++i) {
            const float level = scale.decode(codebook.levels[i]);
            m_levels[first * levels + placeOf(c, i)] = level;
            if (m_mapped) m_byCode[first * levels + placeOf(c, codebook.codeOf(i))] = level;
        }
    }
}

std::size_t ColumnStrips::rowsAtOnce() const { return m_bits <= kSmallBits ? kRowsOfSmallTables : kRowsOfLargeTables; }

void ColumnStrips::encode(const float* values, std::size_t rows, std::uint32_t* bins, float* results,
                          EncodeResults wanted) const {
    for (std::size_t s = 0; s < stripCount(); ++s) {
        const std::size_t start = startOf(s), first = s * width();
        const ColumnStrip strip{&m_thresholds[first * thresholdsOfColumn()],
                                &m_levels[first << m_bits],
                                &m_offset[first],
                                &m_inverse[first],
                                rows,
                                m_columns};
        HWY_DYNAMIC_DISPATCH(encodeStrip)
        (m_bits, strip, values + start, bins + start, results ? results + start : nullptr, wanted);
    }
}

void ColumnStrips::decode(const std::uint32_t* codes, std::size_t rows, float* out) const {
    const std::vector<float>& tables = m_mapped ? m_byCode : m_levels;
    for (std::size_t s = 0; s < stripCount(); ++s) {
        const float* const levels = &tables[(s * width()) << m_bits];
        for (std::size_t row = 0, at = startOf(s); row < rows; ++row, at += m_columns) {
            if (m_bits <= kSmallBits)
                for (std::size_t c = 0; c < kSmallStrip; ++c) out[at + c] = levels[codes[at + c] * kSmallStrip + c];
            else
                for (std::size_t c = 0; c < kLargeStrip; ++c) out[at + c] = levels[(c << m_bits) + codes[at + c]];
        }
    }
}

} // namespace quantoscope
#endif
