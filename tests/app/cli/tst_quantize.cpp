// quantoscope-cli quantize: the JSON of the manual and nothing else, and figures that a naive computation confirms.
#include "tests/support/cli.h"
#include "tests/support/data.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace quantoscope::test;

namespace {

const std::vector<float> kScores = {18.2f, 45.7f, 22.1f, 51.3f, 24.9f, 78.0f, 19.9f, 81.6f, 90.25f, 3.5f};

} // namespace

class QuantizeTest : public QObject {
    Q_OBJECT

    ScratchFolder m_folder;
    QString m_directory = QString::fromStdString(m_folder.path("").parent_path().string());

    Json quantized(const QStringList& arguments) {
        return jsonOf(cli(QStringList{"quantize"} + arguments + QStringList{"--json"}, m_directory));
    }

private slots:
    void initTestCase() {
        m_folder.write("scores.npy", npyOf(kScores, "10,"));
        m_folder.write("matrix.npy", npyOf({0, 1, 2, 3, 10, 11, 12, 13, 5, 5, 5, 5}, "3, 4"));
        m_folder.write("odd.npy", npyOf({1, std::nanf(""), 2, std::numeric_limits<float>::infinity(), 3}, "5,"));
        m_folder.write("zeros.npy", npyOf({0, 0, 0}, "3,"));
        m_folder.write("double.csv", "v\n0.1\n0.2\n0.30000000001\n");
        m_folder.write("long.npy", npyOf(std::vector<float>(100, 1.5f), "100,"));
    }

    void filesAndColumnsMayHaveColonsInTheirNames() {
        m_folder.write("odd.csv", "a::b,c\n1,2\n2,3\n");
        m_folder.write("f::g.csv", "x,y\n1,2\n2,3\n");
        const auto named = [&](const char* input) {
            return jsonOf(cli({"quantize", input, "--scheme", "kmeans", "--levels", "2", "--json"},
                              m_directory))["tensor"]["name"];
        };
        QCOMPARE(named("odd.csv::a::b"), Json("a::b"));
        QCOMPARE(named("f::g.csv::y"), Json("y"));
    }

    void theKeysAreThoseOfTheManual() {
        const Json json = quantized({"scores.npy", "--scheme", "kmeans", "--levels", "4"});
        std::vector<std::string> expected = {"tensor"};
        expected.insert(expected.end(), runKeys().begin(), runKeys().end());
        expected.emplace_back("codebook");
        QCOMPARE(keysOf(json), expected);
        QCOMPARE(keysOf(json["tensor"]), (std::vector<std::string>{"name", "dtype", "shape", "count", "nonFinite"}));
        QCOMPARE(keysOf(json["codebook"]), (std::vector<std::string>{"levels", "thresholds", "counts"}));
        QCOMPARE(json["tensor"]["dtype"].get<std::string>(), std::string("F32"));
        QCOMPARE(json["tensor"]["shape"], Json({10}));
        QCOMPARE(json["tensor"]["count"], Json(10));
        QCOMPARE(json["tensor"]["nonFinite"], Json(0));
        QCOMPARE(json["scheme"], Json("kmeans"));
        QCOMPARE(json["bits"], Json(2));
        QCOMPARE(json["requestedLevels"], Json(4));
        QCOMPARE(json["levels"], Json(4));
        QCOMPARE(json["grouping"], Json("tensor"));
        QCOMPARE(json["exact"], Json(true));
        QVERIFY(json["encodeGBps"].is_null() && json["decodeGBps"].is_null());
        QVERIFY(json["boundDistanceDb"].get<double>() > 0);
        QVERIFY(json["entropyCodedBitsPerValue"].get<double>() <= json["bitsPerValue"].get<double>());
        QVERIFY(json["fitSeconds"].get<double>() > 0);
    }

    void importanceIsATensorOfTheSameShape() {
        m_folder.write("importance.npy", npyOf({1, 1, 1, 1, 1, 1, 1, 1, 1000, 1000}, "10,"));
        const QStringList two = {"scores.npy", "--scheme", "kmeans", "--levels", "2"};
        const Json plain = quantized(two), weighed = quantized(QStringList(two) << "--importance"
                                                                                << "importance.npy");
        QVERIFY(plain["weightedMse"].is_null());
        // The two that matter have a level each, but for what the others move them by.
        const auto levels = weighed["codebook"]["levels"].get<std::vector<double>>();
        QVERIFY(std::abs(levels[0] - 3.5) < 0.5 && std::abs(levels[1] - 90.25) < 0.5);
        QVERIFY(weighed["weightedMse"].get<double>() < 10 && weighed["mse"] > plain["mse"]);
        QCOMPARE(weighed["exact"], Json(true));

        m_folder.write("negative.npy", npyOf({1, 1, 1, 1, 1, 1, 1, 1, 1, -1}, "10,"));
        for (const char* wrong : {"matrix.npy", "negative.npy", "missing.npy"}) {
            const auto result = cli(QStringList{"quantize"} + two + QStringList{"--importance", wrong}, m_directory);
            QCOMPARE(result.exitCode, 3);
        }
    }

    void whatIsWithoutErrorHasNoDistance() {
        const Json json = quantized({"scores.npy", "--scheme", "kmeans", "--levels", "16"});
        QVERIFY(json["sqnrDb"].is_null() && json["boundDistanceDb"].is_null());
    }

    void entropyCodedRunsAreNearerToTheLimit() {
        const Json free = quantized({"scores.npy", "--scheme", "ecsq", "--levels", "8", "--set", "rate=1.5"});
        QVERIFY(free["codeEntropy"].get<double>() <= 1.5 + 1e-9);
        QVERIFY(free["boundDistanceDb"].get<double>() > 0);
    }

    void theFiguresAreThoseOfANaivePass_data() {
        QTest::addColumn<QStringList>("arguments");
        for (const char* scheme : {"kmeans", "lloyd-max", "ecsq", "rank", "equal-width", "fixed", "levels", "affine",
                                   "log2", "apot", "normal-float", "float", "mu-law"})
            QTest::newRow(scheme) << QStringList{"--scheme", scheme, "--bits",
                                                 std::string_view(scheme) == "float" ? "4" : "3"};
        QTest::newRow("a level for every value") << QStringList{"--scheme", "kmeans", "--bits", "4"};
        QTest::newRow("five levels") << QStringList{"--scheme", "kmeans", "--levels", "5"};
        QTest::newRow("edges of one's own") << QStringList{"--scheme", "fixed", "--set", "edges=0,25,50,75,100"};
        QTest::newRow("a range that clips")
            << QStringList{"--scheme", "equal-width", "--bits", "2", "--range", "20:60"};
    }
    void theFiguresAreThoseOfANaivePass() {
        QFETCH(QStringList, arguments);
        const Json json = quantized(QStringList{"scores.npy"} + arguments);
        const auto levels = json["codebook"]["levels"].get<std::vector<double>>();
        const auto thresholds = json["codebook"]["thresholds"].get<std::vector<double>>();
        const auto counts = json["codebook"]["counts"].get<std::vector<std::int64_t>>();
        QCOMPARE(thresholds.size() + 1, levels.size());
        QCOMPARE(counts.size(), levels.size());
        std::vector<std::int64_t> naive(levels.size());
        double squares = 0, absolute = 0, largest = 0, power = 0, xy = 0, yy = 0;
        for (const float value : kScores) {
            const double x = double(value);
            const auto bin =
                std::size_t(std::upper_bound(thresholds.begin(), thresholds.end(), x) - thresholds.begin());
            const double e = x - levels[bin];
            ++naive[bin];
            squares += e * e, absolute += std::abs(e), largest = std::max(largest, std::abs(e));
            power += x * x, xy += x * levels[bin], yy += levels[bin] * levels[bin];
        }
        QCOMPARE(counts, naive);
        const auto close = [](const Json& a, double b) {
            if (!std::isfinite(b)) return a.is_null();
            return a.is_number() && std::abs(a.get<double>() - b) <= 1e-9 * std::max(1e-9, std::abs(b));
        };
        const double mse = squares / 10;
        QVERIFY(close(json["mse"], mse));
        QVERIFY(close(json["rmse"], std::sqrt(mse)));
        QVERIFY(close(json["mae"], absolute / 10));
        QVERIFY(close(json["maxError"], largest));
        QVERIFY(close(json["sqnrDb"], 10 * std::log10(power / squares)));
        QVERIFY(close(json["psnrDb"], 10 * std::log10((90.25 - 3.5) * (90.25 - 3.5) / mse)));
        QVERIFY(close(json["cosine"], xy / std::sqrt(power * yy)));
        double entropy = 0;
        for (const std::int64_t count : naive)
            if (count > 0) entropy -= double(count) / 10 * std::log2(double(count) / 10);
        QVERIFY(close(json["codeEntropy"], entropy));
        QCOMPARE(json["levels"].get<std::int64_t>(),
                 std::int64_t(std::count_if(naive.begin(), naive.end(), [](auto n) { return n > 0; })));
    }

    void fourBitsUnlessSaidOtherwise() {
        QCOMPARE(quantized({"scores.npy", "--scheme", "equal-width"})["requestedLevels"], Json(16));
    }

    void severalGroupsHaveSeveralCodebooks() {
        const Json json = quantized({"matrix.npy", "--scheme", "kmeans", "--levels", "4", "--group", "channel:0"});
        QCOMPARE(json["codebook"].size(), std::size_t{3});
        QCOMPARE(json["codebook"][1]["levels"], Json({10.0, 11.0, 12.0, 13.0}));
        QCOMPARE(json["grouping"], Json("channel:0"));
        QVERIFY(json["sqnrDb"].is_null()); // infinite: e = 0
        const Json blocks = quantized({"matrix.npy", "--scheme", "affine", "--bits", "4", "--group", "block:2"});
        QCOMPARE(blocks["codebook"].size(), std::size_t{6});
    }

    void whatIsUndefinedIsNull() {
        const Json json = quantized({"zeros.npy", "--scheme", "kmeans", "--levels", "2"});
        QVERIFY(json["sqnrDb"].is_null() && json["cosine"].is_null() && json["psnrDb"].is_null());
        QCOMPARE(json["mse"], Json(0.0));
    }

    void nonFiniteValuesAreCounted() {
        const Json dropped = quantized({"odd.npy", "--scheme", "kmeans", "--levels", "3", "--non-finite", "drop"});
        QCOMPARE(dropped["tensor"]["nonFinite"], Json(2));
        QCOMPARE(dropped["codebook"]["counts"], Json({1, 1, 1}));
        const Json clamped = quantized({"odd.npy", "--scheme", "kmeans", "--levels", "3", "--non-finite", "clamp"});
        QCOMPARE(clamped["codebook"]["counts"], Json({1, 1, 2}));
    }

    void speedIsMeasuredWhenAskedFor() {
        const Json json = quantized({"long.npy", "--scheme", "kmeans", "--speed"});
        QVERIFY(json["encodeGBps"].get<double>() > 0 && json["decodeGBps"].get<double>() > 0);
        QVERIFY(json["matvecUs"].is_null() && json["matvecFloatUs"].is_null()); // no matrix
    }

    void settingsReachTheScheme() {
        const Json mean =
            quantized({"scores.npy", "--scheme", "fixed", "--set", "edges=0,50,100", "representative=mean"});
        QCOMPARE(mean["requestedLevels"], Json(2));
        QVERIFY(mean["codebook"]["levels"][0].get<double>() != 25.0);
        const Json same =
            quantized({"scores.npy", "--scheme", "fixed", "--set", "edges=0,50,100", "--set", "representative=mean"});
        QCOMPARE(same["mse"], mean["mse"]);
    }

    void doublesThatDoNotFitSaySo() {
        const Finished finished = cli({"quantize", "double.csv", "--scheme", "kmeans", "--json"}, m_directory);
        QCOMPARE(finished.exitCode, 0);
        QCOMPARE(jsonOf(finished)["tensor"]["dtype"], Json("F64"));
        QVERIFY(messagesOf(finished).join('\n').contains("float32"));
    }

    void peopleSeeATable() {
        const Finished finished = cli({"quantize", "scores.npy", "--scheme", "kmeans", "--levels", "4"}, m_directory);
        QCOMPARE(finished.exitCode, 0);
        const QString text = QString::fromUtf8(finished.output);
        for (const char* expected : {"k-means: 4 of 4 levels in use, codes of 2 bits", "MSE", "SQNR", "Bits per value",
                                     "Index", "Bin MSE", "───"})
            QVERIFY2(text.contains(QString::fromUtf8(expected)), finished.output.constData());
        const Finished groups =
            cli({"quantize", "matrix.npy", "--scheme", "affine", "--group", "channel:0"}, m_directory);
        QVERIFY(groups.output.contains("Zero point"));
        const Finished many = cli({"quantize", "long.npy", "--scheme", "affine", "--bits", "8"}, m_directory);
        QVERIFY2(many.output.contains("and 192 more levels"), many.output.constData());
    }
};

QTEST_GUILESS_MAIN(QuantizeTest)
#include "tst_quantize.moc"
