#include "core/schemes/scaled_table.h"

#include "core/quant/range_estimator.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace quantoscope {

float usableScale(double wanted, double largestLevel) {
    constexpr double smallest = std::numeric_limits<float>::min(), largest = std::numeric_limits<float>::max();
    const auto level = static_cast<float>(largestLevel);
    auto scale = static_cast<float>(std::clamp(std::min(wanted, largest / largestLevel), smallest, largest));
    while (!std::isfinite(scale * level)) scale = std::nextafter(scale, 0.0f);
    return scale;
}

namespace {

// Coding so many values costs less than finding the values of one bin.
constexpr std::size_t kValuesPerLevel = 64;
constexpr std::size_t kTile = 256;

double errorOfEach(const Distribution& data, const Codebook& codebook, const GroupScale& scale) {
    const GroupEncoder encoder(codebook, scale);
    std::array<std::uint32_t, kTile> bins;
    double error = 0;
    for (std::size_t begin = 0; begin < data.distinct(); begin += kTile) {
        const auto tile = data.values().subspan(begin, std::min(kTile, data.distinct() - begin));
        encoder.bins(tile, std::span(bins).first(tile.size()));
        for (std::size_t i = 0; i < tile.size(); ++i) {
            const double distance = static_cast<double>(tile[i]) - encoder.decode(bins[i]);
            error += data.weightOf({begin + i, begin + i + 1}) * (distance * distance);
        }
    }
    return error;
}

} // namespace

double squaredErrorOf(const Distribution& data, const Codebook& codebook, const GroupScale& scale) {
    if (data.distinct() <= kValuesPerLevel * codebook.size()) return errorOfEach(data, codebook, scale);
    double error = 0;
    const Codebook values = valueCodebook(codebook, scale);
    std::size_t begin = 0;
    for (std::size_t bin = 0; bin < values.size(); ++bin) {
        const std::size_t end = bin + 1 < values.size() ? data.indexOf(values.thresholds[bin]) : data.distinct();
        error += data.squaredError({begin, end}, values.levels[bin]);
        begin = std::max(begin, end);
    }
    return error;
}

float scaleToEnd(float a, float largestLevel) {
    return usableScale(static_cast<double>(a) / largestLevel, largestLevel);
}

Result<GroupFit> fitScaledTable(const GroupData& data, const QuantSpec& spec, Effort effort,
                                std::shared_ptr<const Codebook> table, const JobControl& job, const ScaleRule& rule) {
    const float largest = std::max(std::fabs(table->levels.front()), std::fabs(table->levels.back()));
    RangeUse use;
    use.symmetric = true;
    use.levels = spec.levels;
    use.effort = effort;
    use.squaredError = [&](Range range) {
        return squaredErrorOf(data.distribution(), *table, {.scale = rule(range.upper, largest)});
    };
    const auto range = estimateRange(data, spec.range, use, job);
    if (!range) return range.error();
    GroupFit fit;
    fit.exact = !previewsRange(spec.range, effort);
    fit.scale = rule(range->upper, largest);
    fit.lower = range->lower;
    fit.upper = range->upper;
    fit.codebook = std::move(table);
    fit.sideBits = kBitsPerScale;
    return fit;
}

} // namespace quantoscope
