// core/study/c_decoder: the header compiles as C99 and as C++11 without a warning, under every compiler there is here,
// and decodes to the same bits. A missing C compiler fails the test.
#include "core/study/c_decoder.h"
#include "core/study/generated.h"
#include "tests/support/process.h"

#include <QtTest>

#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

QString text(std::string_view part) { return QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size())); }

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

struct Compiler {
    QString program;
    QStringList flags;
    QString source; // the name of the client
};

std::vector<Compiler> compilers() {
    const QStringList warnings = {"-Wall",    "-Wextra", "-Wpedantic", "-Wconversion", "-Wsign-conversion",
                                  "-Wshadow", "-Werror", "-I."};
    std::vector<Compiler> list = {{cCompiler(), QStringList{"-std=c99", "-O2"} + warnings, "client.c"},
                                  {cCompiler(), QStringList{"-std=c99", "-O0"} + warnings, "client.c"},
                                  {cxxCompiler(), QStringList{"-std=c++11", "-O2"} + warnings, "client.cpp"},
                                  {cxxCompiler(), QStringList{"-std=c++20", "-O2"} + warnings, "client.cpp"}};
    // With fused multiply-add in reach the floats must still be ours.
    QFile cpu("/proc/cpuinfo");
    if (cpu.open(QIODevice::ReadOnly) && cpu.readAll().contains(" fma "))
        list.push_back(
            {cCompiler(), QStringList{"-std=gnu99", "-O2", "-mfma", "-ffp-contract=fast"} + warnings, "client.c"});
    if (!QStandardPaths::findExecutable("clang").isEmpty()) {
        list.push_back({"clang", QStringList{"-std=c99", "-O2"} + warnings, "client.c"});
        list.push_back({"clang++", QStringList{"-std=c++11", "-O2"} + warnings, "client.cpp"});
    }
    return list;
}

} // namespace

class CDecoderTest : public QObject {
    Q_OBJECT

    std::map<QByteArray, RunPtr> m_runs;

    void row(const char* name, RunPtr run) {
        m_runs[name] = std::move(run);
        QTest::newRow(name) << QByteArray(name);
    }

private slots:
    void decodesToTheSameBits_data() {
        QTest::addColumn<QByteArray>("name");
        const Tensor normal = *generate("normal", 1003, 2);
        const Tensor weights = *generate("weights", 3000, 2);
        row("k-means with 3 bits, whose codes cross bytes", runOf(normal, "kmeans", 8));
        row("k-means with 4 bits, two codes a byte", runOf(normal, "kmeans", 16));
        row("k-means with 8 bits", runOf(normal, "kmeans", 256));
        row("k-means with 5 levels", runOf(normal, "kmeans", 5));
        row("one level takes no bits", runOf(normal, "kmeans", 1));
        row("11 bits, whose codes touch three bytes", runOf(normal, "equal-width", 2048));
        row("16 bits", runOf(normal, "equal-width", 65536));
        row("a codebook a channel", runOf(weights, "kmeans", 4, Grouping::channel(0)));
        row("a codebook a channel of the last axis",
            runOf(makeTensor("x", {5, 3, 2}, std::vector<float>(normal.values.begin(), normal.values.begin() + 30)),
                  "kmeans", 4, Grouping::channel(2)));
        row("a codebook a channel of the middle axis",
            runOf(makeTensor("x", {5, 3, 2}, std::vector<float>(normal.values.begin(), normal.values.begin() + 30)),
                  "kmeans", 2, Grouping::channel(1)));
        row("a scale a block, the last of each row short",
            runOf(tensorOf("w", {3, 1000}, weights.values), "affine", 16, Grouping::block(64)));
        row("scales and zero points",
            runOf(weights, "affine", 256, Grouping::block(100), {{"mode", std::string("asymmetric")}}));
        row("scales and offsets", runOf(weights, "equal-width", 16, Grouping::block(64)));
        row("one scale, worked into the levels", runOf(normal, "affine", 256));
        row("codes that do not ascend with their levels", runOf(normal, "float", 256));
        row("scaled codes that do not ascend",
            runOf(weights, "float", 16, Grouping::block(32), {{"scale", std::string("absmax")}}));
        row("normal-float in blocks", runOf(weights, "normal-float", 16, Grouping::block(64)));
        const float nan = std::nanf("");
        row("values that were left out",
            runOf(makeTensor("x", {nan, 1, 2, std::numeric_limits<float>::infinity(), 3, nan}), "kmeans", 2, {}, {},
                  NonFinitePolicy::Drop));
        row("tiny values",
            runOf(makeTensor("tiny", {1e-45f, -1e-45f, 3e-40f, 0.0f, 1e-38f}), "affine", 16, Grouping::block(3)));
        row("huge values", runOf(makeTensor("huge", {3e38f, -3e38f, 1e30f, 0.0f}), "kmeans", 3));
        row("a name that would break out of the comment",
            runOf(makeTensor("*/ int x; /* ?\?/ \\\n\"", {1, 2, 3}), "kmeans", 2));
        row("a name that is no identifier", runOf(makeTensor("7 어 layer.weight", {1, 2, 3}), "kmeans", 2));
    }
    void decodesToTheSameBits() {
        QFETCH(QByteArray, name);
        const RunPtr run = m_runs[name];
        QVERIFY2(run, "the run itself failed");
        const auto decoded = decodeRun(run);
        QVERIFY(decoded);
        const QTemporaryDir directory;
        const auto path = [&](const char* file) { return directory.filePath(file); };
        std::string header;
        QVERIFY(writeCDecoder(**decoded, {"From a */ test \\"}, [&](std::string_view piece) {
            header += piece;
            return Status();
        }));
        const QString id = text(cIdentifier(run->data->tensor().info.name));
        const QString client = QString("#include <stdio.h>\n#include \"decoder.h\"\n#include \"decoder.h\"\n"
                                       "static float out[%1_count];\n"
                                       "int main(void) {\n"
                                       "    size_t i;\n"
                                       "    %1_decode_all(out);\n"
                                       "    for (i = 0; i < %1_count; ++i) {\n"
                                       "        const float one = %1_decode(i);\n"
                                       "        const uint32_t code = %1_code(i);\n"
                                       "        if (fwrite(&one, sizeof one, 1, stdout) != 1 || fwrite(&code, sizeof "
                                       "code, 1, stdout) != 1) return 1;\n"
                                       "    }\n"
                                       "    return fwrite(out, sizeof out[0], %1_count, stdout) == %1_count ? 0 : 1;\n"
                                       "}\n")
                                   .arg(id);
        std::ofstream(path("decoder.h").toStdString()) << header;
        for (const char* file : {"client.c", "client.cpp"})
            std::ofstream(path(file).toStdString()) << client.toStdString();

        const std::size_t count = (*decoded)->codes.size();
        for (const Compiler& compiler : compilers()) {
            const Finished built = runProgram(
                compiler.program, compiler.flags + QStringList{"-o", "client", compiler.source}, directory.path());
            QVERIFY2(built.exitCode == 0,
                     (built.problem.toUtf8() + compiler.flags.join(' ').toUtf8() + "\n" + built.errors).constData());
            QVERIFY2(built.errors.isEmpty(), built.errors.constData());
            const Finished ran = runProgram(path("client"), {}, directory.path());
            QCOMPARE(ran.exitCode, 0);
            QCOMPARE(static_cast<std::size_t>(ran.output.size()), 12 * count);
            for (std::size_t i = 0; i < count; ++i) {
                const char* pair = ran.output.constData() + 8 * i;
                QVERIFY2(std::memcmp(pair, &(*decoded)->decoded[i], 4) == 0,
                         qPrintable(QString("value %1, %2").arg(i).arg(compiler.flags.join(' '))));
                QVERIFY(std::memcmp(pair + 4, &(*decoded)->codes[i], 4) == 0);
            }
            QVERIFY(std::memcmp(ran.output.constData() + 8 * count, (*decoded)->decoded.data(), 4 * count) == 0);
        }
    }

    void identifiers_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("identifier");
        QTest::newRow("a dotted name") << QByteArray("fc1.weight") << QByteArray("fc1_weight");
        QTest::newRow("a leading digit") << QByteArray("1x1") << QByteArray("tensor_1x1");
        QTest::newRow("nothing that could stay") << QByteArray("어*/") << QByteArray("tensor");
        QTest::newRow("leading and trailing underscores are reserved") << QByteArray("__a__") << QByteArray("a");
        QTest::newRow("nothing") << QByteArray() << QByteArray("tensor");
    }
    void identifiers() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, identifier);
        QCOMPARE(cIdentifier(name.toStdString()), identifier.toStdString());
    }

    void stoppingStops() {
        const auto decoded = decodeRun(runOf(*generate("normal", 100000, 2), "kmeans", 4));
        std::stop_source stop;
        const Status status = writeCDecoder(**decoded, {},
                                            [&](std::string_view) {
                                                stop.request_stop();
                                                return Status();
                                            },
                                            {stop.get_token(), {}});
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(CDecoderTest)
#include "tst_c_decoder.moc"
