#include "core/nn/quantization_aware.h"

#include "core/nn/fake_quantization.h"

#include <algorithm>
#include <cmath>

namespace quantoscope {

namespace {

/// 2·mean|v|/√Qp, where Esser et al. start; 0 where all values are 0.
float firstStep(std::span<const float> values, std::int32_t reach) {
    double sum = 0;
    for (const float value : values) sum += std::abs(value);
    return static_cast<float>(2 * sum / static_cast<double>(std::max<std::size_t>(values.size(), 1)) /
                              std::sqrt(static_cast<double>(std::max(reach, 1))));
}

void setStep(CodeGrid& grid, std::span<const float> values) {
    const float step = firstStep(values, grid.highest - grid.zero);
    // At many bits the mean says too little about the range: the observer's scale is kept where it is larger.
    if (step > 0 && grid.highest - grid.lowest < 16) grid.scale = step;
}

void setFirstSteps(QuantizedNetwork& network, const Network& start, const Calibration& calibration) {
    CodeGrid input;
    bool found = false;
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        if (!network.spec.layers[i].multiplies()) continue;
        QuantizedLayer& layer = network.layers[i];
        if (!found) input = layer.input;
        found = true;
        const std::int32_t reach = (1 << (network.weightBits - 1)) - 1;
        const std::vector<float>& weight = start.layers[i].weight;
        const std::size_t groups = layer.scales.size(), size = weight.size() / groups;
        for (std::size_t g = 0; g < groups && network.weightBits < 5; ++g)
            if (const float step = firstStep(std::span(weight).subspan(g * size, size), reach); step > 0)
                layer.scales[g] = step;
        if (const auto seen = calibration.output.find(i);
            seen != calibration.output.end() && i + 1 < network.layers.size())
            setStep(layer.output, seen->second);
        if (const auto seen = calibration.beforeTable.find(i);
            seen != calibration.beforeTable.end() && i + 1 < network.layers.size())
            setStep(layer.beforeTable, seen->second);
    }
    setStep(input, calibration.input);
    passGridsOn(network, input);
}

} // namespace

Result<QuantizedNetwork> trainQuantized(const Network& start, const SplitDataset& data,
                                        const QuantizationAwareSpec& spec, const TrainingHooks& hooks,
                                        const JobControl& job) {
    if (spec.quantize.weights.scheme != "affine")
        return Error{ErrorCode::InvalidArgument, "weight scheme",
                     "training aware of quantization needs integers as weights, not a codebook"};
    QuantizeSpec quantize = spec.quantize;
    quantize.arithmetic = QuantizedNetwork::Arithmetic::Static;
    quantize.biasCorrection = false; // biases are trained
    const auto gridsOf = [&](const Network& network) -> Result<QuantizedNetwork> {
        const Calibration calibration = calibrate(network, data.train, spec.calibrationSamples);
        auto grids = quantizeNetwork(network, calibration, quantize, job);
        if (grids && spec.learnedSteps) setFirstSteps(*grids, network, calibration);
        return grids;
    };
    auto grids = gridsOf(start);
    if (!grids) return grids.error();
    FakeQuantization fake(std::move(*grids), spec.learnedSteps);

    TrainingHooks own = hooks;
    own.observer = &fake;
    own.stepped = [&](double share) {
        fake.step(share);
        if (hooks.stepped) hooks.stepped(share);
    };
    // The observer follows the weights at first; then grids stay, so that what is trained last is what is kept.
    own.epochBegins = [&](const Network& network, int epoch) -> Status {
        if (spec.learnedSteps || epoch == 0 || 2 * epoch > spec.training.epochs) return {};
        auto moved = gridsOf(network);
        if (!moved) return moved.error();
        fake.setGrids(std::move(*moved));
        return {};
    };
    const auto trained = train(start, data, spec.training, own, job);
    if (!trained) return trained.error();
    return fake.convert(*trained);
}

} // namespace quantoscope
