// Entropy-constrained quantization: at high rates 1.53 dB from the limit, never worse than others at their entropy, and
// the optimum itself where that can be tried out.
#include "core/measure/rate_bound.h"
#include "core/schemes/entropy_partition.h"
#include "core/study/generated.h"
#include "core/study/rate.h"
#include "core/study/run.h"
#include "tests/support/datasets.h"
#include "tests/support/fits.h"

#include <QTest>

#include <cmath>
#include <numbers>
#include <span>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

PreparedTensorPtr prepared(std::span<const float> values) {
    const Shape shape = {static_cast<std::int64_t>(values.size())};
    return PreparedTensor::make(std::make_shared<Tensor>(tensorOf("data", shape, {values.begin(), values.end()})));
}

QuantSpec specOf(const char* scheme, std::uint32_t levels, double rate = 0) {
    QuantSpec spec;
    spec.scheme = scheme;
    spec.levels = levels;
    if (rate > 0) spec.parameters["rate"] = rate;
    return spec;
}

/// Of all partitions into at most k intervals, the least mean square with so many bits of entropy; by trying all.
double leastByTrying(const std::vector<float>& sorted, std::size_t k, double bits) {
    const std::size_t n = sorted.size();
    double least = INFINITY;
    for (std::uint32_t cuts = 0; cuts < (1u << (n - 1)); ++cuts) {
        if (static_cast<std::size_t>(std::popcount(cuts)) + 1 > k) continue;
        double entropy = 0, squares = 0;
        for (std::size_t begin = 0; begin < n;) {
            std::size_t end = begin + 1;
            while (end < n && !(cuts >> (end - 1) & 1)) ++end;
            double mean = 0;
            for (std::size_t i = begin; i < end; ++i) mean += static_cast<double>(sorted[i]);
            mean /= static_cast<double>(end - begin);
            for (std::size_t i = begin; i < end; ++i) squares += std::pow(static_cast<double>(sorted[i]) - mean, 2);
            const double share = static_cast<double>(end - begin) / static_cast<double>(n);
            entropy -= share * std::log2(share);
            begin = end;
        }
        if (entropy <= bits + 1e-9) least = std::min(least, squares / static_cast<double>(n));
    }
    return least;
}

} // namespace

class TestEcsq : public QObject {
    Q_OBJECT

private slots:
    void atHighRatesItIsAQuarterBitFromTheLimit() {
        const auto data = prepared(generate("normal", 1'000'000, 3)->values);
        QVERIFY(data->rateBound(8));
        for (const int bits : {4, 5, 6, 7}) {
            const auto result = run(data, specOf("ecsq", 1u << bits));
            QVERIFY(result);
            const double entropy = (*result)->errors.codeEntropy;
            QVERIFY2(entropy <= bits - 1 + 1e-6 && entropy >= bits - 1 - 0.01, qPrintable(QString::number(entropy)));
            // 10·log10(2πe/12) = 1.533 dB.
            const double distance = boundDistanceDb(**result);
            QVERIFY2(std::fabs(distance - 1.533) < 0.04, qPrintable(QString::number(distance)));
        }
    }

    void atEqualEntropyNoOtherIsBetter_data() {
        QTest::addColumn<QString>("recipe");
        for (const char* recipe : {"normal", "laplace", "bimodal", "weights"}) QTest::newRow(recipe) << recipe;
    }
    void atEqualEntropyNoOtherIsBetter() {
        QFETCH(QString, recipe);
        const auto data = prepared(generate(recipe.toStdString(), 100'000, 11)->values);
        for (const char* scheme : {"kmeans", "equal-width", "rank", "lloyd-max"}) {
            for (const std::uint32_t levels : {2u, 3u, 8u, 32u, 128u}) {
                QuantSpec other = specOf(scheme, levels);
                if (std::string_view(scheme) == "equal-width") other.parameters["representative"] = std::string("mean");
                const auto theirs = run(data, other);
                QVERIFY(theirs);
                const double entropy = (*theirs)->errors.codeEntropy;
                if (!(entropy > 0)) continue;
                // As many levels as it likes: the comparison is of entropies.
                const auto ours = run(data, specOf("ecsq", std::max(2 * levels, 256u), entropy));
                QVERIFY(ours);
                QVERIFY((*ours)->errors.codeEntropy <= entropy + 1e-6);
                // Entropy that was left unused is worth 6.02 dB a bit.
                const double unused = entropy - (*ours)->errors.codeEntropy;
                const double worse = (*theirs)->errors.sqnrDb - (*ours)->errors.sqnrDb - 6.02 * unused;
                QVERIFY2(worse <= 0.01, qPrintable(QStringLiteral("%1, %2 levels: %3 dB worse at %4 bits")
                                                       .arg(scheme)
                                                       .arg(levels)
                                                       .arg(worse)
                                                       .arg(entropy)));
            }
        }
    }

    void itIsNearTheBestOfAllPartitions() {
        // The multiplier finds the lower hull of error and entropy; between its corners splitting fills in.
        Random random(17);
        int best = 0, tried = 0;
        for (int set = 0; set < 12; ++set) {
            std::vector<float> values;
            for (int i = 0; i < 11; ++i) values.push_back(static_cast<float>(random.normal()));
            std::sort(values.begin(), values.end());
            const DistributionPtr data = *Distribution::build(values);
            for (const double bits : {0.7, 1.3, 2.0, 2.8}) {
                const auto found = entropyPartition(*data, 8, bits);
                QVERIFY(found && found->entropy <= bits + 1e-9 && found->size() <= 8);
                const double least = leastByTrying(values, 8, bits);
                QVERIFY(found->meanSquare >= least * (1 - 1e-9));
                QVERIFY2(found->meanSquare <= least * 1.6 + 1e-12,
                         qPrintable(QStringLiteral("%1 against %2").arg(found->meanSquare).arg(least)));
                best += found->meanSquare <= least * (1 + 1e-9);
                ++tried;
            }
        }
        QVERIFY2(2 * best >= tried, qPrintable(QStringLiteral("%1 of %2").arg(best).arg(tried)));
    }

    void onTheHullItIsTheBestOfAllPartitions() {
        // Where the best partition's entropy is just what is allowed and a corner of the hull, nothing is left to
        // chance: two clusters, one bit.
        const std::vector<float> values{0.0f, 0.25f, 0.5f, 0.75f, 10.0f, 10.25f, 10.5f, 10.75f};
        const auto found = entropyPartition(**Distribution::build(values), 8, 1.0);
        QVERIFY(found);
        QCOMPARE(found->boundaries, (std::vector<std::size_t>{0, 4, 8}));
        QCOMPARE(found->entropy, 1.0);
        QCOMPARE(found->meanSquare, leastByTrying(values, 8, 1.0));
        QVERIFY(found->thresholds[0] > 0.75 && found->thresholds[0] <= 10.0);
    }

    void whereTheEntropyDoesNotBindItIsKMeans() {
        const std::vector<float> values = normalValues(5000);
        const Fitted ours = fitted("ecsq", values, 8, {{"rate", 5.0}}), best = fitted("kmeans", values, 8);
        QCOMPARE(ours.values.levels, best.values.levels);
        QCOMPARE(ours.squaredError(values), best.squaredError(values));
        QVERIFY(ours.fit.exact);
    }

    void moreEntropyNeverHurts() {
        const auto data = prepared(normalValues(20000));
        double before = -INFINITY;
        for (const double rate : {0.2, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0}) {
            const auto result = run(data, specOf("ecsq", 64, rate));
            QVERIFY(result && (*result)->errors.codeEntropy <= rate + 1e-6);
            QVERIFY((*result)->errors.sqnrDb >= before - 1e-9);
            before = (*result)->errors.sqnrDb;
        }
    }

    void aPreviewIsNearlyAsGood() {
        const auto data = prepared(normalValues(50000));
        const auto exact = run(data, specOf("ecsq", 16)), preview = run(data, specOf("ecsq", 16), Effort::Preview);
        QVERIFY(exact && preview);
        QVERIFY((*preview)->errors.codeEntropy <= 3 + 1e-6);
        QVERIFY((*preview)->errors.sqnrDb >= (*exact)->errors.sqnrDb - 0.1);
    }

    void bothRatesAreKnown() {
        const auto data = prepared(normalValues(4096));
        const auto result = run(data, specOf("ecsq", 16));
        QVERIFY(result);
        const RunResult& ours = **result;
        const double side = 32.0 * static_cast<double>(ours.quantizer->codebooks[0]->size()) / 4096;
        QCOMPARE(ours.storage.bitsPerValue, 4 + side);
        QCOMPARE(entropyCodedBits(ours), ours.errors.codeEntropy + side);
        QCOMPARE(storedBits(ours), entropyCodedBits(ours));
        QCOMPARE(codeRate(ours), ours.errors.codeEntropy);
        const auto fixed = run(data, specOf("kmeans", 12));
        QCOMPARE(codeRate(**fixed), std::log2(12.0));
        QCOMPARE(storedBits(**fixed), (*fixed)->storage.bitsPerValue);
    }
};

QTEST_APPLESS_MAIN(TestEcsq)
#include "tst_ecsq.moc"
