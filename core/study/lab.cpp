#include "core/study/lab.h"

#include "core/nn/executor.h"
#include "core/nn/pass.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

namespace quantoscope {

namespace {

using Arithmetic = QuantizedNetwork::Arithmetic;

constexpr std::array kMethods = {LabMethod::Float,   LabMethod::FloatTrained, LabMethod::WeightOnly,
                                 LabMethod::Dynamic, LabMethod::Static,       LabMethod::Qat};
constexpr std::array<std::string_view, 6> kNames = {"fp32", "fp32-trained", "weight-only", "dynamic", "static", "qat"};
constexpr std::array<std::string_view, 6> kLabels = {"FP32",    "FP32, trained on", "Weight-only",
                                                     "Dynamic", "Static (PTQ)",     "QAT"};
/// What is trained already is trained on in smaller steps.
constexpr double kFurtherRate = 0.25;

/// A perceptron from a file takes rows of numbers; pictures are flattened before it.
Network fittedTo(Network network, const Shape& sample) {
    if (network.spec.input.size() != 1 || sample.size() != 3) return network;
    if (network.spec.input[0] != sample[0] * sample[1] * sample[2]) return network;
    network.spec.input = sample;
    network.spec.layers.insert(network.spec.layers.begin(), LayerSpec{.kind = LayerSpec::Kind::Flatten});
    network.layers.insert(network.layers.begin(), LayerParameters{});
    return network;
}

LabBasePtr finish(std::shared_ptr<LabBase> base, const LabSpec& spec) {
    base->network = folded(base->trained);
    base->calibration = calibrate(base->network, base->data.train, spec.calibrationSamples);
    base->score = score(base->data.test, infer(base->network, base->data.test.inputs, base->data.test.count()));
    return base;
}

TrainingSpec furtherTraining(const LabSpec& spec) {
    TrainingSpec training = spec.training;
    training.epochs = spec.qatEpochs;
    training.learningRate *= kFurtherRate;
    return training;
}

/// Whether weights leave a bit unused, so that sums of the int8 kernels are exact on this processor.
bool sparesBit(const LabSpec& spec, const LabRowSpec& row) {
    const IntegerSupport& support = integerSupport();
    const int limit = spec.symmetricActivations ? support.signedWeightLimit : support.weightLimit;
    return row.weightBits == 8 && row.activationBits == 8 && limit < 127;
}

QuantizeSpec quantizeSpecOf(const LabSpec& spec, const LabRowSpec& row) {
    QuantizeSpec quantize;
    quantize.arithmetic = row.method == LabMethod::WeightOnly ? Arithmetic::WeightOnly
                          : row.method == LabMethod::Dynamic  ? Arithmetic::Dynamic
                                                              : Arithmetic::Static;
    quantize.weights.scheme = spec.weightScheme;
    quantize.weights.bits = row.weightBits;
    quantize.weights.perChannel = spec.perChannel;
    quantize.weights.symmetric = spec.symmetricWeights;
    quantize.weights.observer = row.method == LabMethod::Static ? spec.observer : RangeObserver::MinMax;
    quantize.activationBits = row.activationBits;
    quantize.symmetricActivations = spec.symmetricActivations;
    quantize.observer = spec.observer;
    quantize.biasCorrection = spec.biasCorrection;
    if (row.method == LabMethod::Qat) {
        quantize.weights.scheme = "affine";
        quantize.observer = quantize.weights.observer = RangeObserver::Mse;
    }
    quantize.weights.spareBit = row.method != LabMethod::WeightOnly && sparesBit(spec, row);
    return quantize;
}

/// The network with weights as their codes decode.
Network decoded(const QuantizedNetwork& quantized, const Network& network) {
    Network result = network;
    for (std::size_t i = 0; i < result.layers.size(); ++i)
        if (result.spec.layers[i].multiplies()) {
            result.layers[i].weight = quantized.layers[i].decoded;
            result.layers[i].bias = quantized.layers[i].bias;
        }
    return result;
}

/// Outputs on the test part by the int8 kernels, as many samples at a time as are timed.
std::vector<float> runKernels(Executor& executor, const LabBase& base, const LabSpec& spec) {
    const Dataset& test = base.data.test;
    const std::size_t features = test.featureCount(), outputs = test.outputCount();
    std::vector<float> result(test.count() * outputs);
    for (std::size_t begin = 0; begin < test.count(); begin += spec.batch)
        executor.run(test.inputs.data() + begin * features, std::min(spec.batch, test.count() - begin),
                     result.data() + begin * outputs);
    return result;
}

Status evaluateFloat(const LabBase& base, const LabSpec& spec, LabRow& row, const TrainingHooks& hooks,
                     const JobControl& job) {
    auto network = std::make_shared<Network>(base.network);
    if (row.spec.method == LabMethod::FloatTrained) {
        auto trained = train(base.network, base.data, furtherTraining(spec), hooks, job);
        if (!trained) return trained.error();
        *network = std::move(*trained);
    }
    row.bytes = 4 * network->parameterCount();
    row.score = score(base.data.test, infer(*network, base.data.test.inputs, base.data.test.count()));
    row.floatNetwork = network;
    return {};
}

Status evaluateQuantized(const LabBase& base, const LabSpec& spec, LabRow& row, const TrainingHooks& hooks,
                         const JobControl& job) {
    const QuantizeSpec quantize = quantizeSpecOf(spec, row.spec);
    const auto made = [&]() -> Result<QuantizedNetwork> {
        if (row.spec.method != LabMethod::Qat) return quantizeNetwork(base.network, base.calibration, quantize, job);
        QuantizationAwareSpec aware;
        aware.training = furtherTraining(spec);
        aware.quantize = quantize;
        aware.calibrationSamples = spec.calibrationSamples;
        aware.learnedSteps = spec.learnedSteps;
        return trainQuantized(base.network, base.data, aware, hooks, job);
    }();
    if (!made) return made.error();
    const auto network = std::make_shared<QuantizedNetwork>(*made);
    row.network = network;
    row.bytes = network->bytes();
    const Dataset& test = base.data.test;
    if (network->arithmetic == Arithmetic::WeightOnly) {
        // Eight-bit codes are decoded when the network is loaded; fewer bits would have to be unpacked at run time.
        row.floatNetwork = std::make_shared<Network>(decoded(*network, base.network));
        row.simulated = row.spec.weightBits != 8 || spec.weightScheme != "affine";
        row.score = score(test, infer(*row.floatNetwork, test.inputs, test.count()));
        return {};
    }
    if (network->hasIntegerKernels()) {
        const auto executor = makeIntegerExecutor(*network);
        if (executor) {
            row.score = score(test, runKernels(**executor, base, spec));
            if (network->spareBit)
                row.note = Phrase("Weights use 7 of their 8 bits: int8 sums would saturate on this processor.");
            return {};
        }
        row.note = Phrase::verbatim(executor.error().message());
    }
    row.simulated = true;
    const auto outputs = simulate(*network, test.inputs, spec.batch, job);
    if (!outputs) return outputs.error();
    row.score = score(test, *outputs);
    return {};
}

void compareWithFloat(const LabBase& base, LabRow& row) {
    const Dataset& test = base.data.test;
    if (!test.isClassification()) return;
    row.interval = wilson(row.score.right, row.score.count);
    PairedCounts counts;
    for (std::size_t i = 0; i < test.count(); ++i) {
        const bool own = row.score.predictions[i] == test.labels[i],
                   reference = base.score.predictions[i] == test.labels[i];
        ++(own         ? reference ? counts.bothRight : counts.onlyFirstRight
           : reference ? counts.onlySecondRight
                       : counts.bothWrong);
    }
    row.difference = pairedDifference(counts);
    row.mcNemar = mcNemar(counts.onlyFirstRight, counts.onlySecondRight);
}

} // namespace

std::string_view name(LabMethod method) { return kNames[static_cast<std::size_t>(method)]; }
std::string_view label(LabMethod method) { return kLabels[static_cast<std::size_t>(method)]; }
std::span<const LabMethod> labMethods() { return kMethods; }

Result<LabMethod> parseLabMethod(std::string_view text) {
    for (const LabMethod method : kMethods)
        if (name(method) == text) return method;
    return Error{ErrorCode::InvalidArgument, "methods",
                 fmt::format("\"{}\" is none of {}", text, fmt::join(kNames, ", "))};
}

std::vector<LabRowSpec> usualRows(int weightBits, int activationBits, bool alsoFour) {
    std::vector<LabRowSpec> rows;
    rows.reserve(kMethods.size() + 3);
    for (const LabMethod method : kMethods) rows.push_back({method, weightBits, activationBits});
    if (alsoFour && weightBits != 4)
        for (const LabMethod method : {LabMethod::Dynamic, LabMethod::Static, LabMethod::Qat})
            rows.push_back({method, 4, activationBits});
    return rows;
}

Result<LabBasePtr> trainBase(const Dataset& data, const LabSpec& spec, const TrainingHooks& hooks,
                             const JobControl& job) {
    const auto began = std::chrono::steady_clock::now();
    auto base = std::make_shared<LabBase>();
    auto parts = split(data, spec.split);
    if (!parts) return parts.error();
    base->data = std::move(*parts);
    const auto layers = parseNetwork(spec.hidden, data.sampleShape, data.outputCount(), spec.activation,
                                     data.isClassification() ? Loss::CrossEntropy : Loss::SquaredError);
    if (!layers) return layers.error();
    auto network = initialise(*layers, spec.training.seed);
    if (!network) return network.error();
    TrainingHooks own = hooks;
    own.epochDone = [&](const EpochReport& report) {
        base->curve.push_back(report);
        if (hooks.epochDone) hooks.epochDone(report);
    };
    auto trained = train(std::move(*network), base->data, spec.training, own, job);
    if (!trained) return trained.error();
    base->trained = std::move(*trained);
    base->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return finish(std::move(base), spec);
}

Result<LabBasePtr> baseFrom(Network network, const Dataset& data, const LabSpec& spec, const JobControl& job) {
    if (job.cancelled()) return cancelled();
    auto base = std::make_shared<LabBase>();
    auto parts = split(data, spec.split);
    if (!parts) return parts.error();
    base->data = std::move(*parts);
    base->trained = fittedTo(std::move(network), data.sampleShape);
    const auto shapes = outputShapes(base->trained.spec);
    if (!shapes) return shapes.error();
    if (base->trained.spec.input != data.sampleShape)
        return Error{ErrorCode::InvalidArgument, "network",
                     fmt::format("takes {} and a sample of {} has {}", describe(base->trained.spec.input), data.name,
                                 describe(data.sampleShape))};
    const Shape wanted = {static_cast<std::int64_t>(data.outputCount())};
    if (shapes->back() != wanted)
        return Error{
            ErrorCode::InvalidArgument, "network",
            fmt::format("gives {} outputs and {} asks for {}", describe(shapes->back()), data.name, describe(wanted))};
    return finish(std::move(base), spec);
}

Result<LabRow> evaluateRow(const LabBase& base, const LabSpec& spec, const LabRowSpec& wanted,
                           const TrainingHooks& hooks, const JobControl& job) {
    if (spec.batch == 0) return Error{ErrorCode::InvalidArgument, "batch", "0 samples"};
    LabRow row;
    row.spec = wanted;
    row.label = label(wanted.method);
    if (row.isFloat()) row.spec.weightBits = row.spec.activationBits = 32;
    if (wanted.method == LabMethod::WeightOnly) row.spec.activationBits = 32;
    TrainingHooks own = hooks;
    own.epochDone = [&](const EpochReport& report) {
        row.curve.push_back(report);
        if (hooks.epochDone) hooks.epochDone(report);
    };
    const Status status =
        row.isFloat() ? evaluateFloat(base, spec, row, own, job) : evaluateQuantized(base, spec, row, own, job);
    if (!status) return status.error();
    compareWithFloat(base, row);
    return row;
}

} // namespace quantoscope
