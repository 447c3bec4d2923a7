// k-means as a scheme: levels in float32, thresholds between them. The solver itself is tested in
// tests/core/quant/tst_optimal_partition.cpp.
#include "tests/support/datasets.h"
#include "tests/support/fits.h"
#include "tests/support/golden.h"
#include "tests/support/samples.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

double largest(const std::vector<float>& values) {
    double result = 0;
    for (const float value : values) result = std::max(result, std::fabs(static_cast<double>(value)));
    return result;
}

} // namespace

class TestKMeans : public QObject {
    Q_OBJECT

private slots:
    void theScoresEveryoneKnows() {
        const std::vector<float> scores{18.2f, 45.7f, 22.1f, 51.3f, 20.0f, 48.0f, 90.5f, 88.5f};
        const Fitted found = fitted("kmeans", scores, 3);
        QCOMPARE(found.values.size(), std::size_t{3});
        QVERIFY(std::fabs(found.values.levels[0] - 20.1f) < 1e-4f);
        QVERIFY(std::fabs(found.values.levels[1] - 145.0f / 3) < 1e-4f);
        QVERIFY(std::fabs(found.values.levels[2] - 89.5f) < 1e-4f);
        QCOMPARE(found.counts(scores), (std::vector<std::uint64_t>{3, 3, 2}));
        QCOMPARE(found.fit.sideBits, 96u);
        QVERIFY(found.fit.exact);
    }

    void reachesTheGoldenErrorUpToFloatLevels() {
        const auto golden = goldenJson("kmeans1d_optimal.json");
        for (const auto& row : golden["results"]) {
            const auto values = floatsOf(golden["inputs"][row["dataset"].get<std::string>()]);
            const Fitted found = fitted("kmeans", values, row["k"].get<std::uint32_t>());
            const double best = row["sse"].get<double>(), error = found.squaredError(values);
            // Rounding a level moves it by no more than half an ulp of the largest value, and costs its square.
            const double rounding = static_cast<double>(values.size()) * std::pow(largest(values) * 0x1p-24, 2);
            QVERIFY(error >= best * (1 - 1e-12));
            QVERIFY2(error <= best * (1 + 1e-6) + rounding, row["dataset"].get<std::string>().c_str());
        }
    }

    void levelsThatRoundToOneAreOne() {
        // Means between two neighbouring float32: both round to the same level, or to values of the data.
        const std::vector<float> values{16777216.0f, 16777216.0f, 16777218.0f};
        const Fitted found = fitted("kmeans", values, 2);
        QCOMPARE(found.squaredError(values), 0.0);
        QCOMPARE(fitted("kmeans", {1, 1, 1}, 16).values.size(), std::size_t{1});
    }

    void moreBitsNeverHurt() {
        for (const Sample& set : hardSamples()) {
            if (set.values.empty()) continue;
            double before = INFINITY;
            for (std::uint32_t levels = 1; levels <= 256; levels *= 2) {
                const double error = fitted("kmeans", set.values, levels).squaredError(set.values);
                const double ulp = static_cast<double>(set.values.size()) * std::pow(largest(set.values) * 0x1p-24, 2);
                QVERIFY2(error <= before * (1 + 1e-9) + ulp, set.name.c_str());
                before = error;
            }
        }
    }

    void shiftingTheDataShiftsTheLevels() {
        std::vector<float> values, shifted;
        Random random(3);
        for (int i = 0; i < 500; ++i) values.push_back(static_cast<float>(random.below(4096)));
        for (const float value : values) shifted.push_back(value + 8192);
        const Fitted found = fitted("kmeans", values, 16), moved = fitted("kmeans", shifted, 16);
        for (std::size_t i = 0; i < 16; ++i)
            QVERIFY(std::fabs(moved.values.levels[i] - 8192 - found.values.levels[i]) <= 0x1p-10);
        QCOMPARE(moved.counts(shifted), found.counts(values));
    }

    void nothingHasOneLevel() { QCOMPARE(fitted("kmeans", {}, 16).values.levels, std::vector<float>{0}); }
};

QTEST_APPLESS_MAIN(TestKMeans)
#include "tst_kmeans.moc"
