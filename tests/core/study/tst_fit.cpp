// Fits of whole tensors put together group by group, with schemes of the test's own.
#include "core/base/parallel.h"
#include "core/quant/quantized_tensor.h"
#include "core/schemes/scheme_registry.h"
#include "core/study/fit.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <cmath>

using namespace quantoscope;

namespace {

/// One level, the mean of the group; fails for groups whose maximum is above the limit. Groups of negative mean share a
/// table and are scaled.
class MeanScheme : public Scheme {
public:
    explicit MeanScheme(float limit = INFINITY) : m_limit(limit) {
        m_shared = std::make_shared<const Codebook>(nearestLevelCodebook({-1}).value());
    }
    const SchemeInfo& info() const override { return m_info; }
    Result<std::uint32_t> requestedLevels(const QuantSpec& spec) const override {
        if (spec.levels > 5) return Error{ErrorCode::InvalidArgument, "levels", "at most 5"};
        return spec.levels;
    }
    Result<GroupFit> fit(const GroupData& data, const QuantSpec&, Effort, const JobControl&) const override {
        if (data.maximum() > m_limit)
            return Error{ErrorCode::InvalidArgument, std::to_string(data.maximum()), "above the limit"};
        GroupFit fit;
        const auto mean = static_cast<float>(data.distribution().mean());
        if (mean < 0) {
            fit.codebook = m_shared;
            fit.scale = -mean;
            fit.sideBits = kBitsPerScale;
        } else {
            fit.codebook = std::make_shared<const Codebook>(nearestLevelCodebook({mean}).value());
            fit.sideBits = kBitsPerFittedLevel;
        }
        fit.exact = data.count() != 3;
        return fit;
    }

private:
    SchemeInfo m_info{};
    float m_limit;
    std::shared_ptr<const Codebook> m_shared;
};

PreparedTensorPtr prepare(Shape shape, std::vector<float> values, NonFinitePolicy policy = NonFinitePolicy::Stop) {
    return PreparedTensor::make(std::make_shared<const Tensor>(makeTensor("t", std::move(shape), std::move(values))),
                                policy);
}

QuantSpec specWith(const Grouping& grouping) {
    QuantSpec spec;
    spec.levels = 5;
    spec.grouping = grouping;
    return spec;
}

} // namespace

class TestFit : public QObject {
    Q_OBJECT

private slots:
    void fitsEveryGroupByItself_data() {
        QTest::addColumn<QString>("grouping");
        for (const char* grouping : {"tensor", "channel:0", "channel:1", "channel:-1", "block:7", "block:64"})
            QTest::newRow(grouping) << QString(grouping);
    }
    void fitsEveryGroupByItself() {
        QFETCH(QString, grouping);
        const Shape shape{300, 33};
        std::vector<float> values = test::normalValues(300 * 33, 2);
        values[77] = INFINITY;
        const auto data = prepare(shape, values, NonFinitePolicy::Drop);
        const QuantSpec spec = specWith(parseGrouping(grouping.toStdString()).value());
        const auto fit = fitTensor(*data, MeanScheme(), spec, Effort::Exact, {}).value();
        const Quantizer& quantizer = *fit.quantizer;
        QCOMPARE(quantizer.bits, 3);
        QCOMPARE(quantizer.requestedLevels, 5u);
        QCOMPARE(quantizer.shape, shape);
        QCOMPARE(quantizer.groupCount(), quantizer.layout.groupCount());
        QVERIFY(fit.seconds > 0);
        std::uint64_t negative = 0;
        for (std::size_t g = 0; g < quantizer.groupCount(); ++g) {
            double sum = 0;
            std::size_t count = 0;
            for (std::size_t i = 0; i < values.size(); ++i)
                if (quantizer.layout.groupOf(i) == g && std::isfinite(values[i])) sum += values[i], ++count;
            const float decoded = GroupEncoder(quantizer, g).decode(0);
            QVERIFY(std::fabs(decoded - sum / static_cast<double>(count)) < 1e-6);
            negative += decoded < 0;
        }
        QCOMPARE(quantizer.sideBits, 32 * quantizer.groupCount());
        QCOMPARE(quantizer.codebooks.size(), quantizer.groupCount() - negative + (negative > 0)); // the table once
        const ThreadLimit one(1);
        const auto again = fitTensor(*data, MeanScheme(), spec, Effort::Exact, {}).value();
        for (std::size_t g = 0; g < quantizer.groupCount(); ++g)
            QCOMPARE(GroupEncoder(*again.quantizer, g).decode(0), GroupEncoder(quantizer, g).decode(0));
    }

    void oneApproximationMakesTheWholeOne() {
        const auto data = prepare({7}, {1, 2, 3, 4, 5, 6, 7});
        QVERIFY(
            fitTensor(*data, MeanScheme(), specWith(Grouping::tensor()), Effort::Exact, {}).value().quantizer->exact);
        QVERIFY(
            !fitTensor(*data, MeanScheme(), specWith(Grouping::block(4)), Effort::Exact, {}).value().quantizer->exact);
    }

    void theFirstFailureIsReported() {
        std::vector<float> values(64 * 500);
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i / 64);
        const auto data = prepare({64 * 500}, values);
        for (int i = 0; i < 20; ++i) {
            const auto fit = fitTensor(*data, MeanScheme(122), specWith(Grouping::block(64)), Effort::Exact, {});
            QVERIFY(!fit);
            QCOMPARE(fit.error().where, std::to_string(123.0f));
        }
    }

    void passesRefusalsOn() {
        const auto data = prepare({4}, {1, 2, 3, 4});
        QuantSpec spec = specWith(Grouping::tensor());
        spec.levels = 6;
        QCOMPARE(fitTensor(*data, MeanScheme(), spec, Effort::Exact, {}).error().where, std::string("levels"));
        QCOMPARE(fitTensor(*data, MeanScheme(), specWith(Grouping::channel(3)), Effort::Exact, {}).error().where,
                 std::string("grouping"));
    }

    void aGroupSetByHandHasAFitOfItsOwn() {
        const auto data = prepare({3, 400}, test::normalValues(1200, 5));
        QuantSpec spec;
        spec.levels = 4;
        spec.grouping = Grouping::channel(0);
        const Scheme& kmeans = *findScheme("kmeans").value();
        const auto before = fitTensor(*data, kmeans, spec, Effort::Exact, {}).value();
        spec.byHand[1] = {"levels", {{"levels", std::vector<double>{-2, -1, 0, 1, 2}}}};
        const auto after = fitTensor(*data, kmeans, spec, Effort::Exact, {}).value();
        QCOMPARE(after.quantizer->requestedLevels, 5u); // what the group by hand needs: codes have one width
        QCOMPARE(after.quantizer->bits, 3);
        QCOMPARE(after.quantizer->codebookOf(1).levels, (std::vector<float>{-2, -1, 0, 1, 2}));
        for (const std::size_t other : {0, 2})
            QCOMPARE(after.quantizer->codebookOf(other).levels, before.quantizer->codebookOf(other).levels);
        // Given levels cost nothing; the fitted ones of the other groups do.
        QCOMPARE(after.quantizer->sideBits, std::uint64_t{2 * 4 * 32});
        const auto encoded = encode(after.quantizer, data->values()).value();
        std::vector<float> decoded(1200);
        QVERIFY(decode(encoded, decoded));
        for (std::size_t i = 400; i < 800; ++i) QVERIFY(std::fabs(decoded[i] - std::round(decoded[i])) == 0);
    }

    void whatIsKnownIsNotFittedAgain() {
        const auto data = prepare({3, 400}, test::normalValues(1200, 6));
        QuantSpec spec;
        spec.levels = 4;
        spec.grouping = Grouping::channel(-2);
        const Scheme& kmeans = *findScheme("kmeans").value();
        const auto known = fitTensor(*data, kmeans, spec, Effort::Exact, {}).value();
        spec.byHand[2] = {"fixed", {{"edges", std::vector<double>{-1, 0, 1}}}};
        const auto fit = fitTensor(*data, kmeans, spec, Effort::Exact, {}, &known).value();
        const auto anew = fitTensor(*data, kmeans, spec, Effort::Exact, {}).value();
        QVERIFY(fit.quantizer->codebooks[0] == known.quantizer->codebooks[0]); // the very same table
        QCOMPARE(fit.quantizer->sideBits, anew.quantizer->sideBits);
        for (std::size_t g = 0; g < 3; ++g)
            QCOMPARE(fit.quantizer->codebookOf(g).levels, anew.quantizer->codebookOf(g).levels);
        QVERIFY(fit.seconds >= known.seconds);
        spec.levels = 8; // of another spec nothing serves
        QCOMPARE(fitTensor(*data, kmeans, spec, Effort::Exact, {}, &known).value().quantizer->codebookOf(0).size(),
                 std::size_t{8});
    }

    void groupsByHandAreChecked() {
        const auto data = prepare({2, 2}, {1, 2, 3, 4});
        QuantSpec spec;
        spec.grouping = Grouping::channel(0);
        const Scheme& kmeans = *findScheme("kmeans").value();
        spec.byHand = {{2, {"levels", {}}}};
        QCOMPARE(fitTensor(*data, kmeans, spec, Effort::Exact, {}).error().where, std::string("group"));
        spec.byHand = {{1, {"there-is-none", {}}}};
        QCOMPARE(fitTensor(*data, kmeans, spec, Effort::Exact, {}).error().code, ErrorCode::NotFound);
        spec.byHand = {{1, {"fixed", {{"edges", std::vector<double>{2, 1}}}}}};
        QCOMPARE(fitTensor(*data, kmeans, spec, Effort::Exact, {}).error().where, std::string("edges"));
    }

    void stopsWhenTold() {
        std::stop_source source;
        source.request_stop();
        const auto data = prepare({4}, {1, 2, 3, 4});
        for (const Grouping& grouping : {Grouping::tensor(), Grouping::channel(0), Grouping::block(2)})
            QCOMPARE(fitTensor(*data, MeanScheme(), specWith(grouping), Effort::Exact, {source.get_token(), {}})
                         .error()
                         .code,
                     ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestFit)
#include "tst_fit.moc"
