#include "core/base/vector_targets.h"
#include "core/quant/code_kernels.h"

#include <cstddef>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/quant/encode_kernels.cpp"
// clang-format off
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>
#include "core/quant/encode_loops-inl.h"
#include "core/quant/grid_loops-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

void encodeToBytes(const EncodeTile<std::uint8_t>& tile, const CodePiece* pieces, std::size_t count) {
    encodeAll(tile, pieces, count);
}
void encodeToWords(const EncodeTile<std::uint32_t>& tile, const CodePiece* pieces, std::size_t count) {
    encodeAll(tile, pieces, count);
}
void encodeGridsToBytes(const EncodeTile<std::uint8_t>& tile, const CodePiece* pieces, std::size_t count,
                        SquareSums& sums) {
    encodeAndMeasureAll(tile, pieces, count, sums);
}
void encodeGridsToWords(const EncodeTile<std::uint32_t>& tile, const CodePiece* pieces, std::size_t count,
                        SquareSums& sums) {
    encodeAndMeasureAll(tile, pieces, count, sums);
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(encodeToBytes);
HWY_EXPORT(encodeToWords);
HWY_EXPORT(encodeGridsToBytes);
HWY_EXPORT(encodeGridsToWords);

void encodePieces(const EncodeTile<std::uint8_t>& tile, std::span<const CodePiece> pieces) {
    if (!pieces.empty()) HWY_DYNAMIC_DISPATCH(encodeToBytes)(tile, pieces.data(), pieces.size());
}
void encodePieces(const EncodeTile<std::uint32_t>& tile, std::span<const CodePiece> pieces) {
    if (!pieces.empty()) HWY_DYNAMIC_DISPATCH(encodeToWords)(tile, pieces.data(), pieces.size());
}
void encodeAndMeasurePieces(const EncodeTile<std::uint8_t>& tile, std::span<const CodePiece> pieces, SquareSums& sums) {
    if (!pieces.empty()) HWY_DYNAMIC_DISPATCH(encodeGridsToBytes)(tile, pieces.data(), pieces.size(), sums);
}
void encodeAndMeasurePieces(const EncodeTile<std::uint32_t>& tile, std::span<const CodePiece> pieces,
                            SquareSums& sums) {
    if (!pieces.empty()) HWY_DYNAMIC_DISPATCH(encodeGridsToWords)(tile, pieces.data(), pieces.size(), sums);
}

} // namespace quantoscope
#endif
