// What a table in text is taken to be, and what the user says it is.
#include "core/formats/csv_dialect.h"

#include <QTest>

using namespace quantoscope;

class TestCsvDialect : public QObject {
    Q_OBJECT

private slots:
    void isDetected_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<char>("separator");
        QTest::addColumn<char>("mark");
        QTest::addColumn<bool>("header");
        const auto row = [](const char* name, const char* text, char separator, char mark, bool header) {
            QTest::newRow(name) << QByteArray(text) << separator << mark << header;
        };
        row("commas between, points within", "a,b\n1.5,2.5\n3.5,4.5\n", ',', '.', true);
        row("semicolons between, commas within", "a;b\n1,5;2,5\n3,5;4,5\n", ';', ',', true);
        row("tabs between, commas within", "1,5\t2,5\n3,5\t4,5\n", '\t', ',', false);
        row("bars", "a|b\n1|2\n", '|', '.', true);
        row("one column with a name and decimal commas", "a\n1,5\n2,5\n", ';', ',', true);
        row("two columns without names", "1,5\n2,5\n", ',', '.', false);
        row("two columns with names, whole numbers", "a,b\n1,5\n2,5\n", ',', '.', true);
    }
    void isDetected() {
        QFETCH(QByteArray, text);
        QFETCH(char, separator);
        QFETCH(char, mark);
        QFETCH(bool, header);
        const CsvDialect dialect = detectDialect({text.constData(), static_cast<std::size_t>(text.size())}, true, {});
        QCOMPARE(dialect.separator, separator);
        QCOMPARE(dialect.decimalMark, mark);
        QCOMPARE(dialect.header, header);
    }

    void theUsersWordCounts() {
        OpenOptions options;
        options.separator = ',';
        QCOMPARE(detectDialect("a\n1,5\n2,5\n", true, options).separator, ',');
        options = {};
        options.decimalMark = '.';
        QCOMPARE(detectDialect("a\n1,5\n2,5\n", true, options).decimalMark, '.');
        options = {};
        options.header = false;
        QVERIFY(!detectDialect("a,b\n1,2\n", true, options).header);
    }
};

QTEST_APPLESS_MAIN(TestCsvDialect)
#include "tst_csv_dialect.moc"
