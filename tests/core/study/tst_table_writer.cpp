// core/study/table_writer: every format, with everything that needs escaping.
#include "core/study/table_writer.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <clocale>
#include <cmath>
#include <limits>

using namespace quantoscope;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Table sample() {
    return makeTable("Sample",
                     {{"name", "Name", ColumnKind::Text},
                      {"sqnrDb", "SQNR", ColumnKind::Decibels, "dB"},
                      {"value", "Value", ColumnKind::Real}},
                     {{std::string("plain"), 20.5, 0.1f},
                      {std::string("a,b \"c\"\td|e_f%"), kInfinity, std::nanf("")},
                      {Cell(), -kInfinity, Cell()}});
}

std::string numberIn(TableFormat format, Cell cell) {
    return tableText(makeTable("", {{"x", "x", ColumnKind::Real}}, {{std::move(cell)}}), format);
}

} // namespace

class TableWriterTest : public QObject {
    Q_OBJECT
private slots:
    void commaSeparated() {
        QCOMPARE(tableText(sample(), TableFormat::Csv), std::string("name,sqnrDb,value\n"
                                                                    "plain,20.5,0.1\n"
                                                                    "\"a,b \"\"c\"\"\td|e_f%\",inf,nan\n"
                                                                    ",-inf,\n"));
    }

    void tabSeparated() {
        QCOMPARE(tableText(sample(), TableFormat::Tsv), std::string("name\tsqnrDb\tvalue\n"
                                                                    "plain\t20.5\t0.1\n"
                                                                    "a,b \"c\" d|e_f%\tinf\tnan\n"
                                                                    "\t-inf\t\n"));
    }

    void markdown() {
        QCOMPARE(tableText(sample(), TableFormat::Markdown), std::string("| Name | SQNR, dB | Value |\n"
                                                                         "| --- | ---: | ---: |\n"
                                                                         "| plain | 20.5 | 0.1 |\n"
                                                                         "| a,b \"c\"\td\\|e\\_f% | ∞ | NaN |\n"
                                                                         "| – | −∞ | – |\n"));
    }

    void latex() {
        QCOMPARE(tableText(sample(), TableFormat::Latex),
                 std::string("\\begin{tabular}{lrr}\n\\hline\nName & SQNR, dB & Value \\\\\n\\hline\n"
                             "plain & 20.5 & 0.1 \\\\\n"
                             "a,b \\textquotedbl{}c\\textquotedbl{}\td$|$e\\_f\\% & $\\infty$ & NaN \\\\\n"
                             "-- & $-\\infty$ & -- \\\\\n"
                             "\\hline\n\\end{tabular}\n"));
    }

    void latexEscapesEverySpecialCharacter() {
        const Table table = makeTable("", {{"x", "\\&%$#_{}~^µ", ColumnKind::Text}}, {});
        QVERIFY(tableText(table, TableFormat::Latex)
                    .find("\\textbackslash{}\\&\\%\\$\\#\\_\\{\\}\\textasciitilde{}\\textasciicircum{}$\\mu$ \\\\") !=
                std::string::npos);
    }

    void jsonIsParsedBack() {
        const auto json = nlohmann::json::parse(tableText(sample(), TableFormat::Json));
        QCOMPARE(json.size(), std::size_t{3});
        QCOMPARE(json[0]["value"].get<double>(), static_cast<double>(0.1f));
        QCOMPARE(json[1]["name"].get<std::string>(), std::string("a,b \"c\"\td|e_f%"));
        QVERIFY(json[1]["sqnrDb"].is_null() && json[1]["value"].is_null() && json[2]["name"].is_null());
        QCOMPARE(nlohmann::json::parse(tableText(sample().head(0), TableFormat::Json)).size(), std::size_t{0});
    }

    void textThatIsNotUtf8StillMakesJson() {
        const Table table = makeTable("", {{"x", "x", ColumnKind::Text}}, {{std::string("a\xFF")}});
        QVERIFY(nlohmann::json::accept(tableText(table, TableFormat::Json)));
    }

    void numbersReadBackAsTheyWere_data() {
        QTest::addColumn<double>("number");
        QTest::newRow("a third") << 1.0 / 3;
        QTest::newRow("the smallest subnormal") << 5e-324;
        QTest::newRow("the largest") << std::numeric_limits<double>::max();
        QTest::newRow("a large whole number") << 100000000.0;
        QTest::newRow("minus zero") << -0.0;
    }
    void numbersReadBackAsTheyWere() {
        QFETCH(double, number);
        QCOMPARE(std::strtod(numberIn(TableFormat::Csv, number).c_str() + 2, nullptr), number);
        QCOMPARE(nlohmann::json::parse(numberIn(TableFormat::Json, number))[0]["x"].get<double>(), number);
        const auto narrow = static_cast<float>(number);
        if (std::isfinite(narrow))
            QCOMPARE(std::strtof(numberIn(TableFormat::Csv, narrow).c_str() + 2, nullptr), narrow);
    }

    void numbersDoNotFollowTheLocale() {
        const std::string before = std::setlocale(LC_ALL, nullptr);
        for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "C"})
            if (std::setlocale(LC_ALL, name)) break;
        const std::string text = numberIn(TableFormat::Csv, 1234.5);
        std::setlocale(LC_ALL, before.c_str());
        QCOMPARE(text, std::string("x\n1234.5\n"));
    }

    void aLongTableComesInPiecesAndStops() {
        Table table{"", {{"x", "x", ColumnKind::Integer}}, 100000, {}};
        table.cell = [](std::size_t row, std::size_t) { return Cell(static_cast<std::int64_t>(row)); };
        std::size_t pieces = 0, characters = 0;
        QVERIFY(writeTable(table, TableFormat::Csv, [&](std::string_view piece) {
            ++pieces;
            characters += piece.size();
            return Status();
        }));
        QVERIFY(pieces > 5);
        QCOMPARE(characters, std::size_t{2 + 588890});

        std::stop_source stop;
        const Status stopped = writeTable(table, TableFormat::Csv,
                                          [&](std::string_view) {
                                              stop.request_stop();
                                              return Status();
                                          },
                                          {stop.get_token(), {}});
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        const Status failed = writeTable(table, TableFormat::Csv, [](std::string_view) -> Status {
            return Error{ErrorCode::WriteFailed, "x", "full"};
        });
        QCOMPARE(failed.error().code, ErrorCode::WriteFailed);
    }

    void selectingKeepsOrderAndSkipsWhatIsNotThere() {
        const Table part = sample().select({"value", "nothing", "name"});
        QCOMPARE(tableText(part.head(1), TableFormat::Csv), std::string("value,name\n0.1,plain\n"));
        QCOMPARE(sample().columnOf("nothing"), std::size_t{3});
    }

    void extensionsNameFormats() {
        QCOMPARE(tableFormatForExtension("md"), std::optional(TableFormat::Markdown));
        QVERIFY(!tableFormatForExtension("npz"));
    }
};

QTEST_APPLESS_MAIN(TableWriterTest)
#include "tst_table_writer.moc"
