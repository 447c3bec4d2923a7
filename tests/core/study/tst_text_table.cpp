// core/study/text_table: what people see at a terminal.
#include "core/base/text_width.h"
#include "core/study/text_table.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace quantoscope;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0, end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
        lines.push_back(text.substr(begin, end - begin));
    return lines;
}

} // namespace

class TextTableTest : public QObject {
    Q_OBJECT
private slots:
    void columnsAreAligned() {
        const Table table = makeTable("",
                                      {{"method", "Method", ColumnKind::Text},
                                       {"count", "Count", ColumnKind::Integer},
                                       {"sqnrDb", "SQNR", ColumnKind::Decibels, "dB"},
                                       {"share", "Share", ColumnKind::Share}},
                                      {{std::string("k-means"), std::int64_t{1234567}, 20.456, 0.5},
                                       {std::string("양자화"), std::int64_t{-7}, kInfinity, 0.0854},
                                       {std::string("x"), Cell(), Cell(), Cell()}});
        QCOMPARE(textTable(table), std::string("Method       Count  SQNR, dB  Share, %\n"
                                               "───────  ─────────  ────────  ────────\n"
                                               "k-means  1,234,567     20.46     50.00\n"
                                               "양자화          −7         ∞      8.54\n"
                                               "x                –         –         –\n"));
    }

    void aColumnAloneReadsAsInTheTable() {
        const Table table = makeTable("", {{"share", "Share", ColumnKind::Share}, {"mse", "MSE", ColumnKind::Figure}},
                                      {{0.5, 1234.5}, {Cell(), 0.25}});
        QCOMPARE(columnTexts(table, 0), (std::vector<std::string>{"50.00", "–"}));
        QCOMPARE(columnTexts(table, 1), (std::vector<std::string>{"1234.5    ", "0.25000"}));
        QCOMPARE(shownHeading(table.columns[0]), std::string("Share, %"));
        QCOMPARE(shownHeading(table.columns[1]), std::string("MSE"));
    }

    void realNumbersShareTheirPoint() {
        const Table table =
            makeTable("", {{"mse", "MSE", ColumnKind::Real, {}, Better::Lower}}, {{123.456}, {0.01234567}, {0.0}});
        const std::vector<std::string> lines = linesOf(textTable(table));
        const std::size_t point = lines[2].find('.');
        QVERIFY(point != std::string::npos);
        for (std::size_t i = 2; i < lines.size(); ++i) QCOMPARE(lines[i].find('.'), point);
        // The smallest keeps digits that mean something.
        QVERIFY(lines[3].find("0.01235") != std::string::npos);
    }

    void magnitudesFarApartGoToPowersOfTen() {
        const Table table =
            makeTable("", {{"mse", "MSE", ColumnKind::Real, {}, Better::Lower}}, {{123.456}, {1.2345e-9}});
        QCOMPARE(linesOf(textTable(table))[3], std::string("1.235e-09"));
    }

    void figuresOfOtherDataKeepTheirOwnDigits() {
        const Table table =
            makeTable("", {{"mean", "Mean", ColumnKind::Figure}}, {{1680.0}, {-0.36189}, {0.0}, {1.5e-9}, {Cell()}});
        QCOMPARE(textTable(table), std::string("        Mean\n"
                                               "────────────\n"
                                               "1680.0\n"
                                               "  −0.36189\n"
                                               "   0\n"
                                               "   1.500e-09\n"
                                               "   –\n"));
    }

    void wholeNumbersStayWhole() {
        const Table table = makeTable("", {{"value", "Value", ColumnKind::Real}}, {{0.0f}, {25.0f}, {100.0f}});
        QCOMPARE(linesOf(textTable(table)).back(), std::string("  100"));
    }

    void figures_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("text");
        const int real = int(ColumnKind::Real), share = int(ColumnKind::Share);
        QTest::newRow("a real number has five digits") << 12.345678 << real << QByteArray("12.346");
        QTest::newRow("a small one too") << 0.00123456 << real << QByteArray("0.0012346");
        QTest::newRow("a tiny one is a power of ten") << 1.23456e-12 << real << QByteArray("1.235e-12");
        QTest::newRow("a huge one as well") << 1e30 << real << QByteArray("1.000e+30");
        QTest::newRow("zero is zero") << 0.0 << real << QByteArray("0");
        QTest::newRow("a share is in per cent") << 0.0854 << share << QByteArray("8.54 %");
        QTest::newRow("infinity") << kInfinity << int(ColumnKind::Decibels) << QByteArray("∞");
        QTest::newRow("what is undefined") << std::nan("") << int(ColumnKind::Decibels) << QByteArray("–");
        QTest::newRow("what rounds to nothing has no sign")
            << -0.001 << int(ColumnKind::Decibels) << QByteArray("0.00");
    }
    void figures() {
        QFETCH(double, value);
        QFETCH(int, kind);
        QFETCH(QByteArray, text);
        QCOMPARE(figureText(value, static_cast<ColumnKind>(kind)), text.toStdString());
    }

    void thousandsAreSeparated() {
        QCOMPARE(countText(0), std::string("0"));
        QCOMPARE(countText(999), std::string("999"));
        QCOMPARE(countText(10000000), std::string("10,000,000"));
        QCOMPARE(countText(std::numeric_limits<std::uint64_t>::max()), std::string("18,446,744,073,709,551,615"));
    }

    void noColumnsAndNoRows() {
        QCOMPARE(textTable(makeTable("", {}, {})), std::string("\n\n"));
        QCOMPARE(linesOf(textTable(makeTable("", {{"a", "A", ColumnKind::Real}}, {}))).size(), std::size_t{2});
    }
};

QTEST_APPLESS_MAIN(TextTableTest)
#include "tst_text_table.moc"
