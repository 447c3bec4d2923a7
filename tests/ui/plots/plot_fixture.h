// Data and runs for tests of views, made without any scheme: a codebook in, a measured run out.
#pragma once

#include "core/measure/error_metrics.h"
#include "core/quant/codebook.h"
#include "core/study/run.h"
#include "ui/plots/plotted_levels.h"
#include "ui/theme/theme.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace quantoscope::test {

inline std::vector<float> normalValues(std::size_t count, unsigned seed = 1) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    std::vector<float> values(count);
    for (float& value : values) value = normal(random);
    return values;
}

inline std::vector<float> evenLevels(float low, float high, std::size_t count) {
    std::vector<float> levels(count);
    for (std::size_t i = 0; i < count; ++i)
        levels[i] = low + (high - low) * (static_cast<float>(i) + 0.5f) / static_cast<float>(count);
    return levels;
}

/// Every value to the nearest of the levels, which are those of every group.
inline RunPtr nearestLevelRun(Tensor tensor, std::vector<float> levels, const Grouping& grouping = {},
                              const std::string& scheme = "kmeans", float lower = -INFINITY, float upper = INFINITY) {
    auto result = std::make_shared<RunResult>();
    result->data = PreparedTensor::make(std::make_shared<Tensor>(std::move(tensor)), NonFinitePolicy::Drop);
    auto quantizer = std::make_shared<Quantizer>();
    quantizer->spec.scheme = scheme;
    quantizer->spec.levels = static_cast<std::uint32_t>(levels.size());
    quantizer->spec.grouping = grouping;
    quantizer->shape = result->data->tensor().info.shape;
    quantizer->layout = *GroupLayout::make(quantizer->shape, grouping);
    quantizer->bits = bitsFor(quantizer->spec.levels);
    quantizer->requestedLevels = quantizer->spec.levels;
    quantizer->codebooks.push_back(std::make_shared<Codebook>(*nearestLevelCodebook(std::move(levels))));
    for (std::size_t group = 0; group < quantizer->layout.groupCount(); ++group) quantizer->groups.push_back({});
    quantizer->clipRanges.assign(quantizer->groupCount(), {lower, upper});
    result->quantizer = quantizer;
    const DistributionPtr all = *result->data->distribution();
    const ErrorSums sums = measure(*all, valueCodebook(*quantizer, 0), lower, upper);
    result->errors = finish(sums, static_cast<double>(all->maximum()) - static_cast<double>(all->minimum()));
    result->bins = sums.bins;
    result->storage = storageCost(*quantizer, 0, result->data->tensor().info.dtype);
    result->measuredValues = result->data->finiteCount();
    return result;
}

inline ui::PlottedLevelsPtr levelsOf(const RunPtr& run, std::size_t group = 0) {
    return *ui::prepareLevels(run, group);
}

} // namespace quantoscope::test
