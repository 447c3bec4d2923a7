// The partition solver against exact enumeration, against other programs' optima, and against itself: threads, memory
// and weights must not change the answer.
#include "core/base/parallel.h"
#include "core/quant/optimal_partition.h"
#include "tests/support/datasets.h"
#include "tests/support/golden.h"
#include "tests/support/vector_targets.h"

#include <QTest>

#include <hwy/targets.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

DistributionPtr distributionOf(const std::vector<float>& values) { return Distribution::build(values).value(); }

OptimalPartition partitionOf(const std::vector<float>& values, std::uint32_t k, Effort effort = Effort::Exact) {
    return optimalPartition(*distributionOf(values), k, effort).value();
}

/// Σ w(x − mean)² of points [begin, end) in long double about a mean that is itself computed about the first point.
long double intervalError(const std::vector<float>& x, const std::vector<double>& w, std::size_t begin,
                          std::size_t end) {
    long double weight = 0, first = 0, error = 0;
    for (std::size_t i = begin; i < end; ++i) {
        weight += w[i];
        first += w[i] * (static_cast<long double>(x[i]) - x[begin]);
    }
    if (weight == 0) return 0;
    for (std::size_t i = begin; i < end; ++i) {
        const long double distance = (static_cast<long double>(x[i]) - x[begin]) - first / weight;
        error += w[i] * distance * distance;
    }
    return error;
}

/// The least error over every way to cut sorted points into k intervals or fewer.
long double bruteForce(const std::vector<float>& x, const std::vector<double>& w, std::uint32_t k) {
    const std::size_t n = x.size();
    long double best = std::numeric_limits<long double>::infinity();
    for (std::uint32_t cuts = 0; cuts < (1u << (n - 1)); ++cuts) {
        if (static_cast<std::uint32_t>(std::popcount(cuts)) >= k) continue;
        long double error = 0;
        std::size_t begin = 0;
        for (std::size_t i = 1; i <= n; ++i) {
            if (i < n && !(cuts >> (i - 1) & 1)) continue;
            error += intervalError(x, w, begin, i);
            begin = i;
        }
        best = std::min(best, error);
    }
    return best;
}

/// 113 bits of precision.
__extension__ using Quad = __float128;

/// The least errors of 1 to `most` bins, by the recurrence itself and divide and conquer, in 113 bits.
class QuadProgram {
public:
    QuadProgram(const std::vector<float>& x, const std::vector<double>& w, std::size_t most)
        : m_weight(x.size() + 1), m_first(x.size() + 1), m_second(x.size() + 1) {
        const std::size_t n = x.size();
        for (std::size_t i = 0; i < n; ++i) {
            const Quad y = static_cast<Quad>(x[i]) - x[n / 2];
            m_weight[i + 1] = m_weight[i] + w[i];
            m_first[i + 1] = m_first[i] + w[i] * y;
            m_second[i + 1] = m_second[i] + w[i] * y * y;
        }
        m_before.resize(n + 1);
        m_after.resize(n + 1);
        for (std::size_t j = 1; j <= n; ++j) m_after[j] = cost(0, j);
        m_errors.push_back(static_cast<double>(m_after[n]));
        for (std::size_t bins = 2; bins <= std::min(most, n); ++bins) {
            std::swap(m_before, m_after);
            settle(bins, n, bins - 1, n - 1);
            m_errors.push_back(static_cast<double>(m_after[n]));
        }
    }

    double error(std::size_t bins) const { return m_errors[std::min(bins, m_errors.size()) - 1]; }

private:
    Quad cost(std::size_t i, std::size_t j) const {
        if (j == i + 1) return 0;
        const Quad first = m_first[j] - m_first[i];
        return (m_second[j] - m_second[i]) - first * first / (m_weight[j] - m_weight[i]);
    }
    void settle(std::size_t begin, std::size_t end, std::size_t low, std::size_t high) {
        if (begin > end) return;
        const std::size_t middle = begin + (end - begin) / 2;
        std::size_t best = low;
        Quad least = -1;
        for (std::size_t i = low; i <= std::min(high, middle - 1); ++i) {
            const Quad error = m_before[i] + cost(i, middle);
            if (least >= 0 && error >= least) continue;
            least = error;
            best = i;
        }
        m_after[middle] = least;
        settle(begin, middle - 1, low, best);
        settle(middle + 1, end, best, high);
    }

    std::vector<Quad> m_weight, m_first, m_second, m_before, m_after;
    std::vector<double> m_errors;
};

struct Stress {
    const char* name;
    std::function<double(Random&)> value;
};

/// What is hard on a solver: ties, grids, far offsets, outliers, tiny numbers.
std::vector<Stress> stresses() {
    const auto normal = [](Random& random) { return random.normal(); };
    const auto heavy = [](Random& random) { return random.normal() / std::max(1e-3, std::fabs(random.normal())); };
    return {
        {"normal", normal},
        {"heavy tails", heavy},
        {"a few integers", [](Random& random) { return static_cast<double>(random.below(40)); }},
        {"integers", [](Random& random) { return static_cast<double>(random.below(3000)) - 1000; }},
        {"rounded normal", [=](Random& random) { return std::round(20 * normal(random)); }},
        {"skewed integers", [](Random& random) { return std::floor(std::exp(7 * random.uniform())); }},
        {"an even grid", [](Random& random) { return 0.125 * static_cast<double>(random.below(512)); }},
        {"float16", [=](Random& random) { return std::round(normal(random) * 256) / 256; }},
        {"float16 small", [](Random& random) { return std::ldexp(std::round(1024 * random.uniform()), -24); }},
        {"offset 1e3", [=](Random& random) { return 1e3 + normal(random); }},
        {"offset 1e5", [=](Random& random) { return 1e5 - normal(random); }},
        {"offset 1e7", [=](Random& random) { return 1.6777216e7 + 8 * std::round(normal(random)); }},
        {"offset to 1e7 times the spread", [=](Random& random) { return -1e7 + normal(random); }},
        {"outliers to 1e3", [=](Random& random) { return normal(random) * (random.below(50) == 0 ? 1e3 : 1); }},
        {"outliers to 1e5", [=](Random& random) { return normal(random) * (random.below(100) == 0 ? 1e5 : 1); }},
        {"one side far out", [=](Random& random) { return random.below(200) == 0 ? 1e5 : normal(random); }},
        {"two bells", [=](Random& random) { return normal(random) + (random.below(2) == 0 ? 4e4 : 0); }},
        {"scale 1e-20", [=](Random& random) { return 1e-20 * normal(random); }},
        {"scale 1e-38", [=](Random& random) { return 1e-38 * normal(random); }},
        {"scale 1e-43", [=](Random& random) { return 1e-43 * normal(random); }},
        {"scale 1e30", [=](Random& random) { return 1e30 * normal(random); }},
        {"all magnitudes", [](Random& random) { return std::pow(10, 20 * random.uniform() - 10); }},
    };
}

double relativeDifference(double a, double b) {
    return a == b ? 0 : std::fabs(a - b) / std::max(std::fabs(a), std::fabs(b));
}

void checkShape(const OptimalPartition& partition, const Distribution& data, std::uint32_t k) {
    QVERIFY(partition.size() <= std::max<std::size_t>(k, 1));
    QCOMPARE(partition.boundaries.front(), std::size_t{0});
    QCOMPARE(partition.boundaries.back(), data.distinct());
    for (std::size_t i = 0; i < partition.size(); ++i) QVERIFY(!partition.interval(i).empty());
}

} // namespace

class TestOptimalPartition : public QObject {
    Q_OBJECT

private slots:
    void findsTheOptimaOfOtherPrograms() {
        const auto golden = goldenJson("kmeans1d_optimal.json");
        QCOMPARE(golden["results"].size(), 117u);
        for (const auto& row : golden["results"]) {
            const auto values = floatsOf(golden["inputs"][row["dataset"].get<std::string>()]);
            const auto data = distributionOf(values);
            const OptimalPartition found = partitionOf(values, row["k"].get<std::uint32_t>());
            const QByteArray what =
                QByteArray::fromStdString(row["dataset"].get<std::string>() + ", k = " + row["k"].dump());
            QVERIFY(found.exact());
            QCOMPARE(found.size(), row["k_effective"].get<std::size_t>());
            QVERIFY2(relativeDifference(found.squaredError, row["sse"].get<double>()) <= 1e-12, what.constData());
            if (row.value("n_optimal_partitions", 0) != 1 && !row.value("same_partition", false)) continue;
            for (std::size_t i = 0; i < found.size(); ++i) {
                const double centroid = row["centroids"][i].get<double>();
                const double mean = found.means[i];
                QVERIFY2(std::fabs(mean - centroid) <= 1e-9 * std::max(std::fabs(centroid), 1e-300), what.constData());
                QCOMPARE(static_cast<double>(data->countOf(found.interval(i))), row["counts"][i].get<double>());
            }
        }
    }

    void findsTheWeightedOptimaOfAnotherProgram() {
        const auto golden = goldenJson("kmeans1d_weighted.json");
        QCOMPARE(golden["results"].size(), 16u);
        for (const auto& row : golden["results"]) {
            const auto weights = row["w"].get<std::vector<double>>();
            const auto data = Distribution::build(floatsOf(row["x"]), weights).value();
            const auto found = optimalPartition(*data, row["k"].get<std::uint32_t>()).value();
            QVERIFY(relativeDifference(found.squaredError, row["sse"].get<double>()) <= 1e-10);
            for (std::size_t i = 0; i < found.size(); ++i)
                QVERIFY(relativeDifference(found.means[i], row["centroids"][i].get<double>()) <= 1e-9);
        }
    }

    void agreesWithEveryPartitionTried() {
        Random random(11);
        for (int round = 0; round < 120; ++round) {
            const std::size_t n = 1 + random.below(12);
            std::vector<float> values(n);
            for (float& value : values) {
                switch (round % 6) {
                case 0: value = static_cast<float>(random.normal()); break;
                case 1: value = static_cast<float>(random.below(6)); break;
                case 2: value = static_cast<float>(3e7 + 4 * random.normal()); break;
                case 3: value = static_cast<float>(std::pow(10.0, 60 * random.uniform() - 30)); break;
                case 4: value = static_cast<float>(random.normal() * (random.below(4) == 0 ? 1e6 : 1e-3)); break;
                default: value = static_cast<float>(1e-42 * random.normal()); break;
                }
            }
            const auto data = distributionOf(values);
            const std::vector<float> x(data->values().begin(), data->values().end());
            std::vector<double> w(x.size());
            for (std::size_t i = 0; i < x.size(); ++i) w[i] = static_cast<double>(data->countOf({i, i + 1}));
            for (std::uint32_t k = 1; k <= n; ++k) {
                const OptimalPartition found = optimalPartition(*data, k).value();
                checkShape(found, *data, k);
                const auto best = static_cast<double>(bruteForce(x, w, k));
                QVERIFY2(relativeDifference(found.squaredError, best) <= 1e-12,
                         qPrintable(QStringLiteral("round %1, k = %2").arg(round).arg(k)));
            }
        }
    }

    void agreesWithAProgramInMoreThanTwiceThePrecision_data() {
        QTest::addColumn<int>("stress");
        QTest::addColumn<int>("values");
        const auto all = stresses();
        for (std::size_t s = 0; s < all.size(); ++s)
            for (const int values : {60, 400, 1200}) QTest::addRow("%s, %d", all[s].name, values) << int(s) << values;
    }
    void agreesWithAProgramInMoreThanTwiceThePrecision() {
        QFETCH(int, stress);
        QFETCH(int, values);
        const Stress kind = stresses()[static_cast<std::size_t>(stress)];
        for (std::uint64_t seed = 0; seed < 2; ++seed) {
            Random random(1000 * seed + static_cast<std::uint64_t>(stress));
            std::vector<float> drawn(static_cast<std::size_t>(values));
            for (float& value : drawn) value = static_cast<float>(kind.value(random));
            const auto data = distributionOf(drawn);
            const std::vector<float> x(data->values().begin(), data->values().end());
            std::vector<double> w(x.size());
            for (std::size_t i = 0; i < x.size(); ++i) w[i] = static_cast<double>(data->countOf({i, i + 1}));
            const QuadProgram program(x, w, 256);
            for (const std::uint32_t k :
                 {1u, 2u, 3u, 4u, 5u, 7u, 8u, 11u, 16u, 23u, 32u, 50u, 64u, 101u, 128u, 200u, 255u, 256u}) {
                const OptimalPartition found = optimalPartition(*data, k).value();
                checkShape(found, *data, k);
                const double best = program.error(k);
                QVERIFY2(relativeDifference(found.squaredError, best) <= 1e-12,
                         qPrintable(QStringLiteral("k = %1: %2, not %3")
                                        .arg(k)
                                        .arg(found.squaredError, 0, 'g', 17)
                                        .arg(best, 0, 'g', 17)));
                QVERIFY2(found.exact(), qPrintable(QStringLiteral("k = %1: gap %2, rounding %3")
                                                       .arg(k)
                                                       .arg(found.certificate->relativeGap)
                                                       .arg(found.certificate->roundingBound)));
                QVERIFY(found.certificate->lowerBound <= best * (1 + found.certificate->roundingBound));
                QVERIFY2(found.passes <= 20, qPrintable(QStringLiteral("k = %1: %2 passes").arg(k).arg(found.passes)));
            }
        }
    }

    void agreesWithEveryWeightedPartitionTried() {
        Random random(12);
        for (int round = 0; round < 60; ++round) {
            const std::size_t n = 2 + random.below(10);
            std::vector<float> x;
            std::vector<double> w;
            for (std::size_t i = 0; i < n; ++i) {
                x.push_back(static_cast<float>(i) + static_cast<float>(random.uniform()));
                w.push_back(random.below(4) == 0 ? 0 : std::pow(10.0, 12 * random.uniform() - 6));
            }
            w.front() = 1;
            const auto data = Distribution::build(x, w).value();
            for (std::uint32_t k = 1; k <= 5; ++k) {
                const OptimalPartition found = optimalPartition(*data, k).value();
                checkShape(found, *data, k);
                QVERIFY(relativeDifference(found.squaredError, static_cast<double>(bruteForce(x, w, k))) <= 1e-9);
            }
        }
    }

    void weightlessValuesBelongToIntervalsButDoNotCount() {
        const std::vector<float> x{0, 1, 2, 50, 100, 101};
        const std::vector<double> w{1, 1, 1, 0, 1, 1};
        const auto found = optimalPartition(*Distribution::build(x, w).value(), 2).value();
        QCOMPARE(found.squaredError, 2.5);
        QCOMPARE(found.boundaries.back(), std::size_t{6});
        const auto nothingCounts = optimalPartition(*Distribution::build(x, std::vector<double>(6)).value(), 2).value();
        QCOMPARE(nothingCounts.size(), std::size_t{2});
    }

    void largeProblemsMeetTheRecurrenceStep() {
        // k = 2 by one scan over every cut in long double.
        const auto values = normalValues(20000, 5, 100);
        const auto data = distributionOf(values);
        long double w0 = 0, s0 = 0, q0 = 0, w1 = 0, s1 = 0, q1 = 0;
        const double center = data->mean();
        for (std::size_t i = 0; i < data->distinct(); ++i) {
            const long double y = data->values()[i] - center, w = static_cast<long double>(data->countOf({i, i + 1}));
            w1 += w, s1 += w * y, q1 += w * y * y;
        }
        long double best = std::numeric_limits<long double>::infinity();
        for (std::size_t i = 0; i + 1 < data->distinct(); ++i) {
            const long double y = data->values()[i] - center, w = static_cast<long double>(data->countOf({i, i + 1}));
            w0 += w, s0 += w * y, q0 += w * y * y;
            w1 -= w, s1 -= w * y, q1 -= w * y * y;
            best = std::min(best, (q0 - s0 * s0 / w0) + (q1 - s1 * s1 / w1));
        }
        QVERIFY(relativeDifference(partitionOf(values, 2).squaredError, static_cast<double>(best)) < 1e-12);
    }

    void memoryDoesNotChangeTheAnswer() {
        // 5,000 · 1,000 choices are more than are remembered, so the problem is halved.
        std::vector<float> values;
        Random random(6);
        for (int i = 0; i < 5000; ++i)
            values.push_back(static_cast<float>(i) + 0.5f * static_cast<float>(random.uniform()));
        const auto whole = partitionOf(values, 1000);
        QVERIFY(whole.exact());
        // An optimum is optimal in its parts: the first intervals are those of the values they cover.
        const auto begin = values.begin();
        const auto split = begin + static_cast<std::ptrdiff_t>(whole.boundaries[300]);
        const auto part = partitionOf({begin, split}, 300);
        QCOMPARE(part.boundaries, std::vector(whole.boundaries.begin(), whole.boundaries.begin() + 301));
        const auto rest = partitionOf({split, values.end()}, 700);
        QVERIFY(relativeDifference(part.squaredError + rest.squaredError, whole.squaredError) < 1e-12);
    }

    void oneThreadAndManyGiveTheSame() {
        for (const std::uint32_t k : {2u, 50u}) {
            for (const Effort effort : {Effort::Exact, Effort::Preview}) {
                const auto values = normalValues(20000, 8);
                const OptimalPartition many = partitionOf(values, k, effort);
                const ThreadLimit limit(1);
                const OptimalPartition one = partitionOf(values, k, effort);
                QCOMPARE(one.boundaries, many.boundaries);
                QCOMPARE(one.squaredError, many.squaredError);
            }
        }
    }

    void everySetOfInstructionsFindsTheOptimum() {
        Random random(21);
        auto values = normalValues(30000, 20);
        for (int i = 0; i < 20; ++i) values.push_back(static_cast<float>(1e4 * random.normal()));
        std::vector<double> weights(values.size());
        for (double& weight : weights) weight = std::pow(10.0, 4 * random.uniform());
        for (const bool weighted : {false, true}) {
            const auto data = weighted ? Distribution::build(values, weights).value() : distributionOf(values);
            for (const std::uint32_t k : {2u, 9u, 64u, 1500u}) {
                const OptimalPartition usual = optimalPartition(*data, k).value();
                QVERIFY(usual.exact());
                for (const std::int64_t target : vectorTargets()) {
                    hwy::SetSupportedTargetsForTest(target);
                    const OptimalPartition found = optimalPartition(*data, k).value();
                    hwy::SetSupportedTargetsForTest(0);
                    QVERIFY2(found.exact(), hwy::TargetName(target));
                    QVERIFY2(relativeDifference(found.squaredError, usual.squaredError) <= 1e-12,
                             hwy::TargetName(target));
                }
            }
        }
    }

    void groupedPointsComeCloseAndSaySo_data() {
        QTest::addColumn<std::vector<float>>("values");
        QTest::addColumn<std::uint32_t>("k");
        const auto bell = normalValues(150000, 9);
        auto outliers = bell;
        for (int i = 0; i < 10; ++i) outliers.push_back(static_cast<float>(50 * i * i));
        auto ties = bell, tails = bell;
        ties.insert(ties.end(), 300000, 0.25f);
        for (float& x : tails) x = x * x * x * x * x;
        for (const std::uint32_t k : {1u, 4u, 16u, 128u}) {
            QTest::addRow("a bell in %u levels", k) << bell << k;
            QTest::addRow("a bell with outliers in %u levels", k) << outliers << k;
            QTest::addRow("a bell with ties in %u levels", k) << ties << k;
            QTest::addRow("heavy tails in %u levels", k) << tails << k;
        }
    }
    void groupedPointsComeCloseAndSaySo() {
        QFETCH(std::vector<float>, values);
        QFETCH(std::uint32_t, k);
        const OptimalPartition exact = partitionOf(values, k);
        const OptimalPartition preview = partitionOf(values, k, Effort::Preview);
        QVERIFY(exact.exact());
        QVERIFY(!preview.exact());
        QCOMPARE(preview.size(), exact.size());
        checkShape(preview, *distributionOf(values), k);
        const double gap = preview.squaredError / exact.squaredError - 1;
        QVERIFY(gap >= -1e-12);
        QVERIFY(gap < (k <= 64 ? 1e-4 : 0.02));
        // What it says of itself: a bound below the optimum, and not far below.
        const OptimalityCertificate& said = preview.certificate.value();
        QVERIFY(said.lowerBound <= exact.squaredError);
        QCOMPARE(said.relativeGap, (preview.squaredError - said.lowerBound) / preview.squaredError);
        QVERIFY(said.relativeGap < (k <= 16 ? 5e-4 : 0.02));
    }

    void groupedPointsSayHowCloseAlsoWithWeights() {
        const auto values = normalValues(150000, 21);
        std::vector<double> weights(values.size());
        for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = i % 5 == 0 ? 0 : std::exp(2 * values[i]);
        const auto data = Distribution::build(values, weights).value();
        for (const std::uint32_t k : {3u, 40u}) {
            const OptimalPartition exact = optimalPartition(*data, k).value();
            const OptimalPartition preview = optimalPartition(*data, k, Effort::Preview).value();
            QVERIFY(exact.exact() && !preview.exact());
            QVERIFY(preview.certificate->lowerBound <= exact.squaredError);
            QVERIFY(preview.certificate->relativeGap < 0.02);
        }
    }

    void sixteenBitsAreSolvedAtOnce() {
        std::vector<float> values = normalValues(200000, 22);
        for (float& x : values) x = std::round(x * 8000);
        QVERIFY(distributionOf(values)->distinct() > 33000);
        const OptimalPartition preview = partitionOf(values, 16, Effort::Preview);
        QVERIFY(preview.exact());
        QCOMPARE(preview.boundaries, partitionOf(values, 16).boundaries);
    }

    void manyLevelsAreGroupedToTheirNumber() {
        const auto values = normalValues(200000, 10);
        const OptimalPartition found = partitionOf(values, 4096, Effort::Preview);
        QVERIFY(!found.exact());
        QCOMPARE(found.size(), std::size_t{4096});
        checkShape(found, *distributionOf(values), 4096);
    }

    void moreLevelsThanValuesAreClamped() {
        const auto found = partitionOf({1, 1, 2, 5}, 100);
        QCOMPARE(found.size(), std::size_t{3});
        QCOMPARE(found.squaredError, 0.0);
    }

    void nothingHasNoInterval() {
        const auto found = partitionOf({}, 4);
        QCOMPARE(found.size(), std::size_t{0});
        QCOMPARE(found.squaredError, 0.0);
    }

    void stopsWhenAsked() {
        const auto data = distributionOf(normalValues(50000, 13));
        std::stop_source source;
        const JobControl job{source.get_token(), [&](double) { source.request_stop(); }};
        const auto found = optimalPartition(*data, 64, Effort::Exact, job);
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestOptimalPartition)
#include "tst_optimal_partition.moc"
