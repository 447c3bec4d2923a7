// Accuracy against time under real pointers and keys: where discs lie and how large they are, what is left out and said
// so, labels that keep clear.
#include "tests/ui/plots/lab_fixture.h"
#include "ui/plots/lab_accuracy_time_plot.h"

#include <QSignalSpy>

using namespace quantoscope;
using namespace quantoscope::ui;
using namespace quantoscope::test;

namespace {

std::unique_ptr<AccuracyTimePlot> plotOf(std::vector<LabRowPtr> rows, QSize size = {480, 420}) {
    auto plot = std::make_unique<AccuracyTimePlot>();
    plot->setRows(std::move(rows));
    plot = shown(std::move(plot), size);
    plot->flush();
    return plot;
}

} // namespace

class TestLabAccuracyTimePlot : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp); }

    void betterIsHigherAndFasterIsFurtherLeft() {
        const auto plot = plotOf(labRows());
        QVERIFY(plot->pointPosition(3).x() < plot->pointPosition(0).x());
        QVERIFY(plot->pointPosition(3).y() < plot->pointPosition(2).y());
        QVERIFY(std::abs(plot->pixelToX(plot->pointPosition(0).x()) - 2.84) < 1e-9);
        QVERIFY(std::abs(plot->pixelToY(plot->pointPosition(0).y()) - 97.5) < 1e-9);
    }

    void theAreaOfADiscIsTheSize() {
        const auto plot = plotOf(labRows());
        const double ratio = plot->discDiameter(0) / plot->discDiameter(1);
        QVERIFY2(std::abs(ratio * ratio - 4) < 1e-6, "208,000 bytes against 52,000");
    }

    void rowsWithoutATimeAreLeftOutAndCounted() {
        const auto plot = plotOf(labRows());
        QVERIFY(!std::isfinite(plot->pointPosition(4).x()));
        QCOMPARE(plot->discDiameter(4), 0.0);
        QCOMPARE(plot->footnote(), QStringLiteral("2 simulated rows have no time"));
        auto rows = labRows();
        rows.pop_back();
        auto untimed = std::make_shared<LabRow>(*rows[0]);
        untimed->batched.reset();
        rows[0] = untimed;
        plot->setRows(rows);
        QCOMPARE(plot->footnote(), QStringLiteral("1 simulated row has no time · 1 row is not timed yet"));
        rows.resize(4);
        rows[0] = labRows()[0];
        plot->setRows(rows);
        QVERIFY(plot->footnote().isEmpty());
    }

    void aClickOnADiscTellsItsRow() {
        const auto plot = plotOf(labRows());
        QSignalSpy clicked(plot.get(), &AccuracyTimePlot::rowClicked);
        for (const int row : {0, 1, 3})
            QTest::mouseClick(plot.get(), Qt::LeftButton, {}, plot->pointPosition(row).toPoint());
        QCOMPARE(clicked.size(), 3);
        QCOMPARE(clicked.at(0).first().toInt(), 0);
        QCOMPARE(clicked.at(1).first().toInt(), 1);
        QCOMPARE(clicked.at(2).first().toInt(), 3);
        QTest::mouseClick(plot.get(), Qt::LeftButton, {}, plot->plotArea().bottomRight().toPoint() - QPoint(4, 4));
        QCOMPARE(clicked.size(), 3);
    }

    void aLargeDiscIsHitAtItsRim() {
        const auto plot = plotOf(labRows());
        QSignalSpy clicked(plot.get(), &AccuracyTimePlot::rowClicked);
        const QPointF rim = plot->pointPosition(0) + QPointF(plot->discDiameter(0) / 2 - 1, 0);
        QTest::mouseClick(plot.get(), Qt::LeftButton, {}, rim.toPoint());
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked.last().first().toInt(), 0);
    }

    void hoverTellsAccuracyIntervalTimeAndSize() {
        const auto plot = plotOf(labRows());
        QSignalSpy hovered(plot.get(), &AccuracyTimePlot::rowHovered);
        QTest::mouseMove(plot.get(), plot->pointPosition(2).toPoint());
        QTRY_COMPARE(plot->hoveredRow(), 2);
        QCOMPARE(hovered.last().first().toInt(), 2);
        const QString said = plot->accessibleDescription();
        for (const char* part :
             {"Static (PTQ)", "8 / 8 bits", "Accuracy: 97.2 %", "95.2 … 98.2 %", "1.04 µs", "50.8 KiB"})
            QVERIFY2(said.contains(QString::fromUtf8(part)), qPrintable(said));
        leave(plot.get());
        QCOMPARE(plot->hoveredRow(), -1);
        QVERIFY(plot->accessibleDescription().isEmpty());
    }

    void arrowKeysGoThroughTheRowsInTheOrderOfTime() {
        const auto plot = plotOf(labRows());
        QSignalSpy clicked(plot.get(), &AccuracyTimePlot::rowClicked);
        std::vector<int> order;
        for (int i = 0; i < 5; ++i) {
            QTest::keyClick(plot.get(), Qt::Key_Right);
            order.push_back(plot->hoveredRow());
        }
        QCOMPARE(order, (std::vector<int>{3, 2, 1, 0, 0}));
        QTest::keyClick(plot.get(), Qt::Key_Return);
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked.last().first().toInt(), 0);
        QTest::keyClick(plot.get(), Qt::Key_Escape);
        QCOMPARE(plot->hoveredRow(), -1);
    }

    void theBatchChoosesTheTimes() {
        const auto plot = plotOf(labRows());
        const double before = plot->pixelToX(plot->pointPosition(0).x());
        plot->setBatch(AccuracyTimePlot::Batch::Single, 256);
        plot->flush();
        QVERIFY(std::abs(plot->pixelToX(plot->pointPosition(0).x()) - 2 * before) < 1e-9);
    }

    void labelsCoverNeitherDiscsNorEachOther() {
        const auto plot = plotOf(labRows());
        for (int row = 0; row < 4; ++row) {
            const QRectF label = plot->labelRect(row);
            QVERIFY(!label.isEmpty());
            QVERIFY(QRectF(plot->rect()).contains(label));
            for (int other = 0; other < 4; ++other) {
                const QPointF at = plot->pointPosition(other);
                const double radius = plot->discDiameter(other) / 2 - 1;
                QVERIFY(!label.intersects(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)));
                if (other != row) QVERIFY(!label.intersects(plot->labelRect(other)));
            }
        }
    }

    void theSelectedRowIsRingedWithoutASignal() {
        const auto plot = plotOf(labRows());
        const QImage before = plot->image({}, 1);
        QSignalSpy clicked(plot.get(), &AccuracyTimePlot::rowClicked);
        plot->setSelectedRow(3);
        QCOMPARE(plot->selectedRow(), 3);
        QVERIFY(plot->image({}, 1) != before);
        plot->setSelectedRow(99);
        QCOMPARE(plot->selectedRow(), -1);
        QVERIFY(clicked.isEmpty());
    }

    void fewerRowsForgetWhatWasPointedAt() {
        const auto plot = plotOf(labRows());
        plot->setSelectedRow(3);
        QTest::mouseMove(plot.get(), plot->pointPosition(3).toPoint());
        QTRY_COMPARE(plot->hoveredRow(), 3);
        plot->setRows({labRows().front()});
        QCOMPARE(plot->hoveredRow(), -1);
        QCOMPARE(plot->selectedRow(), -1);
    }

    void numbersInsteadOfClassesHaveNoWhiskers() {
        auto rows = labRows();
        for (LabRowPtr& row : rows) {
            auto changed = std::make_shared<LabRow>(*row);
            changed->interval.reset();
            row = changed;
        }
        const auto plot = plotOf(rows);
        QVERIFY2(std::abs(plot->pixelToY(plot->pointPosition(0).y()) - 0.975) < 1e-9, "R² is not in percent");
        QTest::mouseMove(plot.get(), plot->pointPosition(0).toPoint());
        QTRY_VERIFY(plot->accessibleDescription().contains(QStringLiteral("R²: 0.975")));
    }

    void anEmptyPlotSaysWhatWillBeHereInBothThemes() {
        for (const auto preference : {Theme::Preference::Light, Theme::Preference::Dark}) {
            theme().setPreference(preference);
            const auto plot = plotOf({});
            QVERIFY(colourCount(plot->image({}, 1)) > 5);
            QTest::keyClick(plot.get(), Qt::Key_Right);
            QCOMPARE(plot->hoveredRow(), -1);
        }
        theme().setPreference(Theme::Preference::Light);
    }

    void aHiddenPlotIsNotDrawn() {
        AccuracyTimePlot plot;
        plot.setRows(labRows());
        QApplication::processEvents();
        QCOMPARE(plot.replotCount(), 0);
    }
};

QTEST_MAIN(TestLabAccuracyTimePlot)
#include "tst_lab_accuracy_time_plot.moc"
