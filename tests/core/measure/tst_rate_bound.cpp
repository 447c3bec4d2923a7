// The rate–distortion limit: theory where there is one, an upper bound computed another way where there is none, and no
// code beyond it anywhere.
#include "core/base/parallel.h"
#include "core/measure/rate_bound.h"
#include "core/schemes/scheme_registry.h"
#include "core/study/generated.h"
#include "core/study/rate.h"
#include "core/study/run.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

constexpr std::uint64_t kMillion = 1'000'000;

DistributionPtr sorted(std::span<const float> values) { return *Distribution::build(values); }

RateBoundPtr boundOf(std::span<const float> values, double bits = 8) { return *rateBound(*sorted(values), bits); }

double decibels(double ratio) { return 10 * std::log10(ratio); }

/// What a code can do: for these probabilities of reproduction values, the rate in bits and the mean squared error of
/// the best test channel of each of some slopes. Blahut's iteration the plain way, all values against all.
struct Achieved {
    double bits, distortion;
};

Achieved achieved(const std::vector<float>& values, double slope, int iterations) {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    std::vector<double> y;
    for (int j = 0; j <= 400; ++j)
        y.push_back(static_cast<double>(*low) + (static_cast<double>(*high) - static_cast<double>(*low)) * j / 400);
    // exp(−s·(x − y)²), which stays the same through all iterations.
    std::vector<std::vector<double>> kernel;
    for (const float x : values) {
        std::vector<double>& row = kernel.emplace_back(y.size());
        for (std::size_t j = 0; j < y.size(); ++j) {
            const double distance = static_cast<double>(x) - y[j];
            row[j] = std::exp(-slope * distance * distance);
        }
    }
    const auto n = static_cast<double>(values.size());
    std::vector<double> q(y.size(), 1.0 / static_cast<double>(y.size())), sums(y.size());
    for (int i = 0; i < iterations; ++i) {
        std::fill(sums.begin(), sums.end(), 0.0);
        for (const auto& row : kernel) {
            double all = 0;
            for (std::size_t j = 0; j < y.size(); ++j) all += q[j] * row[j];
            for (std::size_t j = 0; j < y.size(); ++j) sums[j] += row[j] / all / n;
        }
        for (std::size_t j = 0; j < y.size(); ++j) q[j] *= sums[j];
    }
    // The channel of these q, and the information it really carries: relative to its own output.
    std::vector<double> output(y.size());
    double distortion = 0, information = 0;
    std::vector<std::vector<double>> channel;
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::vector<double>& row = channel.emplace_back(y.size());
        double all = 0;
        for (std::size_t j = 0; j < y.size(); ++j) all += row[j] = q[j] * kernel[i][j];
        for (std::size_t j = 0; j < y.size(); ++j) {
            row[j] /= all;
            output[j] += row[j] / n;
            const double distance = static_cast<double>(values[i]) - y[j];
            distortion += row[j] * distance * distance / n;
        }
    }
    for (const auto& row : channel)
        for (std::size_t j = 0; j < y.size(); ++j)
            if (row[j] > 1e-200) information += row[j] * std::log2(row[j] / output[j]) / n;
    return {information, distortion};
}

/// Hard samples, heavy tails and a few of each kind of small and discrete data.
std::vector<DataSet> samples() {
    std::vector<DataSet> sets = dataSets();
    Random random(5);
    const auto add = [&](const char* name, int count, const auto& value) {
        DataSet set{name, {}};
        for (int i = 0; i < count; ++i) set.values.push_back(static_cast<float>(value(i)));
        sets.push_back(std::move(set));
    };
    add("two values", 1000, [](int i) { return i % 4 == 0 ? 3.0 : -1.0; });
    add("two values, one rare", 1000, [](int i) { return i == 0 ? 1e6 : 0.0; });
    add("constant", 100, [](int) { return 7.0; });
    add("heavy tails", 5000, [&](int) { return std::tan(std::numbers::pi * (random.uniform() - 0.5)); });
    add("a million times its spread away", 5000, [&](int) { return 1e6 + random.normal(); });
    add("dice", 6000, [&](int) { return static_cast<double>(random.below(6)); });
    add("bytes", 20000, [&](int) { return std::round(40 * random.normal()); });
    add("eleven values", 11, [&](int) { return random.normal(); });
    add("zeros and a bell", 5000, [&](int i) { return i % 3 == 0 ? random.normal() : 0.0; });
    return sets;
}

/// The samples with their limits up to 8 bits, which take longer to find than what is asked of them here.
struct Prepared {
    std::string name;
    PreparedTensorPtr data;
};
const std::vector<Prepared>& preparedSamples() {
    static const std::vector<Prepared> prepared = [] {
        std::vector<Prepared> all;
        for (const DataSet& set : samples()) {
            all.push_back({set.name, PreparedTensor::make(std::make_shared<Tensor>(makeTensor(
                                         "data", {static_cast<std::int64_t>(set.values.size())}, set.values)))});
            if (!all.back().data->rateBound(8)) all.back().data.reset();
        }
        return all;
    }();
    return prepared;
}

} // namespace

class TestRateBound : public QObject {
    Q_OBJECT

private slots:
    void aNormalSampleHasTheGaussianLimit() {
        const Tensor data = *generate("normal", kMillion, 7);
        const DistributionPtr values = sorted(data.values);
        const RateBoundPtr bound = *rateBound(*values);
        QVERIFY(bound->closeBits() >= 8);
        for (double bits = 0; bits <= 8; bits += 0.25) {
            const double theory = values->variance() * std::exp2(-2 * bits);
            const double gap = decibels(bound->distortion(bits) / theory);
            QVERIFY2(std::fabs(gap) <= 0.05, qPrintable(QStringLiteral("%1 bits: %2 dB").arg(bits).arg(gap)));
        }
    }

    void aLaplacianSampleHasShannonsLowerBound() {
        const Tensor data = *generate("laplace", kMillion, 7);
        const RateBoundPtr bound = boundOf(data.values);
        // h = log2(2e) for density ½·exp(−|x|); D = 2^(2h − 2R)/(2πe). Tight from half a bit or so.
        const double scale = sorted(data.values)->variance() / 2;
        for (double bits = 1; bits <= 8; bits += 0.25) {
            const double theory = scale * 4 * std::numbers::e / (2 * std::numbers::pi) * std::exp2(-2 * bits);
            const double gap = decibels(bound->distortion(bits) / theory);
            QVERIFY2(std::fabs(gap) <= 0.05, qPrintable(QStringLiteral("%1 bits: %2 dB").arg(bits).arg(gap)));
        }
    }

    void whatAChannelAchievesIsAboveAndNear_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("slope");
        for (const double slope : {0.3, 1.0, 4.0, 20.0}) {
            QTest::addRow("two values, slope %g", slope) << 0 << slope;
            QTest::addRow("dice, slope %g", slope) << 1 << slope;
            QTest::addRow("uniform, slope %g", slope) << 2 << slope;
            QTest::addRow("forty normal values, slope %g", slope) << 3 << slope;
        }
    }
    void whatAChannelAchievesIsAboveAndNear() {
        QFETCH(int, kind);
        QFETCH(double, slope);
        std::vector<float> values;
        Random random(3);
        for (int i = 0; i < 60; ++i) {
            if (kind == 0) values.push_back(i % 3 == 0 ? 1.0f : -1.0f);
            if (kind == 1) values.push_back(static_cast<float>(i % 6) - 2.5f);
            if (kind == 2) values.push_back(static_cast<float>(i) / 20.0f - 1.475f);
            if (kind == 3 && i < 40) values.push_back(static_cast<float>(random.normal()));
        }
        const Achieved code = achieved(values, slope, 2000);
        const RateBoundPtr bound = boundOf(values);
        const double least = bound->distortion(code.bits);
        QVERIFY2(least <= code.distortion * (1 + 1e-9), "a code beats the limit");
        // In rate it is near always; in dB only away from lossless.
        const double sooner = bound->distortion(std::max(0.0, code.bits - 0.01));
        QVERIFY2(sooner >= code.distortion * 0.99 || decibels(code.distortion / least) <= 0.04,
                 qPrintable(QStringLiteral("%1 bits, %2 dB").arg(code.bits).arg(decibels(code.distortion / least))));
    }

    void noSchemeIsBeyondIt() {
        for (const auto& [name, data] : preparedSamples()) {
            QVERIFY2(data, name.c_str());
            for (const Scheme* scheme : schemes()) {
                for (const std::uint32_t levels : {1u, 2u, 3u, 7u, 16u, 64u, 256u}) {
                    QuantSpec spec;
                    spec.scheme = scheme->info().id;
                    spec.levels = levels;
                    if (!scheme->requestedLevels(spec)) continue;
                    const auto result = run(data, spec);
                    QVERIFY2(result, name.c_str());
                    const double distance = boundDistanceDb(**result);
                    QVERIFY2(!(distance < -1e-9), (name + ", " + spec.scheme).c_str());
                    // The entropy of the codes is a rate as well.
                    const double atEntropy = data->knownRateBound()->sqnrDb((*result)->errors.codeEntropy);
                    QVERIFY2(!(atEntropy < (*result)->errors.sqnrDb - 1e-9), (name + ", " + spec.scheme).c_str());
                }
            }
        }
    }

    void itIsConvexAndFallsFromTheVariance() {
        for (const auto& [name, data] : preparedSamples()) {
            QVERIFY2(data, name.c_str());
            const DistributionPtr values = *data->distribution();
            const RateBoundPtr bound = data->knownRateBound();
            QVERIFY(std::fabs(bound->distortion(0) - values->variance()) <= 1e-3 * values->variance());
            double before = INFINITY, fall = INFINITY;
            for (double bits = 0; bits <= std::min(8.0, bound->closeBits()); bits += 1.0 / 64) {
                const double now = bound->distortion(bits);
                QVERIFY2(now <= before, name.c_str());
                if (std::isfinite(before)) {
                    QVERIFY2(before - now <= fall * (1 + 1e-9) + 1e-12 * values->variance(), name.c_str());
                    fall = before - now;
                }
                before = now;
            }
        }
    }

    void theValuesThemselvesCostTheirEntropy() {
        std::vector<float> values;
        for (int i = 0; i < 1024; ++i) values.push_back(static_cast<float>(i % 8) * 3);
        const RateBoundPtr bound = boundOf(values);
        QCOMPARE(bound->entropy(), 3.0);
        QCOMPARE(bound->closeBits(), 3.0);
        QCOMPARE(bound->distortion(3), 0.0);
        QVERIFY(std::isinf(bound->sqnrDb(3)) && std::isinf(bound->sqnrDb(20)));
        QVERIFY(bound->distortion(2.95) > 0);
        QVERIFY(!bound->wouldGrow(16));
        // Constant data has no error at any rate; zeros have no signal either.
        QVERIFY(std::isinf(boundOf(std::vector<float>(9, 2.0f))->sqnrDb(0)));
        QVERIFY(std::isnan(boundOf(std::vector<float>(9, 0.0f))->sqnrDb(1)));
    }

    void shiftsAndScalesDoNotMatter() {
        std::vector<float> values, moved;
        Random random(9);
        for (int i = 0; i < 3000; ++i) values.push_back(static_cast<float>(random.below(1 << 14)));
        for (const float value : values) moved.push_back(4 * value + 262144);
        const RateBoundPtr a = boundOf(values), b = boundOf(moved);
        for (double bits = 0; bits < 8; bits += 0.5)
            QVERIFY(std::fabs(decibels(16 * a->distortion(bits) / b->distortion(bits))) < 0.02);
    }

    void moreThanWasAskedForIsUnknown() {
        const Tensor data = *generate("normal", kMillion, 2);
        const RateBoundPtr bound = boundOf(data.values, 2);
        QVERIFY(bound->wouldGrow(4) && !bound->wouldGrow(2));
        QVERIFY(bound->closeBits() >= 2 && bound->closeBits() < 4);
        QVERIFY(std::isinf(bound->sqnrDb(8)));
        const auto curve = bound->curve(8, 4);
        QVERIFY(curve.size() >= 9 && curve.size() < 20);
        QCOMPARE(curve[4].bits, 1.0);
        QCOMPARE(curve[4].sqnrDb, bound->sqnrDb(1));
    }

    void oneThreadAndManyGiveTheSame() {
        const std::vector<float> values = normalValues(20000);
        const RateBoundPtr many = boundOf(values, 6);
        const ThreadLimit limit(1);
        const RateBoundPtr one = boundOf(values, 6);
        for (double bits = 0; bits <= 6; bits += 0.5) QCOMPARE(one->distortion(bits), many->distortion(bits));
    }

    void aStoppedJobIsCancelled() {
        std::stop_source stop;
        stop.request_stop();
        const auto bound = rateBound(*sorted(normalValues(100)), 8, JobControl{stop.get_token(), {}});
        QVERIFY(!bound && bound.error().code == ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestRateBound)
#include "tst_rate_bound.moc"
