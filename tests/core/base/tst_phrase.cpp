// Sentences with slots, in English and in other words.
#include "core/base/phrase.h"

#include <QTest>

#include <string>

using namespace quantoscope;

namespace {

std::string backwards(std::string_view english) {
    if (english == "{0} of {1}") return "{1}: {0}";
    if (english == "all") return "alle";
    return std::string(english);
}

} // namespace

class TestPhrase : public QObject {
    Q_OBJECT

private slots:
    void englishFillsItsSlots() {
        QVERIFY(Phrase().empty());
        QCOMPARE(Phrase().english(), std::string());
        QCOMPARE(Phrase("no slot").english(), std::string("no slot"));
        QCOMPARE(Phrase("{0} of {1}", 3, std::string("five")).english(), std::string("3 of five"));
        QCOMPARE(Phrase("{1}, {0} and {1}", 1u, -2).english(), std::string("-2, 1 and -2"));
        QCOMPARE(Phrase("{0} of {1}", Phrase("all"), Phrase("{0}", 7)).english(), std::string("all of 7"));
    }

    void translationsMayTurnSlotsRound() {
        QCOMPARE(Phrase("{0} of {1}", Phrase("all"), 4).said(backwards), std::string("4: alle"));
        QCOMPARE(Phrase("{0} of {1}", std::string("all"), 4).said(backwards), std::string("4: all"));
        QCOMPARE(Phrase::verbatim("all").said(backwards), std::string("all"));
        QCOMPARE(Phrase::joined({Phrase("all"), Phrase("{0} of {1}", 1, 2)}, ", ").said(backwards),
                 std::string("alle, 2: 1"));
        QVERIFY(Phrase::joined({}, " ").empty());
    }

    void whatIsNoSlotStays() {
        QCOMPARE(Phrase("{} {x} {0 {1} } {", 5).english(), std::string("{} {x} {0 {1} } {"));
        QCOMPARE(Phrase::verbatim("a {0} b").english(), std::string("a {0} b"));
        QCOMPARE(Phrase("{0}", std::string("{0} %1 {1}")).english(), std::string("{0} %1 {1}"));
        QCOMPARE(Phrase("{99999999999999999999}", 5).english(), std::string("{99999999999999999999}"));
    }
};

QTEST_APPLESS_MAIN(TestPhrase)
#include "tst_phrase.moc"
