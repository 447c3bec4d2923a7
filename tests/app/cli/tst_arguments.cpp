// quantoscope-cli: what the arguments may be, and how it ends.
#include "tests/support/cli.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace quantoscope::test;

class ArgumentsTest : public QObject {
    Q_OBJECT

    ScratchFolder m_folder;
    QString m_directory = QString::fromStdString(m_folder.path("").parent_path().string());

private slots:
    void initTestCase() {
        m_folder.write("one.csv", "score\n18.2\n45.7\n22.1\n51.3\n");
        m_folder.write("two.csv", "a,b,name\n1,10,x\n2,20,y\n3,30,z\n");
        m_folder.write("text.csv", "name\nx\ny\n");
        m_folder.write("broken.npy", QByteArray("\x93NUMPY\x01\x00", 8) + "x");
        m_folder.write("empty.npy", npyOf({}, "0,"));
        m_folder.write("holes.csv", "v\n1\n\n2\nNA\n3\n");
        m_folder.write("nan.csv", "v\n1\nnan\n2\ninf\n3\n");
        m_folder.write("allnan.csv", "v\nnan\nnan\n");
        m_folder.write("odd::name.csv", "v\n1\n2\n");
        m_folder.write("line\nfeed.csv", "name\nx\n");
        m_folder.write("there.csv", "already");
    }

    void exitCodes_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QStringList& arguments, int code, const char* says = "") {
            QTest::newRow(name) << arguments << code << QString::fromUtf8(says);
        };
        const QStringList one = {"quantize", "one.csv", "--scheme", "kmeans"};
        row("all is well", one, 0);
        row("no subcommand", {}, 2, "subcommand");
        row("an unknown subcommand", {"shrink"}, 2, "\"shrink\"");
        row("an unknown option", one + QStringList{"--colour"}, 2, "--colour");
        row("no file", {"quantize", "--scheme", "kmeans"}, 2, "FILE");
        row("two files", {"quantize", "one.csv", "two.csv", "--scheme", "kmeans"}, 2);
        row("no scheme", {"quantize", "one.csv"}, 2, "--scheme");
        row("an unknown scheme", {"quantize", "one.csv", "--scheme", "best"}, 2, "kmeans");
        row("bits that are no number", one + QStringList{"--bits", "four"}, 2, "--bits");
        row("bits below zero", one + QStringList{"--bits", "-1"}, 2, "--bits");
        row("too many bits", one + QStringList{"--bits", "32"}, 2, "--bits");
        row("more bits than the scheme can do", one + QStringList{"--bits", "20"}, 2, "kmeans");
        row("no levels", one + QStringList{"--levels", "0"}, 2, "--levels");
        row("bits and levels", one + QStringList{"--bits", "2", "--levels", "4"}, 2);
        row("levels that are no power of two for a scheme of bits",
            {"quantize", "one.csv", "--scheme", "affine", "--levels", "5"}, 2, "affine");
        row("too few bits for the scheme", {"quantize", "one.csv", "--scheme", "normal-float", "--bits", "1"}, 2,
            "normal-float");
        row("a setting without a value", one + QStringList{"--set", "seed"}, 2, "key=value");
        row("an unknown setting", {"quantize", "one.csv", "--scheme", "rank", "--set", "seed=1"}, 2, "representative");
        row("a setting of the wrong kind", {"quantize", "one.csv", "--scheme", "lloyd-max", "--set", "seed=high"}, 2,
            "seed");
        row("edges that descend", {"quantize", "one.csv", "--scheme", "fixed", "--set", "edges=3,2,1"}, 2, "edges");
        row("an unknown grouping", one + QStringList{"--group", "rows"}, 2, "--group");
        row("an axis that is not there", one + QStringList{"--group", "channel:3"}, 2, "--group");
        row("a block of no size", one + QStringList{"--group", "block:0"}, 2, "--group");
        row("an unknown range", {"quantize", "one.csv", "--scheme", "affine", "--range", "wide"}, 2, "--range");
        row("an empty range", {"quantize", "one.csv", "--scheme", "affine", "--range", "3:1"}, 2);
        row("an unknown policy", one + QStringList{"--non-finite", "ignore"}, 2, "--non-finite");
        row("which of several columns", {"quantize", "two.csv", "--scheme", "kmeans"}, 2, "a, b");
        row("a column that is not there", {"quantize", "two.csv::c", "--scheme", "kmeans"}, 2, "a, b");
        row("one of several columns", {"quantize", "two.csv::b", "--scheme", "kmeans"}, 0);
        row("a table as a matrix", {"quantize", "two.csv::*", "--scheme", "kmeans", "--group", "channel:1"}, 0);
        row("a table of one column as a matrix", {"quantize", "one.csv::*", "--scheme", "kmeans"}, 0);
        row("a name with two colons", {"quantize", "odd::name.csv", "--scheme", "kmeans"}, 0);
        row("a name with two colons, and a column", {"quantize", "odd::name.csv::v", "--scheme", "kmeans"}, 0);
        row("a file that is not there", {"quantize", "none.csv", "--scheme", "kmeans"}, 3, "none.csv: ");
        row("a directory", {"quantize", ".", "--scheme", "kmeans"}, 3, ".: ");
        row("a file without numbers", {"quantize", "text.csv", "--scheme", "kmeans"}, 3, "text.csv: ");
        row("a broken file", {"quantize", "broken.npy", "--scheme", "kmeans"}, 3, "broken.npy: ");
        row("a tensor without values", {"quantize", "empty.npy", "--scheme", "kmeans"}, 3, "empty.npy: ");
        row("values that are not finite", {"quantize", "nan.csv", "--scheme", "kmeans"}, 3,
            "nan.csv: v: value 1: nan is not finite (2 of 5");
        row("values that are not finite, dropped",
            {"quantize", "nan.csv", "--scheme", "kmeans", "--non-finite", "drop"}, 0);
        row("values that are not finite, clamped",
            {"quantize", "nan.csv", "--scheme", "kmeans", "--non-finite", "clamp"}, 0);
        row("nothing finite", {"quantize", "allnan.csv", "--scheme", "kmeans", "--non-finite", "drop"}, 3,
            "no finite value");
        row("missing cells are reported", {"quantize", "holes.csv", "--scheme", "kmeans"}, 0, "dropped");
        row("an output that exists", one + QStringList{"--output", "there.csv"}, 4,
            "there.csv: the file exists already (--force");
        row("an output nowhere", one + QStringList{"--output", "none/levels.csv"}, 4, "none");
        row("an output without an extension", one + QStringList{"--output", "levels"}, 2, "extension");
        row("an output of no known kind", one + QStringList{"--output", "levels.pdf"}, 2, ".csv");
        row("values of no known kind", one + QStringList{"--output", "values:v.tex"}, 2, ".npz");
        row("the same output twice", one + QStringList{"--output", "a.csv", "./a.csv"}, 2, "twice");
        row("a range where the scheme has none is passed over", one + QStringList{"--range", "-1:1"}, 0, "no range");
        row("a negative range", {"quantize", "one.csv", "--scheme", "affine", "--range", "-1:100"}, 0);
        row("the file after a list of outputs", {"quantize", "--scheme", "kmeans", "--output", "f1.csv", "one.csv"}, 0);
        row("the file between lists", {"quantize", "--output", "f2.csv", "f2.json", "one.csv", "--scheme", "kmeans"},
            0);
        row("inspect of nothing", {"inspect"}, 2, "FILE");
        row("inspect of a file that is not there", {"inspect", "none.csv"}, 3, "none.csv: ");
        row("inspect of a file without numbers", {"inspect", "text.csv"}, 3, "text.csv: ");
        row("compare with unknown schemes", {"compare", "one.csv", "--schemes", "kmeans,best"}, 2, "best");
        row("compare with an empty list", {"compare", "one.csv", "--schemes", "kmeans,,rank"}, 2);
        row("compare with an unknown variant", {"compare", "one.csv", "--schemes", "affine:fast"}, 2, "asymmetric");
        row("compare with bits that make no sense", {"compare", "one.csv", "--bits", "8-1"}, 2, "--bits");
        row("compare with bits that are too many", {"compare", "one.csv", "--bits", "1-99"}, 2, "--bits");
        row("compare with a setting for no scheme", {"compare", "one.csv", "--set", "seed=1"}, 2, "ID.key=value");
        row("compare with a setting for an absent scheme",
            {"compare", "one.csv", "--schemes", "kmeans", "--set", "rank.representative=mean"}, 2, "rank");
        row("compare with an output of no known kind", {"compare", "one.csv", "--output", "c.npz"}, 2, ".csv");
        row("compare with an output that exists", {"compare", "one.csv", "--output", "there.csv"}, 4, "--force");
    }
    void exitCodes() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, says);
        const QStringList before = m_folder.names();
        const Finished finished = cli(arguments, m_directory);
        QVERIFY2(finished.exitCode == code,
                 (QString::number(finished.exitCode) + finished.problem + "\n" + QString::fromUtf8(finished.errors))
                     .toUtf8()
                     .constData());
        const QStringList messages = messagesOf(finished);
        QVERIFY2(messages.join('\n').contains(says), finished.errors.constData());
        if (code == 0) return;
        QVERIFY2(finished.output.isEmpty(), finished.output.constData());
        QCOMPARE(messages.size(), 1);
        QCOMPARE(m_folder.names(), before);
    }

    void aNameWithALineFeedStaysOnItsLine() {
        const Finished finished = cli({"quantize", "line\nfeed.csv", "--scheme", "kmeans"}, m_directory);
        QCOMPARE(finished.exitCode, 3);
        QCOMPARE(messagesOf(finished).size(), 1);
        QVERIFY(finished.errors.contains("line?feed.csv"));
    }

    void helpAndVersionGoToStandardOutput_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("--version") << QStringList{"--version"}
                                   << QByteArray("quantoscope-cli " QUANTOSCOPE_VERSION "\n");
        QTest::newRow("--help") << QStringList{"--help"} << QByteArray("Examples:");
        for (const char* command : {"inspect", "quantize", "compare", "schemes"})
            QTest::newRow(command) << QStringList{command, "--help"} << QByteArray("--json");
    }
    void helpAndVersionGoToStandardOutput() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        const Finished finished = cli(arguments);
        QCOMPARE(finished.exitCode, 0);
        QVERIFY(finished.errors.isEmpty());
        QVERIFY2(finished.output.contains(says), finished.output.constData());
    }

    void aFullDiskIsNoticed() {
        const Finished finished = runProgram("/bin/sh", {"-c", "exec \"$0\" schemes --json > /dev/full", cliProgram()});
        QCOMPARE(finished.exitCode, 4);
        QVERIFY(messagesOf(finished).join('\n').contains("standard output"));
    }

    void noProgressBarWhereNobodyLooks() {
        std::vector<float> values(2000000);
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = std::sin(float(i));
        m_folder.write("large.npy", npyOf(values, "2000000,"));
        const Finished finished = cli({"quantize", "large.npy", "--scheme", "kmeans", "--json"}, m_directory);
        QCOMPARE(finished.exitCode, 0);
        QVERIFY2(finished.errors.isEmpty(), finished.errors.constData());
    }
};

QTEST_GUILESS_MAIN(ArgumentsTest)
#include "tst_arguments.moc"
