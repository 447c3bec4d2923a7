#include "core/formats/csv_dialect.h"

#include <QTest>

using namespace quantoscope;

namespace {

QString show(const CsvDialect& dialect) {
    return QString("%1 %2 %3")
        .arg(dialect.separator == '\t' ? QString("tab") : QString(QChar(dialect.separator)))
        .arg(dialect.decimalMark)
        .arg(dialect.header ? "header" : "no header");
}

} // namespace

class TestCsvDialect : public QObject {
    Q_OBJECT

private slots:
    void isDetected_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("commas") << QByteArray("a,b\n1,2\n3,4\n") << ", . header";
        QTest::newRow("semicolons") << QByteArray("a;b\n1;2\n") << "; . header";
        QTest::newRow("tabs") << QByteArray("a\tb\n1\t2\n") << "tab . header";
        QTest::newRow("bars") << QByteArray("a|b\n1|2\n") << "| . header";
        QTest::newRow("semicolons with decimal commas") << QByteArray("a;b\n1,5;2,25\n3,0;4,5\n") << "; , header";
        QTest::newRow("tabs with decimal commas") << QByteArray("1,5\t2\n3\t4,5\n") << "tab , no header";
        QTest::newRow("commas with quoted decimal commas")
            << QByteArray("\"1,5\",\"2,5\"\n\"3,5\",\"4,5\"\n") << ", , no header";
        QTest::newRow("dates beside decimal commas")
            << QByteArray("t;a;b\n2020-01-01 10:00;1,5;2,5\n2020-01-02 10:00;2,5;3,5\n") << "; , header";
        QTest::newRow("sentences with commas, in quotes")
            << QByteArray("name,x\n\"a, b; c\",1\n\"d, e\",2\n") << ", . header";
        QTest::newRow("sentences with commas between semicolons")
            << QByteArray("hello, you;1\nwell, well;2\n") << "; . no header";
        QTest::newRow("one column") << QByteArray("x\n1.5\n2.5\n") << "; . header";
        QTest::newRow("one column without a name") << QByteArray("1.5\n2.5\n") << "; . no header";
        QTest::newRow("only numbers") << QByteArray("1,2\n3,4\n") << ", . no header";
        QTest::newRow("years for names, beside a name")
            << QByteArray("land,1990,1991\nA,1.5,2\nB,2.5,3\n") << ", . no header";
        QTest::newRow("a data frame with its index") << QByteArray(",0,1\n0,1.5,2\n1,2.5,3\n") << ", . header";
        QTest::newRow("a first row that lacks a value") << QByteArray(",2\n1.5,2\n2.5,3\n") << ", . no header";
        QTest::newRow("a header and nothing else") << QByteArray("a,b\n") << ", . header";
        QTest::newRow("numbers and nothing else") << QByteArray("1,2\n") << ", . no header";
        QTest::newRow("a stray word below a name") << QByteArray("x\n1\nbad\n3\n4\n") << "; . header";
        QTest::newRow("text over text beside numbers") << QByteArray("a,1\nb,2\n") << ", . no header";
        QTest::newRow("a ragged row") << QByteArray("a,b\n1,2\n3\n4,5\n") << ", . header";
        QTest::newRow("nothing") << QByteArray("") << "; . no header";
    }
    void isDetected() {
        QFETCH(QByteArray, text);
        QTEST(show(detectDialect(text.toStdString(), true, {})), "expected");
    }

    void theLastRowOfAPieceIsNotTrusted() {
        QCOMPARE(show(detectDialect("a,b\n1,2\n3,4\n5", false, {})), QString(", . header"));
    }

    void isAsTheUserSays() {
        const std::string text = "a;b\n1,5;2,5\n";
        QCOMPARE(show(detectDialect(text, true, {.separator = ','})), QString(", . header"));
        QCOMPARE(show(detectDialect(text, true, {.header = false})), QString("; , no header"));
        // Who says that decimals have commas means that they do not separate.
        QCOMPARE(show(detectDialect("0,5\n0,25\n", true, {.decimalMark = ','})), QString("; , no header"));
    }
};

QTEST_APPLESS_MAIN(TestCsvDialect)
#include "tst_csv_dialect.moc"
