// Training: what it learns, that a seed repeats it, and how a person halts it.
#include "core/nn/score.h"
#include "core/nn/training.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <atomic>
#include <cmath>
#include <thread>

using namespace quantoscope;
using namespace quantoscope::test;

Q_DECLARE_METATYPE(quantoscope::Optimizer)

namespace {

/// Two classes, inside and outside of a circle.
Dataset circle(std::size_t count) {
    Dataset data;
    data.name = "circle";
    data.sampleShape = {2};
    data.classes = {"inside", "outside"};
    data.inputs = normalValues(2 * count, 9);
    for (std::size_t i = 0; i < count; ++i)
        data.labels.push_back(std::hypot(data.inputs[2 * i], data.inputs[2 * i + 1]) > 1.1f);
    return data;
}

Dataset parabola(std::size_t count) {
    Dataset data;
    data.name = "parabola";
    data.sampleShape = {1};
    data.inputs = normalValues(count, 5);
    for (const float x : data.inputs) data.targets.push_back(x * x);
    return data;
}

Network networkFor(const Dataset& data) {
    return *initialise(*parseNetwork("16", data.sampleShape, data.outputCount(), Activation::Relu,
                                     data.isClassification() ? Loss::CrossEntropy : Loss::SquaredError),
                       1);
}

} // namespace

class TestTraining : public QObject {
    Q_OBJECT

private slots:
    void whatCanBeLearntIsLearnt_data() {
        QTest::addColumn<Optimizer>("optimizer");
        QTest::addColumn<double>("rate");
        QTest::newRow("Adam") << Optimizer::Adam << 0.02;
        QTest::newRow("momentum") << Optimizer::Sgd << 0.1;
    }
    void whatCanBeLearntIsLearnt() {
        QFETCH(Optimizer, optimizer);
        QFETCH(double, rate);
        for (const Dataset& data : {circle(600), parabola(600)}) {
            const auto parts = split(data, {});
            TrainingSpec spec;
            spec.optimizer = optimizer;
            spec.learningRate = data.isClassification() ? rate : rate / 4;
            spec.weightDecay = 1e-4;
            spec.epochs = 60;
            EpochReport last;
            TrainingHooks hooks;
            hooks.epochDone = [&](const EpochReport& report) { last = report; };
            const auto trained = train(networkFor(data), *parts, spec, hooks);
            QVERIFY2(trained, trained ? "" : trained.error().message().c_str());
            QCOMPARE(last.epoch, 60);
            QVERIFY2(last.testAccuracy > 0.93, qPrintable(QString::number(last.testAccuracy)));
            // What the report says is what the network does.
            const auto outputs = infer(*trained, parts->test.inputs, parts->test.count());
            QCOMPARE(score(parts->test, outputs).accuracy, last.testAccuracy);
        }
    }

    void aSeedRepeatsATraining() {
        const auto parts = split(circle(200), {});
        TrainingSpec spec;
        spec.epochs = 3;
        const auto first = train(networkFor(parts->train), *parts, spec),
                   second = train(networkFor(parts->train), *parts, spec);
        QCOMPARE(*first, *second);
        spec.seed = 2;
        QVERIFY(!(*train(networkFor(parts->train), *parts, spec) == *first));
    }

    void stoppedItKeepsWhatItHas() {
        const auto parts = split(circle(200), {});
        TrainingSpec spec;
        spec.epochs = 1000;
        TrainingSwitch control;
        TrainingHooks hooks;
        hooks.control = &control;
        int epochs = 0;
        hooks.epochDone = [&](const EpochReport&) {
            if (++epochs == 3) control.stop();
        };
        const auto trained = train(networkFor(parts->train), *parts, spec, hooks);
        QVERIFY(trained);
        QCOMPARE(epochs, 3);
        QVERIFY(!(*trained == networkFor(parts->train)));
    }

    void pausedItWaits() {
        const auto parts = split(circle(100), {});
        TrainingSpec spec;
        spec.epochs = 4;
        TrainingSwitch control;
        TrainingHooks hooks;
        hooks.control = &control;
        std::atomic<int> epochs = 0;
        hooks.epochDone = [&](const EpochReport&) {
            if (++epochs == 2) control.pause();
        };
        std::atomic<bool> finished = false;
        std::jthread worker([&] {
            const auto trained = train(networkFor(parts->train), *parts, spec, hooks);
            finished = trained.has_value();
        });
        QTRY_COMPARE(epochs.load(), 2);
        QVERIFY(control.paused());
        QTest::qWait(30);
        QCOMPARE(epochs.load(), 2);
        control.resume();
        worker.join();
        QVERIFY(finished);
        QCOMPARE(epochs.load(), 4);
    }

    void cancelledWhilePausedItEnds() {
        const auto parts = split(circle(100), {});
        TrainingSwitch control;
        control.pause();
        TrainingHooks hooks;
        hooks.control = &control;
        std::stop_source source;
        JobControl job;
        job.stop = source.get_token();
        Result<Network> outcome = Error{};
        std::jthread worker([&] { outcome = train(networkFor(parts->train), *parts, {}, hooks, job); });
        source.request_stop();
        worker.join();
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
    }

    void whatMakesNoSenseIsRefused() {
        const auto parts = split(circle(100), {});
        const auto numbers = split(parabola(100), {});
        TrainingSpec spec;
        spec.learningRate = 50;
        spec.optimizer = Optimizer::Sgd;
        const auto exploded = train(networkFor(numbers->train), *numbers, spec);
        QVERIFY(!exploded);
        QVERIFY(exploded.error().message().find("learning rate") != std::string::npos);
        QVERIFY(!checkTraining({.epochs = 0}));
        QVERIFY(!checkTraining({.batchSize = 0}));
        QVERIFY(!checkTraining({.learningRate = std::nan("")}));
        const auto other = train(*initialise(*parseNetwork("", {3}, 2), 1), *parts, {});
        QVERIFY(!other);
        QVERIFY(!train(*initialise(*parseNetwork("", {2}, 5), 1), *parts, {}));
    }
};

QTEST_GUILESS_MAIN(TestTraining)
#include "tst_training.moc"
