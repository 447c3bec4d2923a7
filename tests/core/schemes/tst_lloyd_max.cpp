// Lloyd's iteration: against scikit-learn's k-means from a uniform start, and against its own definition.
#include "core/schemes/lloyd_iteration.h"
#include "tests/support/datasets.h"
#include "tests/support/fits.h"
#include "tests/support/golden.h"
#include "tests/support/samples.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

double largest(const std::vector<float>& values) {
    double result = 0;
    for (const float value : values) result = std::max(result, std::fabs(static_cast<double>(value)));
    return result;
}

Parameters started(const char* start, std::int64_t seed = 1, std::int64_t restarts = 1) {
    return {{"start", std::string(start)}, {"seed", seed}, {"restarts", restarts}};
}

} // namespace

class TestLloydMax : public QObject {
    Q_OBJECT

private slots:
    void endsWhereScikitLearnEnds() {
        const auto golden = goldenJson("sklearn_kbins.json");
        int compared = 0;
        for (const auto& row : golden["results"]) {
            if (row["strategy"] != "kmeans") continue;
            const auto values = floatsOf(golden["inputs"][row["dataset"].get<std::string>()]);
            const auto data = Distribution::build(values).value();
            const auto k = row["k"].get<std::size_t>();
            if (k > data->distinct()) continue; // scikit-learn keeps levels that no value goes to
            LloydOptions options;
            options.start = LloydStart::Uniform;
            options.tolerance = 1e-4; // its default: it stops before nothing moves
            const auto found = lloydLevels(*data, k, options, {}).value();
            QCOMPARE(found.levels.size(), k);
            const auto edges = row["edges"].get<std::vector<double>>();
            for (std::size_t i = 1; i < k; ++i) {
                const double edge = (found.levels[i - 1] + found.levels[i]) / 2;
                QVERIFY2(std::fabs(edge - edges[i]) <= 1e-6 * std::max(1e-3, std::fabs(edges[i])),
                         qPrintable(QStringLiteral("%1, k = %2, edge %3: %4, not %5")
                                        .arg(QString::fromStdString(row["dataset"].get<std::string>()))
                                        .arg(k)
                                        .arg(i)
                                        .arg(edge)
                                        .arg(edges[i])));
            }
            ++compared;
        }
        QCOMPARE(compared, 17);
    }

    void nothingMovesInTheEnd() {
        for (const char* start : {"kmeans++", "uniform", "quantile"}) {
            const auto values = normalValues(5000, 4);
            const Fitted found = fitted("lloyd-max", values, 16, started(start));
            std::vector<double> sums(16);
            std::vector<std::uint64_t> counts = found.counts(values);
            for (const float x : values) sums[found.bin(x)] += x;
            for (std::size_t i = 0; i < 16; ++i) {
                QVERIFY(counts[i] > 0);
                QVERIFY(std::fabs(sums[i] / static_cast<double>(counts[i]) - found.values.levels[i]) < 1e-5);
            }
        }
    }

    void neverBeatsTheOptimum() {
        for (const Sample& set : hardSamples()) {
            if (set.values.empty()) continue;
            for (const char* start : {"kmeans++", "uniform", "quantile"}) {
                const double optimum = fitted("kmeans", set.values, 8).squaredError(set.values);
                const double found = fitted("lloyd-max", set.values, 8, started(start)).squaredError(set.values);
                const double ulp = static_cast<double>(set.values.size()) * std::pow(largest(set.values) * 0x1p-24, 2);
                QVERIFY2(optimum <= found * (1 + 1e-9) + ulp, set.name.c_str());
            }
        }
    }

    void theSeedDecidesWhatIsDrawn() {
        const auto values = normalValues(3000, 5);
        const auto levels = [&](std::int64_t seed) {
            return fitted("lloyd-max", values, 32, started("kmeans++", seed)).values.levels;
        };
        QCOMPARE(levels(1), levels(1));
        std::set<std::vector<float>> different;
        for (std::int64_t seed = 1; seed <= 5; ++seed) different.insert(levels(seed));
        QVERIFY(different.size() > 1);
        // The other starts draw nothing.
        QCOMPARE(fitted("lloyd-max", values, 32, started("uniform", 1)).values.levels,
                 fitted("lloyd-max", values, 32, started("uniform", 2, 7)).values.levels);
    }

    void moreStartsAreNoWorse() {
        const auto values = normalValues(3000, 6);
        double before = INFINITY;
        for (const std::int64_t restarts : {1, 2, 4, 8}) {
            const double error = fitted("lloyd-max", values, 32, started("kmeans++", 3, restarts)).squaredError(values);
            QVERIFY(error <= before * (1 + 1e-6));
            before = error;
        }
    }

    void withoutIterationsTheStartIsTheAnswer() {
        const std::vector<float> values{0, 1, 2, 3, 4, 5, 6, 100};
        Parameters parameters = started("uniform");
        parameters["iterations"] = std::int64_t{0};
        QCOMPARE(fitted("lloyd-max", values, 4, parameters).values.levels,
                 (std::vector<float>{12.5, 37.5, 62.5, 87.5}));
        parameters["start"] = std::string("quantile");
        QCOMPARE(fitted("lloyd-max", {0, 1, 2, 3, 4}, 2, parameters).values.levels, (std::vector<float>{1, 3}));
    }

    void levelsWithoutValuesMoveToTheFarthest() {
        // From 12.5, 37.5, 62.5 and 87.5 two levels have no values at first.
        const std::vector<float> values{0, 1, 2, 3, 4, 5, 6, 100};
        const Fitted found = fitted("lloyd-max", values, 4, started("uniform"));
        QCOMPARE(found.values.size(), std::size_t{4});
        for (const std::uint64_t count : found.counts(values)) QVERIFY(count > 0);
    }

    void drawnLevelsAreDistinctValues() {
        std::vector<float> values;
        for (int i = 0; i < 20; ++i) values.insert(values.end(), 5, static_cast<float>(i * i));
        Parameters parameters = started("kmeans++");
        parameters["iterations"] = std::int64_t{0};
        QCOMPARE(fitted("lloyd-max", values, 20, parameters).values.size(), std::size_t{20});
        QCOMPARE(fitted("lloyd-max", values, 64, parameters).values.size(), std::size_t{20});
    }

    void farValuesAreDrawnMoreOften() {
        // The square of the distance decides: 10 is drawn 100 times as often as 1 beside 0.
        int far = 0;
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            LloydOptions options;
            options.seed = seed;
            options.iterations = 0;
            std::vector<float> values(1000, 0.0f);
            values.push_back(1);
            values.push_back(10);
            const auto levels = lloydLevels(*Distribution::build(values).value(), 2, options, {}).value().levels;
            far += levels.back() == 10;
        }
        QVERIFY(far > 190 && far < 200);
    }
};

QTEST_APPLESS_MAIN(TestLloydMax)
#include "tst_lloyd_max.moc"
