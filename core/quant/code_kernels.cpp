#include "core/quant/code_kernels.h"

#include <algorithm>
#include <cmath>

// Vectors are members of classes here, which those of a length that is known only when they run cannot be.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/quant/code_kernels.cpp"
// clang-format off
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>
#include "core/quant/code_vectors-inl.h"
#include "core/quant/decode_loops-inl.h"
#include "core/quant/encode_loops-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

void encodeToBytes(const EncodeTile<std::uint8_t>& tile, const EncodePiece* pieces, std::size_t count,
                   EncodeResults results) {
    encodeAll(tile, pieces, count, results);
}
void encodeToWords(const EncodeTile<std::uint32_t>& tile, const EncodePiece* pieces, std::size_t count,
                   EncodeResults results) {
    encodeAll(tile, pieces, count, results);
}
void decodeBytes(const DecodeTile<std::uint8_t>& tile, const DecodePiece* pieces, std::size_t count) {
    decodeAll(tile, pieces, count);
}
void decodeWords(const DecodeTile<std::uint32_t>& tile, const DecodePiece* pieces, std::size_t count) {
    decodeAll(tile, pieces, count);
}

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

bool haveWideTables() { return kWideTables; }
const char* targetName() { return hwy::TargetName(HWY_TARGET); }

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(encodeToBytes);
HWY_EXPORT(encodeToWords);
HWY_EXPORT(decodeBytes);
HWY_EXPORT(decodeWords);
HWY_EXPORT(mapBytes);
HWY_EXPORT(mapWords);
HWY_EXPORT(mergeNonFinite);
HWY_EXPORT(addSquares);
HWY_EXPORT(haveWideTables);
HWY_EXPORT(targetName);

bool searchesTables() { return HWY_DYNAMIC_DISPATCH(haveWideTables)(); }

void encodePieces(const EncodeTile<std::uint8_t>& tile, std::span<const EncodePiece> pieces, EncodeResults results) {
    if (!pieces.empty()) HWY_DYNAMIC_DISPATCH(encodeToBytes)(tile, pieces.data(), pieces.size(), results);
}
void encodePieces(const EncodeTile<std::uint32_t>& tile, std::span<const EncodePiece> pieces, EncodeResults results) {
    if (!pieces.empty()) HWY_DYNAMIC_DISPATCH(encodeToWords)(tile, pieces.data(), pieces.size(), results);
}

void decodePieces(const DecodeTile<std::uint8_t>& tile, std::span<const DecodePiece> pieces) {
    if (!pieces.empty()) HWY_DYNAMIC_DISPATCH(decodeBytes)(tile, pieces.data(), pieces.size());
}
void decodePieces(const DecodeTile<std::uint32_t>& tile, std::span<const DecodePiece> pieces) {
    if (!pieces.empty()) HWY_DYNAMIC_DISPATCH(decodeWords)(tile, pieces.data(), pieces.size());
}

void mapCodes(std::span<const std::uint32_t> table, std::span<std::uint8_t> codes) {
    HWY_DYNAMIC_DISPATCH(mapBytes)(table.data(), table.size(), codes.data(), codes.size());
}
void mapCodes(std::span<const std::uint32_t> table, std::span<std::uint32_t> codes) {
    HWY_DYNAMIC_DISPATCH(mapWords)(table.data(), table.size(), codes.data(), codes.size());
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
