// Error against speed: every kind of work on its axis, and the product's line in float32.
#include "tests/ui/plots/plot_fixture.h"
#include "ui/plots/speed_plot.h"

using namespace quantoscope;
using namespace quantoscope::ui;
using namespace quantoscope::test;

namespace {

using Work = SpeedPlot::Work;

TradeOffPoint timedPoint(const char* scheme, std::size_t levels, double factor, bool product = true) {
    auto run = std::make_shared<RunResult>(
        *nearestLevelRun(makeTensor("x", normalValues(4000)), evenLevels(-2, 2, levels), {}, scheme));
    run->fitSeconds = 0.002 * factor;
    SpeedReport speed;
    speed.encodeGBps = {4 / factor, 2 / factor, 8 / factor};
    speed.decodeGBps = {8 / factor, 8 / factor, 8 / factor};
    if (product) speed.product = ProductSpeed{{10 * factor, 9 * factor, 12 * factor}, {40 + factor, 39, 60}, "oneDNN"};
    speed.runs = 9;
    speed.threads = 2;
    speed.instructionSet = std::string("AVX2");
    run->speed = speed;
    return {run, QString::fromLatin1(scheme), QString::fromLatin1(scheme), {}};
}

std::unique_ptr<SpeedPlot> shown(std::vector<TradeOffPoint> points, QSize size = {420, 440}) {
    auto plot = std::make_unique<SpeedPlot>();
    plot->setPoints(std::move(points), 1);
    plot->resize(size);
    plot->show();
    if (!QTest::qWaitForWindowExposed(plot.get())) qFatal("not shown");
    plot->flush();
    return plot;
}

} // namespace

class TestSpeedPlot : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp); }

    void everyWorkHasItsTime_data() {
        QTest::addColumn<int>("work");
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("second");
        QTest::newRow("fit in milliseconds") << int(Work::Fit) << 2.0 << 6.0;
        QTest::newRow("encode in nanoseconds per value") << int(Work::Encode) << 1.0 << 3.0;
        QTest::newRow("decode in nanoseconds per value") << int(Work::Decode) << 0.5 << 1.5;
        QTest::newRow("product in microseconds") << int(Work::Product) << 10.0 << 30.0;
    }
    void everyWorkHasItsTime() {
        QFETCH(int, work);
        const auto plot = shown({timedPoint("kmeans", 16, 1), timedPoint("rank", 8, 3)});
        plot->setWork(Work(work));
        plot->flush();
        QTEST(plot->timeOf(0), "first");
        QTEST(plot->timeOf(1), "second");
        const QRectF area = plot->plotArea();
        for (const int i : {0, 1}) {
            QVERIFY(area.contains(plot->pointPosition(i)));
            QVERIFY(std::abs(plot->pixelToX(plot->pointPosition(i).x()) / plot->timeOf(i) - 1) < 1e-6);
        }
        QVERIFY(plot->pointPosition(0).x() < plot->pointPosition(1).x()); // less time is further left
        QVERIFY(plot->pointPosition(0).y() > plot->pointPosition(1).y()); // and less error further down
    }

    void theProductInFloatIsALineInSight() {
        const auto plot = shown({timedPoint("kmeans", 16, 1), timedPoint("rank", 16, 2), timedPoint("affine", 16, 3)});
        for (const Work work : {Work::Fit, Work::Encode, Work::Decode}) {
            plot->setWork(work);
            QVERIFY(std::isnan(plot->baselineTime()));
        }
        plot->setWork(Work::Product);
        plot->flush();
        QCOMPARE(plot->baselineTime(), 42.0); // the median of 41, 42 and 43
        const double x = plot->xToPixel(plot->baselineTime());
        QVERIFY(x > plot->pointPosition(2).x() && x < plot->plotArea().right());
        // Drawn, where no mark is: the picture differs there from the one without.
        const QImage with = plot->grab().toImage();
        int dashes = 0;
        const QColor ground = with.pixelColor(static_cast<int>(x) - 3, static_cast<int>(plot->plotArea().center().y()));
        for (int y = static_cast<int>(plot->plotArea().top()) + 20; y < plot->plotArea().bottom() - 2; ++y)
            dashes += with.pixelColor(static_cast<int>(std::floor(x)), y) != ground;
        QVERIFY2(dashes > plot->plotArea().height() / 3, qPrintable(QString::number(dashes)));
    }

    void runsWithoutAProductAreLeftOut() {
        const auto plot = shown({timedPoint("kmeans", 16, 1), timedPoint("rank", 16, 2, false)});
        plot->setWork(Work::Product);
        plot->flush();
        QVERIFY(std::isfinite(plot->timeOf(0)));
        QVERIFY(std::isnan(plot->timeOf(1)));
        QVERIFY(std::isnan(plot->pointPosition(1).x()));
        plot->setWork(Work::Encode);
        QVERIFY(std::isfinite(plot->timeOf(1)));
    }

    void theCardSaysHowItWasMeasured() {
        const auto plot = shown({timedPoint("kmeans", 16, 1)});
        plot->setWork(Work::Product);
        plot->flush();
        QTest::mouseMove(plot.get(), plot->pointPosition(0).toPoint());
        QTRY_VERIFY(!plot->accessibleDescription().isEmpty());
        const QString said = plot->accessibleDescription();
        for (const char* part : {"From codes: 10.0 µs", "In float32: 41.0 µs", "Faster: 4.10×", "Spread: 9.00 … 12.0",
                                 "Runs: 9", "Threads: 2", "Instructions: AVX2"})
            QVERIFY2(said.contains(QString::fromUtf8(part)), qPrintable(said));
    }

    void nothingMeasuredIsSaidAndNarrowPlotsHold() {
        const auto plot = shown({}, {180, 200});
        for (const Work work : {Work::Fit, Work::Encode, Work::Decode, Work::Product}) {
            plot->setWork(work);
            plot->setPoints({}, 1);
            plot->flush();
            QVERIFY(std::isnan(plot->timeOf(0)));
            plot->setPoints({timedPoint("kmeans", 16, 1)}, 1);
            plot->flush();
            QVERIFY(plot->plotArea().contains(plot->pointPosition(0)));
        }
    }
};

QTEST_MAIN(TestSpeedPlot)
#include "tst_speed_plot.moc"
