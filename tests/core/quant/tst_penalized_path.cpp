// The cheapest paths against the recurrence itself, over all penalties; one sweep and two give the same cost.
#include "core/base/parallel.h"
#include "core/quant/penalized_path.h"
#include "core/quant/penalty_search.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

struct Points {
    std::vector<double> x, w;
};

Points pointsOf(int kind, std::size_t count) {
    Random random(100 + static_cast<std::uint64_t>(kind));
    Points points;
    for (std::size_t i = 0; i < count; ++i) {
        points.x.push_back(kind == 0   ? random.normal()
                           : kind == 1 ? static_cast<double>(i)
                           : kind == 2 ? 1e6 + random.uniform()
                                       : random.normal() * (random.below(20) == 0 ? 1e4 : 1));
        points.w.push_back(kind == 3 ? std::pow(10, 3 * random.uniform()) : 1 + static_cast<double>(random.below(3)));
    }
    std::sort(points.x.begin(), points.x.end());
    return points;
}

long double squares(const Points& points, const std::vector<std::size_t>& boundaries) {
    long double total = 0;
    for (std::size_t bin = 0; bin + 1 < boundaries.size(); ++bin) {
        long double weight = 0, mean = 0;
        for (std::size_t i = boundaries[bin]; i < boundaries[bin + 1]; ++i) {
            weight += points.w[i];
            mean += points.w[i] * (points.x[i] - static_cast<long double>(points.x[boundaries[bin]]) - mean) / weight;
        }
        for (std::size_t i = boundaries[bin]; i < boundaries[bin + 1]; ++i) {
            const long double distance = points.x[i] - static_cast<long double>(points.x[boundaries[bin]]) - mean;
            total += points.w[i] * distance * distance;
        }
    }
    return total;
}

/// The recurrence, every candidate of every row.
long double cheapest(const Points& points, double penalty) {
    const std::size_t n = points.x.size();
    std::vector<long double> cost(n + 1, std::numeric_limits<long double>::infinity());
    cost[0] = 0;
    for (std::size_t i = 0; i < n; ++i) {
        long double weight = 0, mean = 0, sum = 0;
        for (std::size_t j = i; j < n; ++j) {
            const long double y = points.x[j] - static_cast<long double>(points.x[i]), distance = y - mean;
            weight += points.w[j];
            mean += points.w[j] * distance / weight;
            sum += points.w[j] * distance * (y - mean);
            cost[j + 1] = std::min(cost[j + 1], cost[i] + sum + penalty);
        }
    }
    return cost[n];
}

} // namespace

class TestPenalizedPath : public QObject {
    Q_OBJECT

private slots:
    void isAsCheapAsTheRecurrence_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("a bell") << 0;
        QTest::newRow("a grid") << 1;
        QTest::newRow("far from zero") << 2;
        QTest::newRow("outliers with weights") << 3;
    }
    void isAsCheapAsTheRecurrence() {
        QFETCH(int, kind);
        for (const std::size_t count : {1u, 2u, 9u, 64u, 65u, 700u}) {
            const Points points = pointsOf(kind, count);
            const PointList list(points.x, points.w);
            const auto whole = static_cast<double>(squares(points, {0, count}));
            for (double penalty = std::max(whole, 1e-3) * 2; penalty > 1e-9 * std::max(whole, 1e-3); penalty /= 7) {
                const PenalizedPath path = cheapestPath(list, penalty).value();
                QCOMPARE(path.boundaries.front(), std::size_t{0});
                QCOMPARE(path.boundaries.back(), count);
                QVERIFY(std::is_sorted(path.boundaries.begin(), path.boundaries.end(), std::less_equal<>()));
                const auto best = static_cast<double>(cheapest(points, penalty));
                const auto own = static_cast<double>(squares(points, path.boundaries) +
                                                     static_cast<long double>(penalty) * path.bins());
                QVERIFY(std::fabs(path.cost - best) <= 1e-12 * best);
                QVERIFY(std::fabs(own - best) <= 1e-12 * best);
            }
        }
    }

    void sweepsFromBothEndsMeet() {
        const Points points = pointsOf(0, 9000); // more than one sweep takes
        const PointList list(points.x, points.w);
        const MirroredPoints mirrored(list);
        for (const double penalty : {1e4, 3.0, 1e-2, 1e-6}) {
            const PenalizedPath path = cheapestPath(list, penalty).value();
            const auto own =
                static_cast<double>(squares(points, path.boundaries) + static_cast<long double>(penalty) * path.bins());
            QVERIFY(std::fabs(path.cost - own) <= 1e-12 * own);
            QVERIFY(std::fabs(cheapestPath(mirrored, penalty).value().cost - own) <= 1e-12 * own);
            const ThreadLimit limit(1);
            const PenalizedPath alone = cheapestPath(list, penalty).value();
            QCOMPARE(alone.boundaries, path.boundaries);
            QCOMPARE(alone.cost, path.cost);
        }
        const auto best = static_cast<double>(cheapest(points, 3.0));
        QVERIFY(std::fabs(cheapestPath(list, 3.0).value().cost - best) <= 1e-12 * best);
    }

    void theCentralPenaltyHasTheBinsAskedFor() {
        const Points points = pointsOf(0, 5000);
        const PointList list(points.x, points.w);
        for (const std::size_t k : {2u, 7u, 40u, 300u}) {
            const CheapestCut cut = cheapestCut(list, k, 0).value();
            QCOMPARE(cut.boundaries.size(), k + 1);
            QVERIFY(cut.lowerBound <= static_cast<double>(squares(points, cut.boundaries)) * (1 + 1e-12));
            const double central = centralPenalty(list, k, cut).value();
            QCOMPARE(cheapestPath(list, central).value().bins(), k);
        }
    }

    void stopsWhenAsked() {
        const Points points = pointsOf(0, 9000);
        std::stop_source source;
        source.request_stop();
        const auto path = cheapestPath(PointList(points.x, points.w), 1.0, {source.get_token(), {}});
        QVERIFY(!path);
        QCOMPARE(path.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestPenalizedPath)
#include "tst_penalized_path.moc"
