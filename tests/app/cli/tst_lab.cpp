// quantoscope-cli lab: the contract of its JSON, its table, and what it refuses.
#include "tests/support/cli.h"
#include "tests/support/data.h"

#include <QtTest>

using namespace quantoscope::test;

class LabTest : public QObject {
    Q_OBJECT

    ScratchFolder m_folder;
    QString m_directory = QString::fromStdString(m_folder.path("").parent_path().string());
    QString m_wine = QString::fromStdString(dataPath("../../resources/samples/wine.csv"));
    QStringList m_quick = {"--hidden", "16", "--epochs", "6", "--qat-epochs", "2"};

private slots:
    void theDigitsAreMeasured() {
        const Json json =
            jsonOf(cli(QStringList{"lab", "--json", "--methods", "fp32,weight-only,dynamic,static,qat"} + m_quick));
        QCOMPARE(json["dataset"].get<std::string>(), std::string("digits"));
        QVERIFY(!json["network"].get<std::string>().empty());
        QVERIFY(!json["advice"].get<std::string>().empty());
        QCOMPARE(json["methods"].size(), std::size_t{5});
        const std::vector<std::string> keys = {
            "method",  "weightBits", "activationBits", "accuracy", "accuracyLow",  "accuracyHigh", "batch1Us",
            "batchUs", "batch",      "bytes",          "energyJ",  "energySource", "simulated"};
        for (const Json& row : json["methods"]) {
            QCOMPARE(keysOf(row), keys);
            QVERIFY(row["accuracy"] > 0.5 && row["accuracy"] <= 1);
            QVERIFY(row["accuracyLow"] <= row["accuracy"] && row["accuracy"] <= row["accuracyHigh"]);
            QCOMPARE(row["simulated"].get<bool>(), false);
            QVERIFY(row["batch1Us"] > 0 && row["batchUs"] > 0 && row["energyJ"] > 0);
        }
        QCOMPARE(json["methods"][0]["weightBits"].get<int>(), 32);
        QCOMPARE(json["methods"][3]["method"].get<std::string>(), std::string("static"));
    }

    void whatIsSimulatedHasNoTime() {
        const Json json = jsonOf(
            cli(QStringList{"lab", "--json", "--methods", "fp32,dynamic,static,qat,weight-only", "--weight-bits", "4",
                            "--activation-bits", "6", "--observer", "mse", "--granularity", "channel", "--seed", "3"} +
                m_quick));
        for (std::size_t i = 1; i < 5; ++i) {
            const Json& row = json["methods"][i];
            QCOMPARE(row["simulated"].get<bool>(), true);
            QVERIFY(row["batch1Us"].is_null() && row["batchUs"].is_null() && row["energyJ"].is_null());
            QCOMPARE(row["weightBits"].get<int>(), 4);
        }
        QCOMPARE(json["methods"][1]["activationBits"].get<int>(), 6);
        QVERIFY(json["methods"][0]["batch1Us"] > 0);
    }

    void aTableIsLearntByItsLabel() {
        const Finished finished = cli(
            QStringList{"lab", "--data", m_wine, "--label", "class", "--output", "methods.csv"} + m_quick, m_directory);
        QVERIFY2(finished.exitCode == 0, finished.errors.constData());
        const QByteArray text = finished.output;
        for (const char* word : {"Static (PTQ)", "QAT", "FP32, trained on", "This rests on"})
            QVERIFY2(text.contains(word), word);
        QVERIFY(ScratchFolder::bytesOf(m_folder.path("methods.csv")).startsWith("method,weightBits,"));
        QCOMPARE(cli(QStringList{"lab", "--data", m_wine, "--output", "methods.csv"} + m_quick, m_directory).exitCode,
                 4);
    }

    void whatMakesNoSenseIsRefused_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("reason");
        QTest::newRow("an unknown method") << QStringList{"--methods", "fp32,magic"} << 2 << "magic";
        QTest::newRow("an unknown observer") << QStringList{"--observer", "eye"} << 2 << "eye";
        QTest::newRow("one bit") << QStringList{"--weight-bits", "1"} << 2 << "2 to 8";
        QTest::newRow("layers that are none") << QStringList{"--hidden", "wide"} << 2 << "wide";
        QTest::newRow("a label of the digits") << QStringList{"--label", "x"} << 2 << "label";
        QTest::newRow("no such file") << QStringList{"--data", "no-such.csv"} << 3 << "no-such.csv";
        QTest::newRow("no such column") << QStringList{"--data", m_wine, "--label", "vintage"} << 3 << "vintage";
        QTest::newRow("no epochs") << QStringList{"--epochs", "0"} << 2 << "epochs";
    }
    void whatMakesNoSenseIsRefused() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, reason);
        const Finished finished = cli(QStringList{"lab"} + arguments);
        QTEST(finished.exitCode, "code");
        const QStringList messages = messagesOf(finished);
        QCOMPARE(messages.size(), 1);
        QVERIFY2(messages.front().contains(reason), qPrintable(messages.front()));
    }
};

QTEST_GUILESS_MAIN(LabTest)
#include "tst_lab.moc"
