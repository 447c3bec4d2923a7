// A run's figures against encoding and decoding the tensor and comparing value by value.
#include "core/base/parallel.h"
#include "core/quant/quantized_tensor.h"
#include "core/study/run.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <bit>
#include <cmath>

using namespace quantoscope;

namespace {

PreparedTensorPtr prepare(Shape shape, std::vector<float> values, NonFinitePolicy policy = NonFinitePolicy::Stop) {
    return PreparedTensor::make(
        std::make_shared<const Tensor>(makeTensor("weights", std::move(shape), std::move(values))), policy);
}

QuantSpec specOf(const char* scheme, std::uint32_t levels, const char* grouping) {
    QuantSpec spec;
    spec.scheme = scheme;
    spec.levels = levels;
    spec.grouping = parseGrouping(grouping).value();
    return spec;
}

bool near(double got, long double want) { return std::fabs(got - want) <= 1e-11L * std::fabs(want); }

} // namespace

class TestRun : public QObject {
    Q_OBJECT

private slots:
    void importanceMovesTheLevelsThatMinimiseIt_data() {
        QTest::addColumn<QString>("grouping");
        for (const char* grouping : {"tensor", "channel:0", "channel:1", "block:50"})
            QTest::newRow(grouping) << grouping;
    }
    void importanceMovesTheLevelsThatMinimiseIt() {
        QFETCH(QString, grouping);
        std::vector<float> values = test::normalValues(300 * 300, 14), importance(values.size());
        values[7] = std::nanf(""); // left out, and its importance with it
        for (std::size_t i = 0; i < values.size(); ++i)
            importance[i] = values[i] > 0 ? 100.0f : i % 3 == 0 ? 0.0f : 1.0f;
        const auto data = prepare({300, 300}, values, NonFinitePolicy::Drop);
        const auto weights = std::make_shared<const Tensor>(makeTensor("fisher", {300, 300}, importance));
        const auto weighed = PreparedTensor::withImportance(data, weights).value();
        const QuantSpec spec = specOf("kmeans", 8, grouping.toUtf8());
        const RunPtr plain = run(data, spec).value(), weighted = run(weighed, spec).value();
        QVERIFY(!plain->weightedMse && weighted->weightedMse && weighted->exact);

        const auto weightedError = [&](const RunResult& of) {
            std::vector<float> decoded(values.size());
            if (!quantize(*of.quantizer, data->values(), decoded)) return -1.0L;
            long double error = 0, sum = 0;
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (std::isnan(values[i])) continue;
                const long double distance = static_cast<long double>(values[i]) - decoded[i];
                error += importance[i] * distance * distance;
                sum += importance[i];
            }
            return error / sum;
        };
        QVERIFY(near(*weighted->weightedMse, weightedError(*weighted)));
        QVERIFY(*weighted->weightedMse < 0.8 * static_cast<double>(weightedError(*plain)));
        QVERIFY(weighted->errors.mse > plain->errors.mse);

        // Equal importance is none, but for a scheme that does not weigh there is never any.
        const auto even =
            std::make_shared<const Tensor>(makeTensor("even", {300, 300}, std::vector<float>(values.size(), 2.5f)));
        const auto evenly = run(PreparedTensor::withImportance(data, even).value(), spec).value();
        QVERIFY(near(evenly->errors.mse, plain->errors.mse));
        QVERIFY(near(*evenly->weightedMse, plain->errors.mse));
        const QuantSpec rank = specOf("rank", 8, grouping.toUtf8());
        QCOMPARE(run(weighed, rank).value()->errors.mse, run(data, rank).value()->errors.mse);
    }

    void importanceThatIsNoneIsRefused() {
        const auto data = prepare({2, 2}, {1, 2, 3, 4});
        const auto with = [&](Shape shape, std::vector<float> numbers) {
            return PreparedTensor::withImportance(
                data, std::make_shared<const Tensor>(makeTensor("w", std::move(shape), std::move(numbers))));
        };
        QVERIFY(with({2, 2}, {0, 0, 0, 1}).has_value());
        for (const auto& refused : {with({4}, {1, 1, 1, 1}), with({2, 2}, {1, -1, 1, 1}),
                                    with({2, 2}, {1, INFINITY, 1, 1}), with({2, 2}, {0, 0, 0, 0})}) {
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        }
        QVERIFY(
            PreparedTensor::withImportance(with({2, 2}, {1, 2, 3, 4}).value(), nullptr).value()->importance().empty());
    }

    void figuresAreThoseOfTheDecodedValues_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<uint>("levels");
        QTest::addColumn<QString>("grouping");
        for (const char* grouping : {"tensor", "channel:0", "channel:1", "block:32", "block:1000"})
            for (const auto& [scheme, levels] : {std::pair{"kmeans", 4u},
                                                 {"affine", 16u},
                                                 {"affine", 65536u},
                                                 {"normal-float", 16u},
                                                 {"equal-width", 7u},
                                                 {"rank", 5u}})
                QTest::addRow("%s with %u levels by %s", scheme, levels, grouping) << scheme << levels << grouping;
    }
    void figuresAreThoseOfTheDecodedValues() {
        QFETCH(QString, scheme);
        QFETCH(uint, levels);
        QFETCH(QString, grouping);
        std::vector<float> values = test::normalValues(500 * 70, 4);
        for (std::size_t i = 9; i < values.size(); i += 5000) values[i] = std::nanf("");
        const auto data = prepare({500, 70}, values, NonFinitePolicy::Drop);
        const auto spec = specOf(scheme.toUtf8(), levels, grouping.toUtf8());
        const auto result = run(data, spec);
        QVERIFY2(result.has_value(), result ? "" : result.error().message().c_str());
        const RunResult& got = **result;

        const auto encoded = encode(got.quantizer, data->values(), data->exceptions()).value();
        std::vector<float> decoded(values.size());
        QVERIFY(decode(encoded, decoded).has_value());
        long double squared = 0, absolute = 0, power = 0;
        double largest = 0;
        std::vector<long double> ofGroup(got.quantizer->groupCount());
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (std::isnan(values[i])) continue;
            const long double error = static_cast<long double>(values[i]) - decoded[i];
            squared += error * error;
            absolute += std::fabs(error);
            power += static_cast<long double>(values[i]) * values[i];
            largest = std::max(largest, static_cast<double>(std::fabs(error)));
            ofGroup[got.quantizer->layout.groupOf(i)] += error * error;
        }
        const auto n = static_cast<long double>(data->finiteCount());
        QCOMPARE(got.errors.count, data->finiteCount());
        QVERIFY(near(got.errors.mse, squared / n));
        QVERIFY(near(got.errors.mae, absolute / n));
        QVERIFY(near(got.errors.sqnrDb, 10 * std::log10(power / squared)));
        QCOMPARE(got.errors.maxError, largest);
        QCOMPARE(got.groups.size(), got.quantizer->groupCount());
        std::uint64_t counted = 0;
        for (std::size_t g = 0; g < got.groups.size(); ++g) {
            counted += got.groups[g].count;
            QVERIFY(near(got.groups[g].mse, ofGroup[g] / static_cast<long double>(got.groups[g].count)));
        }
        QCOMPARE(counted, data->finiteCount());
        QCOMPARE(got.storage.exceptionBits, data->exceptions().size() * kBitsPerException);
        QVERIFY(!got.sampled());

        // The levels of a few groups, sorted or not, count every value once and add up to the group's error.
        for (std::size_t g = 0; g < got.groups.size(); g += 1 + got.groups.size() / 3) {
            const GroupLevels of = groupLevels(got, g).value();
            std::uint64_t count = 0;
            double error = 0;
            for (const std::uint64_t own : of.bins.counts) count += own;
            for (const double own : of.bins.squaredErrors) error += own;
            QCOMPARE(count, got.groups[g].count);
            QCOMPARE(of.count, count);
            QVERIFY(near(error, ofGroup[g]));
        }
        QCOMPARE(groupLevels(got, got.groups.size()).error().code, ErrorCode::InvalidArgument);

        const ThreadLimit one(1);
        const auto again = run(prepare({500, 70}, values, NonFinitePolicy::Drop), spec).value();
        QCOMPARE(std::bit_cast<std::uint64_t>(again->errors.mse), std::bit_cast<std::uint64_t>(got.errors.mse));
        QCOMPARE(std::bit_cast<std::uint64_t>(again->errors.cosine), std::bit_cast<std::uint64_t>(got.errors.cosine));
        QCOMPARE(again->bins.counts, got.bins.counts);
    }

    void tooManyGroupsHaveNoResultsOfTheirOwn() {
        const std::size_t count = kMaximumGroupResults + 1;
        const auto data = prepare({static_cast<std::int64_t>(count), 1}, test::normalValues(count, 3));
        for (const char* grouping : {"channel:0", "block:1"}) {
            const auto result = run(data, specOf("affine", 16, grouping)).value();
            QVERIFY(result->groups.empty());
            QCOMPARE(result->errors.count, count);
        }
    }

    void blockedTensorsAreRefused() {
        const auto data = prepare({3}, {1, std::nanf(""), INFINITY});
        const auto result = run(data, specOf("affine", 16, "tensor"));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::NonFinite);
        QCOMPARE(result.error().where, std::string("weights"));
    }

    void nothingToQuantizeIsRefused() {
        const float nan = std::nanf("");
        for (const auto& data : {prepare({0}, {}), prepare({2}, {nan, nan}, NonFinitePolicy::Drop),
                                 prepare({2}, {nan, INFINITY}, NonFinitePolicy::Clamp)}) {
            const auto result = run(data, specOf("affine", 16, "tensor"));
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
        }
    }

    void unknownSchemesAreNotFound() {
        const auto result = run(prepare({1}, {1}), specOf("no-such-scheme", 4, "tensor"));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::NotFound);
    }

    void stopsWhenTold() {
        std::stop_source source;
        source.request_stop();
        for (const char* grouping : {"tensor", "channel:0", "block:2"}) {
            const auto result =
                run(prepare({4}, {1, 2, 3, 4}), specOf("affine", 4, grouping), Effort::Exact, {source.get_token(), {}});
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::Cancelled);
        }
    }

    void imagesHaveTheRangeOfTheirSamples() {
        Tensor image = makeTensor("picture", {2, 2}, {10, 20, 30, 40}, DType::U8);
        image.info.kind = TensorKind::Image;
        const auto data = PreparedTensor::make(std::make_shared<const Tensor>(image));
        QCOMPARE(run(data, specOf("affine", 4, "tensor")).value()->errors.psnrRange, 255.0);
        QCOMPARE(run(prepare({4}, {10, 20, 30, 40}), specOf("affine", 4, "tensor")).value()->errors.psnrRange, 30.0);
    }
};

QTEST_APPLESS_MAIN(TestRun)
#include "tst_run.moc"
