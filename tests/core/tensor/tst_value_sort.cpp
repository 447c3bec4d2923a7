// Sorting against the standard library's, and what it must leave as it was.
#include "core/base/parallel.h"
#include "core/tensor/value_sort.h"
#include "tests/support/datasets.h"
#include "tests/support/vector_targets.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>

using namespace quantoscope;

class TestValueSort : public QObject {
    Q_OBJECT

private slots:
    /// Some processors sort best without all they have: codes and products have it all the same. First, as what a sort
    /// before it had changed could not be seen.
    void leavesTheInstructionsAsTheyWere() {
        const auto before = test::vectorTargets();
        const std::vector<float> values = test::normalValues(5000, 8);
        std::atomic<int> sorted{0};
        parallelBlocks(16, 1, [&](Block) {
            for (int i = 0; i < 50; ++i) sorted += sortedCopy(values).has_value();
        });
        QCOMPARE(sorted.load(), 800);
        QCOMPARE(test::vectorTargets(), before);
    }

    void agreesWithTheStandardLibrary_data() {
        QTest::addColumn<int>("count");
        for (const int count : {0, 1, 2, 511, 512, 10'000, 200'000, 3'000'000}) QTest::addRow("%d", count) << count;
    }
    void agreesWithTheStandardLibrary() {
        QFETCH(int, count);
        std::vector<float> values = test::normalValues(static_cast<std::size_t>(count), 7);
        for (std::size_t i = 0; i < values.size(); i += 3) values[i] = std::round(values[i]); // ties
        std::vector<float> expected = values;
        std::sort(expected.begin(), expected.end());
        const auto sorted = sortedCopy(values).value();
        QVERIFY(std::equal(sorted.begin(), sorted.end(), expected.begin(), expected.end()));

        std::vector<std::size_t> order(values.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
        const auto found = sortedOrder(values).value();
        QVERIFY(std::equal(found.begin(), found.end(), order.begin(), order.end()));
    }
};

QTEST_APPLESS_MAIN(TestValueSort)
#include "tst_value_sort.moc"
