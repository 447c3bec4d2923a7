// The laboratory from data to advice, on the digits with few epochs.
#include "core/formats/format_registry.h"
#include "core/study/digits.h"
#include "core/study/lab.h"
#include "core/study/lab_advice.h"
#include "core/study/lab_export.h"
#include "core/study/lab_tables.h"
#include "tests/support/datasets.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

LabSpec quickSpec() {
    LabSpec spec;
    spec.split.normalisation = Normalisation::Range;
    spec.hidden = "48";
    spec.training.epochs = 12;
    spec.qatEpochs = 4;
    spec.calibrationSamples = 128;
    return spec;
}

const LabBasePtr& quickBase() {
    static const LabBasePtr base = *trainBase(digits(), quickSpec());
    return base;
}

Dataset line(std::size_t count) {
    Dataset data;
    data.name = "line";
    data.sampleShape = {3};
    data.inputs = normalValues(3 * count, 2);
    for (std::size_t i = 0; i < count; ++i) data.targets.push_back(2 * data.inputs[3 * i] - data.inputs[3 * i + 2]);
    return data;
}

LabResult timed(const LabBase& base, const LabSpec& spec, const std::vector<LabRowSpec>& wanted) {
    std::vector<LabRow> rows;
    for (const LabRowSpec& row : wanted) rows.push_back(*evaluateRow(base, spec, row));
    LabResult result;
    result.spec = spec;
    result.dataset = "digits";
    result.base = std::make_shared<LabBase>(base);
    result.machine = *timeRows(base, spec, rows);
    for (LabRow& row : rows) result.rows.push_back(std::make_shared<LabRow>(std::move(row)));
    return result;
}

} // namespace

class TestLab : public QObject {
    Q_OBJECT

private slots:
    void pointsAreListedInOrderHoweverTheyCame() {
        LabResult result;
        result.points = {{{LabMethod::Qat, 2, 8}, "", 0.9, {}},
                         {{LabMethod::Static, 4, 8}, "", 0.7, {}},
                         {{LabMethod::Static, 3, 8}, std::string(kBetterVariant), 0.8, {}},
                         {{LabMethod::Static, 3, 8}, "", 0.6, {}}};
        const Table table = bitsTable(result);
        std::vector<double> accuracies;
        for (std::size_t row = 0; row < table.rows; ++row)
            accuracies.push_back(std::get<double>(table.cell(row, table.columns.size() - 1)));
        QCOMPARE(accuracies, (std::vector<double>{0.6, 0.7, 0.8, 0.9}));
    }

    void everyMethodIsARow() {
        const LabSpec spec = quickSpec();
        const LabResult result = timed(*quickBase(), spec, usualRows());
        QCOMPARE(result.rows.size(), std::size_t{9});
        const double reference = quickBase()->score.accuracy;
        QVERIFY2(reference > 0.9, qPrintable(QString::number(reference)));
        for (const LabRowPtr& row : result.rows) {
            const bool small = row->spec.weightBits == 4;
            QVERIFY2(row->score.accuracy > reference - (small ? 0.2 : 0.01), row->label.c_str());
            QVERIFY(row->interval->low < row->score.accuracy && row->score.accuracy < row->interval->high);
            QCOMPARE(row->simulated, small);
            QCOMPARE(row->single.has_value(), !small);
            QCOMPARE(row->batched.has_value(), !small);
            QCOMPARE(row->joules.has_value(), !small);
            if (small) continue;
            QVERIFY(row->single->spread.minimum <= row->single->spread.median &&
                    row->single->spread.median <= row->single->spread.maximum);
            QVERIFY(row->batched->spread.minimum > 0);
            QVERIFY(!row->implementation.empty());
            QVERIFY(*row->joules > 0);
        }
        QCOMPARE(result.rows[0]->bytes, std::uint64_t{4 * (64 * 48 + 48 + 48 * 10 + 10)});
        QVERIFY(result.rows[4]->bytes * 3 < result.rows[0]->bytes);
        QCOMPARE(result.rows[0]->mcNemar, 1.0);
        QCOMPARE(result.rows[0]->difference->value, 0.0);

        const Table table = methodsTable(result);
        QCOMPARE(table.rows, std::size_t{9});
        QCOMPARE(std::get<double>(table.cell(0, table.columnOf("accuracy"))), reference);
        QVERIFY(std::holds_alternative<std::monostate>(table.cell(8, table.columnOf("batchUs"))));

        const LabAdvice advice = advise(result);
        QVERIFY(advice.choice < result.rows.size());
        QVERIFY(!advice.front.empty());
        QVERIFY(!advice.headline.empty());
        QVERIFY(advice.text().english().find("449 test samples") != std::string::npos ||
                advice.text().english().find(std::to_string(result.rows[0]->score.count)) != std::string::npos);
        // No row of the front is beaten by another in everything.
        for (const std::size_t a : advice.front)
            for (const LabRowPtr& other : result.rows) {
                if (!other->batched) continue;
                const LabRow& own = *result.rows[a];
                QVERIFY(!(other->score.accuracy > own.score.accuracy && other->bytes < own.bytes &&
                          other->batched->spread.median < own.batched->spread.median));
            }
        const Report report = labReport(result, "2026-01-01");
        QCOMPARE(report.tables.size(), std::size_t{4});
        QVERIFY(reportHtml(report).find("Model laboratory") != std::string::npos);
    }

    void aSeedRepeatsEverythingButTimes() {
        const auto again = trainBase(digits(), quickSpec());
        QCOMPARE((*again)->trained, quickBase()->trained);
        const LabRowSpec qat{LabMethod::Qat, 4, 4};
        const auto first = evaluateRow(*quickBase(), quickSpec(), qat), second = evaluateRow(**again, quickSpec(), qat);
        QCOMPARE(first->score.predictions, second->score.predictions);
        QCOMPARE(first->curve.size(), std::size_t{4});
    }

    void twoBitsSeparateTheMethods() {
        LabSpec spec = quickSpec();
        const auto accuracy = [&](LabMethod method) {
            const auto row = evaluateRow(*quickBase(), spec, {method, 2, 2});
            return row->score.accuracy;
        };
        const double plain = accuracy(LabMethod::Static), qat = accuracy(LabMethod::Qat);
        spec.observer = RangeObserver::Mse;
        spec.perChannel = true;
        const double better = accuracy(LabMethod::Static);
        QVERIFY2(qat > plain + 0.15, qPrintable(QStringLiteral("%1 %2").arg(qat).arg(plain)));
        QVERIFY2(better > plain, qPrintable(QStringLiteral("%1 %2").arg(better).arg(plain)));
        QVERIFY2(qat > better - 0.01, qPrintable(QStringLiteral("%1 %2").arg(qat).arg(better)));
    }

    void numbersCanBePredictedToo() {
        LabSpec spec = quickSpec();
        spec.hidden = std::string("8");
        spec.training.epochs = 60;
        spec.training.learningRate = 0.02;
        const auto base = trainBase(line(200), spec);
        QVERIFY2(base, base ? "" : base.error().message().c_str());
        QVERIFY((*base)->score.accuracy > 0.9);
        const LabResult result = timed(**base, spec, {{LabMethod::Float}, {LabMethod::Static}, {LabMethod::Qat}});
        for (const LabRowPtr& row : result.rows) {
            QVERIFY(!row->interval);
            QVERIFY(!row->difference);
            QVERIFY(row->score.accuracy > 0.85);
        }
        QVERIFY(!advise(result).headline.empty());
    }

    void bitsAndLayersAreSwept() {
        LabSpec spec = quickSpec();
        spec.qatEpochs = 1;
        int arrived = 0;
        const auto points = accuracyByBits(*quickBase(), spec, 8, [&](const LabPoint&) { ++arrived; });
        QVERIFY(points);
        QCOMPARE(points->size(), std::size_t{4 * 7});
        QCOMPARE(arrived, 4 * 7);
        for (const LabPoint& point : *points)
            if (point.spec.weightBits == 8) QVERIFY(point.accuracy > quickBase()->score.accuracy - 0.02);
        const auto layers = layerSensitivity(*quickBase(), spec);
        QVERIFY(layers);
        QCOMPARE(layers->size(), std::size_t{2 * 3});
        QCOMPARE(layers->front().name, std::string("fc1"));
        QCOMPARE(layers->front().shape, std::string("64 → 48"));
        QVERIFY(layers->at(0).sqnrDb < layers->at(2).sqnrDb); // two bits, four bits
    }

    void activationsAreCounted() {
        const auto row = evaluateRow(*quickBase(), quickSpec(), {LabMethod::Static, 8, 8});
        const auto histograms = activationHistograms(*quickBase(), *row, 32);
        QCOMPARE(histograms.size(), std::size_t{2});
        QCOMPARE(histograms[0].place, std::string("input"));
        QCOMPARE(std::accumulate(histograms[0].counts.begin(), histograms[0].counts.end(), std::uint64_t{0}),
                 std::uint64_t{128 * 64});
        QVERIFY(std::abs(histograms[0].rangeUpper - 1) < 0.01);
        QVERIFY(activationHistograms(*quickBase(), *evaluateRow(*quickBase(), quickSpec(), {LabMethod::Dynamic}), 32)
                    .empty());
    }

    void cancelledItEnds() {
        std::stop_source source;
        source.request_stop();
        JobControl job;
        job.stop = source.get_token();
        QCOMPARE(trainBase(digits(), quickSpec(), {}, job).error().code, ErrorCode::Cancelled);
        QCOMPARE(accuracyByBits(*quickBase(), quickSpec(), 8, {}, job).error().code, ErrorCode::Cancelled);
        QCOMPARE(layerSensitivity(*quickBase(), quickSpec(), job).error().code, ErrorCode::Cancelled);
        std::vector<LabRow> rows = {*evaluateRow(*quickBase(), quickSpec(), {LabMethod::Float})};
        QCOMPARE(timeRows(*quickBase(), quickSpec(), rows, job).error().code, ErrorCode::Cancelled);
    }

    void aNetworkFromElsewhereIsFittedToPictures() {
        // Rows of 64 numbers are the digits' pictures.
        const Network perceptron = *initialise(*parseNetwork("8", {64}, 10), 1);
        const auto base = baseFrom(perceptron, digits(), quickSpec());
        QVERIFY2(base, base ? "" : base.error().message().c_str());
        QCOMPARE((*base)->network.spec.input, (Shape{8, 8, 1}));
        QVERIFY(!baseFrom(*initialise(*parseNetwork("8", {63}, 10), 1), digits(), quickSpec()));
        QVERIFY(!baseFrom(*initialise(*parseNetwork("8", {64}, 9), 1), digits(), quickSpec()));
    }

    void quantizedNetworksAreExported() {
        const ScratchFolder folder;
        const auto row = evaluateRow(*quickBase(), quickSpec(), {LabMethod::Static, 8, 8});
        const auto path = std::filesystem::path(folder.path("net.safetensors"));
        QVERIFY(exportQuantizedNetwork(*row, path, Overwrite::Refuse));
        QVERIFY(!exportQuantizedNetwork(*row, path, Overwrite::Refuse));
        const auto source = openFile(path);
        QVERIFY(source);
        int codes = -1;
        for (std::size_t i = 0; i < (*source)->entries().size(); ++i)
            if ((*source)->entries()[i].name == "fc1.codes") codes = static_cast<int>(i);
        QVERIFY(codes >= 0);
        const auto tensor = (*source)->load(static_cast<std::size_t>(codes), {});
        QCOMPARE(tensor->info.shape, (Shape{48, 64}));
        QCOMPARE(tensor->info.dtype, DType::I8);
        for (std::size_t i = 0; i < tensor->values.size(); ++i)
            QCOMPARE(tensor->values[i], static_cast<float>(row->network->layers[1].codes[i]));
        QVERIFY(!exportQuantizedNetwork(*evaluateRow(*quickBase(), quickSpec(), {LabMethod::Float}), path,
                                        Overwrite::Replace));
    }
};

QTEST_GUILESS_MAIN(TestLab)
#include "tst_lab.moc"
