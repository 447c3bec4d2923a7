#include "core/base/raw_vector.h"
#include "core/nn/executor.h"
#include "core/nn/integer_layer.h"
#include "core/nn/pooling.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <type_traits>

namespace quantoscope {

namespace {

using Kind = LayerSpec::Kind;

/// Of a shape that outputShapes has accepted.
std::size_t elements(const Shape& shape) { return static_cast<std::size_t>(elementCount(shape).value()); }

struct Step {
    Kind kind = Kind::Dense;
    std::size_t out = 0;               // numbers a sample
    std::optional<Windows> windows;    // of a pool
    std::vector<std::size_t> order;    // of flattening
    std::optional<IntegerLayer> layer; // that multiplies

    /// From codes to codes, or from numbers to numbers.
    template<class T>
    void run(const T* from, std::size_t samples, T* to) {
        switch (kind) {
        case Kind::Dense:
        case Kind::Convolution: layer->run(from, samples, to); break;
        case Kind::MaxPool: maxPool(*windows, from, samples, to); break;
        case Kind::AveragePool: averagePool(*windows, from, samples, to); break;
        case Kind::Flatten: reorderSamples(order, from, samples, to); break;
        }
    }
};

/// A buffer that holds at least so many, without being set.
template<class T>
T* room(RawVector<T>& buffer, std::size_t count) {
    if (buffer.size() < count) buffer.resize(count);
    return buffer.data();
}

/// Real numbers between layers; codes are made and left inside each.
class DynamicExecutor final : public Executor {
public:
    explicit DynamicExecutor(std::vector<Step> steps) : m_steps(std::move(steps)) {}

    void run(const float* inputs, std::size_t rows, float* outputs) override {
        if (rows == 0) return;
        const float* from = inputs;
        for (std::size_t i = 0; i < m_steps.size(); ++i) {
            float* to = i + 1 == m_steps.size() ? outputs : room(m_buffers[i % 2], rows * m_steps[i].out);
            m_steps[i].run(from, rows, to);
            from = to;
        }
    }

private:
    std::vector<Step> m_steps;
    std::array<RawVector<float>, 2> m_buffers; // what goes in and out of a step, in turn
};

/// Codes from the input to the last layer.
class StaticExecutor final : public Executor {
public:
    StaticExecutor(std::vector<Step> steps, const CodeGrid& input, std::size_t features)
        : m_steps(std::move(steps)), m_input(input), m_features(features) {}

    void run(const float* inputs, std::size_t rows, float* outputs) override {
        if (rows == 0) return;
        std::uint8_t* from = room(m_buffers[1], rows * m_features);
        encodeBytes({inputs, rows * m_features}, m_input, from);
        for (std::size_t i = 0; i + 1 < m_steps.size(); ++i) {
            std::uint8_t* to = room(m_buffers[i % 2], rows * m_steps[i].out);
            m_steps[i].run(from, rows, to);
            from = to;
        }
        m_steps.back().layer->run(from, rows, outputs);
    }

private:
    std::vector<Step> m_steps; // the last one multiplies
    CodeGrid m_input;
    std::size_t m_features;
    std::array<RawVector<std::uint8_t>, 2> m_buffers;
};

const CodeGrid& inputGrid(const QuantizedNetwork& network) {
    std::size_t i = 0;
    while (!network.spec.layers[i].multiplies()) ++i;
    return network.layers[i].input;
}

} // namespace

Result<std::unique_ptr<Executor>> makeIntegerExecutor(const QuantizedNetwork& network) {
    const auto shapes = outputShapes(network.spec);
    if (!shapes) return shapes.error();
    if (network.layers.size() != network.spec.layers.size() || network.layers.empty())
        return Error{ErrorCode::InvalidArgument, "network", "it has not as many parameters as layers"};
    if (!network.hasIntegerKernels())
        return Error{ErrorCode::Unsupported, "network", "integer kernels take 8-bit codes of weights and activations"};
    const bool isStatic = network.arithmetic == QuantizedNetwork::Arithmetic::Static;
    if (isStatic && !network.spec.layers.back().multiplies())
        return Error{ErrorCode::Unsupported, "network", "the last layer of a static network has to multiply"};

    const auto names = layerNames(network.spec);
    CodeGrid grid; // static: of the codes so far
    if (isStatic) grid = inputGrid(network);
    std::vector<Step> steps;
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const LayerSpec& layer = network.spec.layers[i];
        const Shape &in = i == 0 ? network.spec.input : (*shapes)[i - 1], &out = (*shapes)[i];
        const bool last = i + 1 == network.layers.size();
        if (layer.kind == Kind::Flatten && flattensInPlace(in) && !last) continue;
        Step step;
        step.kind = layer.kind;
        step.out = elements(out);
        if (layer.kind == Kind::Flatten) {
            step.order.resize(step.out);
            for (std::size_t j = 0; j < step.out; ++j) step.order[j] = j;
            if (!flattensInPlace(in)) step.order = flattenOrder(in);
        } else if (!layer.multiplies()) {
            step.windows.emplace(layer, in, out);
        } else {
            IntegerLayer::Spec spec;
            spec.layer = layer;
            spec.inputs = fanIn(network.spec, *shapes, i);
            spec.in = elements(in);
            spec.out = step.out;
            spec.symmetric = network.symmetricActivations;
            if (layer.kind == Kind::Convolution) spec.windows.emplace(layer, in, out);
            if (isStatic) {
                spec.input = grid;
                if (!last) spec.output = grid = network.layers[i].output;
            }
            auto made = IntegerLayer::make(std::move(spec), network.layers[i]);
            if (!made) return Error{made.error().code, names[i], made.error().detail};
            step.layer.emplace(std::move(*made));
        }
        steps.push_back(std::move(step));
    }
    if (isStatic)
        return std::make_unique<StaticExecutor>(std::move(steps), inputGrid(network), elements(network.spec.input));
    return std::make_unique<DynamicExecutor>(std::move(steps));
}

} // namespace quantoscope
