// NormalFloat against bitsandbytes, and the quantiles it is made of.
#include "core/schemes/normal_quantile.h"
#include "tests/support/fits.h"
#include "tests/support/golden.h"

#include <QTest>

#include <cmath>

using namespace quantoscope;
using namespace quantoscope::test;

class TestNormalFloat : public QObject {
    Q_OBJECT

private slots:
    void fourBitsAreThePublishedTable() {
        const auto golden = goldenJson("nf4_fp4_bitsandbytes.json");
        QCOMPARE(fitted("normal-float", {1}, 16).values.levels, floatsOfHex(golden["nf4_table_f32_hex"]));
    }

    void codesAreBitsandbytes() {
        const auto golden = goldenJson("nf4_fp4_bitsandbytes.json");
        int compared = 0, near = 0;
        for (const auto& [name, set] : golden["data"].items()) {
            const auto values = floatsOfHex(set["input"]);
            for (const auto& [kind, size] : {std::pair{"nf4_64", 64u}, std::pair{"nf4_128", 128u}}) {
                const auto packed = bytesOfHex(set[kind]["packed_hi_first"]);
                const auto absmax = floatsOfHex(set[kind]["absmax"]);
                const auto decoded = floatsOfHex(set[kind]["dequant"]);
                for (std::size_t block = 0; block < values.size() / size; ++block) {
                    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(block * size);
                    const Fitted found = fitted("normal-float", {begin, begin + size}, 16);
                    if (absmax[block] > 0) QCOMPARE(found.fit.scale, absmax[block]);
                    for (std::size_t i = block * size; i < (block + 1) * size; ++i) {
                        const std::uint32_t theirs = i % 2 == 0 ? packed[i / 2] >> 4 : packed[i / 2] & 15;
                        ++compared;
                        if (found.code(values[i]) == theirs) {
                            QCOMPARE(found.decoded(values[i]), decoded[i]);
                            continue;
                        }
                        ++near; // within an ulp of a midpoint
                        const auto& levels = found.fit.codebook->levels;
                        const float u = values[i] / found.fit.scale;
                        const float middle = (levels[found.code(values[i])] + levels[theirs]) / 2;
                        QVERIFY(std::fabs(u - middle) <= 1.2e-7f);
                    }
                }
            }
        }
        QCOMPARE(compared, 5120);
        QVERIFY(near < 10);
    }

    void theFormulaGivesThePublishedTableToo() {
        // The table was published from float32 intermediate values: it differs from the formula in the last digits.
        const double delta = (1.0 / 32 + 1.0 / 30) / 2;
        const double largest = upperNormalQuantile(1 - delta);
        const auto table = fitted("normal-float", {1}, 16).values.levels;
        for (int i = 0; i < 8; ++i) {
            const double p = (1 - delta) + (delta - 0.5) * i / 8;
            QVERIFY(std::fabs(table[static_cast<std::size_t>(15 - i)] - upperNormalQuantile(p) / largest) < 2e-6);
        }
        for (int i = 0; i < 7; ++i) {
            const double p = (1 - delta) + (delta - 0.5) * i / 7;
            QVERIFY(std::fabs(table[static_cast<std::size_t>(i)] + upperNormalQuantile(p) / largest) < 2e-6);
        }
    }

    void everyWidthHasZeroAndBothEnds() {
        for (int bits = 2; bits <= 16; ++bits) {
            const Fitted found = fitted("normal-float", {1}, 1u << bits);
            QCOMPARE(found.values.size(), std::size_t{1} << bits);
            QCOMPARE(found.values.levels.front(), -1.0f);
            QCOMPARE(found.values.levels.back(), 1.0f);
            QCOMPARE(found.values.levels[(std::size_t{1} << (bits - 1)) - 1], 0.0f);
        }
        QVERIFY(!refusal("normal-float", 2).empty());
    }

    void quantilesAreThoseOfTheTables_data() {
        QTest::addColumn<double>("p");
        QTest::addColumn<double>("quantile");
        QTest::newRow("the median") << 0.5 << 0.0;
        QTest::newRow("0.75") << 0.75 << 0.67448975019608171;
        QTest::newRow("0.975") << 0.975 << 1.9599639845400545;
        QTest::newRow("0.999") << 0.999 << 3.0902323061678132;
        QTest::newRow("near one") << 1 - 0x1p-20 << 4.7630010342678136;
    }
    void quantilesAreThoseOfTheTables() {
        QFETCH(double, p);
        QFETCH(double, quantile);
        const double found = upperNormalQuantile(p);
        QVERIFY(std::fabs(found - quantile) <= 1e-13 * (1 + quantile));
        QVERIFY(std::fabs(std::erfc(found / std::sqrt(2.0)) / 2 - (1 - p)) <= 1e-13 * (1 - p));
    }
};

QTEST_APPLESS_MAIN(TestNormalFloat)
#include "tst_normal_float.moc"
