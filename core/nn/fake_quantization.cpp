#include "core/nn/fake_quantization.h"

#include "core/nn/quantize.h"

#include <algorithm>
#include <cmath>

namespace quantoscope {

namespace {

using Stage = Place::Stage;

constexpr double kStepRate = 0.01; // of the logarithm of a scale, a batch

std::size_t firstProduct(const NetworkSpec& spec) {
    std::size_t i = 0;
    while (!spec.layers[i].multiplies()) ++i;
    return i;
}

} // namespace

FakeQuantization::FakeQuantization(QuantizedNetwork grids, bool learnedSteps) : m_learned(learnedSteps) {
    setGrids(std::move(grids));
}

void FakeQuantization::setGrids(QuantizedNetwork grids) {
    m_grids = std::move(grids);
    m_input = m_grids.layers[firstProduct(m_grids.spec)].input;
}

CodeGrid FakeQuantization::weightGrid(std::size_t layer, std::size_t group) const {
    const QuantizedLayer& it = m_grids.layers[layer];
    const int half = 1 << (m_grids.weightBits - (m_grids.spareBit ? 2 : 1));
    // Symmetric codes leave out the lowest.
    return {it.scales[group], it.zeros[group], it.symmetric() ? 1 - half : -half, half - 1};
}

FakeQuantization::Key FakeQuantization::keyOf(Place place) const {
    if (place.stage == Stage::Input) return {0, static_cast<int>(Stage::Input)};
    // An average pool rounds to the grid of what it averages.
    std::size_t layer = place.layer;
    while (!m_grids.spec.layers[layer].multiplies()) {
        if (layer == 0) return {0, static_cast<int>(Stage::Input)};
        --layer;
    }
    return {layer, static_cast<int>(place.stage)};
}

CodeGrid& FakeQuantization::gridAt(Place place) {
    const auto [layer, stage] = keyOf(place);
    if (stage == static_cast<int>(Stage::Input)) return m_input;
    return stage == static_cast<int>(Stage::Output) ? m_grids.layers[layer].output : m_grids.layers[layer].beforeTable;
}

bool FakeQuantization::isPool(Place place) const {
    return place.stage == Stage::Output && !m_grids.spec.layers[place.layer].multiplies();
}

std::span<const float> FakeQuantization::weight(std::size_t layer, std::span<const float> weight) {
    m_latent[layer].assign(weight.begin(), weight.end());
    std::vector<float>& codes = m_codes[layer];
    codes.resize(weight.size());
    const std::size_t groups = m_grids.layers[layer].scales.size(), size = weight.size() / groups;
    for (std::size_t g = 0; g < groups; ++g) {
        const CodeGrid grid = weightGrid(layer, g);
        for (std::size_t at = g * size; at < (g + 1) * size; ++at)
            codes[at] = static_cast<float>(grid.encode(weight[at]) - grid.zero);
    }
    return codes;
}

std::span<const float> FakeQuantization::bias(std::size_t layer, std::span<const float> bias) {
    const QuantizedLayer& it = m_grids.layers[layer];
    std::vector<float>& codes = m_bias[layer];
    codes.resize(bias.size());
    for (std::size_t n = 0; n < bias.size(); ++n)
        codes[n] = static_cast<float>(std::nearbyint(bias[n] / (static_cast<double>(it.input.scale) * it.scaleOf(n))));
    return codes;
}

void FakeQuantization::product(std::size_t layer, std::span<float> values) {
    const QuantizedLayer& it = m_grids.layers[layer];
    const std::size_t outputs = it.bias.size();
    for (std::size_t at = 0; at < values.size(); ++at)
        values[at] = it.input.scale * it.scaleOf(at % outputs) * values[at];
}

void FakeQuantization::productBack(std::size_t layer, std::span<float> gradient) { product(layer, gradient); }

void FakeQuantization::values(Place place, std::span<float> values) {
    const CodeGrid grid = gridAt(place);
    if (isPool(place)) { // means of codes about zero
        const auto zero = static_cast<float>(grid.zero);
        for (float& value : values) value = std::nearbyint(value + zero) - zero;
        return;
    }
    m_before[keyOf(place)].assign(values.begin(), values.end());
    for (float& value : values) {
        const std::int32_t code = grid.encode(value);
        value = place.stage == Stage::BeforeActivation ? grid.decode(code) : static_cast<float>(code - grid.zero);
    }
}

float FakeQuantization::passBack(const CodeGrid& grid, std::span<const float> before, std::span<float> gradient) const {
    const float inverse = 1 / grid.scale;
    const auto below = static_cast<float>(grid.lowest - grid.zero),
               above = static_cast<float>(grid.highest - grid.zero);
    double sum = 0;
    for (std::size_t at = 0; at < before.size(); ++at) {
        const float u = before[at] * inverse, rounded = std::nearbyint(u);
        if (rounded < below || rounded > above) {
            if (m_learned) sum += static_cast<double>(gradient[at]) * (rounded < below ? below : above);
            gradient[at] = 0;
        } else if (m_learned) {
            sum += static_cast<double>(gradient[at]) * (rounded - u);
        }
    }
    const double reach = std::max(above, 1.0f);
    return static_cast<float>(sum / std::sqrt(static_cast<double>(before.size()) * reach));
}

void FakeQuantization::weightBack(std::size_t layer, std::span<float> gradient) {
    const std::vector<float>& latent = m_latent[layer];
    const std::size_t groups = m_grids.layers[layer].scales.size(), size = latent.size() / groups;
    auto& steps = m_weightSteps[layer];
    steps.resize(groups);
    for (std::size_t g = 0; g < groups; ++g) {
        const CodeGrid grid = weightGrid(layer, g);
        const auto own = gradient.subspan(g * size, size);
        for (float& value : own) value /= grid.scale; // it was that of codes
        steps[g].gradient = passBack(grid, std::span(latent).subspan(g * size, size), own);
    }
}

void FakeQuantization::valuesBack(Place place, std::span<float> gradient) {
    if (isPool(place)) return;
    const CodeGrid grid = gridAt(place);
    if (place.stage != Stage::BeforeActivation)
        for (float& value : gradient) value /= grid.scale;
    m_valueSteps[keyOf(place)].gradient = passBack(grid, m_before[keyOf(place)], gradient);
}

void FakeQuantization::step(double share) {
    if (!m_learned) return;
    TrainingSpec spec; // Adam, whose steps do not depend on the gradient's magnitude
    const auto move = [&](float& scale, Step& step) {
        const float gradient = step.gradient * scale; // by the logarithm
        step.logarithm = std::log(scale);
        step.optimizer.apply(spec, kStepRate * share, 0, {&step.logarithm, 1}, {&gradient, 1});
        scale = std::exp(step.logarithm);
        step.gradient = 0;
    };
    for (auto& [layer, steps] : m_weightSteps)
        for (std::size_t g = 0; g < steps.size(); ++g) move(m_grids.layers[layer].scales[g], steps[g]);
    for (auto& [key, step] : m_valueSteps) move(gridAt({key.first, static_cast<Stage>(key.second)}).scale, step);
    passGridsOn(m_grids, m_input);
}

QuantizedNetwork FakeQuantization::convert(const Network& network) const {
    QuantizedNetwork result = m_grids;
    passGridsOn(result, m_input);
    for (std::size_t i = 0; i < result.layers.size(); ++i) {
        if (!result.spec.layers[i].multiplies()) continue;
        QuantizedLayer& layer = result.layers[i];
        const std::vector<float>& weight = network.layers[i].weight;
        const std::size_t size = weight.size() / layer.scales.size();
        for (std::size_t at = 0; at < weight.size(); ++at) {
            const CodeGrid grid = weightGrid(i, at / size);
            layer.codes[at] = static_cast<std::int8_t>(grid.encode(weight[at]));
            layer.decoded[at] = grid.decode(layer.codes[at]);
        }
        layer.bias = network.layers[i].bias;
        const std::uint64_t scaleBytes = layer.scales.size() * (layer.symmetric() ? 4 : 5);
        finishLayer(result, i, scaleBytes);
    }
    return result;
}

} // namespace quantoscope
