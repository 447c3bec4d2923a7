// Parameters as users write them, and the bounds they must keep.
#include "core/quant/parameter.h"

#include <QTest>

using namespace quantoscope;

namespace {

const Parameter kRounds{"rounds", "Rounds", ParameterKind::Integer, std::int64_t{10}, "How many.", "", 1, 100};
const Parameter kRatio{"ratio", "Ratio", ParameterKind::Real, 0.5, "How much.", "", 0};
const Parameter kEdges{"edges", "Edges", ParameterKind::RealList, std::vector<double>{}, "Where."};
const Parameter kStart{.id = "start",
                       .label = "Start",
                       .kind = ParameterKind::Choice,
                       .defaultValue = std::string("uniform"),
                       .help = "Whence.",
                       .choices = {{"uniform", "Uniform"}, {"quantile", "Quantiles"}}};
const std::vector<Parameter> kDeclared{kRounds, kRatio, kEdges, kStart};

} // namespace

class TestParameter : public QObject {
    Q_OBJECT

private slots:
    void readsWhatUsersWrite_data() {
        QTest::addColumn<Parameter>("parameter");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<ParameterValue>("expected");
        const auto list = [](std::vector<double> numbers) { return ParameterValue(std::move(numbers)); };
        QTest::newRow("a whole number") << kRounds << QByteArray("12") << ParameterValue(std::int64_t{12});
        QTest::newRow("with blanks and a plus") << kRounds << QByteArray(" +7 ") << ParameterValue(std::int64_t{7});
        QTest::newRow("a number") << kRatio << QByteArray("0.25") << ParameterValue(0.25);
        QTest::newRow("a whole number for a real one") << kRatio << QByteArray("3") << ParameterValue(3.0);
        QTest::newRow("with an exponent") << kRatio << QByteArray("1e-3") << ParameterValue(1e-3);
        QTest::newRow("a list") << kEdges << QByteArray("0, 25,50 ,-1e2") << list({0, 25, 50, -100});
        QTest::newRow("an empty list") << kEdges << QByteArray(" ") << list({});
        QTest::newRow("a choice") << kStart << QByteArray("quantile") << ParameterValue(std::string("quantile"));
    }
    void readsWhatUsersWrite() {
        QFETCH(Parameter, parameter);
        QFETCH(QByteArray, text);
        QFETCH(ParameterValue, expected);
        const auto value = parseParameter(parameter, text.toStdString());
        QVERIFY(value);
        QVERIFY(*value == expected);
        const auto again = parseParameter(parameter, formatParameter(*value));
        QVERIFY(again && *again == expected);
    }

    void refusesTheRest_data() {
        QTest::addColumn<Parameter>("parameter");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("words for a number") << kRounds << QByteArray("many") << QByteArray("not a whole number");
        QTest::newRow("a fraction for a whole number") << kRounds << QByteArray("1.5") << QByteArray("not a whole");
        QTest::newRow("too small") << kRounds << QByteArray("0") << QByteArray("from 1 to 100");
        QTest::newRow("too large") << kRounds << QByteArray("101") << QByteArray("from 1 to 100");
        QTest::newRow("below an open range") << kRatio << QByteArray("-1") << QByteArray("at least 0");
        QTest::newRow("not a number") << kRatio << QByteArray("nan") << QByteArray("finite");
        QTest::newRow("infinite") << kRatio << QByteArray("inf") << QByteArray("finite");
        QTest::newRow("nothing") << kRatio << QByteArray("") << QByteArray("not a number");
        QTest::newRow("trailing text") << kRatio << QByteArray("1x") << QByteArray("not a number");
        QTest::newRow("a gap in a list") << kEdges << QByteArray("1,,2") << QByteArray("not a number");
        QTest::newRow("an unknown choice") << kStart << QByteArray("random") << QByteArray("uniform, quantile");
    }
    void refusesTheRest() {
        QFETCH(Parameter, parameter);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, reason);
        const auto value = parseParameter(parameter, text.toStdString());
        QVERIFY(!value);
        QCOMPARE(value.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(value.error().where, std::string(parameter.id));
        QVERIFY2(value.error().detail.find(reason.toStdString()) != std::string::npos, value.error().detail.c_str());
    }

    void checksNamesKindsAndBounds() {
        QVERIFY(checkParameters(kDeclared, {}));
        QVERIFY(checkParameters(kDeclared, {{"rounds", std::int64_t{5}}, {"ratio", 2.0}}));
        const auto unknown = checkParameters(kDeclared, {{"speed", 1.0}});
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().where, std::string("speed"));
        QVERIFY(unknown.error().detail.find("rounds, ratio, edges, start") != std::string::npos);
        QVERIFY(!checkParameters(kDeclared, {{"rounds", 5.0}}));
        QVERIFY(!checkParameters(kDeclared, {{"ratio", std::int64_t{5}}}));
        QVERIFY(!checkParameters(kDeclared, {{"edges", 5.0}}));
        QVERIFY(!checkParameters(kDeclared, {{"start", std::string("nowhere")}}));
        QVERIFY(!checkParameters({}, {{"start", std::string("uniform")}}));
    }

    void whatIsNotSetHasItsDefault() {
        QVERIFY(valueOf(kDeclared, {}, "rounds") == ParameterValue(std::int64_t{10}));
        const Parameters set{{"rounds", std::int64_t{3}}};
        QVERIFY(valueOf(kDeclared, set, "rounds") == ParameterValue(std::int64_t{3}));
    }
};

QTEST_APPLESS_MAIN(TestParameter)
#include "tst_parameter.moc"
