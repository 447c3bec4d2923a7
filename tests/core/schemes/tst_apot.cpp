#include "tests/support/fits.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

/// The magnitudes of a table over the largest, ascending.
std::vector<double> magnitudes(int bits) {
    const Fitted found = fitted("apot", {1}, 1u << bits);
    const auto& levels = found.fit.codebook->levels;
    std::vector<double> result(levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 2), levels.end());
    for (double& magnitude : result) magnitude /= levels.back();
    return result;
}

} // namespace

class TestApot : public QObject {
    Q_OBJECT

private slots:
    void oneTermOfTwoBits() {
        // 0, 1/2, 1/4, 1/8 over the largest.
        QCOMPARE(magnitudes(3), (std::vector<double>{0, 0.25, 0.5, 1}));
    }

    void aTermOfTwoBitsAndOneOfOne() {
        // {0, 1/2, 1/4, 1/16} + {0, 1/8}: the paper's sixteen levels of a signed weight of four bits, less one zero.
        std::vector<double> expected;
        for (const double a : {0.0, 0.5, 0.25, 0.0625})
            for (const double b : {0.0, 0.125}) expected.push_back((a + b) / 0.625);
        std::sort(expected.begin(), expected.end());
        QCOMPARE(magnitudes(4), expected);
    }

    void twoTermsOfTwoBits() {
        std::vector<double> expected;
        for (const double a : {0.0, 0.5, 0.125, 0.03125})
            for (const double b : {0.0, 0.25, 0.0625, 0.015625}) expected.push_back((a + b) / 0.75);
        std::sort(expected.begin(), expected.end());
        QCOMPARE(magnitudes(5), expected);
    }

    void everyWidthIsSymmetricWithoutTies() {
        for (int bits = 2; bits <= 16; ++bits) {
            const Fitted found = fitted("apot", {3}, 1u << bits);
            const auto& levels = found.fit.codebook->levels;
            QCOMPARE(levels.size(), (std::size_t{1} << bits) - 1);
            for (std::size_t i = 0; i < levels.size(); ++i) QCOMPARE(levels[i], -levels[levels.size() - 1 - i] + 0.0f);
            QVERIFY(std::fabs(found.values.levels.back() - 3) < 1e-6f);
        }
        QVERIFY(!refusal("apot", 2).empty());
    }
};

QTEST_APPLESS_MAIN(TestApot)
#include "tst_apot.moc"
