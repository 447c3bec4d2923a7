// Counts from sorted values and from a pass over them, against each value's place among the edges.
#include "core/base/parallel.h"
#include "core/tensor/histogram.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace quantoscope;

namespace {

std::vector<std::uint64_t> countsByDefinition(std::span<const float> values, const Histogram& histogram) {
    const std::size_t bins = histogram.counts.size();
    std::vector<std::uint64_t> counts(bins);
    for (const double x : values)
        for (std::size_t i = 0; i < bins; ++i)
            if (x >= histogram.edge(i) && (x < histogram.edge(i + 1) || (i + 1 == bins && x == histogram.upper))) {
                ++counts[i];
                break;
            }
    return counts;
}

} // namespace

class TestHistogram : public QObject {
    Q_OBJECT

private:
    static void addDataSets() {
        QTest::addColumn<std::size_t>("index");
        for (std::size_t i = 0; i < test::dataSets().size(); ++i) QTest::newRow(test::dataSets()[i].name.c_str()) << i;
    }

private slots:
    void countsWhatLiesBetweenTheEdges_data() { addDataSets(); }
    void countsWhatLiesBetweenTheEdges() {
        QFETCH(std::size_t, index);
        const std::vector<float>& values = test::dataSets()[index].values;
        const auto data = Distribution::build(values).value();
        for (const std::size_t bins : {1, 2, 3, 10, 64, 127}) {
            const Histogram sorted = histogramOf(*data, bins), direct = histogramOf(values, bins);
            QVERIFY(sorted.lower <= data->minimum() && sorted.upper >= data->maximum());
            QVERIFY(sorted.lower < sorted.upper);
            QCOMPARE(sorted.edge(0), sorted.lower);
            QCOMPARE(sorted.edge(bins), sorted.upper);
            QCOMPARE(sorted.lower, direct.lower);
            QCOMPARE(sorted.upper, direct.upper);
            const auto want = countsByDefinition(values, sorted);
            QCOMPARE(sorted.counts, want);
            QCOMPARE(direct.counts, want);
            std::uint64_t total = 0;
            for (const std::uint64_t count : want) total += count;
            QCOMPARE(total, values.size());
            // A part of the range, whose ends are no float32.
            const double middle = data->mean(), spread = std::sqrt(data->variance()) + 1e-300;
            const Histogram part = histogramOf(*data, middle - 0.7 * spread, middle + 1.1 * spread, bins);
            QCOMPARE(part.counts, countsByDefinition(values, part));
        }
    }

    void countsAsNumpy() {
        // numpy.histogram([1, 2, 1, 3, 4, 4], bins=3): edges 1, 2, 3, 4; the last is closed.
        const std::vector<float> values{1, 2, 1, 3, 4, 4};
        QCOMPARE(histogramOf(values, 3).counts, (std::vector<std::uint64_t>{2, 1, 3}));
        // numpy.histogram([5, 5], bins=2): the range becomes 4.5 to 5.5.
        const Histogram constant = histogramOf(std::vector<float>{5, 5}, 2);
        QCOMPARE(constant.lower, 4.5);
        QCOMPARE(constant.upper, 5.5);
        QCOMPARE(constant.counts, (std::vector<std::uint64_t>{0, 2}));
    }

    void widensConstantsOfAnySize_data() {
        QTest::addColumn<float>("value");
        QTest::newRow("zero") << 0.0f;
        QTest::newRow("where half a unit vanishes") << -1e30f;
        QTest::newRow("the largest float") << std::numeric_limits<float>::max();
    }
    void widensConstantsOfAnySize() {
        QFETCH(float, value);
        const std::vector<float> values(10, value);
        for (const Histogram& histogram :
             {histogramOf(values, 8), histogramOf(*Distribution::build(values).value(), 8)}) {
            QVERIFY(histogram.lower < value && value < histogram.upper && std::isfinite(histogram.upper));
            QCOMPARE(histogram.counts, countsByDefinition(values, histogram));
            QCOMPARE(*std::ranges::max_element(histogram.counts), std::uint64_t{10});
        }
    }

    void leavesOutWhatIsNotFinite() {
        const std::vector<float> values{INFINITY, 1, std::nanf(""), 2, -INFINITY, 3};
        QCOMPARE(histogramOf(values, 2).counts, (std::vector<std::uint64_t>{1, 2}));
    }

    void hasARangeWithoutValues() {
        const std::vector<float> nothing, none{std::nanf(""), INFINITY};
        for (const Histogram& histogram :
             {histogramOf(nothing, 4), histogramOf(none, 4), histogramOf(*Distribution::build(nothing).value(), 4)}) {
            QVERIFY(histogram.lower < histogram.upper);
            QCOMPARE(histogram.counts, std::vector<std::uint64_t>(4));
        }
        QVERIFY(histogramOf(std::vector<float>{1, 2}, 0).counts.empty());
    }

    void threadsDoNotShow() {
        const std::vector<float> values = test::normalValues(700'000, 4);
        const Histogram many = histogramOf(values, 1000);
        QCOMPARE(histogramOf(*Distribution::build(values).value(), 1000).counts, many.counts);
        const ThreadLimit one(1);
        QCOMPARE(histogramOf(values, 1000).counts, many.counts);
    }
};

QTEST_APPLESS_MAIN(TestHistogram)
#include "tst_histogram.moc"
