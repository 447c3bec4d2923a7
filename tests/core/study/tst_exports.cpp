// core/study/exports and code_arrays: every format of every content is written, reads back, and appears whole or not at
// all.
#include "core/formats/format_registry.h"
#include "core/study/code_arrays.h"
#include "core/study/exports.h"
#include "core/study/generated.h"
#include "core/study/tables.h"
#include "tests/support/data.h"
#include "tests/support/process.h"

#include <QtTest>

#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

RunPtr runOf(Tensor tensor, std::string scheme, std::uint32_t levels, Grouping grouping = {},
             Parameters parameters = {}, NonFinitePolicy policy = NonFinitePolicy::Stop) {
    QuantSpec spec;
    spec.scheme = std::move(scheme);
    spec.levels = levels;
    spec.grouping = grouping;
    spec.parameters = std::move(parameters);
    const auto result = run(PreparedTensor::make(std::make_shared<const Tensor>(std::move(tensor)), policy), spec);
    return result ? *result : nullptr;
}

RunPtr simpleRun() { return runOf(makeTensor("x", {2, 2}, {1.0f, 2.0f, 10.0f, 10.5f}), "kmeans", 2); }

QStringList filesIn(const QTemporaryDir& directory) {
    return QDir(directory.path()).entryList(QDir::Files | QDir::Hidden);
}

// Decodes as code_arrays.h says, in NumPy, from nothing but the file.
constexpr const char* kDecodeInNumpy = R"(
import sys
import numpy as np
path, reference = sys.argv[1:]
if path.endswith('.npz'):
    with np.load(path, allow_pickle=False) as archive:
        a = {name: archive[name] for name in archive.files}
else:
    from safetensors.numpy import load_file
    a = load_file(path)
codes, shape = a['codes'], a['codes'].shape
assert codes.dtype in (np.uint8, np.uint16, np.uint32), codes.dtype
assert int(codes.max()) < 2 ** int(a['bits'][0])
if 'axis' in a:
    index = np.arange(shape[int(a['axis'][0])])
    group = np.broadcast_to(np.expand_dims(index, [i for i in range(len(shape)) if i != int(a['axis'][0])]), shape)
elif 'block_size' in a:
    size, last = int(a['block_size'][0]), shape[-1]
    rows = codes.size // last
    blocks = -(-last // size)
    group = (np.arange(rows)[:, None] * blocks + np.arange(last)[None, :] // size).reshape(shape)
else:
    group = np.zeros(shape, dtype=int)
f = np.float32
level = a['codebook'][a['codebook_index'][group], codes]
y = (a['offset'][group] + a['scale'][group] * (level - a['zero_point'][group].astype(f))).astype(f)
if 'kept' in a:
    assert a['kept'].dtype == np.bool_
    y = np.where(a['kept'], a['dequantized'], y)
assert a['dequantized'].dtype == f and a['dequantized'].shape == shape
assert np.array_equal(y.view(np.uint32), a['dequantized'].view(np.uint32)), 'decoded values differ'
expected = np.fromfile(reference, dtype=np.uint32)
assert np.array_equal(a['dequantized'].ravel().view(np.uint32), expected), 'not the values of the run'
print('ok')
)";

} // namespace

class ExportsTest : public QObject {
    Q_OBJECT

    std::map<QByteArray, RunPtr> m_runs;

    void rows(const char* name, RunPtr run) {
        m_runs[name] = std::move(run);
        for (const char* extension : {"npz", "safetensors"})
            QTest::addRow("%s as .%s", name, extension) << QByteArray(name) << QByteArray(extension);
    }

private slots:
    void everyFormatIsWritten_data() {
        QTest::addColumn<int>("format");
        for (std::size_t i = 0; i < exportFormats().size(); ++i) {
            const ExportFormat& format = exportFormats()[i];
            QTest::addRow("%d as .%s", int(format.content), std::string(format.extension).c_str()) << int(i);
        }
    }
    void everyFormatIsWritten() {
        QFETCH(int, format);
        const auto& [content, extension, label] = exportFormats()[static_cast<std::size_t>(format)];
        QVERIFY(canExport(content, extension) && !label.empty());
        const QTemporaryDir directory;
        const std::string path = directory.filePath("out.").toStdString() + std::string(extension);
        const RunPtr run = simpleRun();
        QVERIFY(exportRun(run, content, path, Overwrite::Refuse));
        QCOMPARE(filesIn(directory).size(), 1);
        QVERIFY(std::filesystem::file_size(path) > 10);

        const Status again = exportRun(run, content, path, Overwrite::Refuse);
        QCOMPARE(again.error().code, ErrorCode::Exists);
        std::ofstream(path) << "old";
        QVERIFY(exportRun(run, content, path, Overwrite::Replace));
        QVERIFY(std::filesystem::file_size(path) > 10);
        const auto preview = previewExport(run, content, extension);
        QVERIFY(preview && !preview->empty());

        const std::string lost = directory.filePath("none/out.").toStdString() + std::string(extension);
        QCOMPARE(exportRun(run, content, lost, Overwrite::Refuse).error().code, ErrorCode::WriteFailed);
        std::stop_source stop;
        stop.request_stop();
        const std::string stopped = directory.filePath("stopped.").toStdString() + std::string(extension);
        if (content != ExportContent::Comparison) {
            QCOMPARE(exportRun(run, content, stopped, Overwrite::Refuse, {}, {stop.get_token(), {}}).error().code,
                     ErrorCode::Cancelled);
            QCOMPARE(filesIn(directory).size(), 1);
        }
    }

    void whatHasNoSuchFormatIsRefused() {
        const QTemporaryDir directory;
        for (const auto& [content, name] :
             {std::pair(ExportContent::Values, "x.safetensors"), std::pair(ExportContent::Codes, "x.csv"),
              std::pair(ExportContent::Levels, "x"), std::pair(ExportContent::Decoder, "x.c")}) {
            const Status status =
                exportRun(simpleRun(), content, directory.filePath(name).toStdString(), Overwrite::Refuse);
            QCOMPARE(status.error().code, ErrorCode::Unsupported);
        }
        QVERIFY(filesIn(directory).isEmpty());
        QCOMPARE(contentForExtension("npz"), std::optional(ExportContent::Codes));
        QCOMPARE(contentForExtension("md"), std::optional(ExportContent::Levels));
        QVERIFY(!contentForExtension("pdf"));
    }

    void aDirectoryIsNotReplaced() {
        const QTemporaryDir directory;
        QVERIFY(QDir(directory.path()).mkdir("levels.csv"));
        const std::string path = directory.filePath("levels.csv").toStdString();
        QCOMPARE(exportRun(simpleRun(), ExportContent::Levels, path, Overwrite::Refuse).error().code,
                 ErrorCode::Exists);
        QCOMPARE(exportRun(simpleRun(), ExportContent::Levels, path, Overwrite::Replace).error().code,
                 ErrorCode::WriteFailed);
        QVERIFY(std::filesystem::is_directory(path));
    }

    void numpyDecodesTheArrays_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("extension");
        const Tensor weights = *generate("weights", 6000, 3);
        const std::vector<float> few(weights.values.begin(), weights.values.begin() + 60);
        rows("k-means", runOf(weights, "kmeans", 11));
        rows("more than 256 levels", runOf(weights, "equal-width", 4096));
        rows("a codebook a channel", runOf(weights, "kmeans", 4, Grouping::channel(0)));
        rows("channels of the middle axis", runOf(makeTensor("x", {5, 3, 4}, few), "kmeans", 3, Grouping::channel(1)));
        rows("blocks with a short last one", runOf(makeTensor("x", {3, 20}, few), "affine", 16, Grouping::block(8)));
        rows("zero points", runOf(weights, "affine", 256, Grouping::block(100), {{"mode", std::string("asymmetric")}}));
        rows("8-bit floats", runOf(weights, "float", 256));
        rows("scaled 4-bit floats",
             runOf(weights, "float", 16, Grouping::block(32), {{"scale", std::string("absmax")}}));
        rows("normal-float", runOf(weights, "normal-float", 16, Grouping::block(64)));
        rows("values left out",
             runOf(makeTensor("x", {2, 3}, {1, std::nanf(""), 2, 3, std::numeric_limits<float>::infinity(), 5}),
                   "kmeans", 2, {}, {}, NonFinitePolicy::Drop));
        rows("one level", runOf(makeTensor("x", {2, 2}, {3, 3, 3, 3}), "kmeans", 1));
    }
    void numpyDecodesTheArrays() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, extension);
        const RunPtr run = m_runs[name];
        QVERIFY2(run, "the run itself failed");
        const QTemporaryDir directory;
        const QString path = directory.filePath("codes." + QString::fromLatin1(extension));
        const Status status = exportRun(run, ExportContent::Codes, path.toStdString(), Overwrite::Refuse);
        QVERIFY2(status, status ? "" : status.error().message().c_str());
        const auto decoded = decodeRun(run);
        std::ofstream(directory.filePath("reference").toStdString(), std::ios::binary)
            .write(reinterpret_cast<const char*>((*decoded)->decoded.data()),
                   std::streamsize(4 * (*decoded)->decoded.size()));
        const Finished python = runProgram(QString::fromStdString(pythonProgram()),
                                           {"-c", kDecodeInNumpy, path, directory.filePath("reference")});
        QVERIFY2(python.exitCode == 0, (python.problem.toUtf8() + python.errors).constData());
        QCOMPARE(python.output.trimmed(), QByteArray("ok"));
    }

    void numpyReadsTheValueTable() {
        const QTemporaryDir directory;
        const RunPtr run = runOf(makeTensor("x", {2, 2}, {1.0f, 2.0f, 10.0f, 10.5f}), "kmeans", 2);
        QVERIFY(exportRun(run, ExportContent::Values, directory.filePath("v.npz").toStdString(), Overwrite::Refuse));
        QVERIFY(exportRun(run, ExportContent::Values, directory.filePath("v.csv").toStdString(), Overwrite::Refuse));
        const Finished python = runProgram(QString::fromStdString(pythonProgram()), {"-c", R"(
import numpy as np
a = np.load('v.npz', allow_pickle=False)
assert sorted(a.files) == ['code', 'dequantizedValue', 'error', 'value'], a.files
assert a['value'].tolist() == [1, 2, 10, 10.5] and a['code'].tolist() == [0, 0, 1, 1]
assert a['dequantizedValue'].tolist() == [1.5, 1.5, 10.25, 10.25] and a['error'].tolist() == [-.5, .5, -.25, .25]
assert a['code'].dtype == np.uint8 and a['error'].dtype == np.float32
t = np.genfromtxt('v.csv', delimiter=',', names=True)
for name in a.files: assert np.array_equal(t[name], a[name]), name
print('ok'))"},
                                           directory.path());
        QVERIFY2(python.exitCode == 0, (python.problem.toUtf8() + python.errors).constData());
    }

    void arraysAreWhatTheHeaderSays() {
        const auto decoded = decodeRun(simpleRun());
        const auto arrays = codeArrays(**decoded);
        QVERIFY(arrays);
        QCOMPARE(describeArrays(*arrays), std::string("codes           2 × 2  U8\n"
                                                      "dequantized     2 × 2  F32\n"
                                                      "codebook        1 × 2  F32\n"
                                                      "scale           1      F32\n"
                                                      "offset          1      F32\n"
                                                      "zero_point      1      I32\n"
                                                      "codebook_index  1      I32\n"
                                                      "bits            1      I32\n"));
    }

    void previewsAreShort() {
        const RunPtr run = runOf(*generate("normal", 100000, 1), "kmeans", 256);
        for (const ExportFormat& format : exportFormats()) {
            const auto preview = previewExport(run, format.content, format.extension, 10);
            QVERIFY(preview);
            QVERIFY2(std::count(preview->begin(), preview->end(), '\n') <= 16, preview->c_str());
        }
    }

    void whatWeWriteWeRead() {
        const QTemporaryDir directory;
        const std::string path = directory.filePath("codes.npz").toStdString();
        QVERIFY(exportRun(simpleRun(), ExportContent::Codes, path, Overwrite::Refuse));
        const auto source = openFile(path);
        QVERIFY(source);
        QCOMPARE((*source)->entries().size(), std::size_t{8});
    }
};

QTEST_GUILESS_MAIN(ExportsTest)
#include "tst_exports.moc"
