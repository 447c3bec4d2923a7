#include "core/nn/pass.h"

#include "core/nn/activation.h"
#include "core/nn/onednn_products.h"
#include "core/nn/windows.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

using Kind = LayerSpec::Kind;
using Stage = Place::Stage;

constexpr float kStatisticsShare = 0.1f; // of the newest batch in the running statistics
constexpr std::size_t kRowsAtOnce = 256;

std::size_t product(const Shape& shape) {
    std::size_t result = 1;
    for (const std::int64_t extent : shape) result *= static_cast<std::size_t>(extent);
    return result;
}

} // namespace

Pass::Pass(const NetworkSpec& spec) : m_spec(spec), m_shapes(*outputShapes(spec)), m_memory(spec.layers.size()) {}

std::size_t Pass::elements(std::size_t layer) const { return product(m_shapes[layer]); }

std::span<const float> Pass::forward(const Network& network, std::span<const float> inputs, std::size_t rows, Mode mode,
                                     PlaceObserver* observer) {
    m_rows = rows;
    m_input.assign(inputs.begin(), inputs.end());
    if (observer) observer->values({0, Stage::Input}, m_input);
    std::span<const float> in = m_input;
    for (std::size_t i = 0; i < m_spec.layers.size(); ++i) {
        const LayerSpec& layer = m_spec.layers[i];
        Memory& memory = m_memory[i];
        memory.output.resize(rows * elements(i));
        switch (layer.kind) {
        case Kind::Dense:
        case Kind::Convolution: multiply(i, network.layers[i], in, mode, observer); break;
        case Kind::MaxPool:
        case Kind::AveragePool:
            pool(i, in);
            // The mean of codes is rounded to a code; the largest code is one already.
            if (observer && layer.kind == Kind::AveragePool) observer->values({i, Stage::Output}, memory.output);
            break;
        case Kind::Flatten: {
            const auto order = flattenOrder(i == 0 ? m_spec.input : m_shapes[i - 1]);
            for (std::size_t r = 0; r < rows; ++r)
                for (std::size_t j = 0; j < order.size(); ++j)
                    memory.output[r * order.size() + j] = in[r * order.size() + order[j]];
            break;
        }
        }
        in = memory.output;
    }
    return in;
}

void Pass::multiply(std::size_t i, const LayerParameters& parameters, std::span<const float> in, Mode mode,
                    PlaceObserver* observer) {
    const LayerSpec& layer = m_spec.layers[i];
    Memory& memory = m_memory[i];
    const auto out = static_cast<std::size_t>(layer.outputs);
    const std::size_t taps = fanIn(m_spec, m_shapes, i), rows = memory.output.size() / out;
    const float* factors = in.data();
    if (layer.kind == Kind::Convolution) {
        const Windows windows(layer, i == 0 ? m_spec.input : m_shapes[i - 1], m_shapes[i]);
        memory.columns.resize(rows * taps);
        gatherWindows(windows, in.data(), m_rows, 0.0f, memory.columns.data());
        factors = memory.columns.data();
    }
    std::span<const float> weight = parameters.weight, bias = parameters.bias;
    if (observer) {
        weight = observer->weight(i, weight);
        bias = observer->bias(i, bias);
        memory.weight.assign(weight.begin(), weight.end()); // for the way back
    }
    quantoscope::multiply(false, true, rows, out, taps, factors, weight.data(), 0.0f, memory.output.data());
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t n = 0; n < out; ++n) memory.output[r * out + n] += bias[n];
    if (observer) observer->product(i, memory.output);
    if (layer.batchNorm) normalise(parameters, memory, mode);
    const bool last = i + 1 == m_spec.layers.size();
    // ReLU is a clamp of the codes that come out: nothing is rounded before it.
    const bool table = layer.activation != Activation::None && layer.activation != Activation::Relu;
    if (observer && !last && table) observer->values({i, Stage::BeforeActivation}, memory.output);
    if (layer.activation != Activation::None) {
        if (mode == Mode::Training) memory.activated = memory.output;
        activate(layer.activation, memory.output);
    }
    if (observer && !last) observer->values({i, Stage::Output}, memory.output);
}

void Pass::normalise(const LayerParameters& parameters, Memory& memory, Mode mode) const {
    const std::size_t channels = parameters.gamma.size(), count = memory.output.size() / channels;
    std::vector<double> mean(channels), squares(channels);
    memory.deviation.resize(channels);
    if (mode == Mode::Training) {
        for (std::size_t r = 0; r < count; ++r)
            for (std::size_t c = 0; c < channels; ++c) mean[c] += memory.output[r * channels + c];
        for (double& m : mean) m /= static_cast<double>(count);
        for (std::size_t r = 0; r < count; ++r)
            for (std::size_t c = 0; c < channels; ++c) {
                const double d = memory.output[r * channels + c] - mean[c];
                squares[c] += d * d;
            }
        memory.mean.assign(mean.begin(), mean.end());
        memory.spread.resize(channels);
        for (std::size_t c = 0; c < channels; ++c) {
            memory.spread[c] =
                static_cast<float>(squares[c] / static_cast<double>(std::max<std::size_t>(count - 1, 1)));
            memory.deviation[c] =
                static_cast<float>(std::sqrt(squares[c] / static_cast<double>(count) + kBatchNormEpsilon));
        }
    } else {
        for (std::size_t c = 0; c < channels; ++c) {
            mean[c] = parameters.mean[c];
            memory.deviation[c] = std::sqrt(parameters.variance[c] + kBatchNormEpsilon);
        }
    }
    memory.normalised.resize(memory.output.size());
    for (std::size_t r = 0; r < count; ++r)
        for (std::size_t c = 0; c < channels; ++c) {
            const std::size_t at = r * channels + c;
            memory.normalised[at] = (memory.output[at] - static_cast<float>(mean[c])) / memory.deviation[c];
            memory.output[at] = memory.normalised[at] * parameters.gamma[c] + parameters.beta[c];
        }
}

void Pass::pool(std::size_t i, std::span<const float> in) {
    const LayerSpec& layer = m_spec.layers[i];
    Memory& memory = m_memory[i];
    const Windows windows(layer, i == 0 ? m_spec.input : m_shapes[i - 1], m_shapes[i]);
    const bool largest = layer.kind == Kind::MaxPool;
    std::fill(memory.output.begin(), memory.output.end(), largest ? -std::numeric_limits<float>::infinity() : 0.0f);
    if (largest) memory.largest.assign(memory.output.size(), 0);
    for (std::size_t r = 0; r < m_rows; ++r) {
        const std::size_t from = r * windows.picture(), to = r * windows.count() * windows.channels;
        windows.forEachPixel([&](std::size_t tap, std::ptrdiff_t offset) {
            const std::size_t window = tap / windows.taps();
            for (std::size_t c = 0; c < windows.channels; ++c) {
                const std::size_t source = from + static_cast<std::size_t>(offset) + c;
                const std::size_t target = to + window * windows.channels + c;
                if (!largest) {
                    memory.output[target] += in[source];
                } else if (in[source] > memory.output[target]) {
                    memory.output[target] = in[source];
                    memory.largest[target] = source;
                }
            }
        });
    }
    // Divided at the end: the mean of codes is exact that far, and so are its halves.
    if (!largest)
        for (float& value : memory.output) value /= static_cast<float>(windows.size * windows.size);
}

std::vector<float> Pass::poolBack(std::size_t i, std::span<const float> gradient) const {
    const LayerSpec& layer = m_spec.layers[i];
    const Windows windows(layer, i == 0 ? m_spec.input : m_shapes[i - 1], m_shapes[i]);
    std::vector<float> result(m_rows * windows.picture(), 0.0f);
    if (layer.kind == Kind::MaxPool) {
        for (std::size_t at = 0; at < gradient.size(); ++at) result[m_memory[i].largest[at]] += gradient[at];
        return result;
    }
    const float share = 1.0f / static_cast<float>(windows.size * windows.size);
    for (std::size_t r = 0; r < m_rows; ++r)
        windows.forEachPixel([&](std::size_t tap, std::ptrdiff_t offset) {
            const std::size_t window = r * windows.count() + tap / windows.taps();
            for (std::size_t c = 0; c < windows.channels; ++c)
                result[r * windows.picture() + static_cast<std::size_t>(offset) + c] +=
                    gradient[window * windows.channels + c] * share;
        });
    return result;
}

void Pass::backward(const Network& network, std::span<const float> outputGradient,
                    std::vector<LayerParameters>& gradients, PlaceObserver* observer) {
    gradients.resize(m_spec.layers.size());
    std::vector<float> gradient(outputGradient.begin(), outputGradient.end());
    for (std::size_t i = m_spec.layers.size(); i-- > 0;) {
        const LayerSpec& layer = m_spec.layers[i];
        const std::span<const float> in = i == 0 ? std::span<const float>(m_input) : m_memory[i - 1].output;
        switch (layer.kind) {
        case Kind::Dense:
        case Kind::Convolution:
            multiplyBack(i, network.layers[i], in, gradient, gradients[i], i > 0 || observer, observer);
            break;
        case Kind::MaxPool:
        case Kind::AveragePool:
            if (observer && layer.kind == Kind::AveragePool) observer->valuesBack({i, Stage::Output}, gradient);
            gradient = poolBack(i, gradient);
            break;
        case Kind::Flatten: {
            const auto order = flattenOrder(i == 0 ? m_spec.input : m_shapes[i - 1]);
            std::vector<float> ordered(gradient.size());
            for (std::size_t r = 0; r < m_rows; ++r)
                for (std::size_t j = 0; j < order.size(); ++j)
                    ordered[r * order.size() + order[j]] = gradient[r * order.size() + j];
            gradient = std::move(ordered);
            break;
        }
        }
    }
    if (observer) observer->valuesBack({0, Stage::Input}, gradient);
}

void Pass::multiplyBack(std::size_t i, const LayerParameters& parameters, std::span<const float> in,
                        std::vector<float>& gradient, LayerParameters& out, bool wantsInput, PlaceObserver* observer) {
    const LayerSpec& layer = m_spec.layers[i];
    const Memory& memory = m_memory[i];
    const auto outputs = static_cast<std::size_t>(layer.outputs);
    const std::size_t taps = fanIn(m_spec, m_shapes, i), rows = memory.output.size() / outputs;
    const bool last = i + 1 == m_spec.layers.size();
    const bool table = layer.activation != Activation::None && layer.activation != Activation::Relu;
    if (observer && !last) observer->valuesBack({i, Stage::Output}, gradient);
    if (layer.activation != Activation::None) activateBackward(layer.activation, memory.activated, gradient);
    if (observer && !last && table) observer->valuesBack({i, Stage::BeforeActivation}, gradient);
    if (layer.batchNorm) normaliseBack(parameters, memory, gradient, out);

    out.bias.assign(outputs, 0.0f);
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t n = 0; n < outputs; ++n) out.bias[n] += gradient[r * outputs + n];
    if (observer) observer->productBack(i, gradient);
    const bool convolution = layer.kind == Kind::Convolution;
    const float* factors = convolution ? memory.columns.data() : in.data();
    out.weight.resize(parameters.weight.size());
    quantoscope::multiply(true, false, outputs, taps, rows, gradient.data(), factors, 0.0f, out.weight.data());
    if (observer) observer->weightBack(i, out.weight);
    if (!wantsInput) return;
    const std::vector<float>& weight = observer ? memory.weight : parameters.weight;
    std::vector<float> inner(rows * taps);
    quantoscope::multiply(false, false, rows, taps, outputs, gradient.data(), weight.data(), 0.0f, inner.data());
    if (convolution) {
        const Windows windows(layer, i == 0 ? m_spec.input : m_shapes[i - 1], m_shapes[i]);
        gradient.assign(m_rows * windows.picture(), 0.0f);
        scatterWindows(windows, inner.data(), m_rows, gradient.data());
    } else {
        gradient = std::move(inner);
    }
}

/// With y = γ·x̂ + β and x̂ = (x − μ)/s over the batch: ∂x = γ/s · (∂y − mean(∂y) − x̂·mean(∂y ⊙ x̂)). (Ioffe and Szegedy
/// 2015)
void Pass::normaliseBack(const LayerParameters& parameters, const Memory& memory, std::vector<float>& gradient,
                         LayerParameters& out) {
    const std::size_t channels = parameters.gamma.size(), count = gradient.size() / channels;
    std::vector<double> sum(channels), along(channels);
    for (std::size_t r = 0; r < count; ++r)
        for (std::size_t c = 0; c < channels; ++c) {
            const std::size_t at = r * channels + c;
            sum[c] += gradient[at];
            along[c] += static_cast<double>(gradient[at]) * memory.normalised[at];
        }
    out.beta.assign(sum.begin(), sum.end());
    out.gamma.assign(along.begin(), along.end());
    for (std::size_t r = 0; r < count; ++r)
        for (std::size_t c = 0; c < channels; ++c) {
            const std::size_t at = r * channels + c;
            const double own = gradient[at] - (sum[c] + memory.normalised[at] * along[c]) / static_cast<double>(count);
            gradient[at] = static_cast<float>(own * parameters.gamma[c] / memory.deviation[c]);
        }
}

void Pass::updateStatistics(Network& network) const {
    for (std::size_t i = 0; i < m_memory.size(); ++i) {
        if (!m_spec.layers[i].batchNorm) continue;
        LayerParameters& layer = network.layers[i];
        for (std::size_t c = 0; c < layer.mean.size(); ++c) {
            layer.mean[c] += kStatisticsShare * (m_memory[i].mean[c] - layer.mean[c]);
            layer.variance[c] += kStatisticsShare * (m_memory[i].spread[c] - layer.variance[c]);
        }
    }
}

std::vector<float> infer(const Network& network, std::span<const float> inputs, std::size_t rows) {
    const std::size_t features = product(network.spec.input);
    Pass pass(network.spec);
    std::vector<float> outputs;
    for (std::size_t begin = 0; begin < rows; begin += kRowsAtOnce) {
        const std::size_t count = std::min(kRowsAtOnce, rows - begin);
        const auto out =
            pass.forward(network, inputs.subspan(begin * features, count * features), count, Pass::Mode::Inference);
        outputs.insert(outputs.end(), out.begin(), out.end());
    }
    return outputs;
}

} // namespace quantoscope
