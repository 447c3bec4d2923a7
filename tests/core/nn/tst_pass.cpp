// Forward passes against naive loops, and gradients of every kind of layer against finite differences.
#include "core/nn/pass.h"
#include "core/nn/score.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace quantoscope;
using namespace quantoscope::test;

Q_DECLARE_METATYPE(quantoscope::Shape)
Q_DECLARE_METATYPE(quantoscope::Activation)

namespace {

constexpr std::size_t kRows = 5;
constexpr float kStep = 4e-3f;

/// Σ outputs · weights, in float64.
double weighted(Pass& pass, const Network& network, const std::vector<float>& inputs,
                const std::vector<float>& weights) {
    const auto outputs = pass.forward(network, inputs, kRows, Pass::Mode::Training);
    double sum = 0;
    for (std::size_t i = 0; i < outputs.size(); ++i) sum += static_cast<double>(outputs[i]) * weights[i];
    return sum;
}

double norm(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value * value;
    return std::sqrt(sum);
}

} // namespace

class TestPass : public QObject {
    Q_OBJECT

private slots:
    void denseLayersMultiplyAddAndRectify() {
        Network network = *initialise(*parseNetwork("2", {2}, 1), 1);
        network.layers[0].weight = {1, 2, -1, 1};
        network.layers[0].bias = {0.5f, -4};
        network.layers[1].weight = {3, 5};
        network.layers[1].bias = {1};
        // First hidden unit 1·1 + 2·2 + 0.5, second −1 + 2 − 4 below 0.
        QCOMPARE(infer(network, std::vector<float>{1, 2}, 1), (std::vector<float>{3 * 5.5f + 1}));
    }

    void aConvolutionIsASumOverItsWindow() {
        // One channel of ones in, a window of ones: each pixel counts its neighbours inside the picture.
        Network network = *initialise(*parseNetwork("conv1", {3, 3, 1}, 9), 1);
        network.layers[0].weight = std::vector<float>(9, 1);
        network.layers[0].bias = {0};
        std::vector<float> identity(81);
        for (std::size_t i = 0; i < 9; ++i) identity[i * 10] = 1;
        network.layers[2].weight = identity;
        network.layers[2].bias = std::vector<float>(9);
        QCOMPARE(infer(network, std::vector<float>(9, 1), 1), (std::vector<float>{4, 6, 4, 6, 9, 6, 4, 6, 4}));
    }

    void flatteningPutsChannelsFirst() {
        Network network = *initialise(*parseNetwork("", {1, 2, 2}, 4), 1);
        std::vector<float> identity(16);
        for (std::size_t i = 0; i < 4; ++i) identity[i * 5] = 1;
        network.layers[1].weight = identity;
        network.layers[1].bias = std::vector<float>(4);
        QCOMPARE(infer(network, std::vector<float>{1, 10, 2, 20}, 1), (std::vector<float>{1, 2, 10, 20}));
    }

    void poolsTakeTheLargestAndTheMean_data() {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<float>("expected");
        QTest::newRow("the largest") << "pool2" << 4.0f;
        QTest::newRow("the mean") << "avgpool2" << 2.5f;
    }
    void poolsTakeTheLargestAndTheMean() {
        QFETCH(QString, layers);
        Network network = *initialise(*parseNetwork(layers.toStdString(), {2, 2, 1}, 1), 1);
        network.layers[2].weight = {1};
        network.layers[2].bias = {0};
        QTEST(infer(network, std::vector<float>{1, 4, 2, 3}, 1).front(), "expected");
    }

    void gradientsAreFiniteDifferences_data() {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<Shape>("input");
        QTest::addColumn<Activation>("activation");
        QTest::newRow("a dense layer alone") << "" << Shape{6} << Activation::None;
        QTest::newRow("ReLU") << "7" << Shape{6} << Activation::Relu;
        QTest::newRow("GELU") << "7" << Shape{6} << Activation::Gelu;
        QTest::newRow("tanh") << "7" << Shape{6} << Activation::Tanh;
        QTest::newRow("sigmoid") << "7" << Shape{6} << Activation::Sigmoid;
        QTest::newRow("a convolution") << "conv3" << Shape{4, 5, 2} << Activation::Tanh;
        QTest::newRow("a convolution of one pixel") << "conv3x1" << Shape{3, 3, 2} << Activation::Gelu;
        QTest::newRow("a pool of the largest") << "conv2, pool2" << Shape{4, 4, 2} << Activation::Tanh;
        QTest::newRow("a pool of means") << "conv2, avgpool2" << Shape{5, 4, 2} << Activation::Tanh;
        QTest::newRow("a batch norm of a dense layer") << "7, bn" << Shape{6} << Activation::Tanh;
        QTest::newRow("a batch norm of a convolution") << "conv2, bn, 5" << Shape{4, 4, 1} << Activation::Sigmoid;
    }
    void gradientsAreFiniteDifferences() {
        QFETCH(QString, layers);
        QFETCH(Shape, input);
        QFETCH(Activation, activation);
        const auto spec = parseNetwork(layers.toStdString(), input, 3, activation);
        QVERIFY(spec);
        Network network = *initialise(*spec, 11);
        Random random(3);
        for (LayerParameters& layer : network.layers) {
            for (float& bias : layer.bias) bias = static_cast<float>(0.3 * random.normal());
            for (float& gamma : layer.gamma) gamma = static_cast<float>(0.5 + random.uniform());
        }
        std::size_t features = 1;
        for (const auto extent : input) features *= static_cast<std::size_t>(extent);
        const auto inputs = normalValues(kRows * features, 21), weights = normalValues(kRows * 3, 22);
        Pass pass(*spec);
        pass.forward(network, inputs, kRows, Pass::Mode::Training);
        std::vector<LayerParameters> gradients;
        pass.backward(network, weights, gradients);
        int compared = 0;
        for (std::size_t i = 0; i < network.layers.size(); ++i) {
            const std::vector<float> LayerParameters::*kinds[] = {&LayerParameters::weight, &LayerParameters::bias,
                                                                  &LayerParameters::gamma, &LayerParameters::beta};
            for (const auto kind : kinds) {
                // A batch norm takes the bias off again: its gradient is nothing but rounding.
                if (kind == &LayerParameters::bias && spec->layers[i].batchNorm) continue;
                auto& parameters = const_cast<std::vector<float>&>(network.layers[i].*kind);
                std::vector<double> errors, slopes;
                for (std::size_t j = 0; j < parameters.size(); ++j) {
                    const float before = parameters[j];
                    parameters[j] = before + kStep;
                    const double above = weighted(pass, network, inputs, weights), upper = parameters[j];
                    parameters[j] = before - kStep;
                    const double below = weighted(pass, network, inputs, weights), lower = parameters[j];
                    parameters[j] = before;
                    slopes.push_back((above - below) / (upper - lower));
                    errors.push_back(slopes.back() - (gradients[i].*kind)[j]);
                }
                if (parameters.empty()) continue;
                ++compared;
                QVERIFY2(norm(errors) <= 2e-3 * norm(slopes),
                         qPrintable(QStringLiteral("layer %1: %2 of %3").arg(i).arg(norm(errors)).arg(norm(slopes))));
            }
        }
        QVERIFY(compared >= 2);
    }

    void lossesHaveTheirGradients_data() {
        QTest::addColumn<bool>("classes");
        QTest::newRow("cross-entropy of a softmax") << true;
        QTest::newRow("squared error") << false;
    }
    void lossesHaveTheirGradients() {
        QFETCH(bool, classes);
        Dataset data;
        data.sampleShape = {1};
        data.inputs = {0, 0, 0};
        if (classes) {
            data.classes = {"a", "b", "c", "d"};
            data.labels = {2, 0, 3};
        } else {
            data.targets = normalValues(12, 8);
        }
        const std::vector<std::size_t> samples = {0, 2};
        auto outputs = normalValues(8, 4);
        const auto loss = batchLoss(data, samples, outputs);
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            const float before = outputs[i];
            outputs[i] = before + 1e-2f;
            const double above = batchLoss(data, samples, outputs).loss;
            outputs[i] = before - 1e-2f;
            const double below = batchLoss(data, samples, outputs).loss;
            outputs[i] = before;
            // The loss is a sum, the gradient that of the mean.
            QVERIFY(std::abs((above - below) / 2e-2 / 2 - loss.gradient[i]) < 1e-4);
        }
    }
};

QTEST_GUILESS_MAIN(TestPass)
#include "tst_pass.moc"
