#include "core/base/raw_vector.h"
#include "core/nn/activation.h"
#include "core/nn/executor.h"
#include "core/nn/pooling.h"

#include <algorithm>
#include <array>
#include <optional>

namespace quantoscope {

namespace {

using Kind = LayerSpec::Kind;

constexpr std::size_t kTileBytes = 256 << 10; // of gathered windows: half of a usual second-level cache

/// Of a shape that outputShapes has accepted.
std::size_t elements(const Shape& shape) { return static_cast<std::size_t>(elementCount(shape).value()); }

struct Step {
    LayerSpec layer;
    std::size_t in = 0, out = 0;         // numbers a sample
    std::optional<Windows> windows;      // of a convolution or a pool
    std::optional<FloatProduct> product; // with ReLU inside
    std::vector<std::size_t> order;      // of flattening
    RawVector<float> columns;            // gathered windows

    void run(const float* from, std::size_t samples, float* to) {
        switch (layer.kind) {
        case Kind::Dense: product->run(from, samples, to); break;
        case Kind::Convolution: convolve(from, samples, to); break;
        case Kind::MaxPool: maxPool(*windows, from, samples, to); return;
        case Kind::AveragePool: averagePool(*windows, from, samples, to); return;
        case Kind::Flatten: reorderSamples(order, from, samples, to); return;
        }
        if (layer.activation != Activation::Relu) activate(layer.activation, {to, samples * out});
    }

    void convolve(const float* from, std::size_t samples, float* to) {
        const std::size_t numbers = windows->count() * windows->taps();
        const std::size_t tile = std::clamp<std::size_t>(kTileBytes / sizeof(float) / numbers, 1, samples);
        columns.resize(tile * numbers);
        for (std::size_t begin = 0; begin < samples; begin += tile) {
            const std::size_t count = std::min(tile, samples - begin);
            gatherWindows(*windows, from + begin * in, count, 0.0f, columns.data());
            product->run(columns.data(), count * windows->count(), to + begin * out);
        }
    }
};

class FloatExecutor final : public Executor {
public:
    FloatExecutor(std::vector<Step> steps, std::size_t features) : m_steps(std::move(steps)), m_features(features) {}

    void run(const float* inputs, std::size_t rows, float* outputs) override {
        if (rows == 0) return;
        if (m_steps.empty()) std::copy_n(inputs, rows * m_features, outputs);
        const float* from = inputs;
        for (std::size_t i = 0; i < m_steps.size(); ++i) {
            RawVector<float>& buffer = m_buffers[i % 2];
            float* to = outputs;
            if (i + 1 < m_steps.size()) {
                if (buffer.size() < rows * m_steps[i].out) buffer.resize(rows * m_steps[i].out);
                to = buffer.data();
            }
            m_steps[i].run(from, rows, to);
            from = to;
        }
    }

private:
    std::vector<Step> m_steps;
    std::size_t m_features;
    std::array<RawVector<float>, 2> m_buffers; // what goes in and out of a step, in turn
};

} // namespace

Result<std::unique_ptr<Executor>> makeFloatExecutor(const Network& network, FloatBackend backend) {
    const auto shapes = outputShapes(network.spec);
    if (!shapes) return shapes.error();
    if (network.layers.size() != network.spec.layers.size())
        return Error{ErrorCode::InvalidArgument, "network", "it has not as many parameters as layers"};
    const auto names = layerNames(network.spec);
    std::vector<Step> steps;
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const Shape& in = i == 0 ? network.spec.input : (*shapes)[i - 1];
        Step step;
        step.layer = network.spec.layers[i];
        step.in = elements(in);
        step.out = elements((*shapes)[i]);
        if (step.layer.batchNorm)
            return Error{ErrorCode::InvalidArgument, names[i], "its batch norm has to be folded first"};
        if (step.layer.kind == Kind::Flatten) {
            if (flattensInPlace(in)) continue;
            step.order = flattenOrder(in);
        } else if (step.layer.kind != Kind::Dense) {
            step.windows.emplace(step.layer, in, (*shapes)[i]);
        }
        if (step.layer.multiplies()) {
            auto product =
                FloatProduct::make({static_cast<std::size_t>(step.layer.outputs), fanIn(network.spec, *shapes, i),
                                    backend, step.layer.activation == Activation::Relu},
                                   network.layers[i].weight, network.layers[i].bias);
            if (!product) return Error{product.error().code, names[i], product.error().detail};
            step.product.emplace(std::move(*product));
        }
        steps.push_back(std::move(step));
    }
    return std::make_unique<FloatExecutor>(std::move(steps), elements(network.spec.input));
}

} // namespace quantoscope
