// quantoscope-cli inspect and schemes.
#include "tests/support/cli.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <set>

using namespace quantoscope::test;

class InspectTest : public QObject {
    Q_OBJECT

    ScratchFolder m_folder;
    QString m_directory = QString::fromStdString(m_folder.path("").parent_path().string());

private slots:
    void aTableIsListed() {
        m_folder.write("t.csv", "a,b,name\n1,10.5,x\n2,nan,y\n4,30.5,z\n,1,q\n");
        const Finished finished = cli({"inspect", "t.csv", "--json"}, m_directory);
        QCOMPARE(finished.exitCode, 0);
        const Json json = jsonOf(finished);
        QCOMPARE(keysOf(json), (std::vector<std::string>{"file", "tensors", "leftOut"}));
        QCOMPARE(json["file"], Json("t.csv"));
        const Json& a = json["tensors"][0];
        QCOMPARE(keysOf(a), (std::vector<std::string>{"name", "dtype", "shape", "count", "nonFinite", "missing",
                                                      "minimum", "maximum", "mean", "standardDeviation"}));
        QCOMPARE(a["name"], Json("a"));
        QCOMPARE(a["count"], Json(3));
        QCOMPARE(a["missing"], Json(1));
        QCOMPARE(a["minimum"], Json(1.0));
        QCOMPARE(a["maximum"], Json(4.0));
        QVERIFY(std::abs(a["mean"].get<double>() - 7.0 / 3) < 1e-12);
        QVERIFY(std::abs(a["standardDeviation"].get<double>() - std::sqrt(14.0 / 9)) < 1e-12);
        QCOMPARE(json["tensors"][1]["nonFinite"], Json(1));
        QCOMPARE(json["tensors"].back()["name"], Json("*"));
        QVERIFY(!json["leftOut"].empty());
        QVERIFY(json["leftOut"][0].get<std::string>().find("name") != std::string::npos);
    }

    void figuresOfManyPiecesAreThoseOfTheWhole() {
        std::vector<float> values(3000001);
        double sum = 0, squares = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = 1000 + std::sin(float(i));
            sum += double(values[i]);
        }
        const double mean = sum / double(values.size());
        for (const float value : values) squares += (double(value) - mean) * (double(value) - mean);
        m_folder.write("long.npy", npyOf(values, "3000001,"));
        const Json tensor = jsonOf(cli({"inspect", "long.npy", "--json"}, m_directory))["tensors"][0];
        QVERIFY(std::abs(tensor["mean"].get<double>() - mean) < 1e-9);
        QVERIFY(std::abs(tensor["standardDeviation"].get<double>() - std::sqrt(squares / double(values.size()))) <
                1e-9);
    }

    void nothingFiniteHasNoFigures() {
        m_folder.write("nan.npy", npyOf({std::nanf(""), std::numeric_limits<float>::infinity()}, "2,"));
        const Json tensor = jsonOf(cli({"inspect", "nan.npy", "--json"}, m_directory))["tensors"][0];
        QCOMPARE(tensor["nonFinite"], Json(2));
        QVERIFY(tensor["minimum"].is_null() && tensor["maximum"].is_null() && tensor["mean"].is_null() &&
                tensor["standardDeviation"].is_null());
    }

    void peopleSeeATable() {
        m_folder.write("m.npy", npyOf({1, 2, 3, 4, 5, 6}, "2, 3"));
        const Finished finished = cli({"inspect", "m.npy"}, m_directory);
        QCOMPARE(finished.exitCode, 0);
        QVERIFY(QString::fromUtf8(finished.output).contains("2 × 3"));
        QVERIFY(finished.output.contains("Std. deviation") && !finished.output.contains("Not finite"));
    }

    void everySchemeIsListedWithItsParameters() {
        const Finished finished = cli({"schemes", "--json"});
        QCOMPARE(finished.exitCode, 0);
        const Json json = jsonOf(finished);
        QVERIFY(json.is_array());
        std::set<std::string> ids;
        for (const Json& scheme : json) {
            QVERIFY(ids.insert(scheme["id"]).second);
            QVERIFY(scheme["family"] == "static" || scheme["family"] == "dynamic");
            QVERIFY(!scheme["summary"].get<std::string>().empty());
            for (const Json& parameter : scheme["parameters"]) {
                for (const char* key : {"id", "label", "kind", "default", "minimum", "maximum", "choices", "help"})
                    QVERIFY(parameter.contains(key));
                QCOMPARE(parameter["kind"] == "choice", !parameter["choices"].empty());
            }
        }
        for (const char* id : {"equal-width", "fixed", "levels", "kmeans", "lloyd-max", "rank", "affine", "log2",
                               "apot", "normal-float", "float", "mu-law"})
            QVERIFY2(ids.contains(id), id);
    }

    void theDefaultsListedAreAccepted() {
        m_folder.write("d.npy", npyOf({1, 2, 3, 4, 5, 6, 7, 8}, "8,"));
        const Json json = jsonOf(cli({"schemes", "--json"}));
        for (const Json& scheme : json)
            for (const Json& parameter : scheme["parameters"]) {
                const Json& value = parameter["default"];
                if (value.is_array()) continue;
                const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
                const Finished finished =
                    cli({"quantize", "d.npy", "--scheme", QString::fromStdString(scheme["id"]), "--set",
                         QString::fromStdString(parameter["id"].get<std::string>() + "=" + text)},
                        m_directory);
                QVERIFY2(finished.exitCode == 0, finished.errors.constData());
            }
        const Finished people = cli({"schemes"});
        QVERIFY(people.output.contains("--set edges="));
    }
};

QTEST_GUILESS_MAIN(InspectTest)
#include "tst_inspect.moc"
