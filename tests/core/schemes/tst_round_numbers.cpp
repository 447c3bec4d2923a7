#include "core/schemes/round_numbers.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace quantoscope;

class TestRoundNumbers : public QObject {
    Q_OBJECT

private slots:
    void aRangeWidensToRoundNumbers_data() {
        QTest::addColumn<double>("lower");
        QTest::addColumn<double>("upper");
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("last");
        QTest::newRow("scores") << 18.0 << 97.0 << 0.0 << 100.0;
        QTest::newRow("round already") << 0.0 << 100.0 << 0.0 << 100.0;
        QTest::newRow("weights") << -0.8065 << 0.574 << -1.0 << 1.0;
        QTest::newRow("unit interval") << 0.001 << 0.9995 << 0.0 << 1.0;
        QTest::newRow("years") << 1987.0 << 2024.0 << 1980.0 << 2030.0;
        QTest::newRow("tenths are the nearest doubles") << 0.31 << 0.58 << 0.3 << 0.6;
        QTest::newRow("negative") << -97.0 << -18.0 << -100.0 << 0.0;
        QTest::newRow("tiny") << 2e-30 << 9e-30 << 2e-30 << 1e-29;
        QTest::newRow("one value") << 5.3 << 5.3 << 0.0 << 6.0;
        QTest::newRow("one negative value") << -0.2 << -0.2 << -0.2 << 0.0;
        QTest::newRow("zero") << 0.0 << 0.0 << 0.0 << 1.0;
    }
    void aRangeWidensToRoundNumbers() {
        QFETCH(double, lower);
        QFETCH(double, upper);
        QFETCH(double, first);
        QFETCH(double, last);
        const auto numbers = roundNumbers(lower, upper, 5);
        QCOMPARE(numbers.size(), std::size_t{5});
        QCOMPARE(numbers.front(), first);
        QCOMPARE(numbers.back(), last);
        for (std::size_t i = 1; i < 5; ++i) QVERIFY(numbers[i - 1] < numbers[i]);
        QCOMPARE(roundNumbers(lower, upper, 1).front(), first + (last - first) / 2);
    }

    void alwaysHoldsTheRange() {
        for (int exponent = -44; exponent <= 38; ++exponent) {
            for (const double mantissa : {-9.99, -3.3, -1.0, 0.0, 1.0, 2.5, 7.77}) {
                const double low = mantissa * std::pow(10.0, exponent), high = low + std::pow(10.0, exponent) / 3;
                const auto numbers = roundNumbers(low, high, 9);
                QVERIFY(numbers.front() <= low && numbers.back() >= high);
                QVERIFY(numbers.back() - numbers.front() <= 4 * (high - low));
            }
        }
        const double largest = std::numeric_limits<float>::max();
        QVERIFY(std::isfinite(roundNumbers(-largest, largest, 3).back()));
    }
};

QTEST_APPLESS_MAIN(TestRoundNumbers)
#include "tst_round_numbers.moc"
