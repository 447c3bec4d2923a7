// core/base/text_width: columns on a terminal.
#include "core/base/text_width.h"

#include <QtTest>

using namespace quantoscope;

class TextWidthTest : public QObject {
    Q_OBJECT
private slots:
    void widths_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("width");
        QTest::newRow("nothing") << QByteArray("") << 0;
        QTest::newRow("plain letters") << QByteArray("kmeans") << 6;
        QTest::newRow("a minus sign and a multiplication sign") << QByteArray("−3×4") << 4;
        QTest::newRow("Korean syllables are wide") << QByteArray("양자화") << 6;
        QTest::newRow("full-width letters are wide") << QByteArray("ＡＢ") << 4;
        QTest::newRow("a combining accent takes no room") << QByteArray("e\xCC\x81") << 1;
        QTest::newRow("an emoji is wide") << QByteArray("\xF0\x9F\x98\x80") << 2;
        QTest::newRow("a byte that is not UTF-8 counts once") << QByteArray("a\xFFz") << 3;
        QTest::newRow("a character cut short counts byte by byte") << QByteArray("\xEC\x96") << 2;
    }
    void widths() {
        QFETCH(QByteArray, text);
        QFETCH(int, width);
        QCOMPARE(static_cast<int>(textWidth(text.toStdString())), width);
    }

    void paddingCountsColumns() {
        QCOMPARE(padRight("양", 4), std::string("양  "));
        QCOMPARE(padLeft("−1", 4), std::string("  −1"));
        QCOMPARE(padLeft("12345", 3), std::string("12345"));
    }

    void elidingKeepsWholeCharacters() {
        QCOMPARE(elide("weights", 7), std::string("weights"));
        QCOMPARE(elide("weights", 5), std::string("weig…"));
        QCOMPARE(elide("양자화", 4), std::string("양…"));
        QCOMPARE(elide("양자화", 1), std::string("…"));
    }
};

QTEST_APPLESS_MAIN(TextWidthTest)
#include "tst_text_width.moc"
