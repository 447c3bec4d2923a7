// Executors against the formulas of quantized_network.h, written out here as plain loops: sums in int64, one number at
// a time. Networks are random, small and of every kind of layer.
#include "core/nn/activation.h"
#include "core/nn/executor.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <type_traits>
#include <vector>

using namespace quantoscope;
using Arithmetic = QuantizedNetwork::Arithmetic;
using Kind = LayerSpec::Kind;

namespace {

class Random {
public:
    explicit Random(unsigned seed) : m_generator(seed) {}
    int between(int lowest, int highest) { return std::uniform_int_distribution<int>(lowest, highest)(m_generator); }
    float real(float reach) { return std::uniform_real_distribution<float>(-reach, reach)(m_generator); }
    std::vector<float> reals(std::size_t count, float reach) {
        std::vector<float> values(count);
        for (float& value : values) value = real(reach);
        return values;
    }

private:
    std::mt19937 m_generator;
};

std::size_t extent(const Shape& shape, std::size_t axis) { return static_cast<std::size_t>(shape[axis]); }

std::size_t elements(const Shape& shape) {
    std::size_t count = 1;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) count *= extent(shape, axis);
    return count;
}

/// Σ over the inputs of output n of window (r, c): of(input, which weight). Inputs outside the picture are `outside`.
template<class Number, class Sum>
Sum sumOver(const LayerSpec& layer, const Shape& in, const std::vector<Number>& x, std::size_t r, std::size_t c,
            Number outside, const std::function<Sum(Number, std::size_t)>& of) {
    Sum sum{};
    if (layer.kind == Kind::Dense) {
        for (std::size_t k = 0; k < x.size(); ++k) sum += of(x[k], k);
        return sum;
    }
    const std::int64_t size = layer.size, channels = in[2];
    for (std::int64_t ky = 0; ky < size; ++ky)
        for (std::int64_t kx = 0; kx < size; ++kx)
            for (std::int64_t ch = 0; ch < channels; ++ch) {
                const std::int64_t y = static_cast<std::int64_t>(r) * layer.stride + ky - layer.padding;
                const std::int64_t xx = static_cast<std::int64_t>(c) * layer.stride + kx - layer.padding;
                const bool inside = y >= 0 && y < in[0] && xx >= 0 && xx < in[1];
                sum += of(inside ? x[static_cast<std::size_t>((y * in[1] + xx) * channels + ch)] : outside,
                          static_cast<std::size_t>((ky * size + kx) * channels + ch));
            }
    return sum;
}

/// Every output of a layer that multiplies: result(sum, n).
template<class Number, class Sum, class To>
std::vector<To> multiplied(const LayerSpec& layer, const Shape& in, const Shape& out, const std::vector<Number>& x,
                           Number outside, std::size_t inputs,
                           const std::function<Sum(Number, std::size_t n, std::size_t at)>& of,
                           const std::function<To(Sum, std::size_t n)>& result) {
    const bool dense = layer.kind == Kind::Dense;
    const auto outputs = static_cast<std::size_t>(layer.outputs);
    std::vector<To> results;
    for (std::size_t r = 0; r < (dense ? 1 : extent(out, 0)); ++r)
        for (std::size_t c = 0; c < (dense ? 1 : extent(out, 1)); ++c)
            for (std::size_t n = 0; n < outputs; ++n)
                results.push_back(result(
                    sumOver<Number, Sum>(layer, in, x, r, c, outside,
                                         [&](Number number, std::size_t k) { return of(number, n, n * inputs + k); }),
                    n));
    return results;
}

template<class Number>
std::vector<Number> pooled(const LayerSpec& layer, const Shape& in, const Shape& out, const std::vector<Number>& x) {
    std::vector<Number> results;
    for (std::int64_t r = 0; r < out[0]; ++r)
        for (std::int64_t c = 0; c < out[1]; ++c)
            for (std::int64_t ch = 0; ch < in[2]; ++ch) {
                Number sum = 0, largest = std::numeric_limits<Number>::lowest();
                for (std::int64_t y = r * layer.stride; y < r * layer.stride + layer.size; ++y)
                    for (std::int64_t xx = c * layer.stride; xx < c * layer.stride + layer.size; ++xx) {
                        const Number number = x[static_cast<std::size_t>((y * in[1] + xx) * in[2] + ch)];
                        sum += number;
                        largest = std::max(largest, number);
                    }
                const auto area = static_cast<Number>(layer.size * layer.size);
                if (layer.kind == Kind::MaxPool)
                    results.push_back(largest);
                else if constexpr (std::is_same_v<Number, float>)
                    results.push_back(sum / area);
                else
                    results.push_back(static_cast<Number>(std::nearbyint(static_cast<double>(sum) / area)));
            }
    return results;
}

template<class Number>
std::vector<Number> flattened(const Shape& in, const std::vector<Number>& x) {
    if (in.size() != 3) return x;
    std::vector<Number> results;
    for (std::size_t ch = 0; ch < extent(in, 2); ++ch)
        for (std::size_t y = 0; y < extent(in, 0); ++y)
            for (std::size_t xx = 0; xx < extent(in, 1); ++xx)
                results.push_back(x[(y * extent(in, 1) + xx) * extent(in, 2) + ch]);
    return results;
}

/// A layer that does not multiply, of numbers or codes.
template<class Number>
std::vector<Number> moved(const LayerSpec& layer, const Shape& in, const Shape& out, const std::vector<Number>& x) {
    return layer.kind == Kind::Flatten ? flattened(in, x) : pooled(layer, in, out, x);
}

std::int64_t weightAt(const QuantizedLayer& layer, std::size_t n, std::size_t at) {
    return layer.codes[at] - layer.zeroOf(n);
}

/// One sample through a static network.
std::vector<float> staticByDefinition(const QuantizedNetwork& network, const std::vector<float>& input) {
    const auto shapes = outputShapes(network.spec).value();
    std::size_t first = 0;
    while (!network.spec.layers[first].multiplies()) ++first;
    CodeGrid grid = network.layers[first].input;
    std::vector<std::int32_t> codes;
    for (const float x : input) codes.push_back(grid.encode(x));
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const LayerSpec& layer = network.spec.layers[i];
        const QuantizedLayer& q = network.layers[i];
        const Shape &in = i == 0 ? network.spec.input : shapes[i - 1], &out = shapes[i];
        if (!layer.multiplies()) {
            codes = moved(layer, in, out, codes);
            continue;
        }
        const auto of = [&](std::int32_t x, std::size_t n, std::size_t at) {
            return (x - grid.zero) * weightAt(q, n, at);
        };
        const std::size_t inputs = fanIn(network.spec, shapes, i);
        if (i + 1 == network.layers.size())
            return multiplied<std::int32_t, std::int64_t, float>(
                layer, in, out, codes, grid.zero, inputs, of, [&](std::int64_t sum, std::size_t n) {
                    return (grid.scale * q.scaleOf(n)) * static_cast<float>(sum + q.biasCodes[n]);
                });
        const CodeGrid to = q.table.empty() ? q.output : q.beforeTable;
        codes = multiplied<std::int32_t, std::int64_t, std::int32_t>(
            layer, in, out, codes, grid.zero, inputs, of, [&](std::int64_t sum, std::size_t n) {
                const float real = grid.scale * q.scaleOf(n) / to.scale * static_cast<float>(sum + q.biasCodes[n]);
                const double code = std::clamp<double>(std::nearbyint(real) + to.zero, to.lowest, to.highest);
                return static_cast<std::int32_t>(code);
            });
        if (!q.table.empty())
            for (std::int32_t& code : codes) code = q.table[static_cast<std::size_t>(code - to.lowest)];
        grid = q.output;
    }
    return {};
}

/// All samples of a batch through a dynamic network.
std::vector<float> dynamicByDefinition(const QuantizedNetwork& network, std::vector<float> values, std::size_t rows) {
    const auto shapes = outputShapes(network.spec).value();
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const LayerSpec& layer = network.spec.layers[i];
        const QuantizedLayer& q = network.layers[i];
        const Shape &in = i == 0 ? network.spec.input : shapes[i - 1], &out = shapes[i];
        const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
        const CodeGrid grid = dynamicGrid({*lowest, *highest}, network.symmetricActivations);
        std::vector<float> results;
        for (std::size_t row = 0; row < rows; ++row) {
            const auto begin = values.begin() + static_cast<std::ptrdiff_t>(row * elements(in));
            const std::vector<float> sample(begin, begin + static_cast<std::ptrdiff_t>(elements(in)));
            std::vector<float> result;
            if (layer.multiplies()) {
                std::vector<std::int32_t> codes;
                for (const float x : sample) codes.push_back(grid.encode(x));
                result = multiplied<std::int32_t, std::int64_t, float>(
                    layer, in, out, codes, grid.zero, fanIn(network.spec, shapes, i),
                    [&](std::int32_t x, std::size_t n, std::size_t at) { return (x - grid.zero) * weightAt(q, n, at); },
                    [&](std::int64_t sum, std::size_t n) {
                        return (grid.scale * q.scaleOf(n)) * static_cast<float>(sum) + q.bias[n];
                    });
                activate(layer.activation, result);
            } else {
                result = moved(layer, in, out, sample);
            }
            results.insert(results.end(), result.begin(), result.end());
        }
        values = std::move(results);
    }
    return values;
}

std::vector<float> floatByDefinition(const Network& network, std::vector<float> x) {
    const auto shapes = outputShapes(network.spec).value();
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const LayerSpec& layer = network.spec.layers[i];
        const LayerParameters& p = network.layers[i];
        const Shape &in = i == 0 ? network.spec.input : shapes[i - 1], &out = shapes[i];
        if (!layer.multiplies()) {
            x = moved(layer, in, out, x);
            continue;
        }
        x = multiplied<float, double, float>(
            layer, in, out, x, 0.0f, fanIn(network.spec, shapes, i),
            [&](float number, std::size_t, std::size_t at) { return double{number} * p.weight[at]; },
            [&](double sum, std::size_t n) {
                const double y = sum + p.bias[n];
                switch (layer.activation) {
                case Activation::None: break;
                case Activation::Relu: return static_cast<float>(std::max(y, 0.0));
                case Activation::Gelu: return static_cast<float>(0.5 * y * std::erfc(-y / std::sqrt(2.0)));
                case Activation::Tanh: return static_cast<float>(std::tanh(y));
                case Activation::Sigmoid: return static_cast<float>(1 / (1 + std::exp(-y)));
                }
                return static_cast<float>(y);
            });
    }
    return x;
}

struct Kinds {
    bool isStatic = false, symmetricActivations = false, symmetricWeights = true, perChannel = false;
    bool powersOfTwo = true; // scales with which float32 is exact
    int weightLimit = 63;
};

CodeGrid randomGrid(Random& random, const Kinds& kinds, bool relu) {
    CodeGrid grid;
    grid.scale = kinds.powersOfTwo ? std::ldexp(1.0f, random.between(-6, -4)) : 0.02f + std::abs(random.real(0.03f));
    grid.lowest = kinds.symmetricActivations ? -127 : 0;
    grid.highest = kinds.symmetricActivations ? 127 : 255;
    grid.zero = kinds.symmetricActivations ? 0 : random.between(60, 190);
    if (relu) grid.lowest = grid.zero;
    return grid;
}

QuantizedLayer randomLayer(Random& random, const Kinds& kinds, const LayerSpec& layer, std::size_t inputs,
                           const CodeGrid& input) {
    const auto outputs = static_cast<std::size_t>(layer.outputs);
    QuantizedLayer q;
    for (std::size_t at = 0; at < outputs * inputs; ++at)
        q.codes.push_back(static_cast<std::int8_t>(random.between(-kinds.weightLimit, kinds.weightLimit)));
    for (std::size_t n = 0; n < (kinds.perChannel ? outputs : 1); ++n) {
        q.scales.push_back(kinds.powersOfTwo ? std::ldexp(1.0f, random.between(-8, -6))
                                             : 0.005f + std::abs(random.real(0.01f)));
        q.zeros.push_back(kinds.symmetricWeights ? 0 : random.between(-40, 40));
    }
    q.bias = random.reals(outputs, 2);
    for (std::size_t n = 0; n < outputs; ++n)
        q.biasCodes.push_back(static_cast<std::int32_t>(std::lrint(q.bias[n] / (input.scale * q.scaleOf(n)))));
    q.input = input;
    q.output = randomGrid(random, kinds, layer.activation == Activation::Relu);
    if (layer.activation != Activation::Relu && layer.activation != Activation::None) {
        q.beforeTable = randomGrid(random, kinds, false);
        for (std::int32_t code = q.beforeTable.lowest; code <= q.beforeTable.highest; ++code)
            q.table.push_back(random.between(q.output.lowest, q.output.highest));
    }
    return q;
}

QuantizedNetwork randomQuantized(unsigned seed, const NetworkSpec& spec, const Kinds& kinds) {
    Random random(seed);
    QuantizedNetwork network;
    network.arithmetic = kinds.isStatic ? Arithmetic::Static : Arithmetic::Dynamic;
    network.spec = spec;
    network.symmetricActivations = kinds.symmetricActivations;
    const auto shapes = outputShapes(spec).value();
    CodeGrid grid = randomGrid(random, kinds, false);
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        network.layers.emplace_back();
        if (!spec.layers[i].multiplies()) continue;
        network.layers.back() = randomLayer(random, kinds, spec.layers[i], fanIn(spec, shapes, i), grid);
        grid = network.layers.back().output;
    }
    return network;
}

/// The codes of the layer before it as they are: a last layer of ones on the diagonal.
void addIdentity(QuantizedNetwork& network, std::size_t count) {
    QuantizedLayer q;
    q.codes.assign(count * count, 0);
    for (std::size_t i = 0; i < count; ++i) q.codes[i * count + i] = 1;
    q.scales = {1};
    q.zeros = {0};
    q.bias.assign(count, 0);
    q.biasCodes.assign(count, 0);
    q.input = network.layers.back().output;
    LayerSpec layer;
    layer.outputs = static_cast<std::int64_t>(count);
    network.spec.layers.push_back(layer);
    network.layers.push_back(q);
}

NetworkSpec specOf(const QString& hidden, const Shape& input, Activation activation) {
    return parseNetwork(hidden.toStdString(), input, 5, activation).value();
}

constexpr std::size_t kBatches[] = {1, 2, 37}; // rows

void addNetworks() {
    QTest::addColumn<QString>("hidden");
    QTest::addColumn<bool>("picture");
    QTest::newRow("no hidden layer") << "" << false;
    QTest::newRow("dense layers") << "24, 17" << false;
    QTest::newRow("convolutions and pools") << "conv6, pool2, conv7, avgpool2, 12" << true;
    QTest::newRow("a wide window") << "conv3x5, 9" << true;
    QTest::newRow("a pool first, a picture last") << "avgpool2, conv4, pool2" << true;
}

Shape inputShape(bool picture) { return picture ? Shape{8, 8, 2} : Shape{19}; }

/// Calls body for each combination, and says which one it was where it returns false.
bool forEachKind(bool isStatic, const std::function<bool(const Kinds&)>& body) {
    for (const bool activations : {false, true})
        for (const bool weights : {false, true})
            for (const bool channels : {false, true}) {
                Kinds kinds;
                kinds.isStatic = isStatic;
                kinds.symmetricActivations = activations;
                kinds.symmetricWeights = weights;
                kinds.perChannel = channels;
                if (channels) kinds.weightLimit = integerSupport().weightLimit;
                if (body(kinds)) continue;
                qWarning("with %s activations, %s weights and a scale for each %s", activations ? "signed" : "unsigned",
                         weights ? "symmetric" : "asymmetric", channels ? "channel" : "tensor");
                return false;
            }
    return true;
}

} // namespace

class TestExecutor : public QObject {
    Q_OBJECT

private slots:
    void staticIsExactWithPowersOfTwo_data() { addNetworks(); }
    void staticIsExactWithPowersOfTwo() {
        QFETCH(QString, hidden);
        QFETCH(bool, picture);
        for (const Activation activation : {Activation::Relu, Activation::Tanh}) {
            const NetworkSpec spec = specOf(hidden, inputShape(picture), activation);
            QVERIFY(forEachKind(true, [&](const Kinds& kinds) {
                const QuantizedNetwork network = randomQuantized(7, spec, kinds);
                auto executor = makeIntegerExecutor(network);
                if (!executor) return false;
                const std::size_t features = elements(spec.input);
                for (const std::size_t rows : kBatches) {
                    const auto inputs = Random(3).reals(rows * features, 4);
                    std::vector<float> outputs(rows * 5, 1e9f), expected;
                    (*executor)->run(inputs.data(), rows, outputs.data());
                    for (std::size_t r = 0; r < rows; ++r) {
                        const auto sample = inputs.begin() + static_cast<std::ptrdiff_t>(r * features);
                        const auto out =
                            staticByDefinition(network, {sample, sample + static_cast<std::ptrdiff_t>(features)});
                        expected.insert(expected.end(), out.begin(), out.end());
                    }
                    if (outputs != expected) return false;
                    if (outputs != simulate(network, inputs, rows).value()) return false;
                }
                return true;
            }));
        }
    }

    void staticIsWithinOneStepOtherwise_data() {
        QTest::addColumn<QString>("hidden");
        QTest::addColumn<bool>("picture");
        QTest::newRow("dense") << "23" << false;
        QTest::newRow("convolution") << "conv5" << true;
    }
    void staticIsWithinOneStepOtherwise() {
        QFETCH(QString, hidden);
        QFETCH(bool, picture);
        for (const Activation activation : {Activation::None, Activation::Relu}) {
            NetworkSpec spec = specOf(hidden, inputShape(picture), activation);
            spec.layers.pop_back();
            QVERIFY(forEachKind(true, [&](Kinds kinds) {
                kinds.powersOfTwo = false;
                QuantizedNetwork network = randomQuantized(9, spec, kinds);
                const std::size_t codes = elements(outputShapes(spec)->back()), features = elements(spec.input);
                const float step = network.layers[0].output.scale;
                addIdentity(network, codes);
                auto executor = makeIntegerExecutor(network);
                if (!executor) return false;
                const auto input = Random(3).reals(features, 4);
                std::vector<float> outputs(codes, 1e9f);
                (*executor)->run(input.data(), 1, outputs.data());
                const auto expected = staticByDefinition(network, input);
                bool near = true;
                for (std::size_t i = 0; i < codes; ++i) near &= std::abs(outputs[i] - expected[i]) <= step * 1.001f;
                return near;
            }));
        }
    }

    void dynamicIsExact_data() { addNetworks(); }
    void dynamicIsExact() {
        QFETCH(QString, hidden);
        QFETCH(bool, picture);
        for (const Activation activation : {Activation::None, Activation::Relu}) {
            const NetworkSpec spec = specOf(hidden, inputShape(picture), activation);
            QVERIFY(forEachKind(false, [&](Kinds kinds) {
                kinds.powersOfTwo = false;
                const QuantizedNetwork network = randomQuantized(11, spec, kinds);
                auto executor = makeIntegerExecutor(network);
                if (!executor) return false;
                for (const std::size_t rows : kBatches) {
                    const auto inputs = Random(5).reals(rows * elements(spec.input), 4);
                    std::vector<float> outputs(rows * 5, 1e9f);
                    (*executor)->run(inputs.data(), rows, outputs.data());
                    if (outputs != dynamicByDefinition(network, inputs, rows)) return false;
                    if (outputs != simulate(network, inputs, rows).value()) return false;
                }
                return true;
            }));
        }
    }

    void dynamicGeluIsNear() {
        const NetworkSpec spec = specOf("16", {19}, Activation::Gelu);
        const QuantizedNetwork network = randomQuantized(13, spec, {});
        auto executor = makeIntegerExecutor(network);
        QVERIFY(executor);
        const auto inputs = Random(5).reals(19, 4);
        std::vector<float> outputs(5);
        (*executor)->run(inputs.data(), 1, outputs.data());
        const auto expected = dynamicByDefinition(network, inputs, 1);
        for (std::size_t i = 0; i < 5; ++i) QVERIFY(std::abs(outputs[i] - expected[i]) < 0.05f);
    }

    void floatIsTheFunction_data() {
        QTest::addColumn<QString>("hidden");
        QTest::addColumn<bool>("picture");
        QTest::addColumn<int>("backend");
        for (const FloatBackend backend : {FloatBackend::OneDnn, FloatBackend::Eigen})
            for (const char* hidden : {"", "24, 17", "conv6, pool2, conv7, avgpool2, 12", "avgpool2, conv4, pool2"})
                QTest::addRow("\"%s\" by %s", hidden, name(backend).data())
                    << hidden << (QByteArray(hidden).contains("conv")) << static_cast<int>(backend);
    }
    void floatIsTheFunction() {
        QFETCH(QString, hidden);
        QFETCH(bool, picture);
        QFETCH(int, backend);
        for (const Activation activation :
             {Activation::None, Activation::Relu, Activation::Gelu, Activation::Tanh, Activation::Sigmoid}) {
            const NetworkSpec spec = specOf(hidden, inputShape(picture), activation);
            Network network = initialise(spec, 5).value();
            Random random(6);
            for (LayerParameters& layer : network.layers)
                for (float& bias : layer.bias) bias = random.real(0.5f);
            auto executor = makeFloatExecutor(network, static_cast<FloatBackend>(backend));
            QVERIFY(executor);
            const std::size_t features = elements(spec.input);
            for (const std::size_t rows : kBatches) {
                const auto inputs = Random(7).reals(rows * features, 2);
                std::vector<float> outputs(rows * 5, 1e9f);
                (*executor)->run(inputs.data(), rows, outputs.data());
                for (std::size_t r = 0; r < rows; ++r) {
                    const auto sample = inputs.begin() + static_cast<std::ptrdiff_t>(r * features);
                    const auto expected =
                        floatByDefinition(network, {sample, sample + static_cast<std::ptrdiff_t>(features)});
                    for (std::size_t i = 0; i < 5; ++i) QVERIFY(std::abs(outputs[r * 5 + i] - expected[i]) < 2e-5f);
                }
            }
        }
    }

    void noRowsAreNoWork() {
        const NetworkSpec spec = specOf("conv6, pool2, 12", {8, 8, 2}, Activation::Relu);
        float untouched = 3;
        (*makeFloatExecutor(initialise(spec, 1).value(), FloatBackend::OneDnn))->run(nullptr, 0, &untouched);
        for (const bool isStatic : {false, true}) {
            Kinds kinds;
            kinds.isStatic = isStatic;
            (*makeIntegerExecutor(randomQuantized(1, spec, kinds)))->run(nullptr, 0, &untouched);
        }
        QCOMPARE(untouched, 3.0f);
    }

    void whatCannotRunIsRefused() {
        const NetworkSpec spec = specOf("12", {19}, Activation::Relu);
        QuantizedNetwork network = randomQuantized(1, spec, {});
        network.weightBits = 4;
        QCOMPARE(makeIntegerExecutor(network).error().code, ErrorCode::Unsupported);
        network = randomQuantized(1, spec, {});
        network.layers[1].scales.resize(3);
        QCOMPARE(makeIntegerExecutor(network).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(QString::fromStdString(makeIntegerExecutor(network).error().where), "fc2");
        Kinds pooledLast;
        pooledLast.isStatic = true;
        NetworkSpec pools = specOf("conv6, pool2", {8, 8, 2}, Activation::Relu);
        pools.layers.resize(2);
        QCOMPARE(makeIntegerExecutor(randomQuantized(1, pools, pooledLast)).error().code, ErrorCode::Unsupported);
        Network real = initialise(spec, 1).value();
        real.layers[0].weight.pop_back();
        QCOMPARE(makeFloatExecutor(real, FloatBackend::Eigen).error().code, ErrorCode::InvalidArgument);
    }

    void weightsBeyondTheProcessorAreRefused() {
        Kinds kinds;
        kinds.weightLimit = 127;
        const QuantizedNetwork network = randomQuantized(1, specOf("40", {19}, Activation::Relu), kinds);
        const auto executor = makeIntegerExecutor(network);
        QCOMPARE(executor.has_value(), integerSupport().weightLimit == 127);
        if (!executor) QCOMPARE(executor.error().code, ErrorCode::Unsupported);
    }
};

QTEST_APPLESS_MAIN(TestExecutor)
#include "tst_executor.moc"
