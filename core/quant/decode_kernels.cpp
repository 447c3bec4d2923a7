#include "core/base/vector_targets.h"
#include "core/quant/code_kernels.h"

#include <cstddef>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/quant/decode_kernels.cpp"
// clang-format off
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>
#include "core/quant/decode_loops-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

void decodeBytes(const DecodeTile<std::uint8_t>& tile, const CodePiece* pieces, std::size_t count) {
    doAll(Decoding<std::uint8_t>{tile}, pieces, count);
}
void decodeWords(const DecodeTile<std::uint32_t>& tile, const CodePiece* pieces, std::size_t count) {
    doAll(Decoding<std::uint32_t>{tile}, pieces, count);
}
void measureBytes(const MeasureTile<std::uint8_t>& tile, const CodePiece* pieces, std::size_t count, SquareSums& sums) {
    doAll(Measuring<std::uint8_t>{tile, sums}, pieces, count);
}
void measureWords(const MeasureTile<std::uint32_t>& tile, const CodePiece* pieces, std::size_t count,
                  SquareSums& sums) {
    doAll(Measuring<std::uint32_t>{tile, sums}, pieces, count);
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(decodeBytes);
HWY_EXPORT(decodeWords);
HWY_EXPORT(measureBytes);
HWY_EXPORT(measureWords);

void decodePieces(const DecodeTile<std::uint8_t>& tile, std::span<const CodePiece> pieces) {
    if (!pieces.empty()) HWY_DYNAMIC_DISPATCH(decodeBytes)(tile, pieces.data(), pieces.size());
}
void decodePieces(const DecodeTile<std::uint32_t>& tile, std::span<const CodePiece> pieces) {
    if (!pieces.empty()) HWY_DYNAMIC_DISPATCH(decodeWords)(tile, pieces.data(), pieces.size());
}

void measurePieces(const MeasureTile<std::uint8_t>& tile, std::span<const CodePiece> pieces, SquareSums& sums) {
    if (!pieces.empty()) HWY_DYNAMIC_DISPATCH(measureBytes)(tile, pieces.data(), pieces.size(), sums);
}
void measurePieces(const MeasureTile<std::uint32_t>& tile, std::span<const CodePiece> pieces, SquareSums& sums) {
    if (!pieces.empty()) HWY_DYNAMIC_DISPATCH(measureWords)(tile, pieces.data(), pieces.size(), sums);
}

} // namespace quantoscope
#endif
