// Errors from sorted values and value by value, both against a direct sum in quadruple precision.
#include "core/measure/error_metrics.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>

using namespace quantoscope;
using test::Random;

namespace {

__extension__ using Quad = __float128;

Quad magnitudeOf(Quad x) { return x < 0 ? -x : x; }
bool near(Quad got, Quad want, Quad scale, double tolerance = 1e-12) {
    return magnitudeOf(got - want) <= tolerance * magnitudeOf(scale);
}

struct Direct {
    struct Bin {
        std::uint64_t count = 0;
        Quad squaredError = 0, mean = 0, within = 0;
    };
    Quad squaredError = 0, absoluteError = 0, sumX = 0, sumXX = 0, sumXY = 0, sumYY = 0, magnitude = 0, within = 0,
         total = 0;
    double maximumError = 0;
    std::uint64_t below = 0, above = 0;
    std::map<std::size_t, Bin> bins;

    Direct(std::span<const float> values, const Codebook& codebook, const GroupScale& scale, const ClipRange& clip) {
        const GroupEncoder encoder(codebook, scale);
        for (const float value : values) {
            const std::size_t bin = encoder.bin(value);
            const Quad x = value, y = encoder.decode(bin), e = x - y;
            squaredError += e * e;
            absoluteError += magnitudeOf(e);
            sumX += x;
            magnitude += magnitudeOf(x);
            sumXX += x * x;
            sumXY += x * y;
            sumYY += y * y;
            maximumError = std::max(maximumError, std::fabs(double{value} - encoder.decode(bin)));
            below += value < clip.lower;
            above += value > clip.upper;
            Bin& own = bins[bin];
            ++own.count;
            own.squaredError += e * e;
            own.mean += x;
        }
        for (auto& [index, bin] : bins) bin.mean /= static_cast<double>(bin.count);
        for (const float value : values) {
            Bin& own = bins[encoder.bin(value)];
            own.within += (value - own.mean) * (value - own.mean);
            const Quad fromMean = value - sumX / static_cast<double>(values.size());
            total += fromMean * fromMean;
        }
        for (const auto& [index, bin] : bins) within += bin.within;
    }
};

const char* wrongWith(const ErrorSums& got, const Direct& want, std::span<const float> values,
                      const GroupEncoder& encoder) {
    if (got.count != values.size()) return "count";
    if (!near(got.squaredError, want.squaredError, want.squaredError)) return "squared error";
    if (!near(got.absoluteError, want.absoluteError, want.absoluteError)) return "absolute error";
    if (got.maximumError != want.maximumError) return "maximum error";
    if (std::fabs(double{got.maximumErrorAt} - encoder.decode(encoder.bin(got.maximumErrorAt))) != want.maximumError)
        return "where the maximum error is";
    if (std::find(values.begin(), values.end(), got.maximumErrorAt) == values.end()) return "a value that is not there";
    if (!near(static_cast<Quad>(got.sumX.high) + got.sumX.low, want.sumX, want.magnitude)) return "sum of x";
    if (!near(got.sumXX, want.sumXX, want.sumXX)) return "sum of squares";
    if (!near(got.sumYY, want.sumYY, want.sumYY)) return "sum of y²";
    if (!near(got.sumXY, want.sumXY, want.sumXX + want.sumYY)) return "sum of xy";
    if (!near(got.totalSquares, want.total, want.total)) return "total squares";
    if (!near(got.withinBins, want.within, want.within)) return "squares within bins";
    if (got.clippedBelow != want.below || got.clippedAbove != want.above) return "clipped";
    if (got.minimum != *std::ranges::min_element(values) || got.maximum != *std::ranges::max_element(values))
        return "extremes";
    return nullptr;
}

const char* wrongWithBins(const BinErrors& got, const Direct& want) {
    std::uint64_t occupied = 0;
    for (const std::uint64_t count : got.counts) occupied += count > 0;
    if (occupied != want.bins.size()) return "occupied bins";
    for (const auto& [index, bin] : want.bins) {
        if (got.counts[index] != bin.count) return "count of a bin";
        if (!near(got.squaredErrors[index], bin.squaredError, bin.squaredError)) return "squared error of a bin";
    }
    return nullptr;
}

struct Quantized {
    Codebook codebook;
    GroupScale scale;
    ClipRange clip;
};

/// An integer grid over the range, and levels drawn from the data.
std::vector<Quantized> quantizersFor(const std::vector<float>& values, int bits) {
    const auto [low, high] = std::ranges::minmax(values);
    const std::size_t count = std::size_t{1} << bits;
    Quantized grid, drawn;
    grid.codebook.integerGrid = true;
    for (std::size_t i = 0; i < count; ++i) grid.codebook.levels.push_back(static_cast<float>(i));
    grid.scale.offset = low;
    grid.scale.scale =
        static_cast<float>((double{high} - low) / static_cast<double>(std::max<std::size_t>(1, count - 1)) * 0.9);
    if (!(grid.scale.scale > 0)) grid.scale.scale = 1;
    grid.clip.upper = grid.scale.decode(grid.codebook.levels.back());
    Random random(5);
    std::vector<float> levels;
    for (std::size_t i = 0; i < count; ++i) levels.push_back(values[random.below(values.size())]);
    drawn.codebook = nearestLevelCodebook(levels).value();
    drawn.clip.lower = drawn.codebook.levels.front();
    drawn.clip.upper = drawn.codebook.levels.back();
    return {grid, drawn};
}

} // namespace

class TestErrorMetrics : public QObject {
    Q_OBJECT

private slots:
    void agreesWithADirectSum_data() {
        QTest::addColumn<std::size_t>("index");
        QTest::addColumn<int>("bits");
        for (std::size_t i = 0; i < test::dataSets().size(); ++i)
            for (const int bits : {0, 2, 8, 14})
                QTest::addRow("%s, %d bits", test::dataSets()[i].name.c_str(), bits) << i << bits;
    }
    void agreesWithADirectSum() {
        QFETCH(std::size_t, index);
        QFETCH(int, bits);
        const std::vector<float>& values = test::dataSets()[index].values;
        const auto data = Distribution::build(values).value();
        for (const auto& [codebook, scale, clip] : quantizersFor(values, bits)) {
            if (!std::isfinite(clip.upper)) continue; // levels beyond float32 have no error to speak of
            const Direct want(values, codebook, scale, clip);
            const GroupEncoder encoder(codebook, scale);
            const ErrorSums sorted = measure(*data, valueCodebook(codebook, scale), clip.lower, clip.upper);
            QCOMPARE(wrongWith(sorted, want, values, encoder), nullptr);
            QCOMPARE(wrongWithBins(sorted.bins, want), nullptr);
            const ErrorSums direct = measure(values, codebook, scale, clip);
            QCOMPARE(wrongWith(direct, want, values, encoder), nullptr);
            QCOMPARE(wrongWithBins(direct.bins, want), nullptr);
        }
    }

    void partsAddUpToTheWhole_data() {
        QTest::addColumn<std::size_t>("index");
        for (std::size_t i = 0; i < test::dataSets().size(); ++i) QTest::newRow(test::dataSets()[i].name.c_str()) << i;
    }
    void partsAddUpToTheWhole() {
        QFETCH(std::size_t, index);
        const std::vector<float>& values = test::dataSets()[index].values;
        for (const auto& [codebook, scale, clip] : quantizersFor(values, 5)) {
            if (!std::isfinite(clip.upper)) continue;
            const Direct want(values, codebook, scale, clip);
            ErrorSums total, added;
            DirectMeasure direct;
            for (std::size_t begin = 0, size = 1; begin < values.size(); begin += size, size = size % 50 + 1) {
                const auto part = std::span(values).subspan(begin, std::min(size, values.size() - begin));
                const ErrorSums own = direct.add(part, codebook, scale, clip, total);
                QCOMPARE(own.count, part.size());
                added.add(measure(*Distribution::build(part).value(), valueCodebook(codebook, scale), clip.lower,
                                  clip.upper));
            }
            direct.add({}, codebook, scale, clip, total);
            added.add(ErrorSums());
            for (ErrorSums* sums : {&total, &added}) {
                // Squares about the bins' means are those of each part: less than of the whole.
                QVERIFY(sums->withinBins <= static_cast<double>(want.within) * (1 + 1e-12));
                sums->withinBins = static_cast<double>(want.within);
                QCOMPARE(wrongWith(*sums, want, values, GroupEncoder(codebook, scale)), nullptr);
                QCOMPARE(wrongWithBins(sums->bins, want), nullptr);
            }
        }
    }

    void tablesOfDifferentLengthAddUp() {
        const Codebook two = nearestLevelCodebook({0, 1}).value(), three = nearestLevelCodebook({0, 1, 2}).value();
        const std::vector<float> values{0, 1, 2, 2};
        ErrorSums total;
        DirectMeasure direct;
        direct.add(values, two, {}, {}, total);
        direct.add(values, three, {}, {}, total);
        QCOMPARE(total.bins.counts, (std::vector<std::uint64_t>{2, 4, 2}));
        QCOMPARE(total.squaredError, 2.0);
        ErrorSums other = measure(values, three, {});
        other.add(measure(values, two, {}));
        QCOMPARE(other.bins.counts, total.bins.counts);
    }

    void figuresFollowTheirFormulas() {
        const std::vector<float> values{1, 2, 3, 10};
        const Codebook codebook = nearestLevelCodebook({1.5f, 8}).value();
        const ErrorMetrics got = finish(measure(values, codebook, {}), 9);
        // Errors -0.5, 0.5, 1.5, 2: squares 0.25, 0.25, 2.25, 4.
        QCOMPARE(got.count, std::uint64_t{4});
        QCOMPARE(got.mse, 6.75 / 4);
        QCOMPARE(got.rmse, std::sqrt(6.75 / 4));
        QCOMPARE(got.mae, 4.5 / 4);
        QCOMPARE(got.maxError, 2.0);
        QCOMPARE(got.maxErrorAt, 10.0f);
        QCOMPARE(got.sqnrDb, 10 * std::log10(114 / 6.75));
        QCOMPARE(got.relativeError, std::sqrt(6.75 / 114));
        QCOMPARE(got.psnrDb, 10 * std::log10(81 / (6.75 / 4)));
        QCOMPARE(got.psnrRange, 9.0);
        QCOMPARE(got.cosine, (1.5 * 6 + 80) / std::sqrt(114 * (3 * 2.25 + 64)));
        QCOMPARE(got.codeEntropy, -(0.75 * std::log2(0.75) + 0.25 * std::log2(0.25)));
        QCOMPARE(got.gvf, 1 - 2.0 / 50);
        QCOMPARE(got.occupied, 2u);
    }

    void withoutErrorRatiosAreInfinite() {
        const std::vector<float> values{1, 2};
        const ErrorMetrics got = finish(measure(values, nearestLevelCodebook(values).value(), {}), 1);
        QCOMPARE(got.mse, 0.0);
        QCOMPARE(got.sqnrDb, double{INFINITY});
        QCOMPARE(got.psnrDb, double{INFINITY});
        QCOMPARE(got.relativeError, 0.0);
        QCOMPARE(got.gvf, 1.0);
    }

    void withoutSignalRatiosAreUndefined() {
        const std::vector<float> values{0, 0, 0};
        const ErrorMetrics got = finish(measure(values, nearestLevelCodebook({1}).value(), {}), 0);
        QCOMPARE(got.mse, 1.0);
        QVERIFY(std::isnan(got.sqnrDb));
        QVERIFY(std::isnan(got.relativeError));
        QVERIFY(std::isnan(got.psnrDb));
        QVERIFY(std::isnan(got.cosine));
        QCOMPARE(got.gvf, 1.0);
        QCOMPARE(got.codeEntropy, 0.0);
    }

    void nothingHasNoError() {
        const ErrorMetrics got =
            finish(measure(*Distribution::build({}).value(), nearestLevelCodebook({1}).value(), 0, 0), 0);
        QCOMPARE(got.count, std::uint64_t{0});
        QCOMPARE(got.mse, 0.0);
        QCOMPARE(finish(measure(std::vector<float>{}, nearestLevelCodebook({1}).value(), {}), 0).count,
                 std::uint64_t{0});
    }
};

QTEST_APPLESS_MAIN(TestErrorMetrics)
#include "tst_error_metrics.moc"
