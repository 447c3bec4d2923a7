// ui/dialogs/report_text: the engine's words in the user's language, its numbers as people write them.
#include "resources/init.h"
#include "ui/dialogs/report_text.h"
#include "ui/session/language.h"

#include <QApplication>
#include <QTest>

using namespace quantoscope::ui;

class TestReportText : public QObject {
    Q_OBJECT

private slots:
    void numbers_are_readable_data() {
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* english, const char* shown) {
            QTest::newRow(english) << QString::fromUtf8(english) << QString::fromUtf8(shown);
        };
        row("12.41 dB", "12.41 dB");
        row("1.234e-07", "1.234 × 10⁻⁷");
        row("−1.5e+12", "−1.5 × 10¹²");
        row("0.35 at x = -0.806", "0.35 at x = −0.806");
        row("-1:1", "−1:1");
        row("1e-08 below, 2e-08 above", "1 × 10⁻⁸ below, 2 × 10⁻⁸ above");
        row("kmeans++", "kmeans++");
        row("", "");
    }
    void numbers_are_readable() {
        QFETCH(QString, english);
        QFETCH(QString, shown);
        QCOMPARE(reportValue(english.toStdString()), shown);
        QCOMPARE(reportNumber(" 1.50  "), QStringLiteral("1.50"));
    }

    // Last: what applyLanguage installs stays with the application.
    void the_report_speaks_korean() {
        initResources();
        applyLanguage(*qApp, QStringLiteral("ko"));
        QCOMPARE(reportText("Grouping"), QStringLiteral("그룹화"));
        QCOMPARE(reportText("Affine symmetric"), QStringLiteral("아핀 대칭")); // what screens show, too
        QCOMPARE(reportText("nobody's word"), QStringLiteral("nobody's word"));
        QCOMPARE(reportValue("60 (all)"), QStringLiteral("60 (전체)"));
        QCOMPARE(reportValue("0.35 at x = -0.806"), QStringLiteral("0.35 (x = −0.806)"));
        QCOMPARE(reportValue("channel:2"), QStringLiteral("채널 2"));
    }
};

QTEST_MAIN(TestReportText)
#include "tst_report_text.moc"
