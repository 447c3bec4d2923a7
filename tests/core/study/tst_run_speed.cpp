// What is measured is there and in order; how fast it is, no test can say.
#include "core/study/run_speed.h"
#include "tests/support/datasets.h"

#include <QTest>

using namespace quantoscope;

namespace {

RunPtr runOf(const Shape& shape, std::uint32_t levels, const Grouping& grouping) {
    std::size_t count = 1;
    for (const std::int64_t extent : shape) count *= static_cast<std::size_t>(extent);
    const auto data =
        PreparedTensor::make(std::make_shared<const Tensor>(makeTensor("weights", shape, test::normalValues(count))));
    QuantSpec spec;
    spec.scheme = "affine";
    spec.levels = levels;
    spec.grouping = grouping;
    return run(data, spec).value();
}

} // namespace

class TestRunSpeed : public QObject {
    Q_OBJECT

private slots:
    void productsOfMatricesAreTimed_data() {
        QTest::addColumn<QList<int>>("shape");
        QTest::addColumn<int>("bits");
        QTest::addColumn<QString>("grouping");
        QTest::addColumn<bool>("timed");
        for (const int bits : {2, 3, 4, 8})
            QTest::addRow("%d bits", bits) << QList<int>{60, 64} << bits << "tensor" << true;
        QTest::newRow("blocks") << QList<int>{60, 64} << 4 << "block:32" << true;
        QTest::newRow("columns") << QList<int>{60, 64} << 8 << "channel:1" << true;
        QTest::newRow("five bits, which are decoded first") << QList<int>{60, 64} << 5 << "tensor" << false;
        QTest::newRow("no matrix") << QList<int>{640} << 4 << "tensor" << false;
    }
    void productsOfMatricesAreTimed() {
        QFETCH(QList<int>, shape);
        QFETCH(int, bits);
        QFETCH(QString, grouping);
        QFETCH(bool, timed);
        const RunPtr run =
            runOf(Shape(shape.begin(), shape.end()), 1u << bits, parseGrouping(grouping.toStdString()).value());
        const SpeedReport report = measureSpeed(*run).value();
        QVERIFY(report.encodeGBps.median > 0 && report.decodeGBps.median > 0);
        QVERIFY(report.runs >= 7);
        QCOMPARE(report.product.has_value(), timed);
        if (!timed) return;
        for (const Spread& spread : {report.product->codesMicroseconds, report.product->floatMicroseconds})
            QVERIFY(spread.minimum > 0 && spread.minimum <= spread.median && spread.median <= spread.maximum);
        QVERIFY(report.product->floatBackend == "oneDNN" || report.product->floatBackend == "Eigen");
    }

    void stopsWhenTold() {
        const RunPtr run = runOf({16, 16}, 16, Grouping::tensor());
        std::stop_source source;
        source.request_stop();
        QCOMPARE(measureSpeed(*run, {source.get_token(), {}}).error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestRunSpeed)
#include "tst_run_speed.moc"
