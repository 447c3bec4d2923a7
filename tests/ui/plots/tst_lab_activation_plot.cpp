// Histograms of activations: which part is clipped, hover, keys, logarithmic counts, no range, one value.
#include "tests/ui/plots/lab_fixture.h"
#include "ui/plots/lab_activation_plot.h"

#include <QSignalSpy>

using namespace quantoscope;
using namespace quantoscope::ui;
using namespace quantoscope::test;

namespace {

// Ten bins over [0, 20), i + 1 values in bin i: 55 in all. The range is given in bins.
ActivationHistogram ramp(double rangeLower, double rangeUpper) {
    ActivationHistogram result{"fc1", 0, 20, {}, 2 * rangeLower, 2 * rangeUpper};
    for (std::uint64_t i = 1; i <= 10; ++i) result.counts.push_back(i);
    return result;
}

std::unique_ptr<ActivationHistogramPlot> plotOf(std::optional<ActivationHistogram> histogram) {
    auto plot = std::make_unique<ActivationHistogramPlot>();
    plot->setHistogram(std::move(histogram));
    plot = shown(std::move(plot), {520, 300});
    plot->flush();
    return plot;
}

} // namespace

class TestLabActivationPlot : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp); }

    void theShareOutside_data() {
        QTest::addColumn<double>("lower");
        QTest::addColumn<double>("upper");
        QTest::addColumn<double>("outside"); // values of 55
        QTest::newRow("a range that covers all clips nothing") << -1.0 << 11.0 << 0.0;
        QTest::newRow("a range of just the data clips nothing") << 0.0 << 10.0 << 0.0;
        QTest::newRow("the last bin outside") << 0.0 << 9.0 << 10.0;
        QTest::newRow("half of the last bin outside") << 0.0 << 9.5 << 5.0;
        QTest::newRow("both ends outside") << 1.0 << 9.0 << 11.0;
        QTest::newRow("all outside") << 20.0 << 30.0 << 55.0;
    }
    void theShareOutside() {
        QFETCH(double, lower);
        QFETCH(double, upper);
        QFETCH(double, outside);
        const auto plot = plotOf(ramp(lower, upper));
        QVERIFY(plot->hasRange());
        QVERIFY(std::abs(plot->shareOutside() - outside / 55) < 1e-12);
        QCOMPARE(!plot->clippedRect(true).isEmpty(), upper < 10);
        QCOMPARE(!plot->clippedRect(false).isEmpty(), lower > 0);
    }

    void theTintBeginsWhereTheRangeEnds() {
        const auto plot = plotOf(ramp(0, 7));
        QVERIFY(std::abs(plot->clippedRect(true).left() - plot->xToPixel(14)) <= 1);
        QCOMPARE(plot->clippedRect(true).right(), plot->plotArea().right());
        const QImage image = plot->image({}, 1);
        const auto at = [&](double x) {
            return image.pixelColor(qRound(plot->xToPixel(x)), qRound(plot->plotArea().top()) + 3);
        };
        QCOMPARE(at(16.6), colors().impossible);
        QCOMPARE(at(6.6), colors().surface);
    }

    void withoutARangeNothingIsTinted() {
        const auto plot = plotOf(ramp(0, 0));
        QVERIFY(!plot->hasRange());
        QVERIFY(plot->clippedRect(true).isEmpty() && plot->clippedRect(false).isEmpty());
        QCOMPARE(plot->shareOutside(), 0.0);
    }

    void aRangeWiderThanTheDataIsInSight() {
        const auto plot = plotOf(ramp(-5, 20));
        QVERIFY(plot->xRange().lower < -10 && plot->xRange().upper > 40);
    }

    void hoverTellsTheBin() {
        const auto plot = plotOf(ramp(0, 7));
        QSignalSpy hovered(plot.get(), &ActivationHistogramPlot::binHovered);
        QTest::mouseMove(plot.get(), plot->binRect(9).center().toPoint());
        QTRY_COMPARE(plot->hoveredBin(), 9);
        QCOMPARE(hovered.last().first().toInt(), 9);
        const QString said = plot->accessibleDescription();
        for (const char* part : {"fc1, clipped", "18.000 … 20.000", "Values: 10", "18.18 %"})
            QVERIFY2(said.contains(QString::fromUtf8(part)), qPrintable(said));
        QTest::mouseMove(plot.get(), plot->binRect(2).center().toPoint());
        QTRY_COMPARE(plot->hoveredBin(), 2);
        QVERIFY(!plot->accessibleDescription().contains(QStringLiteral("clipped")));
        leave(plot.get());
        QCOMPARE(plot->hoveredBin(), -1);
    }

    void keysGoThroughTheBins() {
        const auto plot = plotOf(ramp(0, 7));
        QTest::keyClick(plot.get(), Qt::Key_Right);
        QCOMPARE(plot->hoveredBin(), 0);
        QTest::keyClick(plot.get(), Qt::Key_Left);
        QCOMPARE(plot->hoveredBin(), 0);
        QTest::keyClick(plot.get(), Qt::Key_End);
        QCOMPARE(plot->hoveredBin(), 9);
        QTest::keyClick(plot.get(), Qt::Key_Escape);
        QCOMPARE(plot->hoveredBin(), -1);
    }

    void logarithmicCountsStandOnHalfAValue() {
        const auto plot = plotOf(ramp(0, 7));
        plot->setLogCounts(true);
        plot->flush();
        QVERIFY(plot->isLogY());
        QCOMPARE(plot->yRange().lower, 0.5);
        QVERIFY(plot->yRange().upper > 10);
        plot->setLogCounts(false);
        plot->flush();
        QCOMPARE(plot->yRange().lower, 0.0);
    }

    void valuesThatAreAllTheSameAreStillDrawn() {
        ActivationHistogram same{"fc2", 3, 3, {17}, 0, 0};
        const auto plot = plotOf(same);
        QVERIFY(plot->xRange().size() > 0);
        QVERIFY(plot->xRange().lower < 3 && plot->xRange().upper > 3);
        QVERIFY(colourCount(plot->image({}, 1)) > 5);
    }

    void anEmptyPlotSaysHowToFillIt() {
        const auto plot = plotOf({});
        QVERIFY(colourCount(plot->image({}, 1)) > 5);
        QTest::keyClick(plot.get(), Qt::Key_Right);
        QCOMPARE(plot->hoveredBin(), -1);
        plot->setHistogram(ActivationHistogram{"input", 0, 1, {}, 0, 1});
        QVERIFY2(!plot->hasRange(), "a histogram without bins is none");
    }
};

QTEST_MAIN(TestLabActivationPlot)
#include "tst_lab_activation_plot.moc"
