// The curve of a training while it runs: epochs arrive, figures on hover, a loss that is not finite.
#include "tests/ui/plots/lab_fixture.h"
#include "ui/plots/lab_training_curve_plot.h"

#include <limits>

using namespace quantoscope;
using namespace quantoscope::ui;
using namespace quantoscope::test;

namespace {

std::vector<EpochReport> curveOf(int epochs) {
    std::vector<EpochReport> curve;
    for (int i = 1; i <= epochs; ++i) curve.push_back({i, 2.0 / i, 1 - 0.5 / i, 2.2 / i, 0.98 - 0.5 / i});
    return curve;
}

std::unique_ptr<TrainingCurvePlot> plotOf(const std::vector<EpochReport>& curve, int epochs) {
    auto plot = std::make_unique<TrainingCurvePlot>();
    plot->setCurve(curve);
    plot->setEpochs(epochs);
    plot = shown(std::move(plot), {304, 130});
    plot->flush();
    return plot;
}

} // namespace

class TestLabTrainingCurvePlot : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp); }

    void theAxisHasRoomForAllEpochsFromTheStart() {
        const auto plot = plotOf(curveOf(3), 40);
        QCOMPARE(plot->epochCount(), 3);
        QVERIFY(plot->xRange().upper >= 40);
        QVERIFY(plot->pointPosition(2, false).x() < plot->plotArea().left() + plot->plotArea().width() / 8);
        plot->setCurve(curveOf(44));
        plot->flush();
        QVERIFY2(plot->xRange().upper >= 44, "more epochs than were announced");
    }

    void anEpochMoreIsDrawn() {
        const auto plot = plotOf(curveOf(3), 40);
        const int drawn = plot->replotCount();
        plot->setCurve(curveOf(4));
        QTRY_VERIFY(plot->replotCount() > drawn);
        QCOMPARE(plot->epochCount(), 4);
    }

    void trainingLiesBelowTestInLossAndAboveInAccuracy() {
        const auto plot = plotOf(curveOf(10), 10);
        QVERIFY(plot->pointPosition(4, false).y() > plot->pointPosition(4, true).y());
        plot->setQuantity(TrainingCurvePlot::Quantity::Accuracy);
        plot->flush();
        QVERIFY(plot->pointPosition(4, false).y() < plot->pointPosition(4, true).y());
        QVERIFY(plot->yRange().upper > 90 && plot->yRange().upper < 101);
        plot->setScale(AccuracyScale(false));
        plot->flush();
        QVERIFY(plot->yRange().upper < 1.1);
    }

    void hoverAndKeysTellTheFiguresOfAnEpoch() {
        const auto plot = plotOf(curveOf(10), 20);
        QVERIFY(plot->readout().isEmpty());
        QTest::mouseMove(plot.get(), plot->pointPosition(3, false).toPoint() - QPoint(0, 10));
        QTRY_COMPARE(plot->readout(), QStringLiteral("epoch 4: training 0.500, test 0.550"));
        QCOMPARE(plot->accessibleDescription(), plot->readout());
        QTest::keyClick(plot.get(), Qt::Key_Right);
        QVERIFY(plot->readout().startsWith(QStringLiteral("epoch 5:")));
        QTest::keyClick(plot.get(), Qt::Key_End);
        QVERIFY(plot->readout().startsWith(QStringLiteral("epoch 10:")));
        plot->setQuantity(TrainingCurvePlot::Quantity::Accuracy);
        QCOMPARE(plot->readout(), QStringLiteral("epoch 10: training 95.0 %, test 93.0 %"));
        leave(plot.get());
        QVERIFY(plot->readout().isEmpty());
    }

    void epochsThatHaveNotRunTellNothing() {
        const auto plot = plotOf(curveOf(5), 40);
        QTest::mouseMove(plot.get(), plot->plotArea().center().toPoint());
        QTest::mouseMove(plot.get(), plot->plotArea().center().toPoint() + QPoint(20, 0));
        QApplication::processEvents();
        QVERIFY(plot->readout().isEmpty());
    }

    void aLossThatIsNotFiniteLeavesAGap() {
        auto curve = curveOf(10);
        curve[4].trainLoss = std::numeric_limits<double>::quiet_NaN();
        curve[5].testLoss = std::numeric_limits<double>::infinity();
        const auto plot = plotOf(curve, 10);
        QVERIFY(std::isfinite(plot->yRange().upper));
        QVERIFY(colourCount(plot->image({}, 1)) > 5);
    }

    void aNewTrainingForgetsTheEpochInHand() {
        const auto plot = plotOf(curveOf(10), 10);
        QTest::keyClick(plot.get(), Qt::Key_End);
        QVERIFY(!plot->readout().isEmpty());
        plot->setCurve({});
        QVERIFY(plot->readout().isEmpty());
        plot->setCurve(curveOf(1));
        plot->flush();
        QVERIFY(plot->plotArea().adjusted(-4, -4, 4, 4).contains(plot->pointPosition(0, true)));
    }
};

QTEST_MAIN(TestLabTrainingCurvePlot)
#include "tst_lab_training_curve_plot.moc"
