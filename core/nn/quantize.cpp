#include "core/nn/quantize.h"

#include "core/nn/activation.h"
#include "core/nn/pass.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace quantoscope {

namespace {

using Arithmetic = QuantizedNetwork::Arithmetic;
using Stage = Place::Stage;

constexpr std::size_t kRowsAtOnce = 256;
constexpr double kLargestBiasCode = 1 << 30;

bool hasTable(const LayerSpec& layer) {
    return layer.activation != Activation::None && layer.activation != Activation::Relu;
}

void addMeans(std::span<const float> values, std::vector<double>& sums) {
    const std::size_t width = sums.size();
    for (std::size_t i = 0; i < values.size(); i += width)
        for (std::size_t n = 0; n < width; ++n) sums[n] += values[i + n];
}

/// Looks, and changes nothing.
class Recorder final : public PlaceObserver {
public:
    Recorder(const NetworkSpec& spec, Calibration& calibration) : m_spec(spec), m_calibration(calibration) {}

    std::span<const float> weight(std::size_t, std::span<const float> weight) override { return weight; }
    std::span<const float> bias(std::size_t, std::span<const float> bias) override { return bias; }
    void values(Place place, std::span<float> values) override {
        if (place.stage == Stage::Input)
            m_calibration.input.insert(m_calibration.input.end(), values.begin(), values.end());
        else if (m_spec.layers[place.layer].multiplies()) {
            auto& kept = (place.stage == Stage::Output ? m_calibration.output : m_calibration.beforeTable)[place.layer];
            kept.insert(kept.end(), values.begin(), values.end());
        }
    }
    void product(std::size_t layer, std::span<float> values) override {
        auto& sums = m_calibration.productMean[layer];
        sums.resize(static_cast<std::size_t>(m_spec.layers[layer].outputs));
        addMeans(values, sums);
        m_counts[layer] += values.size() / sums.size();
    }
    void productBack(std::size_t, std::span<float>) override {}
    void weightBack(std::size_t, std::span<float>) override {}
    void valuesBack(Place, std::span<float>) override {}

    void finish() {
        for (auto& [layer, sums] : m_calibration.productMean)
            for (double& sum : sums) sum /= static_cast<double>(m_counts[layer]);
    }

private:
    const NetworkSpec& m_spec;
    Calibration& m_calibration;
    std::map<std::size_t, std::size_t> m_counts;
};

/// Multiplies by the weights as they decode and rounds activations to their grids; keeps the mean product of one layer.
class RoundedNetwork final : public PlaceObserver {
public:
    RoundedNetwork(const QuantizedNetwork& network, std::size_t watched) : m_network(network), m_watched(watched) {}

    std::span<const float> weight(std::size_t layer, std::span<const float>) override {
        return m_network.layers[layer].decoded;
    }
    std::span<const float> bias(std::size_t layer, std::span<const float>) override {
        return m_network.layers[layer].bias;
    }
    void values(Place place, std::span<float> values) override {
        CodeGrid grid;
        switch (m_network.arithmetic) {
        case Arithmetic::WeightOnly: return;
        case Arithmetic::Dynamic: {
            const auto found =
                observeGrid(values, RangeObserver::MinMax, m_network.activationBits, m_network.symmetricActivations);
            if (!found) return;
            grid = *found;
            break;
        }
        case Arithmetic::Static:
            if (place.stage == Stage::Input)
                m_grid = m_network.layers[firstProduct()].input;
            else if (m_network.spec.layers[place.layer].multiplies())
                m_grid = place.stage == Stage::Output ? m_network.layers[place.layer].output
                                                      : m_network.layers[place.layer].beforeTable;
            grid = m_grid; // an average pool rounds to the grid of what it averages
            break;
        }
        for (float& value : values) value = grid.decode(grid.encode(value));
    }
    void product(std::size_t layer, std::span<float> values) override {
        if (layer != m_watched) return;
        m_sums.resize(m_network.layers[layer].bias.size());
        addMeans(values, m_sums);
        m_count += values.size() / m_sums.size();
    }
    void productBack(std::size_t, std::span<float>) override {}
    void weightBack(std::size_t, std::span<float>) override {}
    void valuesBack(Place, std::span<float>) override {}

    double mean(std::size_t n) const { return m_sums[n] / static_cast<double>(m_count); }

private:
    std::size_t firstProduct() const {
        std::size_t i = 0;
        while (!m_network.spec.layers[i].multiplies()) ++i;
        return i;
    }

    const QuantizedNetwork& m_network;
    std::size_t m_watched, m_count = 0;
    std::vector<double> m_sums;
    CodeGrid m_grid;
};

void forEachBatch(Pass& pass, const Network& network, std::span<const float> inputs, std::size_t samples,
                  PlaceObserver& observer) {
    const std::size_t features = samples > 0 ? inputs.size() / samples : 0;
    for (std::size_t begin = 0; begin < samples; begin += kRowsAtOnce) {
        const std::size_t rows = std::min(kRowsAtOnce, samples - begin);
        pass.forward(network, inputs.subspan(begin * features, rows * features), rows, Pass::Mode::Inference,
                     &observer);
    }
}

/// Grids of a static network from what calibration saw.
Status observe(QuantizedNetwork& result, const Calibration& calibration, const QuantizeSpec& spec,
               const JobControl& job) {
    const auto gridOf = [&](std::span<const float> values) {
        return observeGrid(values, spec.observer, spec.activationBits, spec.symmetricActivations, job);
    };
    const auto input = gridOf(calibration.input);
    if (!input) return input.error();
    for (std::size_t i = 0; i + 1 < result.layers.size(); ++i) {
        const LayerSpec& layer = result.spec.layers[i];
        if (!layer.multiplies()) continue;
        const auto output = gridOf(calibration.output.at(i));
        if (!output) return output.error();
        result.layers[i].output = *output;
        if (layer.activation == Activation::Relu) result.layers[i].output.lowest = output->zero;
        if (!hasTable(layer)) continue;
        const auto before = gridOf(calibration.beforeTable.at(i));
        if (!before) return before.error();
        result.layers[i].beforeTable = *before;
    }
    passGridsOn(result, *input);
    return {};
}

} // namespace

Status checkQuantize(const QuantizeSpec& spec) {
    const auto wrong = [](std::string_view what, int bits) {
        return Error{ErrorCode::InvalidArgument, std::string(what), fmt::format("{} bits; 2 to 8 are possible", bits)};
    };
    if (spec.weights.bits < 2 || spec.weights.bits > 8) return wrong("weights", spec.weights.bits);
    const bool rounded = spec.arithmetic != Arithmetic::WeightOnly;
    if (rounded && (spec.activationBits < 2 || spec.activationBits > 8))
        return wrong("activations", spec.activationBits);
    return {};
}

Calibration calibrate(const Network& network, const Dataset& train, std::size_t samples) {
    Calibration calibration;
    calibration.samples = std::min(std::max<std::size_t>(samples, 1), train.count());
    calibration.inputs.assign(train.inputs.begin(),
                              train.inputs.begin() +
                                  static_cast<std::ptrdiff_t>(calibration.samples * train.featureCount()));
    Recorder recorder(network.spec, calibration);
    Pass pass(network.spec);
    forEachBatch(pass, network, calibration.inputs, calibration.samples, recorder);
    recorder.finish();
    return calibration;
}

Result<QuantizedNetwork> quantizeNetwork(const Network& network, const Calibration& calibration,
                                         const QuantizeSpec& spec, const JobControl& job) {
    if (Status status = checkQuantize(spec); !status) return status.error();
    QuantizedNetwork result;
    result.arithmetic = spec.arithmetic;
    result.spec = network.spec;
    result.weightBits = spec.weights.bits;
    result.activationBits = spec.arithmetic == Arithmetic::WeightOnly ? 32 : spec.activationBits;
    result.spareBit = spec.weights.spareBit;
    result.symmetricActivations = spec.symmetricActivations;
    result.layers.resize(network.layers.size());
    std::vector<std::uint64_t> sideBytes(network.layers.size());
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        if (!network.spec.layers[i].multiplies()) continue;
        const auto outputs = static_cast<std::size_t>(network.spec.layers[i].outputs);
        QuantizedLayer& layer = result.layers[i];
        if (Status status = quantizeWeights(network.layers[i].weight, outputs, spec.weights, layer, job); !status)
            return status.error();
        sideBytes[i] = layer.sideBytes;
        layer.bias = network.layers[i].bias;
    }
    if (spec.arithmetic == Arithmetic::Static)
        if (Status status = observe(result, calibration, spec, job); !status) return status.error();
    Pass pass(network.spec);
    for (std::size_t i = 0; i < result.layers.size(); ++i) {
        if (!network.spec.layers[i].multiplies()) continue;
        if (job.cancelled()) return cancelled();
        QuantizedLayer& layer = result.layers[i];
        if (spec.biasCorrection) {
            RoundedNetwork rounded(result, i);
            forEachBatch(pass, network, calibration.inputs, calibration.samples, rounded);
            for (std::size_t n = 0; n < layer.bias.size(); ++n)
                layer.bias[n] += static_cast<float>(calibration.productMean.at(i)[n] - rounded.mean(n));
        }
        finishLayer(result, i, sideBytes[i]);
    }
    return result;
}

void finishLayer(QuantizedNetwork& network, std::size_t index, std::uint64_t weightSideBytes) {
    QuantizedLayer& layer = network.layers[index];
    layer.sideBytes = weightSideBytes + 4 * layer.bias.size(); // float32 or int32
    if (network.arithmetic != Arithmetic::Static) return;
    const std::uint64_t gridBytes = network.symmetricActivations ? 4 : 5; // a scale, and a zero point
    const LayerSpec& spec = network.spec.layers[index];
    const bool last = index + 1 == network.layers.size();
    const bool first =
        std::none_of(network.spec.layers.begin(), network.spec.layers.begin() + static_cast<std::ptrdiff_t>(index),
                     [](const LayerSpec& before) { return before.multiplies(); });
    layer.sideBytes += gridBytes * ((first ? 1 : 0) + (last ? 0 : 1) + (!last && hasTable(spec) ? 1 : 0));
    if (!layer.codes.empty()) {
        layer.biasCodes.resize(layer.bias.size());
        for (std::size_t n = 0; n < layer.bias.size(); ++n) {
            const double code =
                std::nearbyint(layer.bias[n] / (static_cast<double>(layer.input.scale) * layer.scaleOf(n)));
            layer.biasCodes[n] = static_cast<std::int32_t>(std::clamp(code, -kLargestBiasCode, kLargestBiasCode));
        }
    }
    if (last || !hasTable(spec)) return;
    std::vector<float> reals;
    for (std::int32_t code = layer.beforeTable.lowest; code <= layer.beforeTable.highest; ++code)
        reals.push_back(layer.beforeTable.decode(code));
    activate(spec.activation, reals);
    layer.table.clear();
    for (const float real : reals) layer.table.push_back(layer.output.encode(real));
}

void passGridsOn(QuantizedNetwork& network, const CodeGrid& input) {
    CodeGrid grid = input;
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        if (!network.spec.layers[i].multiplies()) continue;
        network.layers[i].input = grid;
        grid = network.layers[i].output;
    }
}

} // namespace quantoscope
