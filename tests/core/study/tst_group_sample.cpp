// A sample of groups against the tensor it was taken from, and previews made of it.
#include "core/study/group_reader.h"
#include "core/study/run.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <cmath>

using namespace quantoscope;

namespace {

PreparedTensorPtr prepare(Shape shape, std::vector<float> values, NonFinitePolicy policy = NonFinitePolicy::Stop) {
    return PreparedTensor::make(
        std::make_shared<const Tensor>(makeTensor("weights", std::move(shape), std::move(values))), policy);
}

QuantSpec specOf(const char* scheme, std::uint32_t levels, const std::string& grouping) {
    QuantSpec spec;
    spec.scheme = scheme;
    spec.levels = levels;
    spec.grouping = parseGrouping(grouping).value();
    return spec;
}

std::vector<float> groupValues(const PreparedTensor& data, const Grouping& grouping, std::size_t group) {
    const GroupLayout layout = GroupLayout::make(data.tensor().info.shape, grouping).value();
    GroupReader reader(data, layout);
    const auto values = reader.values(group);
    return {values.begin(), values.end()};
}

} // namespace

class TestGroupSample : public QObject {
    Q_OBJECT

private slots:
    void holdsTheGroupsOfTheWhole_data() {
        QTest::addColumn<QString>("grouping");
        QTest::addColumn<QList<int>>("shape");
        QTest::addColumn<int>("mustHave");
        QTest::newRow("rows") << "channel:0" << QList<int>{3000, 100} << 7;
        QTest::newRow("columns") << "channel:1" << QList<int>{100, 3000} << 2999;
        QTest::newRow("the middle axis") << "channel:1" << QList<int>{20, 1500, 10} << 0;
        QTest::newRow("long channels") << "channel:0" << QList<int>{40, 9000} << 39;
        QTest::newRow("blocks") << "block:64" << QList<int>{500, 640} << 4999;
        QTest::newRow("blocks of one line") << "block:32" << QList<int>{300'000} << 5;
        QTest::newRow("a short block") << "block:64" << QList<int>{3000, 100} << 2001;
        QTest::newRow("a whole one beside short ones") << "block:64" << QList<int>{3000, 100} << 2000;
        QTest::newRow("blocks longer than a row") << "block:64" << QList<int>{9000, 33} << 8999;
        QTest::newRow("blocks as long as a row") << "block:50" << QList<int>{9000, 50} << 1;
    }
    void holdsTheGroupsOfTheWhole() {
        QFETCH(QString, grouping);
        QFETCH(QList<int>, shape);
        QFETCH(int, mustHave);
        const Shape dimensions(shape.begin(), shape.end());
        std::size_t count = 1;
        for (const std::int64_t length : dimensions) count *= static_cast<std::size_t>(length);
        std::vector<float> values = test::normalValues(count, 3);
        values[count / 2] = NAN;
        values[count - 1] = INFINITY;
        const Grouping by = parseGrouping(grouping.toStdString()).value();
        for (const NonFinitePolicy policy : {NonFinitePolicy::Drop, NonFinitePolicy::Clamp}) {
            const PreparedTensorPtr data = prepare(dimensions, values, policy);
            const auto sample = sampleGroups(data, by, static_cast<std::size_t>(mustHave)).value();
            QVERIFY(sample);
            QVERIFY(sample->indexOf(static_cast<std::size_t>(mustHave)));
            QVERIFY(sample->data->tensor().values.size() <= count / 3);
            const GroupLayout own = GroupLayout::make(sample->data->tensor().info.shape, by).value();
            QCOMPARE(own.groupCount(), sample->groups.size());
            for (std::size_t i = 0; i < sample->groups.size(); ++i) {
                QCOMPARE(sample->indexOf(sample->groups[i]), std::optional(i));
                QCOMPARE(groupValues(*sample->data, by, i), groupValues(*data, by, sample->groups[i]));
            }
        }
    }

    void isSpreadOverTheTensor() {
        const PreparedTensorPtr data = prepare({100'000, 8}, test::normalValues(800'000, 4));
        const auto sample = sampleGroups(data, Grouping::channel(0), 500).value();
        std::vector<int> tenths(10);
        for (const std::size_t group : sample->groups) ++tenths[group / 10'000];
        const auto fair = static_cast<double>(sample->groups.size()) / 10;
        for (const int each : tenths) QVERIFY(std::fabs(each - fair) <= 2);
        QCOMPARE(sampleGroups(data, Grouping::channel(0), 500).value()->groups, sample->groups);
    }

    void isNotTakenWhereItSavesNothing() {
        const PreparedTensorPtr data = prepare({64, 64}, test::normalValues(4096, 5));
        for (const Grouping& grouping : {Grouping::tensor(), Grouping::channel(0), Grouping::block(32)})
            QVERIFY(!sampleGroups(data, grouping, 0).value());
        QCOMPARE(sampleGroups(data, Grouping::channel(0), 64).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(sampleGroups(data, Grouping::channel(2), 0).error().code, ErrorCode::InvalidArgument);
    }

    void fitsItsGroupsAsTheWholeDoes_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<QString>("grouping");
        for (const char* scheme : {"kmeans", "rank", "affine", "normal-float"})
            for (const char* grouping : {"channel:0", "channel:1", "block:64"})
                QTest::addRow("%s, %s", scheme, grouping) << scheme << grouping;
    }
    void fitsItsGroupsAsTheWholeDoes() {
        QFETCH(QString, scheme);
        QFETCH(QString, grouping);
        const PreparedTensorPtr data = prepare({700, 700}, test::normalValues(490'000, 6));
        const QuantSpec spec = specOf(scheme.toLatin1(), 16, grouping.toStdString());
        const RunPtr whole = run(data, spec).value();
        const RunPtr quick = run(sampleGroups(data, spec.grouping, 5).value(), spec).value();
        QVERIFY(quick->sample && quick->sampled() && !quick->exact);
        QCOMPARE(quick->whole(), data);
        QCOMPARE(quick->groupCount(), whole->quantizer->groupCount());
        for (std::size_t i = 0; i < quick->sample->groups.size(); ++i) {
            const std::size_t group = quick->sample->groups[i];
            const Codebook own = valueCodebook(*quick->quantizer, i), wanted = valueCodebook(*whole->quantizer, group);
            QCOMPARE(own.levels, wanted.levels);
            QCOMPARE(own.thresholds, wanted.thresholds);
            QCOMPARE(quick->groups[i].mse, whole->groups[group].mse);
        }
        const double spread = scheme == "rank" ? 1 : 0.3; // dB; a few far values decide the error of equal shares
        QVERIFY(std::fabs(quick->errors.sqnrDb - whole->errors.sqnrDb) < spread);
        QVERIFY(std::fabs(quick->storage.bitsPerValue / whole->storage.bitsPerValue - 1) < 1e-3);
        QCOMPARE(quick->errors.psnrRange, whole->errors.psnrRange);
        QVERIFY(std::fabs(quick->errors.psnrDb - whole->errors.psnrDb) < spread);
    }

    void previewsComeFromASample() {
        const PreparedTensorPtr data = prepare({100'000, 16}, test::normalValues(1'600'000, 7));
        QuantSpec spec = specOf("affine", 16, "channel:0");
        const auto sample = sampleGroups(data, spec.grouping, 3).value();
        const RunPtr first = preview(data, spec, 3, {}, nullptr, sample).value();
        QVERIFY(first->sampled() && first->groups.size() >= 4 && first->groups.size() <= sample->groups.size());
        const std::size_t other = 4 + static_cast<std::size_t>(sample->indexOf(4).has_value());
        QVERIFY(preview(data, spec, other, {}, nullptr, sample).value()->indexOf(other));
        spec.grouping = Grouping::block(8);
        const RunPtr blocks = preview(data, spec, 3, {}, nullptr, sample).value();
        QVERIFY(blocks->sampled() && blocks->sample->layout.grouping() == spec.grouping);
        // What is slow is answered from fewer groups, not later.
        spec = specOf("affine", 16, "block:16");
        spec.range = parseRange("entropy").value();
        const RunPtr slow = preview(data, spec, 77).value();
        QVERIFY(slow->sampled() && slow->indexOf(77) && slow->groups.size() >= 4);
    }

    void theFinalAnswerIsKept() {
        const PreparedTensorPtr data = prepare({100'000, 4}, test::normalValues(400'000, 8));
        const QuantSpec spec = specOf("affine", 16, "channel:-2");
        const RunPtr whole = run(data, spec).value();
        QCOMPARE(preview(data, spec, 77, {}, whole).value(), whole);
        QuantSpec another = spec;
        another.levels = 8;
        QVERIFY(preview(data, another, 77, {}, whole).value()->sampled());
    }

    void groupsOfNothingAreNoSample() {
        std::vector<float> values(400'000, NAN);
        const auto full = sampleGroups(prepare({10'000, 40}, std::vector<float>(400'000, 1)), Grouping::channel(0), 0);
        std::size_t outside = 5000;
        while (full.value()->indexOf(outside)) ++outside;
        for (std::size_t i = 0; i < 40; ++i) values[outside * 40 + i] = static_cast<float>(i);
        const PreparedTensorPtr data = prepare({10'000, 40}, values, NonFinitePolicy::Drop);
        QVERIFY(!sampleGroups(data, Grouping::channel(0), 0).value());
        const RunPtr found = preview(data, specOf("affine", 16, "channel:0"), 0).value();
        QCOMPARE(found->errors.count, std::uint64_t{40});
    }

    void groupsSetByHandAreRenumbered() {
        const PreparedTensorPtr data = prepare({100'000, 4}, test::normalValues(400'000, 9));
        QuantSpec spec = specOf("kmeans", 2, "channel:0");
        spec.byHand[4711] = {"levels", {{"levels", std::vector<double>{-7, 7}}}};
        const RunPtr quick = preview(data, spec, 4711).value();
        const std::size_t index = quick->indexOf(4711).value();
        QVERIFY(index != 4711);
        QCOMPARE(valueCodebook(*quick->quantizer, index).levels, (std::vector<float>{-7, 7}));
        QCOMPARE(quick->spec().byHand.size(), std::size_t{1});
    }

    void importanceComesAlong() {
        const std::vector<float> values = test::normalValues(400'000, 10);
        std::vector<float> importance(values.size());
        for (std::size_t i = 0; i < values.size(); ++i) importance[i] = values[i] > 0 ? 100.0f : 1.0f;
        const auto weights = std::make_shared<const Tensor>(makeTensor("fisher", {400, 1000}, importance));
        const auto data = PreparedTensor::withImportance(prepare({400, 1000}, values), weights).value();
        for (const char* grouping : {"channel:0", "block:50"}) {
            const QuantSpec spec = specOf("kmeans", 8, grouping);
            const RunPtr quick = run(sampleGroups(data, spec.grouping, 11).value(), spec).value();
            const RunPtr whole = run(data, spec).value();
            const std::size_t index = quick->indexOf(11).value();
            QVERIFY(quick->sampled());
            QCOMPARE(valueCodebook(*quick->quantizer, index).levels, valueCodebook(*whole->quantizer, 11).levels);
            QVERIFY(std::fabs(*quick->weightedMse / *whole->weightedMse - 1) < 0.1);
        }
    }

    void sharesWhatIsSorted() {
        const PreparedTensorPtr data = prepare({400, 1000}, test::normalValues(400'000, 11));
        const auto sorted = data->sorted(Grouping::channel(0)).value();
        const auto sample = sampleGroups(data, Grouping::channel(0), 8).value();
        const auto own = sample->data->sorted(Grouping::channel(0)).value();
        for (std::size_t i = 0; i < sample->groups.size(); ++i)
            QCOMPARE(own->groups[i], sorted->groups[sample->groups[i]]);
    }
};

QTEST_GUILESS_MAIN(TestGroupSample)
#include "tst_group_sample.moc"
