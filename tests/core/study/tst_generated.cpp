// core/study/generated: the distributions are those that are promised, and the same on any number of threads. The
// bounds on moments are six standard errors wide, of samples whose seed is fixed.
#include "core/base/parallel.h"
#include "core/study/generated.h"
#include "core/tensor/distribution.h"

#include <QtTest>

#include <cmath>
#include <cstring>

using namespace quantoscope;

namespace {

constexpr std::uint64_t kCount = 1000000;

RawVector<float> valuesOf(std::string_view recipe, std::uint64_t n = kCount, std::uint64_t seed = 1) {
    auto tensor = generate(recipe, n, seed);
    return tensor ? std::move(tensor->values) : RawVector<float>();
}

double normalCdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

double laplaceCdf(double x) { return x < 0 ? 0.5 * std::exp(x) : 1 - 0.5 * std::exp(-x); }

double bimodalCdf(double x) { return 0.35 * normalCdf((x + 2) / 0.5) + 0.65 * normalCdf((x - 1.5) / 0.8); }

/// Kolmogorov's statistic: the largest distance between the sample's distribution and the true one.
double kolmogorov(std::span<const float> values, double (*cdf)(double)) {
    const auto data = Distribution::build(values);
    double largest = 0;
    const auto n = static_cast<double>(values.size());
    for (std::size_t i = 0; i < (*data)->distinct(); ++i) {
        const double truth = cdf(static_cast<double>((*data)->values()[i]));
        const double below = static_cast<double>((*data)->countOf({0, i})) / n;
        const double upTo = static_cast<double>((*data)->countOf({0, i + 1})) / n;
        largest = std::max({largest, std::abs(truth - below), std::abs(truth - upTo)});
    }
    return largest;
}

} // namespace

class GeneratedTest : public QObject {
    Q_OBJECT
private slots:
    void distributionsAreTheOnesPromised_data() {
        QTest::addColumn<QByteArray>("recipe");
        QTest::newRow("normal") << QByteArray("normal");
        QTest::newRow("laplace") << QByteArray("laplace");
        QTest::newRow("bimodal") << QByteArray("bimodal");
    }
    void distributionsAreTheOnesPromised() {
        QFETCH(QByteArray, recipe);
        double (*cdf)(double) = recipe == "normal" ? normalCdf : recipe == "laplace" ? laplaceCdf : bimodalCdf;
        // 1.95/√n is exceeded by one true sample in a thousand.
        for (const std::uint64_t seed : {1, 2, 3})
            QVERIFY(kolmogorov(valuesOf(recipe.toStdString(), kCount, seed), cdf) < 1.95 / std::sqrt(double(kCount)));
    }

    void neighboursAreIndependent() {
        const RawVector<float> values = valuesOf("normal");
        double lagOne = 0, lagTwo = 0;
        for (std::size_t i = 2; i < values.size(); ++i) {
            lagOne += double(values[i]) * double(values[i - 1]);
            lagTwo += double(values[i]) * double(values[i - 2]);
        }
        QVERIFY(std::abs(lagOne) / kCount < 6 / std::sqrt(double(kCount)));
        QVERIFY(std::abs(lagTwo) / kCount < 6 / std::sqrt(double(kCount)));
    }

    void weightsHaveRowsOfTheirOwnScale() {
        const auto tensor = generate("weights", kCount, 5);
        QVERIFY(tensor);
        QCOMPARE(tensor->info.shape, (Shape{1000, 1000}));
        std::vector<double> logs;
        std::uint64_t outliers = 0;
        for (std::size_t row = 0; row < 1000; ++row) {
            std::vector<float> own(tensor->values.begin() + std::ptrdiff_t(row * 1000),
                                   tensor->values.begin() + std::ptrdiff_t((row + 1) * 1000));
            for (float& value : own) value = std::abs(value);
            std::nth_element(own.begin(), own.begin() + 500, own.end());
            const double deviation = double(own[500]) / 0.6744897501960817; // the median of |z|
            logs.push_back(std::log(deviation / 0.02));
            outliers += std::uint64_t(
                std::count_if(own.begin(), own.end(), [&](float x) { return double(x) > 6 * deviation; }));
        }
        double mean = 0, squares = 0;
        for (const double x : logs) mean += x / 1000;
        for (const double x : logs) squares += (x - mean) * (x - mean) / 1000;
        QVERIFY(std::abs(mean) < 6 * 0.5 / std::sqrt(1000.0));
        QVERIFY(std::abs(std::sqrt(squares) - 0.5) < 0.07);
        // One in a thousand is multiplied by 20, and 76 % of those then lie beyond six deviations (|z| > 0.3).
        QVERIFY(outliers > 600 && outliers < 930);
    }

    void oneThreadAndManyGiveTheSameBits() {
        for (const GeneratedRecipe& recipe : generatedRecipes()) {
            const RawVector<float> many = valuesOf(recipe.id, 200001, 9);
            const ThreadLimit limit(1);
            const RawVector<float> one = valuesOf(recipe.id, 200001, 9);
            QCOMPARE(many.size(), std::size_t{200001});
            QVERIFY(std::memcmp(many.data(), one.data(), 4 * many.size()) == 0);
        }
    }

    void moreValuesContinueTheSameSequence() {
        for (const GeneratedRecipe& recipe : generatedRecipes()) {
            const RawVector<float> few = valuesOf(recipe.id, 1234, 9), more = valuesOf(recipe.id, 5000, 9);
            QVERIFY(std::equal(few.begin(), few.end(), more.begin()));
            QVERIFY(few != valuesOf(recipe.id, 1234, 10));
        }
    }

    void shapesFollowTheCount() {
        QCOMPARE(generate("weights", 2500, 1)->info.shape, (Shape{2500}));
        QCOMPARE(generate("normal", 2000, 1)->info.shape, (Shape{2000}));
        QCOMPARE(generate("weights", 1, 1)->values.size(), std::size_t{1});
    }

    void nonsenseIsRefused() {
        QCOMPARE(generate("cauchy", 10, 1).error().code, ErrorCode::NotFound);
        QCOMPARE(generate("normal", 0, 1).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(generate("normal", kMaximumGenerated + 1, 1).error().code, ErrorCode::TooLarge);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(generate("normal", 10, 1, {stop.get_token(), {}}).error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(GeneratedTest)
#include "tst_generated.moc"
