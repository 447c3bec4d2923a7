#include "tests/support/datasets.h"
#include "tests/support/fits.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace quantoscope;
using namespace quantoscope::test;

class TestLog2 : public QObject {
    Q_OBJECT

private slots:
    void levelsArePowersOfTwo() {
        const Fitted found = fitted("log2", {0.8f, -0.1f}, 16);
        QCOMPARE(found.values.levels, (std::vector<float>{-1, -0.5, -0.25, -0.125, -0.0625, -0.03125, -0.015625, 0,
                                                          0.015625, 0.03125, 0.0625, 0.125, 0.25, 0.5, 1}));
        QCOMPARE(found.values.thresholds[7], 0.015625f / 2);
        QCOMPARE(found.values.thresholds[13], 0.75f);
        QCOMPARE(found.fit.sideBits, 32u);
    }

    void theLargestIsThePowerNearestToTheData_data() {
        QTest::addColumn<float>("largest");
        QTest::addColumn<float>("power");
        QTest::newRow("a power itself") << 4.0f << 4.0f;
        QTest::newRow("below the middle") << 5.99f << 4.0f;
        QTest::newRow("halfway goes up") << 6.0f << 8.0f;
        QTest::newRow("above the middle") << 7.0f << 8.0f;
        QTest::newRow("the largest float") << std::numeric_limits<float>::max() << 0x1p127f;
        QTest::newRow("a subnormal number") << 1e-44f << 0x1p-126f;
        QTest::newRow("zero") << 0.0f << 0x1p-126f;
    }
    void theLargestIsThePowerNearestToTheData() {
        QFETCH(float, largest);
        QFETCH(float, power);
        QCOMPARE(fitted("log2", {-largest}, 8).values.levels.back(), power);
    }

    void everyWidthHasOneLevelLessThanCodes() {
        for (int bits = 2; bits <= 8; ++bits) {
            const Fitted found = fitted("log2", {1}, 1u << bits);
            QCOMPARE(found.values.size(), (std::size_t{1} << bits) - 1);
            for (const float level : found.values.levels) {
                int exponent = 0;
                QVERIFY(level == 0 || std::fabs(std::frexp(level, &exponent)) == 0.5f);
            }
        }
        QVERIFY(!refusal("log2", 2).empty());
        QVERIFY(!refusal("log2", 512).empty());
    }
};

QTEST_APPLESS_MAIN(TestLog2)
#include "tst_log2.moc"
