#include "core/nn/dataset.h"

#include "core/base/philox.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace quantoscope {

namespace {

constexpr std::array<std::string_view, 3> kNormalisations = {"none", "range", "standard"};
constexpr std::uint32_t kShuffleStream = 0x73706c74; // "splt": streams below belong to the layers of a network

/// 0, 1, ..., count − 1 in an order by the seed. (Fisher and Yates; Durstenfeld 1964.)
std::vector<std::size_t> shuffled(std::size_t count, std::uint64_t seed) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const RandomStream random(seed, kShuffleStream);
    for (std::size_t i = count; i > 1; --i) {
        const double u = random.uniformPair(i).first; // below 1 by so much that its product stays below i
        std::swap(order[i - 1], order[static_cast<std::size_t>(u * static_cast<double>(i))]);
    }
    return order;
}

struct Affine {
    float offset = 0, scale = 1;

    float operator()(float x) const {
        return static_cast<float>((static_cast<double>(x) - offset) * static_cast<double>(scale));
    }
};

/// 1 / spread as far as float32 can hold it.
float inverse(double spread) {
    return static_cast<float>(std::min(1 / spread, static_cast<double>(std::numeric_limits<float>::max())));
}

Affine toUnitRange(std::span<const float> values) {
    const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
    return {*lowest, *lowest == *highest ? 1.0f : inverse(static_cast<double>(*highest) - *lowest)};
}

/// To mean 0 and deviation 1 (that of the samples themselves, divided by their number) of every stride-th value.
Affine toStandard(std::span<const float> values, std::size_t first, std::size_t stride) {
    bool constant = true;
    double sum = 0, count = 0;
    for (std::size_t i = first; i < values.size(); i += stride) {
        constant = constant && values[i] == values[first];
        sum += values[i];
        ++count;
    }
    if (constant) return {values[first], 1}; // rounding must not make a spread of it
    const double mean = sum / count;
    double squares = 0;
    for (std::size_t i = first; i < values.size(); i += stride) squares += (values[i] - mean) * (values[i] - mean);
    return {static_cast<float>(mean), inverse(std::sqrt(squares / count))};
}

std::vector<Affine> standardOfColumns(std::span<const float> values, std::size_t columns) {
    std::vector<Affine> maps;
    for (std::size_t column = 0; column < columns; ++column) maps.push_back(toStandard(values, column, columns));
    return maps;
}

void normalise(const std::vector<Affine>& maps, std::vector<float>& values) {
    for (std::size_t i = 0; i < values.size(); i += maps.size())
        for (std::size_t column = 0; column < maps.size(); ++column)
            values[i + column] = maps[column](values[i + column]);
}

void store(const std::vector<Affine>& maps, std::vector<float>& offset, std::vector<float>& scale) {
    for (const Affine& map : maps) {
        offset.push_back(map.offset);
        scale.push_back(map.scale);
    }
}

Dataset part(const Dataset& whole, const std::vector<std::size_t>& indices) {
    Dataset chosen;
    chosen.name = whole.name;
    chosen.sampleShape = whole.sampleShape;
    chosen.classes = whole.classes;
    chosen.features = whole.features;
    const std::size_t width = whole.featureCount();
    const std::size_t outputs = whole.isClassification() ? 0 : whole.outputCount();
    chosen.inputs.reserve(indices.size() * width);
    for (const std::size_t index : indices) {
        const auto sample = whole.sample(index);
        chosen.inputs.insert(chosen.inputs.end(), sample.begin(), sample.end());
        if (whole.isClassification()) chosen.labels.push_back(whole.labels[index]);
        for (std::size_t i = 0; i < outputs; ++i) chosen.targets.push_back(whole.targets[index * outputs + i]);
    }
    return chosen;
}

} // namespace

std::size_t Dataset::featureCount() const {
    if (sampleShape.empty()) return 0;
    std::size_t product = 1;
    for (const std::int64_t extent : sampleShape) product *= static_cast<std::size_t>(extent);
    return product;
}

std::size_t Dataset::count() const {
    const std::size_t width = featureCount();
    return width == 0 ? 0 : inputs.size() / width;
}

std::size_t Dataset::outputCount() const {
    if (isClassification()) return classes.size();
    return count() == 0 ? 0 : targets.size() / count();
}

std::span<const float> Dataset::sample(std::size_t index) const {
    const std::size_t width = featureCount();
    return std::span(inputs).subspan(index * width, width);
}

std::string_view name(Normalisation normalisation) { return kNormalisations[static_cast<std::size_t>(normalisation)]; }

Result<Normalisation> parseNormalisation(std::string_view text) {
    const auto* const found = std::find(kNormalisations.begin(), kNormalisations.end(), text);
    if (found == kNormalisations.end())
        return Error{ErrorCode::InvalidArgument, "normalisation",
                     fmt::format("\"{}\" is none of {}", text, fmt::join(kNormalisations, ", "))};
    return static_cast<Normalisation>(found - kNormalisations.begin());
}

Result<SplitDataset> split(const Dataset& whole, const SplitSpec& spec) {
    const std::size_t count = whole.count();
    assert(whole.inputs.size() == count * whole.featureCount());
    assert(!whole.isClassification() || whole.labels.size() == count);
    assert(whole.isClassification() || whole.targets.size() == count * whole.outputCount());
    const auto refuse = [&](std::string detail) {
        return Error{ErrorCode::InvalidArgument, whole.name, std::move(detail)};
    };
    if (!(spec.testShare > 0 && spec.testShare < 1))
        return Error{ErrorCode::InvalidArgument, "test share",
                     fmt::format("{} is not between 0 and 1", spec.testShare)};

    // Without classes all samples share a single one.
    const auto labelOf = [&](std::size_t index) {
        return whole.isClassification() ? static_cast<std::size_t>(whole.labels[index]) : 0;
    };
    std::vector<std::size_t> quota(std::max<std::size_t>(whole.classes.size(), 1));
    for (std::size_t i = 0; i < count; ++i) {
        assert(labelOf(i) < quota.size());
        ++quota[labelOf(i)];
    }
    const auto present = std::count_if(quota.begin(), quota.end(), [](std::size_t samples) { return samples > 0; });
    if (whole.isClassification() && present < 2)
        return refuse("all samples are of one class: there is nothing to tell apart");
    for (std::size_t& samples : quota)
        samples = static_cast<std::size_t>(std::lround(spec.testShare * static_cast<double>(samples)));

    SplitDataset result;
    result.spec = spec;
    for (const std::size_t index : shuffled(count, spec.seed)) {
        std::size_t& left = quota[labelOf(index)];
        const bool test = left > 0;
        if (test) --left;
        (test ? result.testIndices : result.trainIndices).push_back(index);
    }
    if (result.trainIndices.size() < 2 || result.testIndices.size() < 2)
        return refuse(fmt::format("{} samples to learn from and {} to judge by; each needs at least 2",
                                  result.trainIndices.size(), result.testIndices.size()));

    result.train = part(whole, result.trainIndices);
    result.test = part(whole, result.testIndices);
    std::vector<Affine> maps(whole.featureCount());
    if (spec.normalisation == Normalisation::Range)
        std::fill(maps.begin(), maps.end(), toUnitRange(result.train.inputs));
    else if (spec.normalisation == Normalisation::Standard)
        maps = standardOfColumns(result.train.inputs, maps.size());
    store(maps, result.offset, result.scale);
    normalise(maps, result.train.inputs);
    normalise(maps, result.test.inputs);
    if (whole.isClassification()) return result;
    const std::vector<Affine> targetMaps = standardOfColumns(result.train.targets, whole.outputCount());
    store(targetMaps, result.targetOffset, result.targetScale);
    normalise(targetMaps, result.train.targets);
    normalise(targetMaps, result.test.targets);
    return result;
}

} // namespace quantoscope
