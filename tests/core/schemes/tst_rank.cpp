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
        // A quantile at either end is no boundary inside.
        QCOMPARE(fitted("rank", {0, 0, 0, 1}, 2).values.levels, std::vector<float>{0.25f});
        QCOMPARE(fitted("rank", {0, 1, 1, 1}, 2).values.levels, std::vector<float>{0.75f});
    }

    void groupsWithoutValuesKeepTheirPlace() {
        const Fitted halves = fitted("rank", {1, 9}, 4);
        QCOMPARE(halves.values.thresholds, (std::vector<float>{3, 5, 7}));
        QCOMPARE(halves.values.levels, (std::vector<float>{1, 4, 6, 9}));
        // As scikit-learn 1.2.1: KBinsDiscretizer(8, strategy="quantile") has the edges −8, −1, 1.75, …, 7, 8.
        const std::vector<float> ties{-8, -8, 0, 1, 2, 2, 3, 4, 5, 6, 7, 7, 7, 8, 8, 8};
        const Fitted found = fitted("rank", ties, 8);
        QCOMPARE(found.values.thresholds, (std::vector<float>{-1, 1.75f, 2.625f, 4.5f, 6.375f, 7}));
        QCOMPARE(found.counts(ties), (std::vector<std::uint64_t>{2, 2, 2, 2, 2, 0, 6}));
    }
};

QTEST_APPLESS_MAIN(TestRank)
#include "tst_rank.moc"
