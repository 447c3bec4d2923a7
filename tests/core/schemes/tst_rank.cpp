// Rank against scikit-learn's quantile bins, and its rule for ties.
#include "core/base/float_edges.h"
#include "tests/support/datasets.h"
#include "tests/support/fits.h"
#include "tests/support/golden.h"

#include <QTest>

#include <cmath>

using namespace quantoscope;
using namespace quantoscope::test;

class TestRank : public QObject {
    Q_OBJECT

private slots:
    void cutsWhereScikitLearnCuts() {
        const auto golden = goldenJson("sklearn_kbins.json");
        int compared = 0;
        for (const auto& row : golden["results"]) {
            if (row["strategy"] != "quantile") continue;
            const auto values = floatsOf(golden["inputs"][row["dataset"].get<std::string>()]);
            const Fitted found = fitted("rank", values, row["k"].get<std::uint32_t>());
            QCOMPARE(found.values.size(), row["n_bins_effective"].get<std::size_t>());
            QCOMPARE(found.counts(values), row["counts"].get<std::vector<std::uint64_t>>());
            for (std::size_t i = 0; i < found.values.thresholds.size(); ++i) {
                const double edge = row["edges"][i + 1].get<double>();
                QVERIFY(std::fabs(found.values.thresholds[i] - edge) <= 1.2e-7 * std::fabs(edge));
            }
            ++compared;
        }
        QCOMPARE(compared, 18);
    }

    void quartilesStandForTheirMeansOrMedians() {
        const std::vector<float> values{1, 2, 3, 10, 11, 12, 20, 21, 25, 30, 40, 41};
        const Fitted means = fitted("rank", values, 4);
        QCOMPARE(means.values.levels, (std::vector<float>{2, 11, 22, 37}));
        QCOMPARE(means.counts(values), (std::vector<std::uint64_t>{3, 3, 3, 3}));
        const Fitted medians = fitted("rank", values, 4, {{"representative", std::string("median")}});
        QCOMPARE(medians.values.levels, (std::vector<float>{2, 11, 21, 40}));
        QCOMPARE(medians.values.thresholds, means.values.thresholds);
        QCOMPARE(means.fit.sideBits, 128u);
    }

    void tiesStayTogetherAndGoUp() {
        const std::vector<float> values{1, 2, 2, 2, 2, 2, 2, 3};
        const Fitted found = fitted("rank", values, 4);
        // All three quartiles are 2: one boundary, and the twos are above it.
        QCOMPARE(found.values.levels, (std::vector<float>{1, 15.0f / 7}));
        QCOMPARE(found.counts(values), (std::vector<std::uint64_t>{1, 7}));
        QCOMPARE(fitted("rank", {0, 0, 0, 1}, 2).values.levels, std::vector<float>{0.25f});
        QCOMPARE(fitted("rank", {0, 1, 1, 1}, 2).values.levels, (std::vector<float>{0, 1}));
    }

    void groupsWithoutValuesAreLeftOut() {
        const std::vector<float> values{1, 9};
        QCOMPARE(fitted("rank", values, 8).values.levels, values);
    }
};

QTEST_APPLESS_MAIN(TestRank)
#include "tst_rank.moc"
