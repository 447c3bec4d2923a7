#include "core/base/utf8.h"

#include <QTest>

using namespace quantoscope;

class TestUtf8 : public QObject {
    Q_OBJECT

private slots:
    void knowsUtf8_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("valid");
        QTest::newRow("ascii") << QByteArray("weights") << true;
        QTest::newRow("Korean") << QByteArray("양자화") << true;
        QTest::newRow("four bytes") << QByteArray("\xf0\x9f\x98\x80") << true;
        QTest::newRow("a lone continuation") << QByteArray("\x80") << false;
        QTest::newRow("cut after the lead") << QByteArray("a\xc3") << false;
        QTest::newRow("overlong slash") << QByteArray("\xc0\xaf") << false;
        QTest::newRow("overlong in three bytes") << QByteArray("\xe0\x80\xaf") << false;
        QTest::newRow("a surrogate") << QByteArray("\xed\xa0\x80") << false;
        QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80") << false;
    }
    void knowsUtf8() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, valid);
        QCOMPARE(isUtf8(bytes.toStdString()), valid);
        QVERIFY(isUtf8(toUtf8(bytes.toStdString())));
        if (valid) QCOMPARE(toUtf8(bytes.toStdString()), bytes.toStdString());
    }

    void readsOtherBytesAsLatin1() {
        QCOMPARE(toUtf8("Gr\xf6\xdf"
                        "e"),
                 std::string("Größe"));
    }

    void quotesForMessages() {
        QCOMPARE(inQuotes("fc1.weight"), std::string("\"fc1.weight\""));
        QCOMPARE(inQuotes(std::string_view("a\0b\n", 4)), std::string("\"a\\x00b\\x0a\""));
        QCOMPARE(inQuotes(std::string(100, 'x')), "\"" + std::string(80, 'x') + "…\"");
    }
};

QTEST_APPLESS_MAIN(TestUtf8)
#include "tst_utf8.moc"
