// The distribution against direct computation in quadruple precision: every figure to 1e-12, for codebooks of up to 16
// bits.
#include "core/base/parallel.h"
#include "core/tensor/distribution.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>

using namespace quantoscope;
using test::Random;

namespace {

constexpr double kTolerance = 1e-12;

__extension__ using Quad = __float128; // 113 bits

Quad magnitudeOf(Quad x) { return x < 0 ? -x : x; }

struct Weighted {
    float value;
    double weight;
};

/// By two passes over the values themselves.
struct Direct {
    Quad weight = 0, sum = 0, magnitude = 0, mean = 0, squares = 0, error = 0, distance = 0;

    Direct(std::span<const Weighted> values, double level) {
        if (values.empty()) return;
        const Quad anchor = values.front().value;
        Quad shifted = 0;
        for (const auto& [x, w] : values) {
            weight += w;
            sum += static_cast<Quad>(w) * x;
            magnitude += static_cast<Quad>(w) * std::fabs(x);
            shifted += w * (x - anchor);
            error += w * (x - static_cast<Quad>(level)) * (x - static_cast<Quad>(level));
            distance += w * magnitudeOf(x - static_cast<Quad>(level));
        }
        mean = weight > 0 ? anchor + shifted / weight : anchor;
        for (const auto& [x, w] : values) squares += w * (x - mean) * (x - mean);
    }
};

bool near(double got, Quad want, Quad scale) { return magnitudeOf(got - want) <= kTolerance * magnitudeOf(scale); }

/// What is first found to be wrong with one interval, or nothing.
QString wrongWith(const Distribution& data, IndexRange range, std::span<const Weighted> values, double level) {
    const Direct want(values, level);
    const auto report = [&](const char* what, double got, Quad wanted) {
        return QString("%1 of [%2, %3) about %4: %5, not %6")
            .arg(what)
            .arg(range.begin)
            .arg(range.end)
            .arg(level)
            .arg(got, 0, 'g', 17)
            .arg(static_cast<double>(wanted), 0, 'g', 17);
    };
    if (!near(data.weightOf(range), want.weight, want.weight))
        return report("weight", data.weightOf(range), want.weight);
    if (!near(data.sumOf(range), want.sum, want.magnitude)) return report("sum", data.sumOf(range), want.sum);
    if (!near(data.squaredError(range, level), want.error, want.error))
        return report("squared error", data.squaredError(range, level), want.error);
    if (!near(data.absoluteError(range, level), want.distance, want.distance))
        return report("absolute error", data.absoluteError(range, level), want.distance);
    if (want.weight <= 0) return {};
    if (!near(data.meanOf(range), want.mean, want.magnitude / want.weight))
        return report("mean", data.meanOf(range), want.mean);
    if (!near(data.squaredErrorAboutMean(range), want.squares, want.squares))
        return report("squares about the mean", data.squaredErrorAboutMean(range), want.squares);
    return {};
}

/// Cuts the distinct values into bins, of equal width and at random places too; looks at one bin of so many.
QString wrongWithCodebooks(const Distribution& data, std::vector<Weighted> values, int bits, Random& random,
                           std::uint64_t oneIn = 1) {
    std::stable_sort(values.begin(), values.end(),
                     [](const Weighted& a, const Weighted& b) { return a.value < b.value; });
    std::vector<std::size_t> cuts{0, data.distinct()};
    const std::size_t bins = std::size_t{1} << bits;
    const double low = data.minimum(), width = (double{data.maximum()} - low) / static_cast<double>(bins);
    for (std::size_t i = 1; i < bins; ++i) {
        cuts.push_back(data.indexOf(static_cast<float>(low + width * static_cast<double>(i))));
        if (i % 2) cuts.push_back(random.below(data.distinct() + 1));
    }
    std::sort(cuts.begin(), cuts.end());
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        const IndexRange range{cuts[i], cuts[i + 1]};
        if (range.empty() || random.below(oneIn) != 0) continue;
        const std::size_t first = data.countOf({0, range.begin}), count = data.countOf(range);
        const auto own = std::span(values).subspan(first, count);
        const double lower = own.front().value, upper = own.back().value;
        for (const double level : {lower + (upper - lower) / 2, double{static_cast<float>(data.meanOf(range))},
                                   upper + 10 * (upper - lower), lower, 0.0})
            if (const QString wrong = wrongWith(data, range, own, level); !wrong.isEmpty()) return wrong;
    }
    return {};
}

double numpyQuantile(const std::vector<float>& sorted, double q) {
    const double position = q * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const double a = sorted[below], b = sorted[std::min(below + 1, sorted.size() - 1)];
    const double t = position - static_cast<double>(below);
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

} // namespace

class TestDistribution : public QObject {
    Q_OBJECT

private:
    static void addDataSets() {
        QTest::addColumn<std::size_t>("index");
        for (std::size_t i = 0; i < test::dataSets().size(); ++i) QTest::newRow(test::dataSets()[i].name.c_str()) << i;
    }
    static const std::vector<float>& dataSet() {
        QFETCH(std::size_t, index);
        return test::dataSets()[index].values;
    }

private slots:
    void collapsesEqualValues_data() { addDataSets(); }
    void collapsesEqualValues() {
        const std::vector<float>& values = dataSet();
        std::map<float, std::uint64_t> counts;
        for (const float value : values) ++counts[value + 0.0f];
        const auto data = Distribution::build(values).value();
        QCOMPARE(data->count(), values.size());
        QCOMPARE(data->distinct(), counts.size());
        std::size_t i = 0;
        for (const auto& [value, count] : counts) {
            QCOMPARE(data->values()[i], value);
            QVERIFY(!std::signbit(data->values()[i]) || value < 0);
            QCOMPARE(data->countOf({i, i + 1}), count);
            QCOMPARE(data->indexOf(value), i);
            ++i;
        }
    }

    void agreesWithTwoPasses_data() { addDataSets(); }
    void agreesWithTwoPasses() {
        const std::vector<float>& values = dataSet();
        const auto data = Distribution::build(values).value();
        std::vector<Weighted> weighted;
        for (const float value : values) weighted.push_back({value, 1});
        Random random(1);
        for (const int bits : {0, 1, 3, 8, 16}) QCOMPARE(wrongWithCodebooks(*data, weighted, bits, random), QString());
    }

    void agreesWithTwoPassesWhenWeighted_data() { addDataSets(); }
    void agreesWithTwoPassesWhenWeighted() {
        const std::vector<float>& values = dataSet();
        Random random(2);
        std::vector<double> weights(values.size());
        // Weights over thirty orders of magnitude, some of them zero.
        for (double& weight : weights) weight = random.below(10) == 0 ? 0 : std::pow(10, 30 * random.uniform() - 15);
        const auto data = Distribution::build(values, weights).value();
        QCOMPARE(data->count(), values.size());
        std::vector<Weighted> weighted;
        for (std::size_t i = 0; i < values.size(); ++i) weighted.push_back({values[i], weights[i]});
        for (const int bits : {0, 2, 6, 13}) QCOMPARE(wrongWithCodebooks(*data, weighted, bits, random), QString());
    }

    void agreesWithTwoPassesOnAMillionValues_data() {
        QTest::addColumn<double>("mean");
        QTest::newRow("about zero") << 0.0;
        QTest::newRow("far from zero") << 1000.0;
    }
    void agreesWithTwoPassesOnAMillionValues() {
        QFETCH(double, mean);
        const std::vector<float> values = test::normalValues(1'000'000, 5, mean);
        const auto data = Distribution::build(values).value();
        std::vector<Weighted> weighted;
        for (const float value : values) weighted.push_back({value, 1});
        Random random(3);
        for (const int bits : {4, 16}) QCOMPARE(wrongWithCodebooks(*data, weighted, bits, random, bits), QString());
    }

    void weightsOfOneAreCounts_data() { addDataSets(); }
    void weightsOfOneAreCounts() {
        const std::vector<float>& values = dataSet();
        const auto plain = Distribution::build(values).value();
        const auto weighted = Distribution::build(values, std::vector<double>(values.size(), 1.0)).value();
        QVERIFY(weighted->weighted() && !plain->weighted());
        QCOMPARE(weighted->mean(), plain->mean());
        QCOMPARE(weighted->variance(), plain->variance());
        QCOMPARE(weighted->excessKurtosis(), plain->excessKurtosis());
        QCOMPARE(weighted->sumOfSquares(), plain->sumOfSquares());
    }

    void quantilesAreNumpys_data() { addDataSets(); }
    void quantilesAreNumpys() {
        std::vector<float> sorted = dataSet();
        const auto data = Distribution::build(sorted).value();
        std::vector<float> magnitudes;
        for (const float value : sorted) magnitudes.push_back(std::fabs(value));
        std::sort(sorted.begin(), sorted.end());
        std::sort(magnitudes.begin(), magnitudes.end());
        Random random(4);
        for (int i = 0; i < 300; ++i) {
            const double q = i == 0 ? 0 : i == 1 ? 1 : i == 2 ? 0.5 : i == 3 ? 0.999 : random.uniform();
            QCOMPARE(data->quantile(q), numpyQuantile(sorted, q));
            QCOMPARE(data->absoluteQuantile(q), numpyQuantile(magnitudes, q));
        }
        for (int i = 0; i < 100; ++i) {
            const IndexRange range{random.below(data->distinct()), data->distinct()};
            const std::size_t first = data->countOf({0, range.begin}), n = sorted.size() - first;
            const double low = sorted[first + (n - 1) / 2], high = sorted[first + n / 2];
            QCOMPARE(data->medianOf(range), low + (high - low) / 2);
            const std::uint64_t j = random.below(sorted.size());
            QCOMPARE(data->at(j), sorted[j]);
        }
    }

    void kurtosisIsTheFourthMoment_data() { addDataSets(); }
    void kurtosisIsTheFourthMoment() {
        const std::vector<float>& values = dataSet();
        const auto data = Distribution::build(values).value();
        Quad mean = 0, second = 0, fourth = 0;
        for (const float x : values) mean += (x - static_cast<Quad>(values[0])) / double(values.size());
        mean += values[0];
        for (const float x : values) {
            const Quad squared = (x - mean) * (x - mean);
            second += squared;
            fourth += squared * squared;
        }
        const Quad want = data->distinct() > 1 ? fourth * double(values.size()) / (second * second) - 3 : 0;
        QVERIFY2(near(data->excessKurtosis(), want, magnitudeOf(want) + 3), qPrintable(QString::number(double(want))));
    }

    void threadsDoNotShow_data() {
        QTest::addColumn<int>("rounding");
        QTest::newRow("few ties") << 0;
        QTest::newRow("runs longer than a block") << 1;
        QTest::newRow("one value only") << 2;
    }
    void threadsDoNotShow() {
        QFETCH(int, rounding);
        std::vector<float> values = test::normalValues(600'000, 6);
        for (float& value : values) value = rounding == 2 ? -7 : rounding == 1 ? std::round(value) : value;
        const auto many = Distribution::build(values).value();
        const ThreadLimit one(1);
        const auto single = Distribution::build(values).value();
        QVERIFY(std::ranges::equal(many->values(), single->values()));
        std::vector<float> sorted = values;
        std::sort(sorted.begin(), sorted.end());
        for (std::size_t i = 0; i < many->distinct(); ++i) {
            const IndexRange upTo{0, i + 1};
            QCOMPARE(many->countOf(upTo), single->countOf(upTo));
            QVERIFY(sorted[many->countOf(upTo) - 1] == many->values()[i]);
        }
        for (std::size_t i = 1; i < many->distinct(); i = i * 3 + 1) {
            const IndexRange range{i / 2, i};
            QCOMPARE(std::bit_cast<std::uint64_t>(many->squaredError(range, 0.25)),
                     std::bit_cast<std::uint64_t>(single->squaredError(range, 0.25)));
            QCOMPARE(std::bit_cast<std::uint64_t>(many->meanOf(range)),
                     std::bit_cast<std::uint64_t>(single->meanOf(range)));
        }
        QCOMPARE(std::bit_cast<std::uint64_t>(many->excessKurtosis()),
                 std::bit_cast<std::uint64_t>(single->excessKurtosis()));
    }

    void holdsNothing() {
        for (const auto& data : {Distribution::build({}).value(), Distribution::build({}, {}, {}).value()}) {
            QVERIFY(data->empty());
            QCOMPARE(data->count(), std::uint64_t{0});
            QCOMPARE(data->mean(), 0.0);
            QCOMPARE(data->variance(), 0.0);
            QCOMPARE(data->sum(), 0.0);
            QCOMPARE(data->sumOfSquares(), 0.0);
            QCOMPARE(data->excessKurtosis(), 0.0);
            QCOMPARE(data->absoluteMaximum(), 0.0f);
            QCOMPARE(data->medianOf(data->all()), 0.0);
            QCOMPARE(data->indexOf(1), std::size_t{0});
        }
    }

    void weightsOfZeroLeaveTheValuesCounted() {
        const std::vector<float> values{1, 2, 4};
        const auto data = Distribution::build(values, std::vector<double>{0, 0, 0}).value();
        QCOMPARE(data->count(), std::uint64_t{3});
        QCOMPARE(data->weightOf(data->all()), 0.0);
        QCOMPARE(data->meanOf(data->all()), 2.5);
        QCOMPARE(data->squaredError(data->all(), 100), 0.0);
        QCOMPARE(data->variance(), 0.0);
    }

    void refusesBadWeights_data() {
        QTest::addColumn<std::vector<double>>("weights");
        QTest::newRow("too few") << std::vector<double>{1};
        QTest::newRow("negative") << std::vector<double>{1, -1};
        QTest::newRow("not a number") << std::vector<double>{1, std::nan("")};
        QTest::newRow("infinite") << std::vector<double>{INFINITY, 1};
    }
    void refusesBadWeights() {
        QFETCH(std::vector<double>, weights);
        const auto result = Distribution::build(std::vector<float>{1, 2}, weights);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
    }

    void stopsWhenTold() {
        std::stop_source source;
        source.request_stop();
        const JobControl job{source.get_token(), {}};
        for (const std::size_t n : {10, 300'000}) {
            const std::vector<float> values(n, 1.0f);
            const auto plain = Distribution::build(values, job);
            QVERIFY(!plain && plain.error().code == ErrorCode::Cancelled);
            const auto weighted = Distribution::build(values, std::vector<double>(n, 1.0), job);
            QVERIFY(!weighted && weighted.error().code == ErrorCode::Cancelled);
        }
    }
};

QTEST_APPLESS_MAIN(TestDistribution)
#include "tst_distribution.moc"
