// The user's own levels; bitsandbytes' FP4 table is such a list.
#include "tests/support/fits.h"
#include "tests/support/golden.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace quantoscope;
using namespace quantoscope::test;

class TestOwnLevels : public QObject {
    Q_OBJECT

private slots:
    void eachValueGoesToTheNearest() {
        const Fitted found = fitted("levels", {}, 2, {{"levels", std::vector<double>{10, -1, 0, 3, 3}}});
        QCOMPARE(found.values.levels, (std::vector<float>{-1, 0, 3, 10}));
        QCOMPARE(found.values.thresholds, (std::vector<float>{-0.5, 1.5, 6.5}));
        QCOMPARE(found.decoded(1.5f), 3.0f);
        QCOMPARE(found.decoded(-100), -1.0f);
        QCOMPARE(found.decoded(6.4f), 3.0f);
        QCOMPARE(found.fit.sideBits, 0u);
    }

    void withoutLevelsTheyAreRound() {
        QCOMPARE(fitted("levels", {18, 50, 97}, 5).values.levels, (std::vector<float>{0, 25, 50, 75, 100}));
        QCOMPARE(fitted("levels", {18, 50, 97}, 1).values.levels, std::vector<float>{50});
    }

    void codesOfBitsandbytesFp4() {
        const auto golden = goldenJson("nf4_fp4_bitsandbytes.json");
        const auto table = golden["fp4_bnb_table"].get<std::vector<double>>();
        int compared = 0, near = 0;
        for (const auto& [name, set] : golden["data"].items()) {
            const auto values = floatsOfHex(set["input"]);
            for (const auto& [kind, size] : {std::pair{"fp4_64", 64u}, std::pair{"fp4_128", 128u}}) {
                const auto packed = bytesOfHex(set[kind]["packed_hi_first"]);
                const auto absmax = floatsOfHex(set[kind]["absmax"]);
                for (std::size_t i = 0; i < values.size(); ++i) {
                    const float scale = absmax[i / size];
                    if (scale == 0) continue;
                    static const Fitted levels = fitted("levels", {}, 16, {{"levels", table}});
                    const float u = values[i] * (1 / scale);
                    const auto theirs = static_cast<float>(table[i % 2 == 0 ? packed[i / 2] >> 4 : packed[i / 2] & 15]);
                    ++compared;
                    if (levels.decoded(u) == theirs) continue;
                    ++near; // within an ulp of a midpoint
                    const float middle = (levels.decoded(u) + theirs) / 2;
                    QVERIFY(std::fabs(u - middle) <= 1.2e-7f * std::fabs(middle));
                }
            }
        }
        QVERIFY(compared > 4000);
        QVERIFY(near < 20);
    }

    void theEntropyOfEvenLevelsIsScipys() {
        // Codes of k even levels from the least to the largest value.
        const auto golden = goldenJson("entropy_quantiles.json");
        QCOMPARE(golden["entropy"].size(), 12u);
        for (const auto& row : golden["entropy"]) {
            const auto values = floatsOfHex(golden["inputs"][row["dataset"].get<std::string>()]);
            const auto [low, high] = std::minmax_element(values.begin(), values.end());
            const auto k = row["k"].get<std::uint32_t>();
            std::vector<double> levels;
            for (std::uint32_t i = 0; i < k; ++i)
                levels.push_back(*low + (*high - *low) * static_cast<double>(i) / (k - 1));
            const auto counts = fitted("levels", values, k, {{"levels", levels}}).counts(values);
            QCOMPARE(counts, row["counts"].get<std::vector<std::uint64_t>>());
            double entropy = 0;
            for (const std::uint64_t count : counts) {
                const double p = static_cast<double>(count) / static_cast<double>(values.size());
                if (count > 0) entropy -= p * std::log2(p);
            }
            QVERIFY(std::fabs(entropy - row["entropy_bits"].get<double>()) <= 1e-12 * entropy);
        }
    }

    void tooManyAreRefused() {
        QVERIFY(!refusal("levels", 4, {{"levels", std::vector<double>(65537, 1)}}).empty());
        QVERIFY(!refusal("levels", 4, {{"levels", std::vector<double>{1e39}}}).empty());
        QVERIFY(refusal("levels", 4, {{"levels", std::vector<double>{1}}}).empty());
    }
};

QTEST_APPLESS_MAIN(TestOwnLevels)
#include "tst_own_levels.moc"
