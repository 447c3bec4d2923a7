// Sums whose terms cancel almost entirely, against what is left by construction.
#include "core/base/exact_sum.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace quantoscope;

class TestExactSum : public QObject {
    Q_OBJECT

private slots:
    void nothingIsLostWhereHugeTermsCancel() {
        std::mt19937_64 generator(3);
        std::uniform_real_distribution<double> mantissa(1, 2);
        for (int round = 0; round < 200; ++round) {
            std::vector<double> terms;
            for (int i = 0; i < 50; ++i) {
                const double term = std::ldexp(mantissa(generator), static_cast<int>(generator() % 200) - 100);
                terms.insert(terms.end(), {term, -term});
            }
            const double left = std::ldexp(mantissa(generator), -120);
            terms.push_back(left);
            std::shuffle(terms.begin(), terms.end(), generator);
            ExactSum sum;
            for (const double term : terms) sum.add(term);
            QCOMPARE(sum.value().value(), left);
        }
    }

    void whatADoubleCannotHoldIsInTheLowPart() {
        ExactSum sum;
        sum.add(0x1p-80);
        sum.add(1);
        QCOMPARE(sum.value().high, 1.0);
        QCOMPARE(sum.value().low, 0x1p-80);
    }

    void noTermsAreZero() { QCOMPARE(ExactSum().value().value(), 0.0); }
};

QTEST_APPLESS_MAIN(TestExactSum)
#include "tst_exact_sum.moc"
