// Against SciPy, Python's exact fractions (McNemar) and decimals of 40 digits (intervals).
#include "core/measure/proportion.h"

#include <QTest>

#include <cmath>

using namespace quantoscope;

namespace {

bool near(double a, double b, double relative) { return std::abs(a - b) <= relative * std::abs(b); }

} // namespace

class TestProportion : public QObject {
    Q_OBJECT

private slots:
    void wilsonAgreesWithSciPy_data() {
        QTest::addColumn<quint64>("k");
        QTest::addColumn<quint64>("n");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        // The examples of Newcombe 1998, Statistics in Medicine 17:857; the figures are SciPy 1.17.1's, binomtest(k,
        // n).proportion_ci(0.95, "wilson"), to four decimals.
        QTest::newRow("81 of 263") << quint64{81} << quint64{263} << 0.2553 << 0.3662;
        QTest::newRow("15 of 148") << quint64{15} << quint64{148} << 0.0624 << 0.1605;
        QTest::newRow("none of 20") << quint64{0} << quint64{20} << 0.0 << 0.1611;
        QTest::newRow("1 of 29") << quint64{1} << quint64{29} << 0.0061 << 0.1718;
    }
    void wilsonAgreesWithSciPy() {
        QFETCH(quint64, k);
        QFETCH(quint64, n);
        const Interval interval = wilson(k, n);
        QTEST(std::round(interval.low * 1e4) / 1e4, "low");
        QTEST(std::round(interval.high * 1e4) / 1e4, "high");
    }

    void wilsonHoldsItsDigits_data() {
        QTest::addColumn<quint64>("k");
        QTest::addColumn<quint64>("n");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("a test set of digits")
            << quint64{437} << quint64{449} << 0.95387160459666395804 << 0.98464670401138653959;
        QTest::newRow("one wrong in a million")
            << quint64{999'999} << quint64{1'000'000} << 0.99999433508819568855 << 0.99999982347542325462;
    }
    void wilsonHoldsItsDigits() {
        QFETCH(quint64, k);
        QFETCH(quint64, n);
        QFETCH(double, low);
        QFETCH(double, high);
        const Interval interval = wilson(k, n);
        QVERIFY(near(interval.low, low, 1e-14));
        QVERIFY(near(interval.high, high, 1e-14));
    }

    void wilsonReachesTheEndsAndNoFurther() {
        for (const std::uint64_t n : {1u, 2u, 3u, 7u, 20u, 449u, 123'457u}) {
            QCOMPARE(wilson(0, n).low, 0.0);
            QCOMPARE(wilson(n, n).high, 1.0);
            QVERIFY(wilson(0, n).high < 1 && wilson(n, n).low > 0);
            QVERIFY(near(wilson(0, n).high, 1 - wilson(n, n).low, 1e-9)); // right and wrong are names only
        }
    }

    void nothingIsKnownOfNoSamples() {
        QCOMPARE(wilson(0, 0).low, 0.0);
        QCOMPARE(wilson(0, 0).high, 1.0);
        QCOMPARE(mcNemar(0, 0), 1.0);
        QCOMPARE(pairedDifference({}).value, 0.0);
        QCOMPARE(pairedDifference({}).interval.low, -1.0);
        QCOMPARE(pairedDifference({}).interval.high, 1.0);
    }

    void aSmallerQuantileGivesANarrowerInterval() {
        const Interval at95 = wilson(437, 449), at68 = wilson(437, 449, 1);
        QVERIFY(at95.low < at68.low && at68.low < 437.0 / 449 && 437.0 / 449 < at68.high && at68.high < at95.high);
        QCOMPARE(wilson(437, 449, 0).low, wilson(437, 449, 0).high);
    }

    void mcNemarIsExact_data() {
        QTest::addColumn<quint64>("first");
        QTest::addColumn<quint64>("second");
        QTest::addColumn<double>("p");
        const auto row = [](const char* name, quint64 b, quint64 c, double p) { QTest::newRow(name) << b << c << p; };
        row("two media for a culture (Armitage and Berry 1994, page 127)", 12, 2, 0.012939453125);
        row("five to nothing", 0, 5, 0.0625);
        row("one to six", 1, 6, 0.125);
        row("as even as an odd number can be", 9, 8, 1);
        row("even", 6, 6, 1);
        row("ten to thirty", 10, 30, 0.0022214337732293643);
        row("fifteen to two", 15, 2, 0.002349853515625);
        row("a thousand", 450, 550, 0.0017305360849763176);
        row("a thousand, nearly all on one side", 3, 997, 3.110894301402977e-293);
        row("thousands", 1000, 1200, 2.1817026407914712e-05);
        row("hundred thousands", 100'000, 100'700, 0.118692703662368);
        row("a million", 499'500, 500'500, 0.3177946913633055);
    }
    void mcNemarIsExact() {
        QFETCH(quint64, first);
        QFETCH(quint64, second);
        QFETCH(double, p);
        QVERIFY2(near(mcNemar(first, second), p, 1e-12), qPrintable(QString::number(mcNemar(first, second), 'g', 17)));
        QCOMPARE(mcNemar(first, second), mcNemar(second, first));
    }

    void mcNemarOfEverySmallCountIsTheSumOfTheBinomial() {
        for (std::uint64_t n = 1; n <= 40; ++n) {
            double binomial = std::ldexp(1.0, -static_cast<int>(n)), tail = 0; // exact: the integers are below 2^53
            for (std::uint64_t k = 0; 2 * k < n; ++k) {
                tail += binomial;
                QVERIFY(near(mcNemar(k, n - k), std::min(1.0, 2 * tail), 1e-13));
                binomial = binomial * static_cast<double>(n - k) / static_cast<double>(k + 1);
            }
        }
    }

    void pairedDifferenceAgreesWithOthers_data() {
        QTest::addColumn<PairedCounts>("counts");
        QTest::addColumn<double>("value");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        const auto row = [](const char* name, const PairedCounts& counts, double value, double low, double high) {
            QTest::newRow(name) << counts << value << low << high;
        };
        // By the formula as R's package biostatUZH has it (confIntPairedProportion), in decimals of 40 digits.
        row("two media for a culture", {20, 12, 2, 16}, 0.2, 0.056156424841748238, 0.32920699540014053);
        row("nobody wrong both times", {36, 12, 2, 0}, 0.2, 0.056929584003238694, 0.3404276029749407);
        row("no disagreement of one kind", {14, 5, 0, 22}, 0.12195121951219512, 0.011483241383033305,
            0.2264926843512112);
        row("a test set of digits", {430, 3, 9, 7}, -0.01336302895322939, -0.03195681420453457, 0.003045452789915891);
        row("an empty margin", {440, 9, 0, 0}, 0.020044543429844097, 0.007335209832696275, 0.037651393109223491);
        row("methods against each other", {10, 100, 200, 5}, -0.31746031746031746, -0.41509902291150582,
            -0.21237624497606703);
    }
    void pairedDifferenceAgreesWithOthers() {
        QFETCH(PairedCounts, counts);
        QFETCH(double, value);
        QFETCH(double, low);
        QFETCH(double, high);
        const PairedDifference difference = pairedDifference(counts);
        QVERIFY(near(difference.value, value, 1e-12));
        QVERIFY(near(difference.interval.low, low, 1e-12));
        QVERIFY(near(difference.interval.high, high, 1e-12));
        const PairedCounts swapped{counts.bothRight, counts.onlySecondRight, counts.onlyFirstRight, counts.bothWrong};
        QVERIFY(near(pairedDifference(swapped).interval.low, -high, 1e-12));
    }

    void methodsThatNeverDisagreeMayStillDifferALittle() {
        const PairedDifference difference = pairedDifference({440, 0, 0, 9});
        QCOMPARE(difference.value, 0.0);
        QVERIFY(difference.interval.low < 0 && difference.interval.low > -0.01);
        QVERIFY(near(difference.interval.high, -difference.interval.low, 1e-12));
    }
};

QTEST_APPLESS_MAIN(TestProportion)
#include "tst_proportion.moc"
