// Accuracy against bits: lines out of points in any order, variants dashed, hover and keys.
#include "tests/ui/plots/lab_fixture.h"
#include "ui/plots/lab_accuracy_bits_plot.h"

#include <QSignalSpy>

using namespace quantoscope;
using namespace quantoscope::ui;
using namespace quantoscope::test;

namespace {

LabPoint pointOf(LabMethod method, int bits, double accuracy, const std::string& variant = {}) {
    return {{method, bits, 8}, variant, accuracy, Interval{accuracy - 0.02, accuracy + 0.01}};
}

// Dynamic, static and QAT in turns, from the most bits down: not in the order of lines.
std::vector<LabPoint> points() {
    std::vector<LabPoint> result;
    for (int bits = 8; bits >= 2; --bits) {
        const double lost = 0.4 / (1 << (bits - 2));
        result.push_back(pointOf(LabMethod::Dynamic, bits, 0.97 - lost));
        result.push_back(pointOf(LabMethod::Static, bits, 0.965 - lost * 1.1));
        result.push_back(pointOf(LabMethod::Qat, bits, 0.97 - lost * 0.2));
    }
    return result;
}

std::unique_ptr<AccuracyBitsPlot> plotOf(std::vector<LabPoint> all, QSize size = {460, 400}) {
    auto plot = std::make_unique<AccuracyBitsPlot>();
    plot->setPoints(std::move(all));
    plot->setReference(0.975);
    plot = shown(std::move(plot), size);
    plot->flush();
    return plot;
}

} // namespace

class TestLabAccuracyBitsPlot : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp); }

    void eachMethodIsALineInAscendingBits() {
        const auto plot = plotOf(points());
        QCOMPARE(plot->lineCount(), 3);
        QCOMPARE(plot->lineLabel(1), QStringLiteral("Static (PTQ)"));
        for (int line = 0; line < 3; ++line) {
            QCOMPARE(plot->linePoints(line).size(), std::size_t(7));
            double x = 0;
            for (const std::size_t i : plot->linePoints(line)) {
                const double next = plot->pointPosition(static_cast<int>(i)).x();
                QVERIFY(next > x);
                x = next;
            }
            QVERIFY(!plot->isDashed(line));
        }
    }

    void pointsFillInAsTheyArrive() {
        const auto all = points();
        const auto plot = plotOf({all[0]});
        QCOMPARE(plot->lineCount(), 1);
        const int drawn = plot->replotCount();
        plot->setPoints({all.begin(), all.begin() + 5});
        QTRY_VERIFY(plot->replotCount() > drawn);
        QCOMPARE(plot->lineCount(), 3);
        QCOMPARE(plot->linePoints(0).size(), std::size_t(2));
        QCOMPARE(plot->linePoints(2).size(), std::size_t(1));
    }

    void variantsAreDashedAndLongNamesStandInThePlot() {
        auto all = points();
        QVERIFY(!plotOf(all)->hasLegendInside());
        for (int bits = 2; bits <= 8; ++bits)
            all.push_back(pointOf(LabMethod::Static, bits, 0.96, "Static, least squared error, per channel"));
        const auto plot = plotOf(all);
        QCOMPARE(plot->lineCount(), 4);
        QVERIFY(plot->isDashed(3) && !plot->isDashed(1));
        QCOMPARE(plot->lineLabel(3), QStringLiteral("Static, least squared error, per channel"));
        QVERIFY(plot->hasLegendInside());
        QVERIFY2(plotOf(points(), {250, 260})->hasLegendInside(), "labels would leave no room for the curves");
    }

    void float32LiesInsideTheAxis() {
        const auto plot = plotOf(points());
        plot->setReference(0.999);
        plot->flush();
        QVERIFY(plot->yRange().upper >= 99.9);
        const QImage with = plot->image({}, 1);
        plot->setReference({});
        plot->flush();
        QVERIFY(plot->image({}, 1) != with);
    }

    void hoverTellsThePointAndItsDistanceToFloat32() {
        const auto plot = plotOf(points());
        QSignalSpy hovered(plot.get(), &AccuracyBitsPlot::pointHovered);
        const auto point = static_cast<int>(plot->linePoints(2).front()); // QAT at 2 bits
        QTest::mouseMove(plot.get(), plot->pointPosition(point).toPoint());
        QTRY_COMPARE(plot->hoveredPoint(), point);
        QCOMPARE(hovered.last().first().toInt(), point);
        const QString said = plot->accessibleDescription();
        for (const char* part : {"QAT", "2 / 8 bits", "Accuracy: 89.0 %", "87.0 … 90.0 %", "−8.5 points"})
            QVERIFY2(said.contains(QString::fromUtf8(part)), qPrintable(said));
        leave(plot.get());
        QCOMPARE(plot->hoveredPoint(), -1);
    }

    void keysGoAlongALineAndToTheNext() {
        const auto plot = plotOf(points());
        QTest::keyClick(plot.get(), Qt::Key_Right);
        QCOMPARE(plot->hoveredPoint(), static_cast<int>(plot->linePoints(0)[0]));
        QTest::keyClick(plot.get(), Qt::Key_Right);
        QCOMPARE(plot->hoveredPoint(), static_cast<int>(plot->linePoints(0)[1]));
        QTest::keyClick(plot.get(), Qt::Key_Down);
        QCOMPARE(plot->hoveredPoint(), static_cast<int>(plot->linePoints(1)[1]));
        QTest::keyClick(plot.get(), Qt::Key_Left);
        QTest::keyClick(plot.get(), Qt::Key_Left);
        QCOMPARE(plot->hoveredPoint(), static_cast<int>(plot->linePoints(1)[0]));
        QTest::keyClick(plot.get(), Qt::Key_Up);
        QCOMPARE(plot->hoveredPoint(), static_cast<int>(plot->linePoints(0)[0]));
        QTest::keyClick(plot.get(), Qt::Key_Escape);
        QCOMPARE(plot->hoveredPoint(), -1);
    }

    void aPointThatIsNotANumberIsLeftOut() {
        auto all = points();
        all[0].accuracy = std::nan("");
        const auto plot = plotOf(all);
        std::size_t drawn = 0;
        for (int line = 0; line < plot->lineCount(); ++line) drawn += plot->linePoints(line).size();
        QCOMPARE(drawn, all.size() - 1);
        QVERIFY(std::isfinite(plot->yRange().lower));
    }

    void numbersInsteadOfClassesAreNotInPercent() {
        const auto plot = plotOf(points());
        plot->setScale(AccuracyScale(false));
        plot->flush();
        QVERIFY(plot->yRange().upper < 1.2);
    }

    void anEmptyPlotSaysWhatWillBeHere() {
        const auto plot = plotOf({});
        QVERIFY(colourCount(plot->image({}, 1)) > 5);
        QTest::keyClick(plot.get(), Qt::Key_Right);
        QCOMPARE(plot->hoveredPoint(), -1);
    }
};

QTEST_MAIN(TestLabAccuracyBitsPlot)
#include "tst_lab_accuracy_bits_plot.moc"
