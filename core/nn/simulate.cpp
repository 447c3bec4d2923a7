// Codes are held as float32 numbers about their zero point, so that a fast product of floats gives the integer sum: it
// is exact while all partial sums stay below 2^24, and longer sums are taken in pieces.
#include "core/nn/activation.h"
#include "core/nn/onednn_products.h"
#include "core/nn/quantized_network.h"
#include "core/nn/range_observer.h"
#include "core/nn/windows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

using Arithmetic = QuantizedNetwork::Arithmetic;
using Kind = LayerSpec::Kind;

/// What flows between layers: real numbers, or codes of a grid less its zero point.
struct Flow {
    std::vector<float> values;
    bool codes = false;
    CodeGrid grid;
};

std::size_t product(const Shape& shape) {
    std::size_t result = 1;
    for (const std::int64_t extent : shape) result *= static_cast<std::size_t>(extent);
    return result;
}

class Simulation {
public:
    Simulation(const QuantizedNetwork& network, std::vector<Shape> shapes)
        : m_network(network), m_shapes(std::move(shapes)) {}

    std::vector<float> run(std::span<const float> inputs, std::size_t rows) const {
        Flow flow{{inputs.begin(), inputs.end()}, false, {}};
        for (std::size_t i = 0; i < m_network.layers.size(); ++i) {
            const LayerSpec& layer = m_network.spec.layers[i];
            if (m_network.arithmetic == Arithmetic::Static && !flow.codes) toCodes(flow, nextGrid(i));
            switch (layer.kind) {
            case Kind::Dense:
            case Kind::Convolution: multiply(i, flow, rows); break;
            case Kind::MaxPool:
            case Kind::AveragePool: pool(i, flow, rows); break;
            case Kind::Flatten: flatten(i, flow, rows); break;
            }
        }
        return std::move(flow.values);
    }

private:
    const Shape& shapeBefore(std::size_t i) const { return i == 0 ? m_network.spec.input : m_shapes[i - 1]; }

    const CodeGrid& nextGrid(std::size_t i) const {
        while (!m_network.spec.layers[i].multiplies()) ++i;
        return m_network.layers[i].input;
    }

    static void toCodes(Flow& flow, const CodeGrid& grid) {
        for (float& value : flow.values) value = static_cast<float>(grid.encode(value) - grid.zero);
        flow.codes = true;
        flow.grid = grid;
    }

    /// Real numbers where codes were, for weights that are no integers.
    static void toReals(Flow& flow) {
        for (float& value : flow.values) value *= flow.grid.scale;
        flow.codes = false;
    }

    void multiply(std::size_t i, Flow& flow, std::size_t samples) const {
        const LayerSpec& spec = m_network.spec.layers[i];
        const QuantizedLayer& layer = m_network.layers[i];
        const auto outputs = static_cast<std::size_t>(spec.outputs);
        if (m_network.arithmetic == Arithmetic::Dynamic) {
            // An empty range cannot be: a batch has a sample.
            toCodes(flow, *observeGrid(flow.values, RangeObserver::MinMax, m_network.activationBits,
                                       m_network.symmetricActivations));
        }
        const bool integers = flow.codes && !layer.codes.empty();
        if (!integers && flow.codes) toReals(flow);
        if (spec.kind == Kind::Convolution) {
            const Windows windows(spec, shapeBefore(i), m_shapes[i]);
            std::vector<float> gathered(samples * windows.count() * windows.taps());
            gatherWindows(windows, flow.values.data(), samples, 0.0f, gathered.data());
            flow.values = std::move(gathered);
        }
        const std::size_t taps = fanIn(m_network.spec, m_shapes, i), rows = flow.values.size() / taps;
        const bool last = i + 1 == m_network.layers.size(), isStatic = m_network.arithmetic == Arithmetic::Static;
        std::vector<float> real(rows * outputs);
        if (integers) {
            const std::vector<std::int64_t> sums = integerProduct(flow.values, layer, rows, taps, outputs);
            if (isStatic && !last) return requantize(sums, spec, layer, flow);
            for (std::size_t at = 0; at < real.size(); ++at) {
                const std::size_t n = at % outputs;
                const float scale = flow.grid.scale * layer.scaleOf(n);
                real[at] = isStatic ? scale * static_cast<float>(sums[at] + layer.biasCodes[n])
                                    : scale * static_cast<float>(sums[at]) + layer.bias[n];
            }
        } else {
            quantoscope::multiply(false, true, rows, outputs, taps, flow.values.data(), layer.decoded.data(), 0.0f,
                                  real.data());
            for (std::size_t at = 0; at < real.size(); ++at) real[at] += layer.bias[at % outputs];
        }
        flow = {std::move(real), false, {}};
        if (isStatic && !last) { // of a codebook
            toCodes(flow, layer.table.empty() ? layer.output : layer.beforeTable);
            lookUp(layer, flow);
        } else {
            activate(spec.activation, flow.values);
        }
    }

    /// Σ x·(w − zero) of codes x about their zero.
    std::vector<std::int64_t> integerProduct(const std::vector<float>& x, const QuantizedLayer& layer, std::size_t rows,
                                             std::size_t taps, std::size_t outputs) const {
        std::vector<float> weight(layer.codes.size());
        for (std::size_t at = 0; at < weight.size(); ++at)
            weight[at] = static_cast<float>(layer.codes[at] - layer.zeroOf(at / taps));
        constexpr std::size_t piece = (1u << 24) / (255 * 255); // products that float32 sums exactly
        std::vector<std::int64_t> sums(rows * outputs);
        std::vector<float> a, b, partial(rows * outputs);
        for (std::size_t begin = 0; begin < taps; begin += piece) {
            const std::size_t length = std::min(piece, taps - begin);
            const auto cut = [&](const std::vector<float>& from, std::size_t count, std::vector<float>& to) {
                to.resize(count * length);
                for (std::size_t r = 0; r < count; ++r)
                    std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(r * taps + begin), length,
                                to.begin() + static_cast<std::ptrdiff_t>(r * length));
            };
            cut(x, rows, a);
            cut(weight, outputs, b);
            quantoscope::multiply(false, true, rows, outputs, length, a.data(), b.data(), 0.0f, partial.data());
            for (std::size_t at = 0; at < sums.size(); ++at) sums[at] += static_cast<std::int64_t>(partial[at]);
        }
        return sums;
    }

    void requantize(const std::vector<std::int64_t>& sums, const LayerSpec& spec, const QuantizedLayer& layer,
                    Flow& flow) const {
        const auto outputs = static_cast<std::size_t>(spec.outputs);
        const CodeGrid& grid = layer.table.empty() ? layer.output : layer.beforeTable;
        std::vector<float> codes(sums.size());
        for (std::size_t at = 0; at < sums.size(); ++at) {
            const std::size_t n = at % outputs;
            const float real = flow.grid.scale * layer.scaleOf(n) * static_cast<float>(sums[at] + layer.biasCodes[n]);
            codes[at] = static_cast<float>(grid.encode(real) - grid.zero);
        }
        flow = {std::move(codes), true, grid};
        lookUp(layer, flow);
    }

    static void lookUp(const QuantizedLayer& layer, Flow& flow) {
        if (layer.table.empty()) return;
        const std::int32_t shift = layer.beforeTable.zero - layer.beforeTable.lowest;
        for (float& value : flow.values)
            value = static_cast<float>(layer.table[static_cast<std::size_t>(static_cast<std::int32_t>(value) + shift)] -
                                       layer.output.zero);
        flow.grid = layer.output;
    }

    void pool(std::size_t i, Flow& flow, std::size_t samples) const {
        const LayerSpec& spec = m_network.spec.layers[i];
        const Windows windows(spec, shapeBefore(i), m_shapes[i]);
        const bool largest = spec.kind == Kind::MaxPool;
        const std::size_t pooled = windows.count() * windows.channels;
        std::vector<float> out(samples * pooled, largest ? -std::numeric_limits<float>::infinity() : 0.0f);
        for (std::size_t r = 0; r < samples; ++r)
            windows.forEachPixel([&](std::size_t tap, std::ptrdiff_t offset) {
                float* target = out.data() + r * pooled + tap / windows.taps() * windows.channels;
                const float* source = flow.values.data() + r * windows.picture() + offset;
                for (std::size_t c = 0; c < windows.channels; ++c)
                    target[c] = largest ? std::max(target[c], source[c]) : target[c] + source[c];
            });
        if (!largest) {
            const auto size = static_cast<float>(windows.size * windows.size);
            const auto zero = static_cast<float>(flow.codes ? flow.grid.zero : 0);
            // The mean of codes as they are stored, so that halves go to even codes.
            for (float& value : out)
                value = flow.codes ? std::nearbyint((value + zero * size) / size) - zero : value / size;
        }
        flow.values = std::move(out);
    }

    void flatten(std::size_t i, Flow& flow, std::size_t samples) const {
        const auto order = flattenOrder(shapeBefore(i));
        std::vector<float> out(flow.values.size());
        for (std::size_t r = 0; r < samples; ++r)
            for (std::size_t j = 0; j < order.size(); ++j)
                out[r * order.size() + j] = flow.values[r * order.size() + order[j]];
        flow.values = std::move(out);
    }

    const QuantizedNetwork& m_network;
    std::vector<Shape> m_shapes;
};

} // namespace

Result<std::vector<float>> simulate(const QuantizedNetwork& network, std::span<const float> inputs, std::size_t batch,
                                    const JobControl& job) {
    auto shapes = outputShapes(network.spec);
    if (!shapes) return shapes.error();
    const std::size_t features = product(network.spec.input);
    if (inputs.size() % features != 0 || batch == 0)
        return Error{ErrorCode::InvalidArgument, "inputs",
                     fmt::format("{} numbers are no samples of {}", inputs.size(), features)};
    const Simulation simulation(network, std::move(*shapes));
    std::vector<float> outputs;
    for (std::size_t begin = 0, rows = inputs.size() / features; begin < rows; begin += batch) {
        if (job.cancelled()) return cancelled();
        const std::size_t count = std::min(batch, rows - begin);
        const auto out = simulation.run(inputs.subspan(begin * features, count * features), count);
        outputs.insert(outputs.end(), out.begin(), out.end());
    }
    return outputs;
}

} // namespace quantoscope
