#include "core/schemes/scaled_table.h"

#include "core/quant/range_estimator.h"

#include <algorithm>
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

double squaredErrorOf(const Distribution& data, const Codebook& codebook, const GroupScale& scale) {
    double error = 0;
    if (data.distinct() <= codebook.size()) {
        const GroupEncoder encoder(codebook, scale);
        for (std::size_t i = 0; i < data.distinct(); ++i)
            error += data.squaredError({i, i + 1}, encoder.decode(encoder.bin(data.values()[i])));
        return error;
    }
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

Result<GroupFit> fitScaledTable(const GroupData& data, const QuantSpec& spec, std::shared_ptr<const Codebook> table,
                                const JobControl& job, const ScaleRule& rule) {
    const float largest = std::max(std::fabs(table->levels.front()), std::fabs(table->levels.back()));
    RangeUse use;
    use.symmetric = true;
    use.levels = spec.levels;
    use.squaredError = [&](Range range) {
        return squaredErrorOf(data.distribution(), *table, {.scale = rule(range.upper, largest)});
    };
    const auto range = estimateRange(data, spec.range, use, job);
    if (!range) return range.error();
    GroupFit fit;
    fit.scale = rule(range->upper, largest);
    fit.lower = range->lower;
    fit.upper = range->upper;
    fit.codebook = std::move(table);
    fit.sideBits = kBitsPerScale;
    return fit;
}

} // namespace quantoscope
