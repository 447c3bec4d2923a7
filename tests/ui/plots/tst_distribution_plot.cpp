// The distribution under real clicks, drags, wheel and keys, with extreme data, and hidden.
#include "tests/ui/plots/plot_fixture.h"
#include "ui/plots/distribution_plot.h"
#include "ui/plots/plot_text.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QWheelEvent>

using namespace quantoscope;
using namespace quantoscope::ui;
using namespace quantoscope::test;

namespace {

std::unique_ptr<DistributionPlot> shown(const RunPtr& run, QSize size = {900, 440}) {
    auto plot = std::make_unique<DistributionPlot>();
    plot->setLevels(levelsOf(run));
    plot->resize(size);
    plot->show();
    if (!QTest::qWaitForWindowExposed(plot.get())) qFatal("not shown");
    plot->flush();
    return plot;
}

QPoint middleOfBin(const DistributionPlot& plot, int bin) {
    const double left = bin == 0 ? plot.plotArea().left() : plot.boundaryPosition(bin - 1);
    return QPointF((left + plot.boundaryPosition(bin)) / 2, plot.plotArea().top() + 30).toPoint();
}

void drag(QWidget* widget, QPoint from, QPoint to) {
    QTest::mouseMove(widget, from);
    QTest::mousePress(widget, Qt::LeftButton, {}, from);
    for (int i = 1; i <= 5; ++i) {
        QMouseEvent move(QEvent::MouseMove, QPointF(from + (to - from) * i / 5), widget->mapToGlobal(QPointF(to)),
                         Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(widget, &move);
    }
    QTest::mouseRelease(widget, Qt::LeftButton, {}, to);
}

void wheel(QWidget* widget, QPointF at, int steps) {
    QWheelEvent event(at, widget->mapToGlobal(at), {}, {0, 120 * steps}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &event);
}

RunPtr eightLevels() { return nearestLevelRun(makeTensor("x", normalValues(4000)), evenLevels(-2, 2, 8)); }

} // namespace

class TestDistributionPlot : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp); }

    void aClickSelectsTheBinUnderIt() {
        const auto plot = shown(eightLevels());
        QSignalSpy selected(plot.get(), &DistributionPlot::binSelected);
        QTest::mouseClick(plot.get(), Qt::LeftButton, {}, middleOfBin(*plot, 5));
        QCOMPARE(selected.size(), 1);
        QCOMPARE(selected.last().first().toInt(), 5);
        QCOMPARE(plot->selectedBin(), 5);
        QVERIFY(plot->accessibleDescription().contains(QStringLiteral("Code 5")));
        QTest::mouseClick(plot.get(), Qt::LeftButton, {}, middleOfBin(*plot, 5));
        QCOMPARE(selected.size(), 1);
    }

    void hoverNamesTheBinAndLeavingReturnsToTheSelectedOne() {
        const auto plot = shown(eightLevels());
        plot->setSelectedBin(2);
        QSignalSpy hovered(plot.get(), &DistributionPlot::binHovered);
        QTest::mouseMove(plot.get(), middleOfBin(*plot, 6));
        QTRY_VERIFY(!hovered.isEmpty());
        QCOMPARE(hovered.last().first().toInt(), 6);
        QVERIFY(plot->accessibleDescription().startsWith(QStringLiteral("Code 6")));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(plot.get(), &leave);
        QVERIFY(plot->accessibleDescription().startsWith(QStringLiteral("Code 2")));
    }

    void aDraggedBoundaryFollowsThePointerAndEndsOnce() {
        const auto plot = shown(eightLevels());
        QSignalSpy moved(plot.get(), &DistributionPlot::boundaryMoved);
        const double before = plot->boundaryPosition(3);
        const QPoint from(qRound(before), qRound(plot->plotArea().top() + 60));
        drag(plot.get(), from, from + QPoint(20, 0));
        QVERIFY(moved.size() >= 2);
        QCOMPARE(moved.last().at(0).toInt(), 3);
        QCOMPARE(moved.last().at(2).toBool(), true);
        for (int i = 0; i + 1 < moved.size(); ++i) QCOMPARE(moved.at(i).at(2).toBool(), false);
        QVERIFY(std::abs(plot->xToPixel(moved.last().at(1).toDouble()) - (before + 20)) < 1);
        QVERIFY(std::abs(plot->boundaryPosition(3) - (before + 20)) < 1);
    }

    void aDraggedBoundaryStopsAtItsNeighbour() {
        const auto plot = shown(eightLevels());
        QSignalSpy moved(plot.get(), &DistributionPlot::boundaryMoved);
        const QPoint from(qRound(plot->boundaryPosition(3)), qRound(plot->plotArea().top() + 60));
        const double neighbour = levelsOf(eightLevels())->codebook.thresholds[4];
        drag(plot.get(), from, from + QPoint(300, 0));
        const auto value = static_cast<float>(moved.last().at(1).toDouble());
        QCOMPARE(value, std::nextafter(static_cast<float>(neighbour), -INFINITY));
    }

    void theCountsOfADraggedBoundaryAreExact() {
        const RunPtr run = eightLevels();
        const auto plot = shown(run);
        QSignalSpy moved(plot.get(), &DistributionPlot::boundaryMoved);
        const QPoint from(qRound(plot->boundaryPosition(3)), qRound(plot->plotArea().top() + 60));
        drag(plot.get(), from, from + QPoint(12, 0));
        const auto boundary = static_cast<float>(moved.last().at(1).toDouble());
        const float low = levelsOf(run)->codebook.thresholds[2];
        const auto values = run->data->values();
        const auto expected =
            std::count_if(values.begin(), values.end(), [&](float x) { return x >= low && x < boundary; });
        plot->setSelectedBin(3);
        QVERIFY2(plot->accessibleDescription().contains(QStringLiteral("Values: %1").arg(countText(expected))),
                 qPrintable(plot->accessibleDescription()));
    }

    void escapeBringsTheBoundaryBack() {
        const auto plot = shown(eightLevels());
        QSignalSpy moved(plot.get(), &DistributionPlot::boundaryMoved);
        const float before = levelsOf(eightLevels())->codebook.thresholds[3];
        const QPoint from(qRound(plot->boundaryPosition(3)), qRound(plot->plotArea().top() + 60));
        QTest::mousePress(plot.get(), Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, QPointF(from + QPoint(15, 0)), QPointF(), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(plot.get(), &move);
        QTest::keyClick(plot.get(), Qt::Key_Escape);
        QCOMPARE(static_cast<float>(moved.last().at(1).toDouble()), before);
        QCOMPARE(moved.last().at(2).toBool(), true);
    }

    void aLevelCanBeDragged() {
        const auto plot = shown(eightLevels());
        QSignalSpy moved(plot.get(), &DistributionPlot::levelMoved);
        const QPoint from = plot->levelPosition(4).toPoint();
        drag(plot.get(), from, from + QPoint(9, 3));
        QVERIFY(!moved.isEmpty());
        QCOMPARE(moved.last().at(0).toInt(), 4);
        QVERIFY(std::abs(plot->xToPixel(moved.last().at(1).toDouble()) - from.x() - 9) < 1.5);
    }

    void nothingIsDraggedWhereEditingIsOff() {
        const auto plot = shown(eightLevels());
        plot->setEditable(false, false);
        QSignalSpy boundary(plot.get(), &DistributionPlot::boundaryMoved);
        QSignalSpy level(plot.get(), &DistributionPlot::levelMoved);
        const QPoint from(qRound(plot->boundaryPosition(3)), qRound(plot->plotArea().top() + 60));
        drag(plot.get(), from, from + QPoint(20, 0));
        drag(plot.get(), plot->levelPosition(4).toPoint(), plot->levelPosition(4).toPoint() + QPoint(20, 0));
        QVERIFY(boundary.isEmpty() && level.isEmpty());
    }

    void arrowKeysChooseBinsAndTabTheHandlesThatTheyThenNudge() {
        const auto plot = shown(eightLevels());
        QSignalSpy moved(plot.get(), &DistributionPlot::boundaryMoved);
        plot->setFocus();
        QTest::keyClick(plot.get(), Qt::Key_Right);
        QCOMPARE(plot->selectedBin(), 0);
        QTest::keyClick(plot.get(), Qt::Key_End);
        QCOMPARE(plot->selectedBin(), 7);
        QTest::keyClick(plot.get(), Qt::Key_Left);
        QCOMPARE(plot->selectedBin(), 6);
        QTest::keyClick(plot.get(), Qt::Key_Tab); // its lower boundary
        const double before = plot->boundaryPosition(5);
        QTest::keyPress(plot.get(), Qt::Key_Right);
        QCOMPARE(moved.size(), 1);
        QCOMPARE(moved.last().at(0).toInt(), 5);
        QCOMPARE(moved.last().at(2).toBool(), false);
        QTest::keyRelease(plot.get(), Qt::Key_Right);
        QCOMPARE(moved.last().at(2).toBool(), true);
        QVERIFY(std::abs(plot->boundaryPosition(5) - before - 1) < 0.2);
        QTest::keyClick(plot.get(), Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(std::abs(plot->boundaryPosition(5) - before - 11) < 0.2);
        QTest::keyClick(plot.get(), Qt::Key_Escape);
        QTest::keyClick(plot.get(), Qt::Key_Left);
        QCOMPARE(plot->selectedBin(), 5);
    }

    void theWheelZoomsAroundThePointerAndADoubleClickShowsAll() {
        const auto plot = shown(eightLevels());
        const ValueRange full = plot->xRange();
        const double width = plot->binWidth();
        const QPointF at(plot->plotArea().left() + 200, plot->plotArea().center().y());
        const double under = plot->pixelToX(at.x());
        wheel(plot.get(), at, 8);
        plot->flush();
        QVERIFY(plot->xRange().size() < full.size() / 4);
        QVERIFY(std::abs(plot->pixelToX(at.x()) - under) < full.size() * 1e-9);
        QVERIFY2(plot->binWidth() <= width / 4, "zooming in refines the histogram");
        QTest::mouseDClick(plot.get(), Qt::LeftButton, {}, at.toPoint());
        plot->flush();
        QCOMPARE(plot->xRange(), full);
        QCOMPARE(plot->binWidth(), width);
    }

    void theMiddleButtonPans() {
        const auto plot = shown(eightLevels());
        wheel(plot.get(), plot->plotArea().center(), 5);
        const double before = plot->xRange().lower;
        const QPoint from = plot->plotArea().center().toPoint();
        QTest::mousePress(plot.get(), Qt::MiddleButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, QPointF(from + QPoint(50, 0)), QPointF(), Qt::NoButton, Qt::MiddleButton,
                         {});
        QApplication::sendEvent(plot.get(), &move);
        QTest::mouseRelease(plot.get(), Qt::MiddleButton, {}, from + QPoint(50, 0));
        QVERIFY(plot->xRange().lower < before);
    }

    void aHiddenPlotDoesNoWork() {
        DistributionPlot plot;
        const RunPtr run = eightLevels();
        plot.setLevels(levelsOf(run));
        for (int i = 1; i < 50; ++i) {
            plot.setBins(i);
            plot.setSelectedBin(i % 8);
            QApplication::processEvents();
        }
        QCOMPARE(plot.replotCount(), 0);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QTRY_VERIFY(plot.replotCount() > 0);
        QCOMPARE(static_cast<int>(plot.histogram().counts.size()), 49);
        plot.hide();
        QApplication::processEvents();
        const int before = plot.replotCount();
        for (int i = 1; i < 50; ++i) {
            plot.setBins(i);
            QApplication::processEvents();
        }
        QCOMPARE(plot.replotCount(), before);
    }

    void manySettersInOneEventAreOneReplot() {
        const auto plot = shown(eightLevels());
        QApplication::processEvents();
        const int before = plot->replotCount();
        for (int i = 1; i < 100; ++i) plot->setBins(i);
        QTRY_COMPARE(plot->replotCount(), before + 1);
        QTest::qWait(50); // nor does the replot ask for another
        QCOMPARE(plot->replotCount(), before + 1);
    }

    void extremeData_data() {
        QTest::addColumn<std::vector<float>>("values");
        QTest::addColumn<int>("levels");
        QTest::newRow("one value") << std::vector<float>{3.5f} << 1;
        QTest::newRow("all equal, several levels") << std::vector<float>(100, -2.0f) << 4;
        QTest::newRow("three values") << std::vector<float>{1, 2, 4} << 2;
        QTest::newRow("all but one in one bin") << [] {
            std::vector<float> v(1000, 0.0f);
            v.back() = 1e6f;
            return v;
        }() << 16;
        QTest::newRow("tiny magnitudes") << std::vector<float>{1e-40f, 2e-40f, 5e-40f} << 2;
        QTest::newRow("huge magnitudes") << std::vector<float>{-3e38f, 0, 3e38f} << 4;
        QTest::newRow("65,536 levels") << normalValues(100000) << 65536;
        QTest::newRow("a million values") << normalValues(1000000) << 256;
    }
    void extremeData() {
        QFETCH(std::vector<float>, values);
        QFETCH(int, levels);
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        const float a = *low, b = *high;
        std::vector<float> chosen;
        for (int i = 0; i < levels; ++i)
            chosen.push_back(static_cast<float>(a + (static_cast<double>(b) - a) * (i + 0.5) / levels));
        const auto plot = shown(nearestLevelRun(makeTensor("x", values), chosen), {480, 300});
        plot->setLogCounts(true);
        plot->flush();
        plot->setSelectedBin(0);
        wheel(plot.get(), plot->plotArea().center(), 20);
        plot->flush();
        const std::uint64_t seen =
            std::accumulate(plot->histogram().counts.begin(), plot->histogram().counts.end(), std::uint64_t(0));
        QVERIFY(seen <= values.size());
        plot->resetView();
        plot->flush();
        const std::uint64_t all =
            std::accumulate(plot->histogram().counts.begin(), plot->histogram().counts.end(), std::uint64_t(0));
        QCOMPARE(all, std::uint64_t(values.size()));
    }

    void noDataIsSaidAndNotDrawn() {
        DistributionPlot plot;
        plot.resize(480, 300);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QTest::mouseClick(&plot, Qt::LeftButton, {}, {100, 100});
        plot.setData(nullptr, {});
        plot.setLevels(nullptr);
        plot.flush();
        QCOMPARE(plot.selectedBin(), -1);
    }

    void exports_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("magic");
        QTest::newRow("a picture") << "plot.png" << QByteArray("\x89PNG");
        QTest::newRow("vector graphics for the web") << "plot.svg" << QByteArray("<?xml");
        QTest::newRow("vector graphics for print") << "plot.pdf" << QByteArray("%PDF");
    }
    void exports() {
        QFETCH(QString, file);
        QFETCH(QByteArray, magic);
        QTemporaryDir directory;
        DistributionPlot plot; // also while hidden
        plot.setLevels(levelsOf(eightLevels()));
        QVERIFY(plot.exportTo(directory.filePath(file), {800, 400}).has_value());
        QFile written(directory.filePath(file));
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray bytes = written.readAll();
        QVERIFY(bytes.startsWith(magic));
        QVERIFY(bytes.size() > 2000);
        const auto refused = plot.exportTo(directory.filePath(QStringLiteral("plot.xyz")));
        QCOMPARE(refused.error().code, ErrorCode::Unsupported);
        const auto nowhere = plot.exportTo(directory.filePath(QStringLiteral("no/such/") + file));
        QCOMPARE(nowhere.error().code, ErrorCode::WriteFailed);
    }

    void copiesAPicture() {
        const auto plot = shown(eightLevels());
        plot->setFocus();
        QTest::keyClick(plot.get(), Qt::Key_C, Qt::ControlModifier);
        const QImage image = QApplication::clipboard()->image();
        QCOMPARE(image.size(), plot->size() * 2);
    }

    void theThemeReachesThePlot() {
        const auto plot = shown(eightLevels());
        theme().setPreference(Theme::Preference::Dark);
        plot->flush();
        QCOMPARE(plot->grab().toImage().pixelColor(3, 3).rgb(), darkPalette().surface.rgb());
        theme().setPreference(Theme::Preference::Light);
        plot->flush();
        QCOMPARE(plot->grab().toImage().pixelColor(3, 3).rgb(), lightPalette().surface.rgb());
    }
};

QTEST_MAIN(TestDistributionPlot)
#include "tst_distribution_plot.moc"
