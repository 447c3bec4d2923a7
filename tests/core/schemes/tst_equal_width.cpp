// Equal widths against scikit-learn's uniform bins.
#include "core/base/float_edges.h"
#include "core/tensor/distribution.h"
#include "tests/support/datasets.h"
#include "tests/support/fits.h"
#include "tests/support/golden.h"

#include <QTest>

#include <cmath>

using namespace quantoscope;
using namespace quantoscope::test;

class TestEqualWidth : public QObject {
    Q_OBJECT

private slots:
    void cutsWhereScikitLearnCuts() {
        const auto golden = goldenJson("sklearn_kbins.json");
        int compared = 0;
        for (const auto& row : golden["results"]) {
            if (row["strategy"] != "uniform") continue;
            const auto values = floatsOf(golden["inputs"][row["dataset"].get<std::string>()]);
            const Fitted found = fitted("equal-width", values, row["k"].get<std::uint32_t>());
            QCOMPARE(found.counts(values), row["counts"].get<std::vector<std::uint64_t>>());
            const auto edges = row["edges"].get<std::vector<double>>();
            for (std::size_t i = 0; i < found.values.size(); ++i) {
                QVERIFY(std::fabs(found.values.levels[i] - (edges[i] + edges[i + 1]) / 2) <= 1e-6);
                if (i > 0) QCOMPARE(found.values.thresholds[i - 1], firstFloatFrom(edges[i]));
            }
            ++compared;
        }
        QCOMPARE(compared, 18);
    }

    void emptyIntervalsStay() {
        const std::vector<float> values{0, 1, 100};
        const Fitted found = fitted("equal-width", values, 4);
        QCOMPARE(found.values.levels, (std::vector<float>{12.5, 37.5, 62.5, 87.5}));
        QCOMPARE(found.values.thresholds, (std::vector<float>{25, 50, 75}));
        QCOMPARE(found.counts(values), (std::vector<std::uint64_t>{2, 0, 0, 1}));
        QCOMPARE(found.fit.sideBits, 64u);
        const Fitted means = fitted("equal-width", values, 4, {{"representative", std::string("mean")}});
        QCOMPARE(means.values.levels, (std::vector<float>{0.5, 37.5, 62.5, 100}));
        QCOMPARE(means.fit.sideBits, 128u);
    }

    void theUsersRangeCostsNothingAndClips() {
        const Fitted found = fitted("equal-width", {-5, 1, 2, 50}, 2, {}, "0:4");
        QCOMPARE(found.values.levels, (std::vector<float>{1, 3}));
        QCOMPARE(found.fit.lower, 0.0f);
        QCOMPARE(found.fit.upper, 4.0f);
        QCOMPARE(found.fit.sideBits, 0u);
        QCOMPARE(found.decoded(-5), 1.0f);
        QCOMPARE(found.decoded(50), 3.0f);
    }

    void oneValueIsItsOwnLevel() {
        const Fitted found = fitted("equal-width", {0.1f, 0.1f}, 16);
        QCOMPARE(found.values.levels, std::vector<float>{0.1f});
    }

    void intervalsThatNoFloatLiesInAreLeftOut() {
        const float one = 1, next = std::nextafter(1.0f, 2.0f), last = std::nextafter(next, 2.0f);
        const Fitted found = fitted("equal-width", {one, next, last}, 16);
        QCOMPARE(found.values.levels, (std::vector<float>{one, next, last}));
    }
};

QTEST_APPLESS_MAIN(TestEqualWidth)
#include "tst_equal_width.moc"
