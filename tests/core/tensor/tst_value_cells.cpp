// Groups made in two passes against the sorted values: exact where they can be, and within what they state else.
#include "core/tensor/value_cells.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>

using namespace quantoscope;

namespace {

DistributionPtr coarse(std::span<const float> values, std::size_t most, int bits = ValueCells::kMostBits,
                       std::size_t piece = 1000) {
    ValueCells cells(bits), other(bits);
    for (std::size_t begin = 0; begin < values.size(); begin += piece)
        (begin / piece % 2 == 0 ? cells : other).add(values.subspan(begin, std::min(piece, values.size() - begin)));
    cells.add(other);
    const ValueGroups groups(cells, most);
    auto sums = groups.makeSums(), more = groups.makeSums();
    for (std::size_t begin = 0; begin < values.size(); begin += piece)
        groups.add(values.subspan(begin, std::min(piece, values.size() - begin)), begin / piece % 3 == 0 ? more : sums);
    ValueGroups::add(more, sums);
    return Distribution::fromGroups(groups.groups(sums));
}

DistributionPtr exact(const std::vector<float>& values) { return Distribution::build(values).value(); }

bool near(double got, double want, double tolerance = 1e-12) {
    return std::fabs(got - want) <= tolerance * std::fabs(want);
}

std::vector<float> offset(std::vector<float> values, float by) {
    for (float& x : values) x += by;
    return values;
}

std::vector<float> tiny() {
    std::vector<float> values = test::normalValues(50000, 5);
    for (float& x : values) x *= 1e-42f; // subnormal
    return values;
}

std::vector<float> allMagnitudes() {
    std::mt19937 random(7);
    std::vector<float> values;
    while (values.size() < 100000) {
        const float x = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
        if (std::isfinite(x)) values.push_back(x);
    }
    return values;
}

} // namespace

Q_DECLARE_METATYPE(std::vector<float>)

class TestValueCells : public QObject {
    Q_OBJECT

private slots:
    void groupsHoldTheirValues_data() {
        QTest::addColumn<std::vector<float>>("values");
        QTest::addColumn<int>("bits");
        QTest::newRow("normal") << test::normalValues(200000) << 16;
        QTest::newRow("normal, coarse cells") << test::normalValues(200000) << 9;
        QTest::newRow("far from zero") << offset(test::normalValues(200000, 2), 1e5f) << 16;
        QTest::newRow("negative, far from zero") << offset(test::normalValues(200000, 3), -1e5f) << 12;
        QTest::newRow("subnormal") << tiny() << 16;
        QTest::newRow("all magnitudes") << allMagnitudes() << 9;
    }
    void groupsHoldTheirValues() {
        QFETCH(std::vector<float>, values);
        QFETCH(int, bits);
        constexpr std::size_t kMost = 4096;
        const DistributionPtr all = exact(values), groups = coarse(values, kMost, bits);
        QVERIFY(groups->isCoarse());
        QVERIFY(groups->distinct() <= kMost);
        QCOMPARE(groups->count(), all->count());
        QCOMPARE(groups->minimum(), all->minimum());
        QCOMPARE(groups->maximum(), all->maximum());
        QVERIFY(near(groups->variance(), all->variance()));
        QVERIFY(near(groups->sumOfSquares(), all->sumOfSquares()));
        const double scale = std::sqrt(all->sumOfSquares() / static_cast<double>(all->count()));
        QVERIFY(std::fabs(groups->mean() - all->mean()) <= 1e-13 * scale);

        double within = 0, widest = 0;
        std::uint64_t before = 0;
        for (std::size_t i = 0; i < groups->distinct(); ++i) {
            const float low = groups->lowest(i), high = groups->highest(i);
            QVERIFY(i == 0 || groups->highest(i - 1) < low);
            QVERIFY(low <= groups->values()[i] && groups->values()[i] <= high);
            const IndexRange range{all->indexOf(low), all->indexOf(std::nextafter(high, INFINITY))};
            QCOMPARE(all->values()[range.begin], low);
            QCOMPARE(all->values()[range.end - 1], high);
            QCOMPARE(groups->countOf({i, i + 1}), all->countOf(range));
            QCOMPARE(all->countOf({0, range.begin}), before);
            before += all->countOf(range);
            // A mean is as good as the distance of its values allows.
            QVERIFY(std::fabs(groups->meanOf({i, i + 1}) - all->meanOf(range)) <=
                    1e-12 * (static_cast<double>(high) - low) + 1e-15 * std::fabs(low));
            QVERIFY(std::fabs(groups->squaredErrorAboutMean({i, i + 1}) - all->squaredErrorAboutMean(range)) <=
                    1e-12 * all->squaredErrorAboutMean(range));
            within += all->squaredErrorAboutMean(range);
            widest = std::max(widest, static_cast<double>(high) - low);
        }
        const Coarsening coarsening = groups->coarsening();
        QCOMPARE(coarsening.groups, groups->distinct());
        QVERIFY(near(coarsening.rmsSpread, std::sqrt(within / static_cast<double>(all->count()))));
        QCOMPARE(coarsening.widest, widest);
        for (const double q : {0.0, 0.001, 0.1, 0.5, 0.77, 0.999, 1.0}) {
            QVERIFY(std::fabs(groups->quantile(q) - all->quantile(q)) <= widest);
            QVERIFY(std::fabs(groups->absoluteQuantile(q) - all->absoluteQuantile(q)) <= widest);
        }
    }

    void moreGroupsAreFiner() {
        const std::vector<float> values = test::normalValues(300000, 4);
        double before = INFINITY;
        for (std::size_t most = 1 << 13; most <= 1 << 16; most *= 2) {
            const double spread = coarse(values, most)->coarsening().rmsSpread;
            QVERIFY(spread < before);
            before = spread;
        }
        QVERIFY(before < 1e-4);
    }

    void anOffsetCostsLittle() {
        // Only the values' own spread counts, whatever lies between them and zero.
        const std::vector<float> values = offset(test::normalValues(200000, 8), 4096);
        const DistributionPtr groups = coarse(values, 1 << 16);
        QVERIFY(groups->coarsening().rmsSpread <= 0x1p-12); // half of the spacing of float32 there
    }

    void storedInSixteenBitsIsExact_data() {
        QTest::addColumn<std::vector<float>>("values");
        std::vector<float> integers, halves, eighths;
        std::mt19937 random(9);
        std::normal_distribution<float> normal;
        for (int i = 0; i < 100000; ++i) {
            integers.push_back(static_cast<float>(static_cast<int>(random() % 65536) - 32768));
            halves.push_back(std::bit_cast<float>(std::bit_cast<std::uint32_t>(normal(random)) & 0xffffe000U));
            eighths.push_back(std::bit_cast<float>(std::bit_cast<std::uint32_t>(normal(random)) & 0xffff0000U));
        }
        QTest::newRow("int16") << integers;
        QTest::newRow("10 bits of mantissa") << halves;
        QTest::newRow("bfloat16") << eighths;
        QTest::newRow("one value") << std::vector<float>(1000, -3.25f);
        QTest::newRow("two zeros") << std::vector<float>{0.0f, -0.0f, 0.0f};
    }
    void storedInSixteenBitsIsExact() {
        QFETCH(std::vector<float>, values);
        const DistributionPtr all = exact(values), groups = coarse(values, 1 << 18);
        QVERIFY(!groups->isCoarse());
        QCOMPARE(groups->distinct(), all->distinct());
        for (std::size_t i = 0; i < all->distinct(); ++i) {
            QCOMPARE(groups->values()[i], all->values()[i]);
            QCOMPARE(groups->countOf({i, i + 1}), all->countOf({i, i + 1}));
        }
        QCOMPARE(groups->coarsening().groups, std::uint64_t{0});
    }

    void nonFiniteValuesAreCountedApart() {
        const std::vector<float> values = {1, std::nanf(""), INFINITY, -2, -INFINITY, INFINITY};
        ValueCells cells(16);
        cells.add(values);
        QCOMPARE(cells.count(), std::uint64_t{2});
        QCOMPARE(cells.nonFinite().nan, std::uint64_t{1});
        QCOMPARE(cells.nonFinite().positiveInfinity, std::uint64_t{2});
        QCOMPARE(cells.nonFinite().negativeInfinity, std::uint64_t{1});
        QCOMPARE(cells.minimum(), -2.0f);
        QCOMPARE(cells.maximum(), 1.0f);
        const DistributionPtr groups = coarse(values, 100);
        QCOMPARE(groups->count(), std::uint64_t{2});
    }

    void valuesThatNobodyCountedDoNoHarm() {
        ValueCells cells(16);
        const std::vector<float> first = {1, 2, 3}, later = {1, 2, 3, -1e30f, 1e-30f, 7};
        cells.add(first);
        const ValueGroups groups(cells, 100);
        auto sums = groups.makeSums();
        groups.add(later, sums);
        QCOMPARE(Distribution::fromGroups(groups.groups(sums))->count(), std::uint64_t{3});
    }

    void nothingGivesAnEmptyDistribution() {
        const DistributionPtr groups = coarse({}, 100);
        QVERIFY(groups->empty() && !groups->isCoarse());
    }
};

QTEST_GUILESS_MAIN(TestValueCells)
#include "tst_value_cells.moc"
