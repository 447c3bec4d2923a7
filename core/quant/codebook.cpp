#include "core/quant/codebook.h"

#include "core/quant/code_kernels.h"
#include "core/quant/threshold_search.h"

#include <algorithm>
#include <cmath>

namespace quantoscope {

std::size_t Codebook::binOf(float value) const {
    // Binary search without branches on the data: random values would mispredict half of them.
    const float* first = thresholds.data();
    std::size_t length = thresholds.size();
    while (length > 0) {
        const std::size_t half = (length + 1) / 2;
        first += first[half - 1] <= value ? half : 0;
        length -= half;
    }
    return static_cast<std::size_t>(first - thresholds.data());
}

void Codebook::binsOf(std::span<const float> values, std::span<std::uint32_t> bins) const {
    if (values.empty()) return;
    const ThresholdSearch search(*this, values.size());
    CodingBook book(*this);
    book.searchBy(search);
    const CodePiece piece{0, values.size(), &book, {}};
    encodePieces(EncodeTile<std::uint32_t>{values.data(), bins.data(), values.size()}, {&piece, 1});
}

float midpointThreshold(float a, float b) {
    // The sum of two float32 whose exponents differ by no more than 28 is exact in float64; beyond that the smaller one
    // only decides on which side of half the larger the midpoint lies, and rounding to float64 keeps the order of the
    // float32.
    const double sum = static_cast<double>(a) + static_cast<double>(b);
    const double lost = a == b ? 0 : (std::fabs(a) > std::fabs(b) ? b - (sum - a) : a - (sum - b));
    const double middle = sum / 2;
    auto threshold = static_cast<float>(middle);
    const bool below =
        static_cast<double>(threshold) < middle || (static_cast<double>(threshold) == middle && lost > 0);
    if (below) threshold = std::nextafter(threshold, INFINITY);
    return threshold;
}

Result<Codebook> nearestLevelCodebook(std::vector<float> levels) {
    if (levels.empty()) return Error{ErrorCode::InvalidArgument, "levels", "at least one level is needed"};
    for (float& level : levels) {
        if (!std::isfinite(level)) return Error{ErrorCode::InvalidArgument, "levels", "a level must be finite"};
        level += 0.0f; // −0 becomes +0
    }
    std::sort(levels.begin(), levels.end());
    levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
    Codebook codebook;
    codebook.levels = std::move(levels);
    codebook.thresholds.reserve(codebook.levels.size() - 1);
    for (std::size_t i = 1; i < codebook.levels.size(); ++i)
        codebook.thresholds.push_back(midpointThreshold(codebook.levels[i - 1], codebook.levels[i]));
    return codebook;
}

} // namespace quantoscope
