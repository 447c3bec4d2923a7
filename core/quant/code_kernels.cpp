#include "core/quant/code_kernels.h"

#include "core/base/vector_targets.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/quant/code_kernels.cpp"
// clang-format off
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>
#include "core/quant/code_vectors-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

template<class Code>
void mapAll(const std::uint32_t* table, std::size_t entries, Code* codes, std::size_t count) {
    const std::size_t lanes = hn::Lanes(Integers());
    const auto* const numbers = reinterpret_cast<const std::int32_t*>(table);
    std::size_t i = 0;
    if (entries <= 16 && lanes == 16) {
        std::int32_t padded[16] = {};
        std::copy_n(numbers, entries, padded);
        const Integer all = hn::LoadU(Integers(), padded);
        for (; i + lanes <= count; i += lanes)
            storeCodes(hn::TableLookupLanes(all, hn::IndicesFromVec(Integers(), loadCodes(codes + i))), codes + i);
    } else {
        for (; i + lanes <= count; i += lanes)
            storeCodes(hn::GatherIndex(Integers(), numbers, loadCodes(codes + i)), codes + i);
    }
    for (; i < count; ++i) codes[i] = static_cast<Code>(table[codes[i]]);
}
void mapBytes(const std::uint32_t* table, std::size_t entries, std::uint8_t* codes, std::size_t count) {
    mapAll(table, entries, codes, count);
}
void mapWords(const std::uint32_t* table, std::size_t entries, std::uint32_t* codes, std::size_t count) {
    mapAll(table, entries, codes, count);
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

/// A number of groups from one on, in vectors; behind the last group it is that one's.
template<class D>
class GroupVectors {
    using T = hn::TFromD<D>;

public:
    template<class Number>
    HWY_INLINE GroupVectors(const GroupNumbers<Number>& numbers, const GroupScales& groups, std::size_t first)
        : m_numbers(numbers.alike() ? nullptr : reinterpret_cast<const T*>(numbers.data()) + first),
          m_count(groups.size() - first),
          m_alike(hn::Set(D(), static_cast<T>(numbers[first]))) {}

    HWY_INLINE hn::Vec<D> at(std::size_t g) const {
        if (!m_numbers) return m_alike;
        if (g + kLanes <= m_count) return hn::LoadU(D(), m_numbers + g);
        T last[kLanes];
        for (std::size_t i = 0; i < kLanes; ++i) last[i] = m_numbers[std::min(g + i, m_count - 1)];
        return hn::LoadU(D(), last);
    }

private:
    const T* m_numbers;
    std::size_t m_count;
    hn::Vec<D> m_alike;
};

bool splitInto(const GroupScales& groups, std::size_t start, std::size_t count, std::size_t times,
               const CodingBook& book, CodeKind kind, float* numbers, std::size_t apart) {
    const Reals d;
    const GroupVectors<Reals> scales(groups.scales(), groups, start), offsets(groups.offsets(), groups, start);
    const GroupVectors<Integers> zeros(groups.zeros(), groups, start), codebooks(groups.codebooks(), groups, start);
    const auto codebook = hn::Set(Integers(), static_cast<std::int32_t>(groups.codebooks()[start]));
    const Real one = hn::Set(d, 1.0f), smallest = hn::Set(d, kMostWithoutInverse), rounder = hn::Set(d, kRounder);
    const Real most = hn::Set(d, book.grid ? (book.wholeBins ? kMostOfVectorGrid : -1.0f) : INFINITY);
    const Real firstWhole = hn::Set(d, book.firstWhole(kind));
    const Real part = hn::Set(d, 1.0f / static_cast<float>(times)), lanes = hn::Set(d, static_cast<float>(kLanes));
    const bool encoded = kind == CodeKind::Bins, whole = book.whole(kind); // what is read
    auto good = hn::Eq(one, one);
    for (std::size_t g = 0; g < count; g += kLanes) {
        const Real scale = scales.at(g), offset = offsets.at(g), zero = hn::ConvertTo(d, zeros.at(g));
        const Real bias = hn::Sub(firstWhole, zero), first = hn::Add(rounder, bias);
        const Real inverse = encoded ? hn::Div(one, scale) : one;
        const auto store = [&](std::size_t i, const auto& repeated) HWY_ATTR {
            hn::StoreU(repeated(scale), d, numbers + ScaleNumber::Scale * apart + i);
            hn::StoreU(repeated(offset), d, numbers + ScaleNumber::Offset * apart + i);
            if (encoded) hn::StoreU(repeated(inverse), d, numbers + ScaleNumber::Inverse * apart + i);
            if (whole)
                hn::StoreU(repeated(first), d, numbers + ScaleNumber::First * apart + i);
            else
                hn::StoreU(repeated(bias), d, numbers + ScaleNumber::Bias * apart + i);
        };
        if (times == 1) {
            store(g, [](Real each) HWY_ATTR { return each; });
        } else {
            Real place = hn::Add(hn::Iota(d, 0), hn::Set(d, 0.5f)); // so that what is divided is not a whole number
            for (std::size_t i = g * times; i < std::min(g + kLanes, count) * times; i += kLanes) {
                const auto whose = hn::IndicesFromVec(d, hn::ConvertTo(Integers(), hn::Mul(place, part)));
                store(i, [=](Real each) HWY_ATTR { return hn::TableLookupLanes(each, whose); });
                place = hn::Add(place, lanes);
            }
        }
        const auto inVectors = hn::And(hn::Gt(scale, smallest), hn::Le(hn::Abs(zero), most));
        const auto alike = hn::And(inVectors, hn::RebindMask(d, hn::Eq(codebooks.at(g), codebook)));
        good = hn::And(good, hn::Or(alike, hn::Not(hn::FirstN(d, count - g))));
    }
    return hn::AllTrue(d, good);
}

bool haveWideTables() { return kWideTables; }
const char* targetName() { return hwy::TargetName(HWY_TARGET); }

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(mapBytes);
HWY_EXPORT(mapWords);
HWY_EXPORT(mergeNonFinite);
HWY_EXPORT(splitInto);
HWY_EXPORT(haveWideTables);
HWY_EXPORT(targetName);

CodingBook::CodingBook(const Codebook& codebook)
    : binLevels(codebook.levels),
      codeLevels(codebook.levels),
      grid(codebook.integerGrid),
      wholeBins(grid && vectorLevels(codebook)),
      wholeCodes(wholeBins) {}

bool splitScales(const GroupScales& groups, std::size_t first, std::size_t count, std::size_t times,
                 const CodingBook& book, CodeKind kind, float* numbers, std::size_t apart) {
    return HWY_DYNAMIC_DISPATCH(splitInto)(groups, first, count, times, book, kind, numbers, apart);
}

CodePiece withoutLines(const CodePiece& piece) {
    const std::size_t done = piece.count / kLine * kLine;
    CodePiece rest = piece;
    rest.first += done;
    rest.code += done;
    rest.count -= done;
    if (piece.kind == Scales::Lanes) rest.several.numbers += done;
    return rest;
}

bool searchesTables() { return HWY_DYNAMIC_DISPATCH(haveWideTables)(); }

void mapCodes(std::span<const std::uint32_t> table, std::span<std::uint8_t> codes) {
    HWY_DYNAMIC_DISPATCH(mapBytes)(table.data(), table.size(), codes.data(), codes.size());
}
void mapCodes(std::span<const std::uint32_t> table, std::span<std::uint32_t> codes) {
    HWY_DYNAMIC_DISPATCH(mapWords)(table.data(), table.size(), codes.data(), codes.size());
}

void keepNonFinite(std::span<const float> x, const float* y, float* out) {
    HWY_DYNAMIC_DISPATCH(mergeNonFinite)(x.data(), y, out, x.size());
}

std::string_view vectorInstructions() {
    const std::string_view name = HWY_DYNAMIC_DISPATCH(targetName)();
    if (name.starts_with("AVX3") || name.starts_with("AVX10")) return "AVX-512"; // Highway's names for it
    return name;
}

} // namespace quantoscope
#endif
