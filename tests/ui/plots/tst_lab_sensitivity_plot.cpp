// The sensitivity of layers: order, lengths of bars, opening by double click and Enter, many layers that scroll.
#include "tests/ui/plots/lab_fixture.h"
#include "ui/plots/lab_sensitivity_plot.h"

#include <QSignalSpy>
#include <QWheelEvent>

using namespace quantoscope;
using namespace quantoscope::ui;
using namespace quantoscope::test;

namespace {

// Layers 0, 2, 4, ... as the engine counts, of which every second has weights; 2, 3 and 4 bits.
std::vector<LabSensitivity> losses(const std::vector<double>& atTwoBits) {
    std::vector<LabSensitivity> result;
    for (std::size_t i = 0; i < atTwoBits.size(); ++i)
        for (const int bits : kSensitivityBits)
            result.push_back({2 * i, "fc" + std::to_string(i + 1), "64 → 256", bits,
                              atTwoBits[i] / (1 << (2 * (bits - 2))), 6.0 * bits});
    return result;
}

std::unique_ptr<SensitivityPlot> plotOf(const std::vector<double>& atTwoBits, QSize size = {320, 400}) {
    auto plot = std::make_unique<SensitivityPlot>();
    plot->setSensitivities(losses(atTwoBits));
    return shown(std::move(plot), size);
}

} // namespace

class TestLabSensitivityPlot : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp); }

    void barsAreAsLongAsTheLoss() {
        const auto plot = plotOf({0.08, 0.04, 0.09});
        QCOMPARE(plot->shownBits(), (std::vector<int>{2, 3, 4}));
        const double ratio = plot->barRect(0, 2).width() / plot->barRect(2, 2).width();
        QVERIFY(std::abs(ratio - 2) < 0.05);
        QVERIFY(plot->barRect(0, 2).width() > plot->barRect(0, 3).width());
        QVERIFY(plot->barRect(0, 2).bottom() <= plot->barRect(0, 3).top());
        QVERIFY(QRectF(plot->rect()).contains(plot->barRect(4, 2)));
    }

    void inTheOrderOfTheFileOrByTheLossAtTheFewestBits() {
        const auto plot = plotOf({0.08, 0.04, 0.09});
        QCOMPARE(plot->shownLayers(), (std::vector<std::size_t>{0, 2, 4}));
        plot->setCurrentLayer(0);
        plot->setOrder(SensitivityPlot::Order::Loss);
        QCOMPARE(plot->shownLayers(), (std::vector<std::size_t>{4, 0, 2}));
        QCOMPARE(plot->currentLayer(), 0);
        QVERIFY(plot->layerRect(4).top() < plot->layerRect(0).top());
        plot->setOrder(SensitivityPlot::Order::File);
        QCOMPARE(plot->shownLayers(), (std::vector<std::size_t>{0, 2, 4}));
    }

    void aClickChoosesAndADoubleClickOpens() {
        const auto plot = plotOf({0.08, 0.04, 0.09});
        QSignalSpy selected(plot.get(), &SensitivityPlot::layerSelected);
        QSignalSpy activated(plot.get(), &SensitivityPlot::layerActivated);
        QTest::mouseClick(plot.get(), Qt::LeftButton, {}, plot->layerRect(2).center().toPoint());
        QCOMPARE(selected.size(), 1);
        QCOMPARE(selected.last().first().toInt(), 2);
        QCOMPARE(plot->currentLayer(), 2);
        QVERIFY(activated.isEmpty());
        QTest::mouseDClick(plot.get(), Qt::LeftButton, {}, plot->layerRect(4).center().toPoint());
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.last().first().toInt(), 4);
    }

    void theKeyboardGoesThroughLayersAndEnterOpens() {
        const auto plot = plotOf({0.08, 0.04, 0.09});
        QSignalSpy activated(plot.get(), &SensitivityPlot::layerActivated);
        QCOMPARE(plot->focusPolicy(), Qt::StrongFocus);
        QTest::keyClick(plot.get(), Qt::Key_Return);
        QVERIFY2(activated.isEmpty(), "nothing is chosen yet");
        QTest::keyClick(plot.get(), Qt::Key_Down);
        QTest::keyClick(plot.get(), Qt::Key_Down);
        QCOMPARE(plot->currentLayer(), 2);
        QVERIFY2(plot->accessibleDescription().contains(QStringLiteral("2 bits: 4.0 points")),
                 qPrintable(plot->accessibleDescription()));
        QTest::keyClick(plot.get(), Qt::Key_Return);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.last().first().toInt(), 2);
        QTest::keyClick(plot.get(), Qt::Key_Home);
        QCOMPARE(plot->currentLayer(), 0);
        QTest::keyClick(plot.get(), Qt::Key_End);
        QCOMPARE(plot->currentLayer(), 4);
    }

    void manyLayersScrollToTheOneInHand() {
        const auto plot = plotOf(std::vector<double>(20, 0.05));
        QVERIFY(plot->isScrolled());
        QVERIFY(plot->layerRect(38).top() > plot->height());
        QTest::keyClick(plot.get(), Qt::Key_End);
        QCOMPARE(plot->currentLayer(), 38);
        QVERIFY(QRectF(plot->rect()).contains(plot->layerRect(38)));
        QVERIFY(plot->layerRect(0).bottom() < 0);
        plot->resetView();
        QVERIFY(QRectF(plot->rect()).contains(plot->layerRect(0)));
    }

    void theWheelScrollsAndALargeWindowShowsTwentyLayers() {
        const auto plot = plotOf(std::vector<double>(20, 0.05));
        const double before = plot->layerRect(0).top();
        const QPointF at = plot->rect().center();
        QWheelEvent event(at, plot->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(plot.get(), &event);
        QVERIFY(plot->layerRect(0).top() < before);
        plot->resize(320, 960);
        QApplication::processEvents();
        QVERIFY(!plot->isScrolled());
        QVERIFY(QRectF(plot->rect()).contains(plot->layerRect(38)));
    }

    void aLayerThatGainsIsDrawnToTheLeftOfZero() {
        const auto plot = plotOf({0.05, -0.01});
        QVERIFY(plot->barRect(2, 2).right() <= plot->barRect(0, 2).left() + 1);
        QVERIFY(plot->barRect(2, 2).width() > 2);
    }

    void nothingLostIsStillAPlot() {
        const auto plot = plotOf({0, 0});
        QVERIFY(plot->barRect(0, 2).width() <= 1);
        QVERIFY(colourCount(plot->image({}, 1)) > 5);
    }

    void sensitivitiesMayArriveOneByOne() {
        const auto plot = plotOf({0.08, 0.04});
        plot->setCurrentLayer(2);
        auto all = losses({0.08, 0.04});
        all.push_back({4, "fc3", "128 → 10", 2, 0.09, 10});
        plot->setSensitivities(all);
        QCOMPARE(plot->shownLayers().size(), std::size_t(3));
        QCOMPARE(plot->currentLayer(), 2);
        QVERIFY(!plot->barRect(4, 2).isEmpty());
        QVERIFY(plot->barRect(4, 3).isEmpty());
    }

    void anEmptyPlotSaysWhatWillBeHere() {
        const auto plot = plotOf({});
        QSignalSpy activated(plot.get(), &SensitivityPlot::layerActivated);
        QTest::mouseDClick(plot.get(), Qt::LeftButton, {}, QPoint(100, 100));
        QTest::keyClick(plot.get(), Qt::Key_Down);
        QVERIFY(activated.isEmpty());
        QCOMPARE(plot->currentLayer(), -1);
        QVERIFY(colourCount(plot->image({}, 1)) > 5);
    }
};

QTEST_MAIN(TestLabSensitivityPlot)
#include "tst_lab_sensitivity_plot.moc"
