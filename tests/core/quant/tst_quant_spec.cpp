// Ranges as users write them.
#include "core/quant/quant_spec.h"

#include <QTest>

using namespace quantoscope;
using Kind = RangeSpec::Kind;

class TestQuantSpec : public QObject {
    Q_OBJECT

private slots:
    void readsRanges_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<RangeSpec>("expected");
        QTest::newRow("the extremes") << QByteArray("minmax") << RangeSpec{Kind::MinMax};
        QTest::newRow("a percentile") << QByteArray("percentile:99.9") << RangeSpec{Kind::Percentile, 99.9};
        QTest::newRow("deviations") << QByteArray("sigma:3") << RangeSpec{Kind::Sigma, 3};
        QTest::newRow("least squared error") << QByteArray("mse") << RangeSpec{Kind::Mse};
        QTest::newRow("least entropy") << QByteArray("entropy") << RangeSpec{Kind::Entropy};
        QTest::newRow("a histogram search") << QByteArray("histogram") << RangeSpec{Kind::Histogram};
        QTest::newRow("own numbers") << QByteArray("-1:0.1") << RangeSpec{Kind::Fixed, 0, -1, 0.1f};
        QTest::newRow("with exponents") << QByteArray("-3e38:+3e38") << RangeSpec{Kind::Fixed, 0, -3e38f, 3e38f};
    }
    void readsRanges() {
        QFETCH(QByteArray, text);
        QFETCH(RangeSpec, expected);
        const auto range = parseRange(text.toStdString());
        QVERIFY(range);
        QVERIFY(*range == expected);
        const auto again = parseRange(formatRange(*range));
        QVERIFY(again && *again == expected);
    }

    void refusesTheRest_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"",
                                 "largest",
                                 "percentile",
                                 "percentile:0",
                                 "percentile:101",
                                 "percentile:x",
                                 "sigma",
                                 "sigma:-1",
                                 "sigma:0",
                                 "mse:1",
                                 "1",
                                 "1:1",
                                 "2:1",
                                 "a:b",
                                 "1:",
                                 ":1",
                                 "0:inf",
                                 "nan:1",
                                 "0:1e39",
                                 "0:1:2"})
            QTest::newRow(*text ? text : "nothing") << QByteArray(text);
    }
    void refusesTheRest() {
        QFETCH(QByteArray, text);
        const auto range = parseRange(text.toStdString());
        QVERIFY(!range);
        QCOMPARE(range.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(range.error().where, std::string("range"));
    }

    void codesAreAsWideAsTheLevelsNeed() {
        QCOMPARE(bitsFor(1), 0);
        QCOMPARE(bitsFor(2), 1);
        QCOMPARE(bitsFor(3), 2);
        QCOMPARE(bitsFor(16), 4);
        QCOMPARE(bitsFor(17), 5);
        QCOMPARE(bitsFor(65536), 16);
    }
};

QTEST_APPLESS_MAIN(TestQuantSpec)
#include "tst_quant_spec.moc"
