// Networks in codes: what simulate() computes against sums of integers done one by one, and what methods keep.
#include "core/nn/fake_quantization.h"
#include "core/nn/pass.h"
#include "core/nn/quantization_aware.h"
#include "core/nn/score.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace quantoscope;
using namespace quantoscope::test;

Q_DECLARE_METATYPE(quantoscope::Activation)

namespace {

using Arithmetic = QuantizedNetwork::Arithmetic;

/// Blobs of two numbers around four corners.
Dataset corners(std::size_t count) {
    Dataset data;
    data.name = "corners";
    data.sampleShape = {2};
    data.classes = {"a", "b", "c", "d"};
    data.inputs = normalValues(2 * count, 6, 0, 0.35);
    for (std::size_t i = 0; i < count; ++i) {
        data.labels.push_back(static_cast<int>(i % 4));
        data.inputs[2 * i] += i % 2 ? 1.0f : -1.0f;
        data.inputs[2 * i + 1] += i % 4 < 2 ? 1.0f : -1.0f;
    }
    return data;
}

Dataset pictures(std::size_t count) {
    Dataset data;
    data.name = "pictures";
    data.sampleShape = {4, 4, 2};
    data.classes = {"a", "b", "c"};
    data.inputs = normalValues(32 * count, 16);
    for (std::size_t i = 0; i < count; ++i) data.labels.push_back(static_cast<int>(i % 3));
    return data;
}

Network trained(const SplitDataset& parts) {
    TrainingSpec spec;
    spec.epochs = 20;
    spec.learningRate = 0.01;
    return *train(*initialise(*parseNetwork("16, 8", {2}, 4), 1), parts, spec);
}

double accuracy(const Dataset& data, const Result<std::vector<float>>& outputs) {
    return score(data, *outputs).accuracy;
}

/// One dense layer of a static network, sample by sample, in whole numbers.
std::vector<std::int32_t> naive(const QuantizedLayer& layer, const std::vector<std::int32_t>& codes,
                                std::size_t outputs) {
    std::vector<std::int32_t> result;
    const std::size_t taps = codes.size();
    for (std::size_t n = 0; n < outputs; ++n) {
        std::int64_t sum = layer.biasCodes[n];
        for (std::size_t k = 0; k < taps; ++k)
            sum +=
                static_cast<std::int64_t>(codes[k] - layer.input.zero) * (layer.codes[n * taps + k] - layer.zeroOf(n));
        const float real = layer.input.scale * layer.scaleOf(n) * static_cast<float>(sum);
        const CodeGrid& grid = layer.table.empty() ? layer.output : layer.beforeTable;
        std::int32_t code = grid.encode(real);
        if (!layer.table.empty()) code = layer.table[static_cast<std::size_t>(code - grid.lowest)];
        result.push_back(code);
    }
    return result;
}

} // namespace

class TestQuantize : public QObject {
    Q_OBJECT

private slots:
    void simulationIsIntegerArithmetic_data() {
        QTest::addColumn<Activation>("activation");
        QTest::addColumn<bool>("symmetricWeights");
        QTest::addColumn<bool>("symmetricActivations");
        QTest::addColumn<bool>("perChannel");
        QTest::newRow("ReLU, a scale a tensor") << Activation::Relu << true << false << false;
        QTest::newRow("ReLU, a scale an output") << Activation::Relu << true << false << true;
        QTest::newRow("weights with zero points") << Activation::Relu << false << false << true;
        QTest::newRow("signed activations") << Activation::Relu << true << true << false;
        QTest::newRow("tanh by a table") << Activation::Tanh << true << false << true;
        QTest::newRow("GELU by a table of signed codes") << Activation::Gelu << true << true << false;
    }
    void simulationIsIntegerArithmetic() {
        QFETCH(Activation, activation);
        QFETCH(bool, symmetricWeights);
        QFETCH(bool, symmetricActivations);
        QFETCH(bool, perChannel);
        const auto parts = split(corners(200), {});
        const Network network = *initialise(*parseNetwork("9", {2}, 4, activation), 5);
        for (const int bits : {2, 4, 8}) {
            QuantizeSpec spec;
            spec.weights = {.bits = bits, .perChannel = perChannel, .symmetric = symmetricWeights};
            spec.activationBits = bits;
            spec.symmetricActivations = symmetricActivations;
            const auto quantized = quantizeNetwork(network, calibrate(network, parts->train, 64), spec);
            QVERIFY2(quantized, quantized ? "" : quantized.error().message().c_str());
            const auto outputs = simulate(*quantized, parts->test.inputs);
            for (std::size_t i = 0; i < parts->test.count(); ++i) {
                std::vector<std::int32_t> codes;
                for (const float x : parts->test.sample(i)) codes.push_back(quantized->layers[0].input.encode(x));
                const auto hidden = naive(quantized->layers[0], codes, 9);
                const QuantizedLayer& last = quantized->layers[1];
                for (std::size_t n = 0; n < 4; ++n) {
                    std::int64_t sum = last.biasCodes[n];
                    for (std::size_t k = 0; k < 9; ++k)
                        sum += static_cast<std::int64_t>(hidden[k] - last.input.zero) *
                               (last.codes[n * 9 + k] - last.zeroOf(n));
                    QCOMPARE((*outputs)[i * 4 + n], last.input.scale * last.scaleOf(n) * static_cast<float>(sum));
                }
            }
        }
    }

    void longSumsAreExact() {
        // 3,000 products of 255 · 127 are far beyond what float32 counts one by one.
        const std::int64_t taps = 3000;
        Network network = *initialise(*parseNetwork("", {taps}, 1), 1);
        network.layers[0].weight.assign(static_cast<std::size_t>(taps), 1.0f);
        network.layers[0].weight[7] = -1.0f;
        Dataset train;
        train.sampleShape = {taps};
        train.inputs.assign(static_cast<std::size_t>(taps), 1.0f);
        train.labels = {0};
        train.classes = {"a"};
        QuantizeSpec spec;
        const auto quantized = quantizeNetwork(network, calibrate(network, train, 1), spec);
        QVERIFY(quantized);
        const QuantizedLayer& layer = quantized->layers[0];
        const std::int64_t sum = (taps - 2) * std::int64_t{127} * 255;
        QCOMPARE(simulate(*quantized, train.inputs)->front(),
                 layer.input.scale * layer.scales[0] * static_cast<float>(sum));
    }

    void eightBitsKeepTheAccuracy() {
        const auto parts = split(corners(800), {});
        const Network network = trained(*parts);
        const Calibration calibration = calibrate(network, parts->train, 200);
        const double reference = accuracy(parts->test, infer(network, parts->test.inputs, parts->test.count()));
        QVERIFY(reference > 0.95);
        for (const Arithmetic arithmetic : {Arithmetic::WeightOnly, Arithmetic::Dynamic, Arithmetic::Static})
            for (const RangeObserver observer :
                 {RangeObserver::MinMax, RangeObserver::Percentile, RangeObserver::Mse}) {
                QuantizeSpec spec;
                spec.arithmetic = arithmetic;
                spec.observer = spec.weights.observer = observer;
                const auto quantized = quantizeNetwork(network, calibration, spec);
                QVERIFY(std::abs(accuracy(parts->test, simulate(*quantized, parts->test.inputs)) - reference) <= 0.01);
                QCOMPARE(quantized->hasIntegerKernels(), arithmetic != Arithmetic::WeightOnly);
            }
    }

    void codebooksAreOneMoreKindOfWeights() {
        const auto parts = split(corners(400), {});
        const Network network = trained(*parts);
        const Calibration calibration = calibrate(network, parts->train, 200);
        for (const char* scheme : {"kmeans", "rank"})
            for (const Arithmetic arithmetic : {Arithmetic::WeightOnly, Arithmetic::Dynamic, Arithmetic::Static}) {
                QuantizeSpec spec;
                spec.arithmetic = arithmetic;
                spec.weights.scheme = scheme;
                spec.weights.bits = 3;
                const auto quantized = quantizeNetwork(network, calibration, spec);
                QVERIFY2(quantized, quantized ? "" : quantized.error().message().c_str());
                QVERIFY(!quantized->hasIntegerKernels());
                auto levels = quantized->layers[1].decoded;
                std::sort(levels.begin(), levels.end());
                QVERIFY(std::unique(levels.begin(), levels.end()) - levels.begin() <= 8);
                QVERIFY(accuracy(parts->test, simulate(*quantized, parts->test.inputs)) > 0.8);
            }
        QVERIFY(!quantizeNetwork(network, calibration, {.weights = {.scheme = "no-such"}}));
    }

    void everyByteIsCounted() {
        const Network network = *initialise(*parseNetwork("16, 8", {2}, 4), 1); // 32 + 128 + 32 weights, 28 biases
        const Calibration calibration = calibrate(network, corners(40), 40);
        const auto bytes = [&](Arithmetic arithmetic, WeightSpec weights) {
            QuantizeSpec spec;
            spec.arithmetic = arithmetic;
            spec.weights = weights;
            return quantizeNetwork(network, calibration, spec)->bytes();
        };
        QCOMPARE(bytes(Arithmetic::WeightOnly, {}), std::uint64_t{192 + 3 * 4 + 28 * 4});
        QCOMPARE(bytes(Arithmetic::Dynamic, {.bits = 4}), std::uint64_t{96 + 3 * 4 + 28 * 4});
        QCOMPARE(bytes(Arithmetic::Dynamic, {.perChannel = true}), std::uint64_t{192 + 28 * 4 + 28 * 4});
        QCOMPARE(bytes(Arithmetic::Dynamic, {.perChannel = true, .symmetric = false}),
                 std::uint64_t{192 + 28 * 5 + 28 * 4});
        // Static: a scale and a zero point for the input and after each hidden layer.
        QCOMPARE(bytes(Arithmetic::Static, {}), std::uint64_t{192 + 3 * 4 + 28 * 4 + 3 * 5});
        QCOMPARE(bytes(Arithmetic::Static, {.scheme = "kmeans", .bits = 2}),
                 std::uint64_t{48 + 3 * 4 * 4 + 28 * 4 + 3 * 5});
    }

    void biasCorrectionTakesTheShiftOff() {
        const auto parts = split(corners(400), {});
        const Network network = trained(*parts);
        const Calibration calibration = calibrate(network, parts->train, 300);
        const auto shift = [&](bool corrected) {
            QuantizeSpec spec;
            spec.arithmetic = Arithmetic::WeightOnly;
            spec.weights.bits = 3;
            spec.biasCorrection = corrected;
            const auto outputs = *simulate(*quantizeNetwork(network, calibration, spec), calibration.inputs);
            const auto reference = infer(network, calibration.inputs, calibration.samples);
            double sum = 0;
            for (std::size_t n = 0; n < 4; ++n) {
                double mean = 0;
                for (std::size_t i = n; i < outputs.size(); i += 4) mean += outputs[i] - reference[i];
                sum += std::abs(mean) / static_cast<double>(calibration.samples);
            }
            return sum;
        };
        QVERIFY2(shift(true) < 1e-3, qPrintable(QString::number(shift(true))));
        QVERIFY(shift(false) > 0.05);
    }

    void fakeQuantizationIsTheIntegerNetwork_data() {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<Activation>("activation");
        QTest::addColumn<int>("bits");
        for (const int bits : {2, 4, 8}) {
            QTest::addRow("a convolution with a pool of the largest, %d bits", bits)
                << "conv4, pool2, 6" << Activation::Relu << bits;
            QTest::addRow("a pool of means, %d bits", bits) << "conv4, avgpool2, 6" << Activation::Relu << bits;
            QTest::addRow("tanh, %d bits", bits) << "conv3, 6" << Activation::Tanh << bits;
            QTest::addRow("GELU and a pool of means, %d bits", bits)
                << "conv3, avgpool2, 6" << Activation::Gelu << bits;
        }
    }
    void fakeQuantizationIsTheIntegerNetwork() {
        QFETCH(QString, layers);
        QFETCH(Activation, activation);
        QFETCH(int, bits);
        const Dataset data = pictures(60);
        const Network network = *initialise(*parseNetwork(layers.toStdString(), data.sampleShape, 3, activation), 4);
        for (const bool perChannel : {false, true}) {
            QuantizeSpec spec;
            spec.weights = {.bits = bits, .perChannel = perChannel};
            spec.activationBits = bits;
            FakeQuantization fake(*quantizeNetwork(network, calibrate(network, data, 30), spec), false);
            Pass pass(network.spec);
            const auto outputs = pass.forward(network, data.inputs, data.count(), Pass::Mode::Training, &fake);
            const auto simulated = simulate(fake.convert(network), data.inputs);
            QCOMPARE(outputs.size(), simulated->size());
            for (std::size_t i = 0; i < outputs.size(); ++i) QCOMPARE(outputs[i], (*simulated)[i]);
        }
    }

    void gradientsPassInsideTheRangeOnly() {
        // One weight inside the range, one beyond it, on a network of one product.
        Network network = *initialise(*parseNetwork("", {2}, 1), 1);
        network.layers[0].weight = {0.5f, 1.0f};
        Dataset data;
        data.sampleShape = {2};
        data.inputs = {1, 1};
        data.targets = {0};
        QuantizeSpec spec;
        auto grids = *quantizeNetwork(network, calibrate(network, data, 1), spec);
        grids.layers[0].scales[0] = 0.6f / 127; // so that 1.0 is clipped
        FakeQuantization fake(grids, false);
        Pass pass(network.spec);
        pass.forward(network, data.inputs, 1, Pass::Mode::Training, &fake);
        std::vector<LayerParameters> gradients;
        pass.backward(network, std::vector<float>{3}, gradients, &fake);
        QVERIFY(std::abs(gradients[0].weight[0] - 3) < 0.02f); // the input, 1, as it is rounded
        QCOMPARE(gradients[0].weight[1], 0.0f);
        QCOMPARE(gradients[0].bias[0], 3.0f);
    }

    void awareOfQuantizationTwoBitsGoFurther() {
        const auto parts = split(corners(800), {});
        const Network network = trained(*parts);
        QuantizeSpec two;
        two.weights.bits = two.activationBits = 2;
        const double after =
            accuracy(parts->test, simulate(*quantizeNetwork(network, calibrate(network, parts->train, 200), two),
                                           parts->test.inputs));
        for (const bool learned : {false, true}) {
            QuantizationAwareSpec spec;
            spec.quantize = two;
            spec.quantize.observer = spec.quantize.weights.observer = RangeObserver::Mse;
            spec.training.epochs = 12;
            spec.training.learningRate = 5e-3;
            spec.learnedSteps = learned;
            double seen = 0;
            TrainingHooks hooks;
            hooks.epochDone = [&](const EpochReport& report) { seen = report.testAccuracy; };
            const auto aware = trainQuantized(network, *parts, spec, hooks);
            QVERIFY2(aware, aware ? "" : aware.error().message().c_str());
            const double own = accuracy(parts->test, simulate(*aware, parts->test.inputs));
            QCOMPARE(own, seen); // what training saw is what the integers do
            QVERIFY2(own > after + 0.1 || own > 0.9, qPrintable(QStringLiteral("%1 against %2").arg(own).arg(after)));
            QCOMPARE(aware->arithmetic, Arithmetic::Static);
        }
    }

    void widthsOutOfBoundsAreRefused() {
        QVERIFY(!checkQuantize({.weights = {.bits = 1}}));
        QVERIFY(!checkQuantize({.weights = {.bits = 9}}));
        QuantizeSpec spec;
        spec.activationBits = 1;
        QVERIFY(!checkQuantize(spec));
        spec.arithmetic = Arithmetic::WeightOnly;
        QVERIFY(checkQuantize(spec));
        const Network network = *initialise(*parseNetwork("", {2}, 1), 1);
        QVERIFY(!simulate(*quantizeNetwork(network, calibrate(network, corners(8), 8), {}), std::vector<float>(3)));
    }
};

QTEST_GUILESS_MAIN(TestQuantize)
#include "tst_quantize.moc"
