#include "core/quant/quantizer.h"

#include "core/quant/code_kernels.h"
#include "core/quant/threshold_search.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace quantoscope {

namespace {

// float32 in the order of the numbers: consecutive integers are neighbouring values.
std::int32_t orderOf(float value) {
    const auto bits = std::bit_cast<std::int32_t>(value + 0.0f);
    return bits >= 0 ? bits : static_cast<std::int32_t>(0x80000000u - static_cast<std::uint32_t>(bits));
}

float valueAt(std::int32_t order) {
    return std::bit_cast<float>(order >= 0 ? static_cast<std::uint32_t>(order)
                                           : 0x80000000u - static_cast<std::uint32_t>(order));
}

/// The smallest finite float32 whose bin is at least `bin`; infinity where there is none. Bins never fall as values
/// rise.
float firstReaching(const GroupEncoder& encoder, std::size_t bin, float guess) {
    const std::int32_t lowest = orderOf(std::numeric_limits<float>::lowest());
    const std::int32_t highest = orderOf(std::numeric_limits<float>::max());
    const auto reaches = [&](std::int64_t order) {
        return encoder.bin(valueAt(static_cast<std::int32_t>(order))) >= bin;
    };
    // Gallop from the guess, then bisect.
    std::int64_t low = std::int64_t{lowest} - 1, high = std::int64_t{highest} + 1;
    std::int64_t step = 1, at = std::clamp<std::int64_t>(std::isfinite(guess) ? orderOf(guess) : 0, lowest, highest);
    if (reaches(at)) {
        high = at;
        while (high - step > low && reaches(high - step)) high -= step, step *= 2;
        low = std::max(low, high - step);
    } else {
        low = at;
        while (low + step < high && !reaches(low + step)) low += step, step *= 2;
        high = std::min(high, low + step);
    }
    while (high - low > 1) {
        const std::int64_t middle = low + (high - low) / 2;
        (reaches(middle) ? high : low) = middle;
    }
    return high > highest ? std::numeric_limits<float>::infinity() : valueAt(static_cast<std::int32_t>(high));
}

} // namespace

GroupEncoder::GroupEncoder(const Codebook& codebook, const GroupScale& scale)
    : m_codebook(&codebook), m_scale(scale), m_inverse(1.0f / scale.scale), m_divide(std::isinf(m_inverse)) {
    if (!codebook.integerGrid) return;
    m_lowest = codebook.levels.front() - static_cast<float>(scale.zero);
    m_highest = codebook.levels.back() - static_cast<float>(scale.zero);
}

std::uint32_t GroupEncoder::gridBin(float u) const {
    // Clamped first: rounding keeps the order and leaves the ends, which are whole, where they are. NaN fails the first
    // comparison.
    const float above = u > m_lowest ? u : m_lowest;
    const float level = std::nearbyintf(above < m_highest ? above : m_highest);
    return static_cast<std::uint32_t>(level - m_lowest);
}

std::size_t GroupEncoder::bin(float value) const {
    return m_codebook->integerGrid ? gridBin(scaled(value)) : m_codebook->binOf(scaled(value));
}

void GroupEncoder::bins(std::span<const float> values, std::span<std::uint32_t> out) const {
    binsAndValues(values, out, {});
}

void GroupEncoder::binsAndValues(std::span<const float> values, std::span<std::uint32_t> bins,
                                 std::span<float> decoded) const {
    if (values.empty()) return;
    CodingBook book(*m_codebook);
    if (!inVectors(book, m_scale)) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            bins[i] = static_cast<std::uint32_t>(bin(values[i]));
            if (!decoded.empty()) decoded[i] = decode(bins[i]);
        }
        return;
    }
    const ThresholdSearch search(*m_codebook, values.size());
    book.searchBy(search);
    const CodePiece piece{0, values.size(), &book, m_scale};
    encodePieces(EncodeTile<std::uint32_t>{values.data(), bins.data(), values.size()}, {&piece, 1});
    if (decoded.empty()) return;
    decodePieces(DecodeTile<std::uint32_t>{bins.data(), CodeKind::Bins, decoded.data(), values.size()}, {&piece, 1});
}

Codebook valueCodebook(const Codebook& codebook, const GroupScale& scale) {
    Codebook result;
    result.dimension = codebook.dimension;
    result.codes = codebook.codes;
    result.levels.reserve(codebook.size());
    for (const float level : codebook.levels) result.levels.push_back(scale.decode(level) + 0.0f);
    const bool identity = scale.scale == 1 && scale.offset == 0 && !codebook.integerGrid;
    if (identity) {
        result.thresholds = codebook.thresholds;
        return result;
    }
    if (codebook.size() == 0) return result;
    const GroupEncoder encoder(codebook, scale);
    result.thresholds.reserve(codebook.size() - 1);
    for (std::size_t i = 1; i < codebook.size(); ++i) {
        const float edge = codebook.integerGrid ? codebook.levels[i] - 0.5f - static_cast<float>(scale.zero)
                                                : codebook.thresholds[i - 1];
        result.thresholds.push_back(firstReaching(encoder, i, scale.offset + scale.scale * edge));
    }
    return result;
}

Codebook valueCodebook(const Quantizer& quantizer, std::size_t group) {
    return valueCodebook(quantizer.codebookOf(group), quantizer.groups[group]);
}

} // namespace quantoscope
