// quantoscope-cli --output: what is in the files, that they appear whole or not at all, and that Ctrl-C leaves nothing
// behind.
#include "tests/support/cli.h"
#include "tests/support/data.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QThread>
#include <QtTest>

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>

using namespace quantoscope::test;

namespace {

/// Whether the process holds back a signal by now, as it does once it is ready to be interrupted: /proc/PID/status,
/// SigBlk.
bool holdsBack(int number, qint64 process) {
    QFile status(QString("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly)) return false;
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf("SigBlk:");
    return at >= 0 && (text.mid(at + 7, 17).trimmed().toULongLong(nullptr, 16) & (1ULL << (number - 1))) != 0;
}

std::vector<float> manyValues(std::size_t count) {
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = std::sin(float(i)) + 0.001f * std::sin(1e5f * float(i % 4099));
    return values;
}

} // namespace

class OutputsTest : public QObject {
    Q_OBJECT

    ScratchFolder m_folder;
    QString m_directory = QString::fromStdString(m_folder.path("").parent_path().string());

    QByteArray bytes(const char* name) { return ScratchFolder::bytesOf(m_folder.path(name)); }

    /// Starts, waits until `when` holds, sends the signal, and returns the exit code (−1 where it died of it or never
    /// ended).
    int interrupted(const QStringList& arguments, int number, const std::function<bool(qint64)>& when) {
        QProcess process;
        process.setWorkingDirectory(m_directory);
        // Whoever runs the tests in the background may have them ignore signals, which children inherit.
        process.setChildProcessModifier([number] { ::signal(number, SIG_DFL); });
        process.start(cliProgram(), arguments);
        if (!process.waitForStarted()) return -1;
        QElapsedTimer timer;
        timer.start();
        while (!when(process.processId()) && process.state() == QProcess::Running && timer.elapsed() < 300000) {
            QThread::msleep(2);
            process.waitForFinished(0);
        }
        ::kill(static_cast<pid_t>(process.processId()), number);
        if (!process.waitForFinished(300000) || process.exitStatus() != QProcess::NormalExit) return -1;
        m_errors = process.readAllStandardError();
        m_output = process.readAllStandardOutput();
        return process.exitCode();
    }
    QByteArray m_errors, m_output;

private slots:
    void aLimitOnTheSizeOfFilesIsAnErrorAndLeavesNothing() {
        const QDir folder(QString::fromStdString(m_folder.path("limited").string()));
        QVERIFY(folder.mkpath("."));
        QFile input(folder.filePath("big.npy"));
        QVERIFY(input.open(QIODevice::WriteOnly));
        input.write(npyOf(manyValues(100000), "100000,"));
        input.close();
        const Finished finished = runProgram(
            "/bin/sh",
            {"-c", "ulimit -f 8; exec \"$0\" quantize big.npy --scheme affine --output values:v.csv", cliProgram()},
            folder.path());
        QCOMPARE(finished.exitCode, 4);
        QVERIFY2(finished.errors.contains("v.csv"), finished.errors.constData());
        QCOMPARE(folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList{"big.npy"});
    }

    void initTestCase() {
        m_folder.write("x.npy", npyOf({1, 2, 10, 10.5f}, "2, 2"));
        m_folder.write("large.npy", npyOf(manyValues(4000000), "4000000,"));
    }

    void everyKindIsWrittenAtOnce() {
        const Finished finished =
            cli({"quantize", "x.npy", "--scheme", "kmeans", "--levels", "2", "--output", "l.csv", "l.tsv", "l.json",
                 "l.md", "l.tex", "values:v.csv", "values:v.npz", "c.npz", "c.safetensors", "d.h", "--json"},
                m_directory);
        QVERIFY2(finished.exitCode == 0, finished.errors.constData());
        QVERIFY(finished.errors.isEmpty());
        QCOMPARE(bytes("l.csv"), QByteArray("index,code,lower,upper,level,count,share,binMse\n0,0,1,5.875,1.5,2,0.5,0."
                                            "25\n1,1,5.875,10.5,10.25,2,0.5,0.0625\n"));
        QCOMPARE(bytes("l.tsv").count('\t'), 21);
        QCOMPARE(Json::parse(bytes("l.json").toStdString())[1]["level"], Json(10.25));
        QVERIFY(bytes("l.md").startsWith("| Index |"));
        QVERIFY(bytes("l.tex").contains("\\begin{tabular}{rrrrrrrr}"));
        QCOMPARE(
            bytes("v.csv"),
            QByteArray(
                "value,code,dequantizedValue,error\n1,0,1.5,-0.5\n2,0,1.5,0.5\n10,1,10.25,-0.25\n10.5,1,10.25,0.25\n"));
        QVERIFY(bytes("d.h").contains("x_decode"));
        const Finished python = runProgram(QString::fromStdString(pythonProgram()), {"-c", R"(
import numpy as np
from safetensors.numpy import load_file
n, s = np.load('c.npz', allow_pickle=False), load_file('c.safetensors')
assert set(n.files) == set(s), (n.files, set(s))
for name in n.files:
    assert n[name].dtype == s[name].dtype and np.array_equal(n[name], s[name]), name
assert n['codes'].tolist() == [[0, 0], [1, 1]] and n['codes'].dtype == np.uint8
assert n['dequantized'].tolist() == [[1.5, 1.5], [10.25, 10.25]]
assert np.load('v.npz')['value'].tolist() == [1, 2, 10, 10.5]
)"},
                                           m_directory);
        QVERIFY2(python.exitCode == 0, (python.problem.toUtf8() + python.errors).constData());
    }

    void existingFilesAreKeptUnlessForced() {
        m_folder.write("kept.csv", "mine");
        const QStringList arguments = {"quantize", "x.npy", "--scheme", "kmeans", "--output", "fresh.csv", "kept.csv"};
        QCOMPARE(cli(arguments, m_directory).exitCode, 4);
        QCOMPARE(bytes("kept.csv"), QByteArray("mine"));
        QVERIFY(!m_folder.names().contains("fresh.csv"));
        QCOMPARE(cli(arguments + QStringList{"--force"}, m_directory).exitCode, 0);
        QVERIFY(bytes("kept.csv").startsWith("index,"));
    }

    void anInputThatIsRefusedWritesNothing() {
        m_folder.write("bad.npy", npyOf({1, std::nanf("")}, "2,"));
        QCOMPARE(
            cli({"quantize", "bad.npy", "--scheme", "kmeans", "--output", "bad.csv", "bad.h"}, m_directory).exitCode,
            3);
        QVERIFY(!m_folder.names().contains("bad.csv") && !m_folder.names().contains("bad.h"));
    }

    void aDirectoryThatCannotBeWrittenIsRefused() {
        const Finished finished =
            cli({"quantize", "x.npy", "--scheme", "kmeans", "--output", "/proc/levels.csv"}, m_directory);
        QCOMPARE(finished.exitCode, 4);
        QVERIFY(messagesOf(finished).join('\n').contains("/proc/levels.csv"));
        QVERIFY(finished.output.isEmpty());
    }

    void theInputItselfMayBeReplaced() {
        m_folder.write("self.csv", "v\n1\n2\n3\n");
        QCOMPARE(cli({"quantize", "self.csv", "--scheme", "kmeans", "--levels", "3", "--output", "self.csv", "--force"},
                     m_directory)
                     .exitCode,
                 0);
        QVERIFY(bytes("self.csv").startsWith("index,"));
    }

    void interruptionLeavesNothingBehind_data() {
        QTest::addColumn<int>("number");
        QTest::addColumn<int>("code");
        QTest::newRow("Ctrl-C") << SIGINT << 130;
        QTest::newRow("a request to terminate") << SIGTERM << 143;
        QTest::newRow("a terminal that went away") << SIGHUP << 129;
    }
    void interruptionLeavesNothingBehind() {
        QFETCH(int, number);
        QFETCH(int, code);
        const QStringList before = m_folder.names();
        QCOMPARE(interrupted({"compare", "large.npy", "--schemes", "kmeans,lloyd-max", "--bits", "1-12", "--json",
                              "--output", "never.csv"},
                             number, [number](qint64 process) { return holdsBack(number, process); }),
                 code);
        QVERIFY(m_output.isEmpty());
        QCOMPARE(m_errors, QByteArray("quantoscope-cli: interrupted\n"));
        QCOMPARE(m_folder.names(), before);
    }

    void interruptionWhileWritingLeavesNothingBehind() {
        const QStringList before = m_folder.names();
        const auto writing = [&](qint64) {
            for (const QString& name : m_folder.names())
                if (name.endsWith(".part")) return true;
            return false;
        };
        QCOMPARE(interrupted({"quantize", "large.npy", "--scheme", "affine", "--output", "values:never.csv"}, SIGINT,
                             writing),
                 130);
        QVERIFY(m_output.isEmpty());
        QCOMPARE(m_folder.names(), before);
    }
};

QTEST_GUILESS_MAIN(OutputsTest)
#include "tst_outputs.moc"
