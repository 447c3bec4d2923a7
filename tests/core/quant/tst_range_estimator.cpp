// Ranges against numpy's quantiles and onnxruntime's thresholds, and against their own definitions.
#include "core/quant/range_estimator.h"
#include "core/tensor/histogram.h"
#include "tests/support/datasets.h"
#include "tests/support/golden.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

using namespace quantoscope;
using namespace quantoscope::test;
using Kind = RangeSpec::Kind;

namespace {

Range rangeOf(const std::vector<float>& values, const RangeSpec& spec, bool symmetric = false,
              std::function<double(Range)> squaredError = {}) {
    RangeUse use;
    use.symmetric = symmetric;
    use.squaredError = std::move(squaredError);
    return estimateRange(GroupData(std::span<const float>(values)), spec, use, {}).value();
}

} // namespace

class TestRangeEstimator : public QObject {
    Q_OBJECT

private slots:
    void extremesOfTheData() {
        const std::vector<float> values{-3, 1, 2};
        QCOMPARE(rangeOf(values, {}).lower, -3.0f);
        QCOMPARE(rangeOf(values, {}).upper, 2.0f);
        QCOMPARE(rangeOf(values, {}, true).lower, -3.0f);
        QCOMPARE(rangeOf(values, {}, true).upper, 3.0f);
    }

    void percentilesAreNumpysQuantiles() {
        const auto golden = goldenJson("entropy_quantiles.json");
        QCOMPARE(golden["numpy_quantile_linear"].size(), 4u);
        for (const auto& [name, rows] : golden["numpy_quantile_linear"].items()) {
            const auto values = floatsOfHex(golden["inputs"][name]);
            const auto data = Distribution::build(values).value();
            for (const auto& [q, expected] : rows.items()) {
                const double number = expected.get<double>();
                QVERIFY(std::fabs(data->quantile(std::stod(q)) - number) <= 1e-12 * std::fabs(number));
            }
            // 98 % of the data lie between the quantiles 0.01 and 0.99.
            const Range range = rangeOf(values, {Kind::Percentile, 98});
            QCOMPARE(range.lower, static_cast<float>(rows["0.01"].get<double>()));
            QCOMPARE(range.upper, static_cast<float>(rows["0.99"].get<double>()));
        }
    }

    void symmetricPercentilesAreQuantilesOfTheMagnitude() {
        const auto values = normalValues(1001, 1, 0.5);
        std::vector<float> magnitudes;
        for (const float value : values) magnitudes.push_back(std::fabs(value));
        std::sort(magnitudes.begin(), magnitudes.end());
        const Range range = rangeOf(values, {Kind::Percentile, 90}, true);
        QCOMPARE(range.upper, magnitudes[900]);
        QCOMPARE(range.lower, -magnitudes[900]);
    }

    void deviationsAreCountedFromTheMean() {
        const std::vector<float> values{2, 4, 4, 4, 5, 5, 7, 9}; // mean 5, deviation 2 over n
        QCOMPARE(rangeOf(values, {Kind::Sigma, 1.5}).lower, 2.0f);
        QCOMPARE(rangeOf(values, {Kind::Sigma, 1.5}).upper, 8.0f);
        const Range about0 = rangeOf({3, -4, 0, 0}, {Kind::Sigma, 2}, true); // √(25/4) = 2.5
        QCOMPARE(about0.upper, 5.0f);
        QCOMPARE(about0.lower, -5.0f);
        const float largest = std::numeric_limits<float>::max();
        QCOMPARE(rangeOf({-largest, largest}, {Kind::Sigma, 3}).upper, largest);
    }

    void leastSquaredErrorFindsTheLeast() {
        const auto values = normalValues(5000, 2);
        // An error with one minimum, between two of the 256 candidates.
        const double target = 0.61803 * *std::max_element(values.begin(), values.end());
        const auto error = [&](Range range) { return std::pow(range.upper - target, 2); };
        QVERIFY(std::fabs(rangeOf(values, {Kind::Mse}, false, error).upper - target) < 1e-5);
        // Where nothing is better than the extremes, they are the answer.
        const auto smaller = [&](Range range) { return -static_cast<double>(range.upper); };
        QCOMPARE(rangeOf(values, {Kind::Mse}, false, smaller).upper, rangeOf(values, {}).upper);
    }

    void leastSquaredErrorShrinksTowardsZeroOrTheMedian() {
        const auto narrow = [](Range range) { return static_cast<double>(range.upper) - range.lower; };
        const Range zero = rangeOf({-2, 0, 8}, {Kind::Mse}, false, narrow);
        QVERIFY(zero.lower < 0 && zero.lower > -0.01f && zero.upper > 0 && zero.upper < 0.04f);
        const Range median = rangeOf({100, 101, 102, 103, 200}, {Kind::Mse}, false, narrow);
        QVERIFY(median.lower > 101.9f && median.upper < 103.0f);
    }

    void entropyThresholdsAreOnnxruntimes() {
        const auto golden = goldenJson("kl_onnxruntime.json");
        QCOMPARE(golden["results"].size(), 16u);
        int decided = 0;
        for (const auto& row : golden["results"]) {
            const auto histogram = row["hist"].get<std::vector<std::uint64_t>>();
            const double bound = row["absmax"].get<double>();
            const auto quantizedBins = row["num_quantized_bins"].get<std::size_t>();
            const double threshold = entropyThreshold(histogram, bound, quantizedBins);
            if (!row["kl_second"].is_null() && !(row["kl_second"].get<double>() - row["kl_min"].get<double>() > 1e-6))
                continue;
            ++decided;
            // The slice that won, and its upper edge.
            const std::size_t bins = histogram.size();
            const std::size_t reach = row["argmin"].get<std::size_t>() + quantizedBins / 2;
            const std::size_t end = std::min(bins / 2 + reach + 1, bins);
            const double edge = bound * (2 * static_cast<double>(end) / static_cast<double>(bins) - 1);
            QVERIFY2(std::fabs(threshold - edge) <= 1e-6 * edge, row["dataset"].get<std::string>().c_str());
            // What was printed is that edge, or the largest value where that is nearer.
            QVERIFY(row["threshold"][1].get<double>() <= threshold * (1 + 1e-6));
        }
        QCOMPARE(decided, 15);
    }

    void entropyRangesStayWithinTheData() {
        std::vector<float> values = normalValues(20000, 3);
        values.push_back(60);
        const Range both = rangeOf(values, {Kind::Entropy});
        QVERIFY(both.upper < 30 && both.upper > 2);
        QVERIFY(both.lower >= *std::min_element(values.begin(), values.end()));
        for (float& value : values) value = std::max(value, 0.0f);
        QCOMPARE(rangeOf(values, {Kind::Entropy}).lower, 0.0f);
        const Range symmetric = rangeOf(values, {Kind::Entropy}, true);
        QCOMPARE(symmetric.lower, -symmetric.upper);
        const Range constant = rangeOf(std::vector<float>(10, 0.0f), {Kind::Entropy});
        QCOMPARE(constant.upper, 0.0f);
        const Range far = rangeOf({100, 101, 102}, {Kind::Entropy});
        QVERIFY(far.lower < far.upper);
    }

    void histogramRangesArePyTorchs() {
        const auto golden = goldenJson("torch_observers.json");
        int compared = 0;
        for (const auto& row : golden["data"]) {
            const auto observer = row["observer"].get<std::string>();
            if (!observer.starts_with("histogram")) continue;
            ++compared;
            const auto values = floatsOfHex(golden["inputs"][row["dataset"].get<std::string>()]);
            const auto data = Distribution::build(values).value();
            // torch 1.13 counts between the extremes cut to whole numbers, where those differ.
            double lower = std::trunc(data->minimum()), upper = std::trunc(data->maximum());
            if (lower == upper) std::tie(lower, upper) = std::pair<double, double>(data->minimum(), data->maximum());
            const Histogram histogram = histogramOf(*data, lower, upper, 2048);
            const Range range = histogramRange(histogram.counts, data->minimum(), data->maximum(), 256);
            const float low = std::min(range.lower, 0.0f), high = std::max(range.upper, 0.0f);
            const double scale =
                observer.find("affine") != std::string::npos ? (high - low) / 255 : std::max(-low, high) / 127.5;
            const double expected = row["scale"][0].get<double>();
            QVERIFY2(std::fabs(scale - expected) <= 1e-4 * expected, qPrintable(QString::fromStdString(observer)));
        }
        QCOMPARE(compared, 14);
    }

    void histogramRangesCutLonelyValuesOff() {
        std::vector<float> values = normalValues(20000, 3);
        values.push_back(60);
        const Range range = rangeOf(values, {Kind::Histogram});
        QVERIFY(range.upper > 2 && range.upper < 60);
        const Range symmetric = rangeOf(values, {Kind::Histogram}, true);
        QCOMPARE(symmetric.lower, -symmetric.upper);
        QCOMPARE(rangeOf({4, 4, 4}, {Kind::Histogram}).upper, 4.0f);
        const Range widest = rangeOf({-3e38f, 0, 1, 3e38f}, {Kind::Histogram});
        QVERIFY(std::isfinite(widest.lower) && std::isfinite(widest.upper));
    }

    void tooManyQuantizedBinsLeaveNothingToChoose() {
        const std::vector<std::uint64_t> histogram(10, 5);
        QCOMPARE(entropyThreshold(histogram, 2.0, 100), 2.0);
        QCOMPARE(entropyThreshold(histogram, 2.0, 0), 2.0);
        QCOMPARE(entropyThreshold(std::vector<std::uint64_t>(9, 0), 2.0, 3), 2.0);
    }

    void ownNumbersAreTaken() {
        QCOMPARE(rangeOf({5}, {Kind::Fixed, 0, -1, 2}).lower, -1.0f);
        QCOMPARE(rangeOf({5}, {Kind::Fixed, 0, -1, 2}, true).lower, -2.0f);
        QCOMPARE(rangeOf({}, {Kind::Fixed, 0, -1, 2}).upper, 2.0f);
    }

    void nothingHasTheRangeOfZero() {
        for (const Kind kind :
             {Kind::MinMax, Kind::Percentile, Kind::Sigma, Kind::Mse, Kind::Entropy, Kind::Histogram}) {
            QCOMPARE(rangeOf({}, {kind, 50}).lower, 0.0f);
            QCOMPARE(rangeOf({}, {kind, 50}).upper, 0.0f);
        }
    }
};

QTEST_APPLESS_MAIN(TestRangeEstimator)
#include "tst_range_estimator.moc"
