// quantoscope-cli compare: the sample of scores by k-means, rank and fixed intervals, and every scheme side by side.
#include "tests/support/cli.h"
#include "tests/support/data.h"

#include <QtTest>

#include <cmath>
#include <map>
#include <set>

using namespace quantoscope::test;

class CompareTest : public QObject {
    Q_OBJECT

    ScratchFolder m_folder;
    QString m_directory = QString::fromStdString(m_folder.path("").parent_path().string());
    QString m_scores = QString::fromStdString(dataPath("../../resources/samples/scores.csv"));

private slots:
    void initTestCase() {
        m_folder.write("x.npy", npyOf({1, 2, 3, 4, 10, 11, 12, 13, 20, 21, 25, 30}, "12,"));
        m_folder.write("odd.npy", npyOf({1, 2, std::nanf(""), 4}, "4,"));
    }

    void theScoresAreSeenThreeWays() {
        const Finished finished = cli({"compare", m_scores, "--schemes", "kmeans,rank,fixed", "--bits", "2", "--set",
                                       "fixed.edges=0,25,50,75,100"});
        QCOMPARE(finished.exitCode, 0);
        const QStringList lines = QString::fromUtf8(finished.output).split('\n');
        int found = 0;
        for (const QString& line : lines)
            for (const char* method : {"k-means ", "Rank ", "Fixed edges "}) found += line.startsWith(method);
        QCOMPARE(found, 3);
    }

    void kmeansHasTheLeastErrorAtEveryNumberOfLevels() {
        const Json json = jsonOf(cli({"compare", m_scores, "--bits", "0-8", "--json"}));
        std::map<int, double> best;
        std::map<int, int> others;
        for (const Json& run : json["runs"])
            if (run["scheme"] == "kmeans") best[run["requestedLevels"]] = run["mse"];
        QCOMPARE(best.size(), std::size_t{9});
        for (const Json& run : json["runs"]) {
            QCOMPARE(run["grouping"], Json("tensor"));
            const int levels = run["requestedLevels"];
            QVERIFY2(best.at(levels) <= run["mse"].get<double>() * (1 + 1e-9) + 1e-12, run.dump().c_str());
            ++others[levels];
        }
        for (const int levels : {2, 4, 8, 16, 32, 64, 128, 256}) QVERIFY(others[levels] >= 7);
    }

    void theKeysAreThoseOfTheManual() {
        const Finished finished =
            cli({"compare", "x.npy", "--schemes", "kmeans,affine", "--bits", "1-3,8", "--json"}, m_directory);
        const Json json = jsonOf(finished);
        QCOMPARE(keysOf(json), (std::vector<std::string>{"tensor", "bound", "runs"}));
        QCOMPARE(keysOf(json["tensor"]), (std::vector<std::string>{"name", "dtype", "shape", "count", "nonFinite"}));
        QCOMPARE(json["runs"].size(), std::size_t{8});
        std::vector<std::pair<std::string, int>> order;
        for (const Json& run : json["runs"]) {
            QCOMPARE(keysOf(run), runKeys());
            QVERIFY(run["encodeGBps"].is_null());
            order.emplace_back(run["scheme"], run["bits"]);
        }
        QCOMPARE(order[0], (std::pair<std::string, int>("kmeans", 1)));
        QCOMPARE(order[1], (std::pair<std::string, int>("affine", 1)));
        QCOMPARE(order[7], (std::pair<std::string, int>("affine", 8)));
        QVERIFY(finished.errors.isEmpty());
    }

    void theLimitIsThereAndEveryDistanceToIt() {
        const Json json =
            jsonOf(cli({"compare", m_scores, "--schemes", "kmeans,rank,ecsq", "--bits", "1-3", "--json"}, m_directory));
        const Json& bound = json["bound"];
        QVERIFY(bound.size() >= 20);
        double before = -INFINITY;
        for (std::size_t i = 0; i < bound.size(); ++i) {
            QCOMPARE(keysOf(bound[i]), (std::vector<std::string>{"bits", "sqnrDb"}));
            QCOMPARE(bound[i]["bits"].get<double>(), 0.25 * static_cast<double>(i));
            QVERIFY(bound[i]["sqnrDb"].get<double>() > before);
            before = bound[i]["sqnrDb"];
        }
        for (const Json& run : json["runs"]) {
            const double distance = run["boundDistanceDb"];
            QVERIFY(distance > 0);
            if (run["scheme"] == "ecsq") continue; // its rate is its entropy
            const double limit = bound[4 * run["bits"].get<std::size_t>()]["sqnrDb"];
            QVERIFY(std::fabs(distance - (limit - run["sqnrDb"].get<double>())) < 1e-12);
        }
        const Finished table = cli({"compare", m_scores, "--schemes", "kmeans", "--bits", "2"}, m_directory);
        QVERIFY(table.output.contains("To bound, dB"));
    }

    void everySchemeIsThereOrNamed() {
        const Finished finished = cli({"compare", "x.npy", "--bits", "1", "--json"}, m_directory);
        std::set<std::string> there;
        const Json runs = jsonOf(finished)["runs"];
        for (const Json& run : runs) QVERIFY(there.insert(run["scheme"]).second);
        const QString messages = messagesOf(finished).join('\n');
        const Json all = jsonOf(cli({"schemes", "--json"}));
        for (const Json& scheme : all) {
            const std::string id = scheme["id"];
            const bool leftOut = messages.contains(
                QString("quantoscope-cli: %1 is left out at 1 bit: ").arg(QString::fromStdString(id)));
            QVERIFY2(there.contains(id) != leftOut, id.c_str());
        }
    }

    void figuresAreThoseOfQuantize() {
        const Json run =
            jsonOf(cli({"compare", "x.npy", "--schemes", "rank", "--bits", "2", "--group", "block:4", "--json"},
                       m_directory))["runs"][0];
        const Json alone = jsonOf(
            cli({"quantize", "x.npy", "--scheme", "rank", "--bits", "2", "--group", "block:4", "--json"}, m_directory));
        for (const std::string& key : runKeys())
            if (key != "fitSeconds") QCOMPARE(run[key], alone[key]);
    }

    void edgesOfOnesOwnAreRunOnce() {
        const Json json = jsonOf(cli({"compare", "x.npy", "--schemes", "fixed,kmeans", "--set",
                                      "fixed.edges=0,10,20,30", "--bits", "1-4", "--json"},
                                     m_directory));
        QCOMPARE(json["runs"].size(), std::size_t{5});
    }

    void variantsAreRunWhenAskedFor() {
        const Json two =
            jsonOf(cli({"compare", "x.npy", "--schemes", "affine:symmetric,affine:asymmetric", "--bits", "4", "--json"},
                       m_directory));
        QCOMPARE(two["runs"].size(), std::size_t{2});
        QCOMPARE(two["runs"][0]["scheme"], Json("affine:symmetric"));
        QVERIFY(two["runs"][0]["mse"] != two["runs"][1]["mse"]);
        const Json all = jsonOf(cli({"compare", "x.npy", "--variants", "--bits", "4", "--json"}, m_directory));
        std::set<std::string> names;
        for (const Json& run : all["runs"]) QVERIFY(names.insert(run["scheme"]).second);
        QVERIFY(names.contains("affine") && names.contains("affine:symmetric") && !names.contains("affine:asymmetric"));
    }

    void nonFiniteValuesNeedLeave() {
        QCOMPARE(cli({"compare", "odd.npy", "--bits", "2"}, m_directory).exitCode, 3);
        const Json json =
            jsonOf(cli({"compare", "odd.npy", "--bits", "2", "--schemes", "kmeans", "--non-finite", "drop", "--json"},
                       m_directory));
        QCOMPARE(json["tensor"]["nonFinite"], Json(1));
    }

    void theTableIsWritten() {
        const Finished finished =
            cli({"compare", "x.npy", "--schemes", "kmeans,rank", "--bits", "2", "--speed", "--output", "table.csv"},
                m_directory);
        QCOMPARE(finished.exitCode, 0);
        QVERIFY(finished.output.contains("Encode, GB/s"));
        const QList<QByteArray> lines = ScratchFolder::bytesOf(m_folder.path("table.csv")).split('\n');
        QVERIFY(lines[0].startsWith("method,scheme,variant,grouping,bits,bitsPerValue,"));
        QVERIFY(lines[1].startsWith("k-means,kmeans,,tensor,2,"));
        QVERIFY(lines[2].startsWith("Rank,rank,,tensor,2,"));
        QCOMPARE(lines.size(), 4);
    }
};

QTEST_GUILESS_MAIN(CompareTest)
#include "tst_compare.moc"
