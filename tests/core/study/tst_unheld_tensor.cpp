// A tensor larger than the memory budget against the same tensor in memory: coarse figures within their bound, streamed
// ones the same, and what needs all values refused in words.
#include "core/base/memory_budget.h"
#include "core/base/parallel.h"
#include "core/formats/format_registry.h"
#include "core/quant/quantized_tensor.h"
#include "core/study/coarsening_text.h"
#include "core/study/exports.h"
#include "core/study/open_tensor.h"
#include "core/study/run.h"
#include "core/study/run_speed.h"
#include "core/study/tables.h"
#include "tests/support/datasets.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

#include <cmath>
#include <fstream>
#include <thread>

using namespace quantoscope;
using quantoscope::test::ScratchFolder;

namespace {

constexpr std::uint64_t kBudget = 4'000'000;
constexpr std::size_t kRows = 40000, kColumns = 8;

QuantSpec specOf(const char* scheme, std::uint32_t levels, const char* grouping = "tensor") {
    QuantSpec spec;
    spec.scheme = scheme;
    spec.levels = levels;
    spec.grouping = parseGrouping(grouping).value();
    return spec;
}

bool near(double got, double want, double tolerance = 1e-10) {
    return std::fabs(got - want) <= tolerance * std::fabs(want);
}

} // namespace

class TestUnheldTensor : public QObject {
    Q_OBJECT

    ScratchFolder m_folder;

    std::filesystem::path fileOf(const char* name, Shape shape, std::vector<float> values, DType dtype = DType::F32) {
        const std::filesystem::path path = m_folder.path(name);
        const std::vector<Tensor> tensors = {makeTensor("t", std::move(shape), std::move(values), dtype)};
        const std::string id = path.extension() == ".npy" ? "npy" : path.extension() == ".npz" ? "npz" : "safetensors";
        for (const Format& format : formats())
            if (format.id == id && !format.write(path, tensors, {})) qFatal("not written");
        return path;
    }

    static PreparedTensorPtr prepare(const std::filesystem::path& path, std::uint64_t budget,
                                     NonFinitePolicy policy = NonFinitePolicy::Stop) {
        return openTensor(openFile(path).value(), 0, policy, budget).value();
    }

    std::filesystem::path matrix() {
        return fileOf("matrix.npy", {kRows, kColumns}, test::normalValues(kRows * kColumns));
    }

private slots:
    void withinTheBudgetNothingChanges() {
        const auto path = fileOf("small.npy", {1000}, test::normalValues(1000));
        const auto held = prepare(path, 1000 * kResidentBytesPerValue);
        QVERIFY(held->resident() && held->values().size() == 1000);
        const auto unheld = prepare(path, 1000 * kResidentBytesPerValue - 1);
        QVERIFY(!unheld->resident() && unheld->values().empty());
        QCOMPARE(unheld->valueCount(), std::uint64_t{1000});
        QCOMPARE(unheld->minimum(), held->minimum());
        QCOMPARE(unheld->maximum(), held->maximum());
        QCOMPARE(unheld->tensor().info, held->tensor().info);
        QCOMPARE(unheld->tensor().file, held->tensor().file);
    }

    void streamedFiguresAreThoseOfTheSameCodebook_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<int>("levels");
        QTest::addColumn<QString>("grouping");
        QTest::addColumn<QString>("range");
        for (const char* grouping : {"tensor", "channel:1"})
            for (const char* scheme : {"kmeans", "rank", "affine", "normal-float", "lloyd-max", "ecsq"})
                QTest::addRow("%s by %s", scheme, grouping) << scheme << 16 << grouping << "minmax";
        QTest::newRow("many levels") << "kmeans" << 4096 << "tensor"
                                     << "minmax";
        QTest::newRow("affine, range by error") << "affine" << 16 << "tensor"
                                                << "mse";
        QTest::newRow("affine, percentile") << "affine" << 256 << "channel:1"
                                            << "percentile:99";
        QTest::newRow("float") << "float" << 16 << "tensor"
                               << "minmax";
    }
    void streamedFiguresAreThoseOfTheSameCodebook() {
        QFETCH(QString, scheme);
        QFETCH(int, levels);
        QFETCH(QString, grouping);
        QFETCH(QString, range);
        const auto path = matrix();
        const auto unheld = prepare(path, kBudget), held = prepare(path, std::uint64_t{1} << 40);
        QVERIFY(!unheld->resident() && held->resident());
        QuantSpec spec = specOf(scheme.toUtf8(), static_cast<std::uint32_t>(levels), grouping.toUtf8());
        spec.range = parseRange(range.toStdString()).value();
        const RunPtr coarse = run(unheld, spec).value(), exact = run(held, spec).value();

        // What the codebook does to every value, computed from the values themselves.
        std::vector<float> decoded(held->values().size());
        QVERIFY(quantize(*coarse->quantizer, held->values(), decoded));
        long double error = 0, largest = 0;
        for (std::size_t i = 0; i < decoded.size(); ++i) {
            const long double e = static_cast<long double>(held->values()[i]) - decoded[i];
            error += e * e;
            largest = std::max(largest, std::fabs(e));
        }
        QVERIFY(near(coarse->errors.mse, static_cast<double>(error / decoded.size())));
        QCOMPARE(coarse->errors.maxError, static_cast<double>(largest));
        QCOMPARE(coarse->errors.count, exact->errors.count);
        QCOMPARE(coarse->measuredValues, exact->measuredValues);
        if (scheme != "ecsq") // whose number of levels may differ
            QCOMPARE(coarse->storage.bitsPerValue, exact->storage.bitsPerValue);
        QCOMPARE(coarse->groups.size(), exact->groups.size());
        std::uint64_t counted = 0;
        for (const std::uint64_t count : coarse->bins.counts) counted += count;
        QCOMPARE(counted, held->finiteCount());

        // No scheme that looks at the values knows them all; those that need the extremes only do not care.
        const bool extremes =
            range == "minmax" && (scheme == "affine" || scheme == "normal-float" || scheme == "float");
        QCOMPARE(coarse->exact, extremes);
        QCOMPARE(coarse->coarsening.has_value(), !extremes);
        QCOMPARE(coarseningText(*coarse).empty(), extremes);
        if (extremes) {
            QVERIFY(near(coarse->errors.mse, exact->errors.mse));
            QVERIFY(near(coarse->errors.sqnrDb, exact->errors.sqnrDb));
            QVERIFY(near(coarse->errors.mae, exact->errors.mae));
            QCOMPARE(coarse->errors.occupied, exact->errors.occupied);
            QCOMPARE(coarse->bins.counts, exact->bins.counts);
        } else {
            QCOMPARE(coarse->coarsening->mseBound, 0.0);
        }
        if (scheme == "kmeans") {
            const double spread = coarse->coarsening->values.rmsSpread;
            QVERIFY(coarse->errors.mse >= exact->errors.mse * (1 - 1e-12));
            QVERIFY(coarse->errors.rmse <= exact->errors.rmse + 2 * spread);
        } else {
            QVERIFY(near(coarse->errors.mse, exact->errors.mse, 0.02));
        }
    }

    void aPreviewIsWithinItsBound_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<int>("levels");
        QTest::addColumn<QString>("grouping");
        for (const char* grouping : {"tensor", "channel:1"})
            for (const int levels : {4, 64, 1024})
                for (const char* scheme : {"kmeans", "rank", "affine"})
                    QTest::addRow("%s, %d levels, %s", scheme, levels, grouping) << scheme << levels << grouping;
    }
    void aPreviewIsWithinItsBound() {
        QFETCH(QString, scheme);
        QFETCH(int, levels);
        QFETCH(QString, grouping);
        const auto path = matrix();
        const auto unheld = prepare(path, kBudget), held = prepare(path, std::uint64_t{1} << 40);
        const QuantSpec spec = specOf(scheme.toUtf8(), static_cast<std::uint32_t>(levels), grouping.toUtf8());
        const RunPtr preview = run(unheld, spec, Effort::Preview).value();
        QVERIFY(!preview->exact && preview->coarsening);
        std::vector<float> decoded(held->values().size());
        QVERIFY(quantize(*preview->quantizer, held->values(), decoded));
        long double error = 0;
        for (std::size_t i = 0; i < decoded.size(); ++i) {
            const long double e = static_cast<long double>(held->values()[i]) - decoded[i];
            error += e * e;
        }
        const double mse = static_cast<double>(error / decoded.size());
        QVERIFY2(
            std::fabs(preview->errors.mse - mse) <= preview->coarsening->mseBound + 1e-9 * mse,
            qPrintable(QString("%1 %2 ± %3").arg(mse).arg(preview->errors.mse).arg(preview->coarsening->mseBound)));
        if (levels <= 64) QVERIFY(preview->coarsening->mseBound < mse); // worth stating
    }

    void groupsThatLieTogetherAreAsInMemory_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<QString>("grouping");
        QTest::addColumn<int>("rows");
        for (const char* scheme : {"normal-float", "affine", "kmeans"}) {
            QTest::addRow("%s", scheme) << scheme << "block:64" << 500;
            QTest::addRow("%s, short last blocks", scheme) << scheme << "block:100" << 500;
            QTest::addRow("%s by channel", scheme) << scheme << "channel:0" << 1000;
            QTest::addRow("%s, a row longer than a slab", scheme) << scheme << "block:300" << 1;
        }
    }
    void groupsThatLieTogetherAreAsInMemory() {
        QFETCH(QString, scheme);
        QFETCH(QString, grouping);
        QFETCH(int, rows);
        const std::int64_t columns = static_cast<std::int64_t>(kRows * kColumns) / rows;
        const auto path = fileOf("blocks.npy", {rows, columns}, test::normalValues(kRows * kColumns, 3));
        const auto unheld = prepare(path, 8'000'000), held = prepare(path, std::uint64_t{1} << 40);
        QVERIFY(!unheld->resident());
        QuantSpec spec = specOf(scheme.toUtf8(), 4, grouping.toUtf8());
        spec.byHand[700] = {"levels", {{"levels", std::vector<double>{-1, 0, 1}}}};
        const RunPtr streamed = run(unheld, spec).value(), all = run(held, spec).value();
        QVERIFY(streamed->exact == all->exact && !streamed->coarsening);
        QCOMPARE(streamed->quantizer->groupCount(), all->quantizer->groupCount());
        QCOMPARE(streamed->quantizer->sideBits, all->quantizer->sideBits);
        QCOMPARE(streamed->quantizer->bits, all->quantizer->bits);
        for (std::size_t g = 0; g < all->quantizer->groupCount(); ++g) {
            QCOMPARE(streamed->quantizer->groups[g].scale, all->quantizer->groups[g].scale);
            QCOMPARE(streamed->quantizer->groups[g].zero, all->quantizer->groups[g].zero);
            QCOMPARE(streamed->quantizer->codebookOf(g).levels, all->quantizer->codebookOf(g).levels);
            QCOMPARE(streamed->groups[g].mse, all->groups[g].mse);
        }
        QVERIFY(near(streamed->errors.mse, all->errors.mse, 1e-12));
        QCOMPARE(streamed->errors.maxError, all->errors.maxError);
        QCOMPARE(streamed->bins.counts, all->bins.counts);
        QCOMPARE(streamed->storage.bitsPerValue, all->storage.bitsPerValue);
        const auto one = groupLevels(*streamed, 701).value(), same = groupLevels(*all, 701).value();
        QCOMPARE(one.bins.counts, same.bins.counts);
        QCOMPARE(one.count, same.count);
    }

    void tablesOfBlocksThatExceedTheBudgetAreNotBuilt() {
        const auto path = matrix();
        const auto unheld = prepare(path, kLeastMemoryBudget);
        const auto refused = run(unheld, specOf("normal-float", 16, "block:1"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::TooLarge);
        QVERIFY(QString::fromStdString(refused.error().detail).contains("memory budget"));
        const auto fitted = run(unheld, specOf("kmeans", 16, "block:8"));
        QVERIFY(!fitted && fitted.error().code == ErrorCode::TooLarge);
        const auto channels = fileOf("channels.npy", {2, 160000}, test::normalValues(320000));
        const auto many = run(prepare(channels, kLeastMemoryBudget), specOf("affine", 16, "channel:1"));
        QVERIFY(!many && many.error().code == ErrorCode::TooLarge);
    }

    void sixteenBitsAreExact_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("dtype");
        QTest::newRow("float16") << "half.safetensors" << static_cast<int>(DType::F16);
        QTest::newRow("bfloat16") << "brain.safetensors" << static_cast<int>(DType::BF16);
        QTest::newRow("int16") << "integers.npy" << static_cast<int>(DType::I16);
        QTest::newRow("packed int16") << "integers.npz" << static_cast<int>(DType::I16);
    }
    void sixteenBitsAreExact() {
        QFETCH(QString, name);
        QFETCH(int, dtype);
        std::vector<float> values = test::normalValues(1200000, 6);
        for (float& x : values)
            if (static_cast<DType>(dtype) == DType::I16) x = std::round(x * 5000);
        const auto path = fileOf(name.toUtf8(), {1200000}, values, static_cast<DType>(dtype));
        const auto unheld = prepare(path, 64'000'000), held = prepare(path, std::uint64_t{1} << 40);
        QVERIFY(!unheld->resident());
        for (const Effort effort : {Effort::Exact, Effort::Preview}) {
            for (const char* scheme : {"kmeans", "rank", "affine"}) {
                const QuantSpec spec = specOf(scheme, 16);
                const RunPtr counted = run(unheld, spec, effort).value(), all = run(held, spec, effort).value();
                QVERIFY(!counted->coarsening);
                QCOMPARE(counted->exact, all->exact);
                QCOMPARE(counted->quantizer->codebooks[0]->levels, all->quantizer->codebooks[0]->levels);
                QCOMPARE(counted->errors.mse, all->errors.mse);
                QCOMPARE(counted->bins.counts, all->bins.counts);
            }
        }
    }

    void policiesKeepTheirMeaning() {
        std::vector<float> values = test::normalValues(200000, 9);
        values[5] = std::nanf("");
        values[77] = INFINITY;
        values[100000] = -INFINITY;
        const auto path = fileOf("odd.npy", {200000}, values);
        const auto blocked = prepare(path, kBudget);
        QVERIFY(blocked->blocked());
        QCOMPARE(blocked->nonFinite().total(), std::uint64_t{3});
        QCOMPARE(run(blocked, specOf("kmeans", 4)).error().code, ErrorCode::NonFinite);
        for (const NonFinitePolicy policy : {NonFinitePolicy::Drop, NonFinitePolicy::Clamp}) {
            const auto unheld = prepare(path, kBudget, policy), held = prepare(path, std::uint64_t{1} << 40, policy);
            QCOMPARE(unheld->exceptionCount(), held->exceptions().size());
            QCOMPARE(unheld->finiteCount(), held->finiteCount());
            for (const char* grouping : {"tensor", "block:128"}) {
                const QuantSpec spec = specOf("affine", 16, grouping);
                const RunPtr streamed = run(unheld, spec).value(), all = run(held, spec).value();
                QVERIFY(near(streamed->errors.mse, all->errors.mse));
                QCOMPARE(streamed->errors.count, all->errors.count);
                QCOMPARE(streamed->bins.counts, all->bins.counts);
                QCOMPARE(streamed->storage.totalBits(), all->storage.totalBits());
            }
        }
    }

    void theSameFromOneThreadAndFromMany() {
        const auto path = matrix();
        for (const char* grouping : {"tensor", "channel:0", "channel:1", "block:8"}) {
            const bool small = std::string_view(grouping) == "channel:0" || std::string_view(grouping) == "block:8";
            const QuantSpec spec = specOf(small ? "affine" : "kmeans", 4, grouping);
            const RunPtr many = run(prepare(path, 10'000'000), spec).value();
            const ThreadLimit limit(1);
            const RunPtr one = run(prepare(path, 10'000'000), spec).value();
            QCOMPARE(one->errors.mse, many->errors.mse);
            QCOMPARE(one->errors.sqnrDb, many->errors.sqnrDb);
            QCOMPARE(one->quantizer->codebookOf(0).levels, many->quantizer->codebookOf(0).levels);
        }
    }

    void theLimitStaysALimit() {
        const auto path = matrix();
        const auto coarse = prepare(path, kBudget)->rateBound(4).value();
        const auto exact = prepare(path, std::uint64_t{1} << 40)->rateBound(4).value();
        for (const double bits : {0.5, 1.0, 2.0, 3.0, 4.0}) {
            QVERIFY(coarse->distortion(bits) <= exact->distortion(bits) * 1.0023); // within the 0.01 dB of either
            if (bits <= 3) QVERIFY(coarse->distortion(bits) >= exact->distortion(bits) * 0.99);
        }
    }

    void aJobCanBeStopped() {
        const auto path = matrix();
        const auto unheld = prepare(path, kBudget);
        std::stop_source stop;
        stop.request_stop();
        const JobControl stopped{stop.get_token(), {}};
        for (const char* grouping : {"tensor", "channel:0", "block:64"})
            QCOMPARE(run(unheld, specOf("kmeans", 4, grouping), Effort::Exact, stopped).error().code,
                     ErrorCode::Cancelled);
        QCOMPARE(openTensor(openFile(path).value(), 0, NonFinitePolicy::Stop, kBudget, stopped).error().code,
                 ErrorCode::Cancelled);
        // In the middle of a pass, from the progress it reports.
        std::stop_source later;
        const JobControl middle{later.get_token(), [&](double part) {
                                    if (part > 0.3) later.request_stop();
                                }};
        QCOMPARE(run(unheld, specOf("kmeans", 4), Effort::Exact, middle).error().code, ErrorCode::Cancelled);
        QVERIFY(run(unheld, specOf("kmeans", 4))); // and nothing is left broken
    }

    void aFileThatBecomesShorterIsAnError() {
        const auto path = fileOf("short.npy", {200000}, test::normalValues(200000));
        const auto unheld = prepare(path, kBudget);
        std::filesystem::resize_file(path, 400000);
        const auto failed = run(unheld, specOf("kmeans", 4));
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, ErrorCode::Truncated);
    }

    void columnsThatCannotBeReadAsRowsAreRefused() {
        QByteArray header = "{'descr': '<f4', 'fortran_order': True, 'shape': (400, 500), }";
        header = header.leftJustified(117, ' ') + "\n";
        const auto path = m_folder.write("fortran.npy", QByteArray("\x93NUMPY\x01\x00\x76\x00", 10) + header +
                                                            QByteArray(4 * 400 * 500, '\0'));
        const auto refused = openTensor(openFile(path).value(), 0, NonFinitePolicy::Stop, kBudget);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::TooLarge);
        QVERIFY(QString::fromStdString(refused.error().detail).contains("memory budget (4 MB)"));
        QVERIFY(openTensor(openFile(path).value(), 0, NonFinitePolicy::Stop, std::uint64_t{1} << 40));
    }

    void whatNeedsAllValuesSaysSo() {
        const auto path = matrix();
        const RunPtr result = run(prepare(path, kBudget), specOf("affine", 16)).value();
        const auto saysSo = [](const Error& error) {
            return error.code == ErrorCode::TooLarge &&
                   QString::fromStdString(error.detail).contains("memory budget (4 MB)");
        };
        QVERIFY(saysSo(decodeRun(result).error()));
        QVERIFY(saysSo(measureSpeed(*result).error()));
        QVERIFY(
            saysSo(exportRun(result, ExportContent::Codes, m_folder.path("codes.npz"), Overwrite::Replace).error()));
        QVERIFY(saysSo(exportRun(result, ExportContent::Decoder, m_folder.path("d.h"), Overwrite::Replace).error()));
        const auto same = std::make_shared<const Tensor>(
            makeTensor("w", {kRows, kColumns}, std::vector<float>(kRows * kColumns, 1.0f)));
        QVERIFY(saysSo(PreparedTensor::withImportance(result->data, same).error()));
        QVERIFY(PreparedTensor::withImportance(result->data, nullptr));
        QVERIFY(exportRun(result, ExportContent::Levels, m_folder.path("levels.csv"), Overwrite::Replace));
        QCOMPARE(levelTable(*result).value().rows, std::size_t{16});
    }
};

QTEST_GUILESS_MAIN(TestUnheldTensor)
#include "tst_unheld_tensor.moc"
