// core/study/sweep: many specs in order, and what a comparison is made of.
#include "core/schemes/scheme_registry.h"
#include "core/study/generated.h"
#include "core/study/sweep.h"

#include <QtTest>

#include <set>

using namespace quantoscope;

namespace {

PreparedTensorPtr sample(std::uint64_t n = 5000) {
    return PreparedTensor::make(std::make_shared<const Tensor>(*generate("normal", n, 1)));
}

QuantSpec kmeans(std::uint32_t levels) {
    QuantSpec spec;
    spec.levels = levels;
    return spec;
}

} // namespace

class SweepTest : public QObject {
    Q_OBJECT
private slots:
    void resultsArriveInOrder() {
        const std::vector<QuantSpec> specs = {kmeans(2), kmeans(8), kmeans(4)};
        std::vector<std::size_t> order;
        std::vector<double> errors;
        std::vector<double> progress;
        const JobControl job{{}, [&](double fraction) { progress.push_back(fraction); }};
        QVERIFY(sweep(
            sample(), specs,
            [&](std::size_t index, const Result<RunPtr>& result) {
                QVERIFY(result);
                QCOMPARE((*result)->spec(), specs[index]);
                QVERIFY(!(*result)->speed);
                order.push_back(index);
                errors.push_back((*result)->errors.mse);
            },
            false, job));
        QCOMPARE(order, (std::vector<std::size_t>{0, 1, 2}));
        QVERIFY(errors[1] < errors[2] && errors[2] < errors[0]);
        QCOMPARE(progress.back(), 1.0);
    }

    void aSpecThatFailsDoesNotStopTheOthers() {
        QuantSpec wrong = kmeans(4);
        wrong.scheme = "nonsense";
        int good = 0, bad = 0;
        QVERIFY(sweep(sample(), std::vector{kmeans(2), wrong, kmeans(4)},
                      [&](std::size_t, const Result<RunPtr>& result) { ++(result ? good : bad); }));
        QCOMPARE(good, 2);
        QCOMPARE(bad, 1);
    }

    void stoppingKeepsWhatHasArrived() {
        std::stop_source stop;
        int arrived = 0;
        const Status status = sweep(sample(), std::vector{kmeans(2), kmeans(4), kmeans(8)},
                                    [&](std::size_t, const Result<RunPtr>&) {
                                        if (++arrived == 2) stop.request_stop();
                                    },
                                    false, {stop.get_token(), {}});
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::Cancelled);
        QCOMPARE(arrived, 2);
    }

    void speedIsMeasuredWhenAskedFor() {
        QVERIFY(sweep(
            sample(), std::vector{kmeans(4)},
            [&](std::size_t, const Result<RunPtr>& result) {
                QVERIFY(result && (*result)->speed);
                QVERIFY((*result)->speed->encodeGBps.median > 0);
                QVERIFY((*result)->speed->runs >= 7);
            },
            true));
    }

    void comparisonHoldsEverySchemeOrSaysWhyNot() {
        for (const int bits : {0, 1, 2, 4, 8, 16}) {
            const Comparison comparison = comparisonSpecs(bits);
            std::set<std::pair<std::string, std::string>> named;
            for (const NamedSpec& one : comparison.specs) {
                QCOMPARE(one.spec.levels, std::uint32_t{1} << bits);
                QVERIFY(named.insert({one.scheme, one.variant}).second);
            }
            for (const LeftOut& one : comparison.leftOut) {
                QVERIFY(!one.reason.empty());
                QVERIFY(named.insert({one.scheme, one.variant}).second);
            }
            std::size_t expected = 0;
            for (const Scheme* scheme : schemes()) expected += std::max<std::size_t>(1, scheme->info().variants.size());
            QCOMPARE(named.size(), expected);
        }
        QVERIFY(!comparisonSpecs(0).leftOut.empty());
    }

    void everySpecOfAComparisonRuns() {
        const PreparedTensorPtr data = sample(600);
        for (const int bits : {1, 2, 3, 4, 8})
            for (const NamedSpec& one : comparisonSpecs(bits).specs) {
                const auto result = run(data, one.spec);
                QVERIFY2(result, (one.name + " at " + std::to_string(bits) + " bits").c_str());
                const NamedSpec name = nameOf((*result)->spec());
                QCOMPARE(name.name, one.name);
                QCOMPARE(name.variant, one.variant);
            }
    }

    void groupingAndRangeReachTheSpecs() {
        const RangeSpec range{RangeSpec::Kind::Sigma, 3, 0, 0};
        for (const NamedSpec& one : comparisonSpecs(4, Grouping::channel(0), range).specs) {
            const SchemeInfo& info = (*findScheme(one.scheme))->info();
            QCOMPARE(one.spec.range == range, info.usesRange);
            if (one.variant.empty()) QCOMPARE(one.spec.grouping, Grouping::channel(0));
        }
    }

    void anUnknownSchemeIsCalledByItsId() {
        QuantSpec spec;
        spec.scheme = "from the future";
        QCOMPARE(nameOf(spec).name, std::string("from the future"));
    }
};

QTEST_APPLESS_MAIN(SweepTest)
#include "tst_sweep.moc"
