// The user's own edges, and the round ones where there are none.
#include "tests/support/datasets.h"
#include "tests/support/fits.h"

#include <QTest>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

Parameters edges(std::vector<double> list, const char* representative = "midpoint") {
    return {{"edges", std::move(list)}, {"representative", std::string(representative)}};
}

} // namespace

class TestFixedEdges : public QObject {
    Q_OBJECT

private slots:
    void theScoresEveryoneKnows() {
        const std::vector<float> scores{18.2f, 45.7f, 22.1f, 51.3f, 25, 97, 100};
        const Fitted found = fitted("fixed", scores, 4, edges({0, 25, 50, 75, 100}));
        QCOMPARE(found.values.levels, (std::vector<float>{12.5, 37.5, 62.5, 87.5}));
        QCOMPARE(found.values.thresholds, (std::vector<float>{25, 50, 75}));
        QCOMPARE(found.counts(scores), (std::vector<std::uint64_t>{2, 2, 1, 2})); // 25 goes up, 100 belongs
        QCOMPARE(found.fit.sideBits, 0u);
        QCOMPARE(found.fit.lower, 0.0f);
        QCOMPARE(found.fit.upper, 100.0f);
    }

    void withoutEdgesTheyAreRound() {
        const Fitted found = fitted("fixed", {18, 50, 97}, 4);
        QCOMPARE(found.values.thresholds, (std::vector<float>{25, 50, 75}));
        QCOMPARE(found.fit.upper, 100.0f);
        QCOMPARE(found.fit.sideBits, 0u);
    }

    void edgesDecideTheNumberOfLevels() {
        QCOMPARE(fitted("fixed", {1}, 256, edges({0, 1, 5, 10})).values.size(), std::size_t{3});
        QCOMPARE(fitted("fixed", {1}, 0, edges({0, 1, 5, 10})).values.size(), std::size_t{3});
    }

    void meansAndMediansAreOfTheValues() {
        const std::vector<float> values{-10, 1, 2, 6, 7, 9, 30};
        const Fitted means = fitted("fixed", values, 2, edges({0, 5, 10}, "mean"));
        QCOMPARE(means.values.levels, (std::vector<float>{-7.0f / 3, 13})); // those outside too
        QCOMPARE(means.fit.sideBits, 64u);
        const Fitted medians = fitted("fixed", values, 2, edges({0, 5, 10}, "median"));
        QCOMPARE(medians.values.levels, (std::vector<float>{1, 8}));
        // Nothing to go by: the midpoint.
        QCOMPARE(fitted("fixed", {1}, 2, edges({0, 5, 10}, "mean")).values.levels, (std::vector<float>{1, 7.5}));
    }

    void valuesOutsideGoToTheEndIntervals() {
        const Fitted found = fitted("fixed", {-100, 200}, 2, edges({0, 5, 10}));
        QCOMPARE(found.decoded(-100), 2.5f);
        QCOMPARE(found.decoded(200), 7.5f);
    }

    void edgesBetweenFloatsDecideAsRealNumbers() {
        // 0.1 is not a float32: the float32 nearest to it lies above.
        const Fitted found = fitted("fixed", {0}, 2, edges({0, 0.1, 1}));
        QCOMPARE(found.values.thresholds.front(), 0.1f);
        QCOMPARE(found.bin(0.1f), std::size_t{1});
        QCOMPARE(found.bin(std::nextafter(0.1f, 0.0f)), std::size_t{0});
    }

    void edgesThatMakeNoIntervalsAreRefused() {
        QVERIFY(refusal("fixed", 4, edges({0, 25, 50})).empty());
        QVERIFY(refusal("fixed", 4, edges({1})).find("from 2") != std::string::npos);
        QVERIFY(refusal("fixed", 4, edges({0, 0})).find("ascend") != std::string::npos);
        QVERIFY(refusal("fixed", 4, edges({1, 0})).find("ascend") != std::string::npos);
        QVERIFY(!refusal("fixed", 4, edges({0, 1e39})).empty());
        QVERIFY(!refusal("fixed", 0).empty());
    }
};

QTEST_APPLESS_MAIN(TestFixedEdges)
#include "tst_fixed_edges.moc"
