#include "core/formats/csv_cell.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace quantoscope;

class TestCsvCell : public QObject {
    Q_OBJECT

private slots:
    void readsNumbers_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<char>("mark");
        QTest::addColumn<float>("value");
        QTest::addColumn<double>("error");
        QTest::addColumn<bool>("whole");
        constexpr float infinity = std::numeric_limits<float>::infinity();
        constexpr double endless = std::numeric_limits<double>::infinity();
        const auto row = [](const char* name, const QByteArray& text, float value, double error = 0, bool whole = false,
                            char mark = '.') { QTest::newRow(name) << text << mark << value << error << whole; };
        row("an integer", "42", 42, 0, true);
        row("a plus sign", "+7", 7, 0, true);
        row("spaces around", "  -3\t", -3, 0, true);
        row("leading zeros", "007", 7, 0, true);
        row("2^24 + 1 as an integer", "16777217", 16777216, 1, true);
        row("the largest 64-bit integer", "9223372036854775807", 0x1p63f, 1, true);
        row("the smallest 64-bit integer", "-9223372036854775808", -0x1p63f, 0, true);
        row("an integer of 65 bits is a decimal", "18446744073709551616", 0x1p64f);
        row("a half", "0.5", 0.5f);
        row("without a leading zero", ".25", 0.25f);
        row("without decimals", "5.", 5);
        row("a tenth is not exact", "0.1", 0.1f, static_cast<double>(0.1f) - 0.1);
        row("an exponent", "1.5e3", 1500);
        row("a capital exponent with a plus", "25E+2", 2500);
        row("infinity", "inf", infinity);
        row("minus infinity, spelt out", "-Infinity", -infinity);
        row("beyond float32", "1e39", infinity, endless);
        row("beyond double", "1e400", infinity, endless);
        row("far beyond double, negative", "-1e99999999999999999999", -infinity, endless);
        row("below the smallest double", "1e-400", 0);
        row("far below it", "1e-99999999999999999999", 0);
        row("zero with a huge exponent", "0e999999999999", 0);
        row("a long row of zeros and a digit", "0." + QByteArray(500, '0') + "1", 0);
        row("thousands of digits", QByteArray(5000, '9'), infinity, endless);
        row("thousands of decimals", "0.5" + QByteArray(5000, '0'), 0.5f);
        row("a decimal comma", "1,5", 1.5f, 0, false, ',');
        row("a decimal comma with an exponent", "-2,5e2", -250, 0, false, ',');
        row("an integer where decimals have commas", "12", 12, 0, true, ',');
    }
    void readsNumbers() {
        QFETCH(QByteArray, text);
        QFETCH(char, mark);
        QFETCH(float, value);
        QFETCH(double, error);
        QFETCH(bool, whole);
        const Cell cell = readCell(text.toStdString(), mark);
        QCOMPARE(static_cast<int>(cell.kind), static_cast<int>(Cell::Kind::Number));
        QVERIFY2(cell.value == value, qPrintable(QString::number(cell.value)));
        QVERIFY2(cell.error == error, qPrintable(QString::number(cell.error)));
        QCOMPARE(cell.whole, whole);
    }

    void nanIsANumber() {
        for (const char* text : {"nan", "NaN", "-nan", "+NAN"}) {
            const Cell cell = readCell(text, '.');
            QCOMPARE(static_cast<int>(cell.kind), static_cast<int>(Cell::Kind::Number));
            QVERIFY(std::isnan(cell.value) && cell.error == 0 && !cell.whole);
        }
    }

    void knowsMissingValues() {
        for (const char* text : {"", "  ", "NA", "na", "N/A", "n/a", "#N/A", "null", "NULL", "-", " - "})
            QVERIFY2(readCell(text, '.').kind == Cell::Kind::Missing, text);
    }

    void everythingElseIsText() {
        for (const char* text : {"x", "1.2.3", "1 2", "12%", "$5", "0x10", "1,000", "2020-01-01", "1e", "e5", "--1",
                                 "+-1", "+", "1_000", "true", "NAN1", "-NA", "1.5f", "\xd9\xa1"})
            QVERIFY2(readCell(text, '.').kind == Cell::Kind::Text, text);
        for (const char* text : {"1.5", "1.234,5", "1,2,3"})
            QVERIFY2(readCell(text, ',').kind == Cell::Kind::Text, text);
    }
};

QTEST_APPLESS_MAIN(TestCsvCell)
#include "tst_csv_cell.moc"
