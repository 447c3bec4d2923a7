// quantoscope-cli --memory: a tensor larger than the budget is quantized within it, and says how.
#include "tests/support/cli.h"
#include "tests/support/data.h"

#include <QtTest>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>

using namespace quantoscope::test;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

constexpr std::size_t kValues = std::size_t{1} << 25; // 128 MiB

/// The most memory a run of the program held at once, in bytes; 0 where it failed.
std::size_t peakOf(const QStringList& arguments) {
    std::vector<std::string> words = {cliProgram().toStdString()};
    for (const QString& argument : arguments) words.push_back(argument.toStdString());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const int started = posix_spawn(&child, argv[0], &files, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (started != 0) return 0;
    int status = 0;
    rusage usage{};
    while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? static_cast<std::size_t>(usage.ru_maxrss) * 1024 : 0;
}

} // namespace

class MemoryTest : public QObject {
    Q_OBJECT

    ScratchFolder m_folder;
    QString m_big, m_small;

private slots:
    void initTestCase() {
        // A slow chirp: as many values as there are, nearly, and none of it held here at once.
        m_small = QString::fromStdString(m_folder.write("small.npy", npyOf({1, 2, 3, 4}, "4,")).string());
        const QByteArray header = npyOf({}, "8192, 4096");
        QFile file(QString::fromStdString(m_folder.path("big.npy").string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(header);
        std::vector<float> piece(1 << 16);
        for (std::size_t begin = 0; begin < kValues; begin += piece.size()) {
            for (std::size_t i = 0; i < piece.size(); ++i) {
                const auto t = static_cast<float>(begin + i) / static_cast<float>(kValues);
                piece[i] = std::sin(700 * t * t) * t + 1e-3f * std::cos(3e5f * t);
            }
            file.write(reinterpret_cast<const char*>(piece.data()), static_cast<qint64>(4 * piece.size()));
        }
        m_big = file.fileName();
    }

    void aTensorLargerThanTheBudgetKeepsWithinIt_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("k-means") << QStringList{"--scheme", "kmeans"};
        QTest::newRow("rank") << QStringList{"--scheme", "rank", "--bits", "8"};
        QTest::newRow("affine, range by error") << QStringList{"--scheme", "affine", "--range", "mse"};
        QTest::newRow("by channel, first axis") << QStringList{"--scheme", "affine", "--group", "channel:0"};
        QTest::newRow("in blocks") << QStringList{"--scheme", "normal-float", "--group", "block:256"};
    }
    void aTensorLargerThanTheBudgetKeepsWithinIt() {
        if (kSanitized) QSKIP("a sanitizer takes memory of its own");
        QFETCH(QStringList, arguments);
        constexpr std::size_t kBudget = 64'000'000; // half of the file
        const QStringList all = QStringList{"quantize"} + arguments + QStringList{"--memory", "64MB"};
        const std::size_t program = peakOf(QStringList{"quantize", m_small} + arguments.first(2)); // without any data
        const std::size_t peak = peakOf(QStringList{"quantize", m_big} + all.mid(1));
        QVERIFY(program > 0 && peak > 0);
        QVERIFY2(peak <= program + kBudget, qPrintable(QString("%1 MB").arg((peak - program) / 1000000)));
    }

    void itSaysSo() {
        const auto text = cli({"quantize", m_big, "--scheme", "kmeans", "--bits", "3", "--memory", "64MB"});
        QCOMPARE(text.exitCode, 0);
        QVERIFY(text.output.contains("Larger than the memory budget (64 MB): levels were fitted to "));
        QVERIFY(text.output.contains("; every value was measured"));
        const Json coarse =
            jsonOf(cli({"quantize", m_big, "--scheme", "kmeans", "--bits", "3", "--memory", "64MB", "--json"}));
        QCOMPARE(keysOf(coarse["coarsening"]),
                 (std::vector<std::string>{"groups", "rmsSpread", "widest", "rmseBound", "mseBound"}));
        QCOMPARE(coarse["exact"], Json(false));
        QCOMPARE(coarse["coarsening"]["mseBound"], Json(0.0));
        QCOMPARE(coarse["tensor"]["count"], Json(kValues));
        std::uint64_t counted = 0;
        for (const Json& count : coarse["codebook"]["counts"]) counted += count.get<std::uint64_t>();
        QCOMPARE(counted, std::uint64_t{kValues});
        const Json plain =
            jsonOf(cli({"quantize", m_big, "--scheme", "affine", "--bits", "3", "--memory", "64MB", "--json"}));
        QCOMPARE(plain["exact"], Json(true));
        QCOMPARE(plain["coarsening"], Json(nullptr));
    }

    void comparisonsAndListsWork() {
        const Json compared = jsonOf(
            cli({"compare", m_big, "--schemes", "kmeans,affine", "--bits", "2,4", "--memory", "64MB", "--json"}));
        QCOMPARE(compared["runs"].size(), std::size_t{4});
        QVERIFY(!compared["bound"].empty());
        QCOMPARE(cli({"inspect", m_big, "--memory", "16MB"}).exitCode, 0);
    }

    void whatNeedsAllValuesIsRefusedBeforeTheWork_data() {
        QTest::addColumn<QStringList>("arguments");
        const QString codes = QString::fromStdString(m_folder.path("codes.npz").string());
        const QString values = QString::fromStdString(m_folder.path("values.csv").string());
        QTest::newRow("codes") << QStringList{"--output", codes};
        QTest::newRow("values") << QStringList{"--output", "values:" + values};
        QTest::newRow("speed") << QStringList{"--speed"};
        QTest::newRow("importance") << QStringList{"--importance", m_big};
    }
    void whatNeedsAllValuesIsRefusedBeforeTheWork() {
        QFETCH(QStringList, arguments);
        const auto refused = cli(QStringList{"quantize", m_big, "--scheme", "kmeans", "--memory", "64MB"} + arguments);
        QCOMPARE(refused.exitCode, 3);
        QVERIFY2(messagesOf(refused).last().contains("memory budget (64 MB)"), refused.errors.constData());
    }

    void aSizeThatIsNoneIsAMistake() {
        for (const char* size : {"lots", "0", "1kB", "-2GB"}) {
            const auto refused = cli({"quantize", m_small, "--scheme", "kmeans", QString("--memory=%1").arg(size)});
            QCOMPARE(refused.exitCode, 2);
            QVERIFY(messagesOf(refused).last().contains("--memory"));
        }
    }
};

QTEST_GUILESS_MAIN(MemoryTest)
#include "tst_memory.moc"
