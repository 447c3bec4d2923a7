// What is measured is there and in order; how fast it is, no test can say.
#include "core/base/parallel.h"
#include "core/measure/speed.h"
#include "tests/support/datasets.h"

#include <QTest>

using namespace quantoscope;

namespace {

Quantizer quantizerFor(std::size_t count) {
    Quantizer quantizer;
    quantizer.shape = {static_cast<std::int64_t>(count)};
    quantizer.layout = GroupLayout::make(quantizer.shape, Grouping::tensor()).value();
    quantizer.bits = 1;
    quantizer.codebooks.push_back(std::make_shared<const Codebook>(nearestLevelCodebook({-1, 1}).value()));
    quantizer.groups.push_back({});
    return quantizer;
}

} // namespace

class TestSpeed : public QObject {
    Q_OBJECT

private slots:
    void reportsMediansWithTheirSpread() {
        const std::vector<float> values = test::normalValues(100'000);
        const SpeedReport report = measureSpeed(quantizerFor(values.size()), values).value();
        for (const Spread& spread : {report.encodeGBps, report.decodeGBps}) {
            QVERIFY(spread.minimum > 0);
            QVERIFY(spread.minimum <= spread.median && spread.median <= spread.maximum);
        }
        QVERIFY(report.runs >= 7);
        QCOMPARE(report.threads, threadCount());
        QVERIFY(!report.instructionSet.empty());
    }

    void ofNothingThereIsNoSpeed() {
        const SpeedReport report = measureSpeed(quantizerFor(0), {}).value();
        QCOMPARE(report.encodeGBps.median, 0.0);
        QCOMPARE(report.decodeGBps.median, 0.0);
    }

    void refusesAnotherNumberOfValues() {
        const std::vector<float> values(3);
        QCOMPARE(measureSpeed(quantizerFor(4), values).error().code, ErrorCode::InvalidArgument);
    }

    void stopsWhenTold() {
        std::stop_source source;
        source.request_stop();
        const std::vector<float> values(4);
        QCOMPARE(measureSpeed(quantizerFor(4), values, {source.get_token(), {}}).error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestSpeed)
#include "tst_speed.moc"
