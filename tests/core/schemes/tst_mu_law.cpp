#include "tests/support/datasets.h"
#include "tests/support/fits.h"

#include <QTest>

#include <cmath>

using namespace quantoscope;
using namespace quantoscope::test;

class TestMuLaw : public QObject {
    Q_OBJECT

private slots:
    void codesAreEqualIntervalsOfTheCompandedValue() {
        const auto values = normalValues(2000, 1);
        float largest = 0;
        for (const float value : values) largest = std::max(largest, std::fabs(value));
        for (const double mu : {1.0, 16.0, 255.0}) {
            const Fitted found = fitted("mu-law", values, 32, {{"mu", mu}});
            QCOMPARE(found.fit.scale, largest);
            for (const float x : values) {
                const double y = std::copysign(std::log1p(mu * std::fabs(x) / largest) / std::log1p(mu), x);
                const double place = (y + 1) * 16;
                if (std::fabs(place - std::round(place)) < 1e-4) continue; // on an edge but for rounding
                const auto bin = static_cast<std::size_t>(std::min(31.0, std::floor(place)));
                QCOMPARE(found.bin(x), bin);
                const double middle = (static_cast<double>(bin) + 0.5) / 16 - 1;
                const double level =
                    std::copysign(largest * std::expm1(std::fabs(middle) * std::log1p(mu)) / mu, middle);
                QVERIFY(std::fabs(found.decoded(x) - level) <= 1e-6 * std::fabs(level));
            }
        }
    }

    void levelsAreSymmetric() {
        for (int bits = 1; bits <= 16; ++bits) {
            const Fitted found = fitted("mu-law", {1}, 1u << bits);
            const auto& levels = found.fit.codebook->levels;
            for (std::size_t i = 0; i < levels.size(); ++i) QCOMPARE(levels[i], -levels[levels.size() - 1 - i]);
            QCOMPARE(found.fit.codebook->thresholds[levels.size() / 2 - 1], 0.0f);
        }
    }

    void weakCompandingIsNearlyEqualWidth() {
        const auto values = normalValues(500, 2);
        const Fitted found = fitted("mu-law", values, 16, {{"mu", 0.001}});
        const float step = found.values.levels[1] - found.values.levels[0];
        for (std::size_t i = 1; i < 16; ++i)
            QVERIFY(std::fabs(found.values.levels[i] - found.values.levels[i - 1] - step) < 2e-3f * step);
    }

    void muIsPositive() {
        QVERIFY(!refusal("mu-law", 16, {{"mu", 0.0}}).empty());
        QVERIFY(!refusal("mu-law", 16, {{"mu", -1.0}}).empty());
    }
};

QTEST_APPLESS_MAIN(TestMuLaw)
#include "tst_mu_law.moc"
