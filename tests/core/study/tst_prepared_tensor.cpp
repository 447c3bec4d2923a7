// What becomes of non-finite values, and sorting once however many ask.
#include "core/base/parallel.h"
#include "core/study/prepared_tensor.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <thread>

using namespace quantoscope;

namespace {

const float kNan = std::nanf("");

PreparedTensorPtr prepare(Shape shape, std::vector<float> values, NonFinitePolicy policy = NonFinitePolicy::Stop) {
    return PreparedTensor::make(std::make_shared<const Tensor>(makeTensor("t", std::move(shape), std::move(values))),
                                policy);
}

std::vector<float> valuesOf(const PreparedTensor& data) { return {data.values().begin(), data.values().end()}; }

std::vector<std::size_t> exceptionsOf(const PreparedTensor& data) {
    return {data.exceptions().begin(), data.exceptions().end()};
}

} // namespace

class TestPreparedTensor : public QObject {
    Q_OBJECT

private slots:
    void finiteDataIsNeverBlocked_data() {
        QTest::addColumn<NonFinitePolicy>("policy");
        QTest::newRow("stop") << NonFinitePolicy::Stop;
        QTest::newRow("drop") << NonFinitePolicy::Drop;
        QTest::newRow("clamp") << NonFinitePolicy::Clamp;
    }
    void finiteDataIsNeverBlocked() {
        QFETCH(NonFinitePolicy, policy);
        const auto data = prepare({3}, {2, -1, 5}, policy);
        QVERIFY(!data->blocked());
        QCOMPARE(data->finiteCount(), std::uint64_t{3});
        QCOMPARE(data->minimum(), -1.0f);
        QCOMPARE(data->maximum(), 5.0f);
        QVERIFY(data->exceptions().empty());
        QCOMPARE(data->values().data(), data->tensor().values.data()); // no copy
    }

    void stopBlocks() {
        const auto data = prepare({4}, {1, kNan, INFINITY, 2});
        QVERIFY(data->blocked());
        QCOMPARE(data->nonFinite().total(), std::uint64_t{2});
        QCOMPARE(data->minimum(), 1.0f);
        QCOMPARE(data->maximum(), 2.0f);
    }

    void dropLeavesThemOut() {
        const auto data = prepare({5}, {1, kNan, -INFINITY, 2, INFINITY}, NonFinitePolicy::Drop);
        QVERIFY(!data->blocked());
        QCOMPARE(exceptionsOf(*data), (std::vector<std::size_t>{1, 2, 4}));
        QCOMPARE(data->finiteCount(), std::uint64_t{2});
        QCOMPARE(data->distribution().value()->count(), std::uint64_t{2});
    }

    void clampBringsInfinitiesToTheEnds() {
        const auto data = prepare({5}, {1, kNan, -INFINITY, 2, INFINITY}, NonFinitePolicy::Clamp);
        QVERIFY(!data->blocked());
        QCOMPARE(exceptionsOf(*data), (std::vector<std::size_t>{1}));
        const std::vector<float> values = valuesOf(*data);
        QVERIFY(std::isnan(values[1]));
        QCOMPARE(values[2], 1.0f);
        QCOMPARE(values[4], 2.0f);
        QCOMPARE(data->finiteCount(), std::uint64_t{4});
        QCOMPARE(data->distribution().value()->count(), std::uint64_t{4});
    }

    void nothingFiniteLeavesNothing_data() { finiteDataIsNeverBlocked_data(); }
    void nothingFiniteLeavesNothing() {
        QFETCH(NonFinitePolicy, policy);
        const auto data = prepare({2, 2}, {kNan, INFINITY, -INFINITY, kNan}, policy);
        QCOMPARE(data->finiteCount(), std::uint64_t{0});
        QCOMPARE(data->minimum(), 0.0f);
        QCOMPARE(data->maximum(), 0.0f);
        QVERIFY(data->distribution().value()->empty());
        QVERIFY(data->sorted(Grouping::channel(0)).value()->groups[1]->empty());
    }

    void anEmptyTensorHasAnEmptyDistribution() {
        const auto data = prepare({0, 4}, {});
        QVERIFY(!data->blocked());
        QVERIFY(data->distribution().value()->empty());
        QCOMPARE(data->sorted(Grouping::channel(1)).value()->groups.size(), std::size_t{4});
        QCOMPARE(data->sorted(Grouping::channel(0)).value()->groups.size(), std::size_t{0});
    }

    void sortsChannelsOfEveryAxis() {
        const Shape shape{13, 40, 21};
        std::vector<float> values = test::normalValues(13 * 40 * 21, 9);
        values[100] = kNan;
        const auto data = prepare(shape, values, NonFinitePolicy::Drop);
        for (const int axis : {0, 1, 2, -1}) {
            const GroupLayout layout = GroupLayout::make(shape, Grouping::channel(axis)).value();
            const auto sorted = data->sorted(Grouping::channel(axis)).value();
            QCOMPARE(sorted->groups.size(), layout.groupCount());
            for (std::size_t g = 0; g < layout.groupCount(); ++g) {
                std::vector<float> own;
                for (std::size_t i = 0; i < values.size(); ++i)
                    if (layout.groupOf(i) == g && std::isfinite(values[i])) own.push_back(values[i]);
                const auto want = Distribution::build(own).value();
                QCOMPARE(sorted->groups[g]->count(), want->count());
                QVERIFY(std::ranges::equal(sorted->groups[g]->values(), want->values()));
            }
        }
    }

    void sortsOnce() {
        const auto data = prepare({1000}, test::normalValues(1000));
        const auto first = data->sorted(Grouping::tensor()).value();
        QCOMPARE(data->sorted(Grouping::tensor()).value(), first);
        QCOMPARE(data->distribution().value(), first->groups.front());
        const auto channels = data->sorted(Grouping::channel(0)).value();
        QVERIFY(channels != first);
        QCOMPARE(data->sorted(Grouping::channel(-1)).value(), channels); // the same axis by another name
    }

    void refusesBlocksAndAxesThatAreNot() {
        const auto data = prepare({4}, {1, 2, 3, 4});
        QCOMPARE(data->sorted(Grouping::block(2)).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(data->sorted(Grouping::channel(1)).error().code, ErrorCode::InvalidArgument);
    }

    void aCancelledSortIsDoneByTheNext() {
        const auto data = prepare({300'000}, test::normalValues(300'000));
        std::stop_source source;
        source.request_stop();
        const JobControl stopped{source.get_token(), {}};
        QCOMPARE(data->distribution(stopped).error().code, ErrorCode::Cancelled);
        QCOMPARE(data->distribution().value()->count(), std::uint64_t{300'000});
        QCOMPARE(data->distribution(stopped).error().code, ErrorCode::Cancelled);
    }

    void manyMayAskAtOnce() {
        // Whoever is not told to stop gets the one result, however those that are come and go.
        for (std::uint64_t round = 0; round < 30; ++round) {
            const auto data = prepare({150'000}, test::normalValues(150'000, round));
            constexpr std::size_t kThreads = 6;
            std::array<std::stop_source, kThreads> sources;
            std::array<DistributionPtr, kThreads> found;
            std::array<bool, kThreads> cancelledOnes{};
            std::vector<std::jthread> threads;
            for (std::size_t t = 0; t < kThreads; ++t)
                threads.emplace_back([&, t] {
                    const auto result = data->distribution({sources[t].get_token(), {}});
                    if (result)
                        found[t] = *result;
                    else
                        cancelledOnes[t] = result.error().code == ErrorCode::Cancelled;
                });
            for (std::size_t t = 0; t < kThreads / 2; ++t) sources[t].request_stop();
            threads.clear();
            const DistributionPtr want = data->distribution().value();
            for (std::size_t t = 0; t < kThreads; ++t) {
                QVERIFY(found[t] ? found[t] == want : cancelledOnes[t]);
                QVERIFY(t < kThreads / 2 || found[t]);
            }
        }
    }

    void mayBeAskedFromParallelWork() {
        const auto data = prepare({400, 400}, test::normalValues(160'000));
        std::array<DistributionPtr, 16> found;
        parallelBlocks(found.size(), 1, [&](Block block) {
            const auto sorted = data->sorted(block.index % 2 ? Grouping::tensor() : Grouping::channel(1)).value();
            found[block.index] = sorted->groups.front();
        });
        for (std::size_t i = 2; i < found.size(); ++i) QCOMPARE(found[i], found[i - 2]);
    }

    void theLimitIsComputedOnceForAll() {
        const auto data = prepare({5000}, quantoscope::test::normalValues(5000));
        QVERIFY(!data->knownRateBound());
        std::array<RateBoundPtr, 4> found;
        {
            std::vector<std::jthread> threads;
            for (RateBoundPtr& each : found) threads.emplace_back([&] { each = *data->rateBound(4); });
        }
        for (const RateBoundPtr& each : found) QCOMPARE(each, found[0]);
        QCOMPARE(data->knownRateBound(), found[0]);
        QCOMPARE(*data->rateBound(3), found[0]);
        const RateBoundPtr more = *data->rateBound(6); // more bits than are known
        QVERIFY(more != found[0] && more->closeBits() > 5.9);
        QCOMPARE(data->knownRateBound(), more);
        // The known part stays as it was.
        QCOMPARE(more->sqnrDb(2), found[0]->sqnrDb(2));
    }

    void aStoppedLimitIsTakenOverByTheNext() {
        const auto data = prepare({100}, quantoscope::test::normalValues(100));
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = data->rateBound(4, JobControl{stop.get_token(), {}});
        QVERIFY(!stopped && stopped.error().code == ErrorCode::Cancelled);
        QVERIFY(data->rateBound(4));
    }

    void theLimitIsOfTheFiniteValues() {
        const auto data = prepare({4}, {1, kNan, 3, 2}, NonFinitePolicy::Drop);
        const auto bound = data->rateBound(4);
        QVERIFY(bound);
        QCOMPARE((*bound)->entropy(), std::log2(3.0));
    }
};

QTEST_APPLESS_MAIN(TestPreparedTensor)
#include "tst_prepared_tensor.moc"
