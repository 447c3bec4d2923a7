// Sums of pairs against plain loops in float64, and the same bits from every set of instructions.
#include "core/measure/pair_sums.h"
#include "tests/support/datasets.h"
#include "tests/support/vector_targets.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

using namespace quantoscope;

namespace {

void compare(double sum, double want, double sizes) {
    QVERIFY2(std::fabs(sum - want) <= 1e-14 * sizes, qPrintable(QString("%1, not %2").arg(sum).arg(want)));
}

} // namespace

/// Every test runs with each set of instructions that this processor and this build have.
class TestPairSums : public QObject {
    Q_OBJECT

private slots:
    void initTestCase_data() { test::addVectorTargets(); }
    void init() { test::useVectorTarget(); }
    void cleanup() { test::useEveryVectorTarget(); }

    void agreeWithPlainLoops() {
        static std::map<std::size_t, std::vector<double>> firstTarget;
        for (std::size_t count = 1; count < 90; ++count) {
            const std::vector<float> x = test::normalValues(count, count, 100, 3),
                                     y = test::normalValues(count, 7, 100, 3);
            std::vector<std::uint32_t> bins;
            for (std::size_t i = 0; i < count; ++i) bins.push_back(static_cast<std::uint32_t>(i * i % 5));
            const std::vector<double> means{0.1, -0.2, 3, 4, 1e-3};
            const double anchor = x[0], mean = 0.25;
            std::vector<double> errors(count + 1, 77);
            const PairSums sums = pairSums(x, y.data(), anchor, errors.data());
            const SquareSums squares = squareSums(x, anchor, mean, errors.data(), bins.data(), means.data());
            double squared = 0, absolute = 0, xx = 0, xy = 0, yy = 0, shifted = 0, sizes = 0, about = 0, within = 0;
            std::size_t largest = 0;
            for (std::size_t i = 0; i < count; ++i) {
                const double a = x[i], b = y[i], e = a - b;
                QVERIFY(errors[i] == e);
                squared += e * e, absolute += std::fabs(e), xx += a * a, xy += a * b, yy += b * b;
                shifted += a - anchor, sizes += std::fabs(a - anchor);
                about += std::pow(a - anchor - mean, 2), within += std::pow(e - means[bins[i]], 2);
                if (std::fabs(e) > std::fabs(errors[largest])) largest = i;
            }
            QVERIFY(errors[count] == 77);
            compare(sums.squaredError, squared, squared);
            compare(sums.absoluteError, absolute, absolute);
            compare(sums.sumXX, xx, xx);
            compare(sums.sumXY, xy, xy);
            compare(sums.sumYY, yy, yy);
            compare(sums.shifted, shifted, sizes);
            compare(squares.aboutMean, about, about);
            compare(squares.withinBins, within, within);
            QCOMPARE(sums.maximumErrorAt, largest);
            QVERIFY(sums.maximumError == std::fabs(errors[largest]));
            QCOMPARE(sums.minimum, *std::min_element(x.begin(), x.end()));
            QCOMPARE(sums.maximum, *std::max_element(x.begin(), x.end()));
            const std::vector<double> all{sums.squaredError, sums.absoluteError, sums.sumXX,        sums.sumXY,
                                          sums.sumYY,        sums.shifted,       squares.aboutMean, squares.withinBins};
            QVERIFY(firstTarget.try_emplace(count, all).first->second == all);
        }
    }

    void ofEqualErrorsTheFirstIsNamed() {
        for (const std::size_t count : {3, 8, 20}) {
            std::vector<float> x(count, 1), y(count, 1);
            x[1] = 3, y[2] = 3;
            x[count - 1] = count > 3 ? 3.0f : 1.0f;
            std::vector<double> errors(count);
            const PairSums sums = pairSums(x, y.data(), 1, errors.data());
            QCOMPARE(sums.maximumError, 2.0);
            QCOMPARE(sums.maximumErrorAt, std::size_t{1});
        }
    }
};

QTEST_APPLESS_MAIN(TestPairSums)
#include "tst_pair_sums.moc"
