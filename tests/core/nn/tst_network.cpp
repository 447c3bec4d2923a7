// Networks as text, their shapes, and batch norms folded into weights.
#include "core/nn/network.h"
#include "core/nn/pass.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <cmath>

using namespace quantoscope;
using namespace quantoscope::test;

Q_DECLARE_METATYPE(quantoscope::Shape)

class TestNetwork : public QObject {
    Q_OBJECT

private slots:
    void textIsReadAndWritten_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Shape>("input");
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("described");
        QTest::newRow("a perceptron") << "256,128" << Shape{64} << "256, 128"
                                      << "64 – 256 – 128 – 10";
        QTest::newRow("no hidden layer") << "" << Shape{64} << ""
                                         << "64 – 10";
        QTest::newRow("a picture is flattened") << "32" << Shape{8, 8, 1} << "32"
                                                << "8 × 8 × 1 – 32 – 10";
        QTest::newRow("convolutions") << "conv8 bn pool2, conv16x5, avgpool2, 64" << Shape{8, 8, 1}
                                      << "conv8, bn, pool2, conv16x5, avgpool2, 64"
                                      << "8 × 8 × 1 – conv8, bn – pool2 – conv16x5 – avgpool2 – 64 – 10";
    }
    void textIsReadAndWritten() {
        QFETCH(QString, text);
        QFETCH(Shape, input);
        const auto spec = parseNetwork(text.toStdString(), input, 10);
        QVERIFY2(spec, spec ? "" : spec.error().message().c_str());
        QTEST(QString::fromStdString(hiddenText(*spec)), "written");
        QTEST(QString::fromStdString(describe(*spec)), "described");
        QCOMPARE(*parseNetwork(hiddenText(*spec), input, 10), *spec);
    }

    void nonsenseIsRefused_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Shape>("input");
        QTest::addColumn<QString>("reason");
        QTest::newRow("a word") << "wide" << Shape{4} << "\"wide\" is no layer";
        QTest::newRow("no units") << "0" << Shape{4} << "\"0\" is no layer";
        QTest::newRow("negative units") << "-3" << Shape{4} << "\"-3\" is no layer";
        QTest::newRow("units beyond all bounds") << "99999999999999999999" << Shape{4} << "is no layer";
        QTest::newRow("a convolution of a row") << "conv8" << Shape{4} << "needs pictures";
        QTest::newRow("a convolution after a dense layer") << "16, conv8" << Shape{8, 8, 1} << "needs a picture";
        QTest::newRow("a window without a middle") << "conv8x2" << Shape{8, 8, 1} << "even size";
        QTest::newRow("a pool larger than the picture") << "pool9" << Shape{8, 8, 1} << "larger than";
        QTest::newRow("a batch norm of nothing") << "bn, 16" << Shape{4} << "follows no layer";
        QTest::newRow("too many parameters") << "1000000, 1000000" << Shape{4} << "gibibyte";
        QTest::newRow("an empty sample") << "8" << Shape{0} << "out of bounds";
    }
    void nonsenseIsRefused() {
        QFETCH(QString, text);
        QFETCH(Shape, input);
        QFETCH(QString, reason);
        const auto spec = parseNetwork(text.toStdString(), input, 10);
        QVERIFY(!spec);
        QVERIFY2(QString::fromStdString(spec.error().message()).contains(reason), spec.error().message().c_str());
    }

    void aSeedGivesTheSameWeights() {
        const auto spec = *parseNetwork("16, 8", {4}, 3);
        QCOMPARE(*initialise(spec, 7), *initialise(spec, 7));
        QVERIFY(!(*initialise(spec, 7) == *initialise(spec, 8)));
        QCOMPARE(initialise(spec, 7)->parameterCount(), std::size_t{4 * 16 + 16 + 16 * 8 + 8 + 8 * 3 + 3});
        const Network network = *initialise(spec, 7);
        for (const float weight : network.layers[0].weight) QVERIFY(std::abs(weight) <= std::sqrt(6.0f / 4));
    }

    void aFoldedBatchNormIsTheSameFunction() {
        Network network = *initialise(*parseNetwork("conv4, bn, pool2, 6, bn", {4, 4, 2}, 3), 3);
        Random random(5);
        for (LayerParameters& layer : network.layers)
            for (std::size_t c = 0; c < layer.gamma.size(); ++c) {
                layer.gamma[c] = static_cast<float>(0.5 + random.uniform());
                layer.beta[c] = static_cast<float>(random.normal());
                layer.mean[c] = static_cast<float>(random.normal());
                layer.variance[c] = static_cast<float>(0.1 + random.uniform());
            }
        const auto inputs = normalValues(5 * 32);
        const auto before = infer(network, inputs, 5), after = infer(folded(network), inputs, 5);
        QVERIFY(folded(network).layers[0].gamma.empty());
        QCOMPARE(before.size(), std::size_t{15});
        for (std::size_t i = 0; i < before.size(); ++i)
            QVERIFY(std::abs(before[i] - after[i]) < 1e-5f * (1 + std::abs(before[i])));
    }
};

QTEST_GUILESS_MAIN(TestNetwork)
#include "tst_network.moc"
