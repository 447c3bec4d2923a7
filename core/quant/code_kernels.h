// The loops that turn values into bins and codes into values, in vectors: for quantizer.cpp and quantized_tensor.cpp.
// What they compute is written in quantizer.h, and every set of instructions gives the same bits.
#pragma once

#include "core/quant/quantizer.h"
#include "core/quant/threshold_search.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace quantoscope {

/// A scale for every value, where neighbours have different ones; zero points as numbers. As many of each as values,
/// and kLanePadding more.
struct LaneScales {
    const float* scale;
    const float* inverse; // none infinite
    const float* offset;
    const float* zero;
};

/// Values of one group, or of several with one codebook where `lanes` is given. Bins go to `bins` and, where it is not
/// null, x − Q(x) or Q(x) to `results`. Both have room for `room` numbers (room ≥ count), and as many values may be
/// read: what lies beyond count is then undefined. So pieces side by side are done one after the other, in order.
struct EncodePiece {
    const float* values;
    std::uint32_t* bins;
    float* results = nullptr;
    std::size_t count;
    std::size_t room;
    const ThresholdSearch* search;
    GroupScale scale;                  // unless `lanes`
    const LaneScales* lanes = nullptr; // from this piece's first value on
};
enum class EncodeResults { Errors, Values };

inline constexpr std::size_t kLanePadding = 64; // numbers; more than the longest vector that is used

/// Whether bins and values of an integer grid are whole float32 small enough to be rounded by adding.
bool vectorGrid(const Codebook& codebook, std::int32_t zero);

/// All pieces, in order.
void encodePieces(std::span<const EncodePiece> pieces, EncodeResults results = EncodeResults::Errors);

/// Codes of one group, or several as above. levels: by code; count: of them. `whole`: an integer grid whose codes are
/// its bins and for which vectorGrid holds. `out` may be written to up to `room`.
struct DecodePiece {
    const std::uint32_t* codes;
    float* out;
    std::size_t count;
    std::size_t room;
    std::span<const float> levels;
    bool whole = false;
    GroupScale scale;
    const LaneScales* lanes = nullptr;
};
void decodePieces(std::span<const DecodePiece> pieces);

/// codes[i] = table[codes[i]]
void mapCodes(std::span<const std::uint32_t> table, std::span<std::uint32_t> codes);
/// out[i] = y[i], but x[i] where that is not finite. `out` may be x or y.
void keepNonFinite(std::span<const float> x, const float* y, float* out);
/// Σe²: products in float32 and sums of four of them, all else in float64, so to 2e-7 of it; in float64 throughout
/// where float32 would overflow or underflow. The same bits whatever the vectors.
double sumOfSquares(std::span<const float> errors);

/// What these loops run on here: "AVX-512", "AVX2", "SSE4", ...
std::string_view vectorInstructions();

} // namespace quantoscope
