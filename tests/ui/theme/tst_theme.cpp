// The palette's contrast, and that everything follows a change of theme.
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QFontInfo>
#include <QSignalSpy>
#include <QTest>

using namespace quantoscope::ui;

class TestTheme : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp); }
    void cleanup() { theme().setPreference(Theme::Preference::Light); }

    void textIsReadable_data() {
        QTest::addColumn<QColor>("ink");
        QTest::addColumn<QColor>("paper");
        QTest::addColumn<double>("least");
        for (const bool dark : {false, true}) {
            const Palette& c = dark ? darkPalette() : lightPalette();
            const auto row = [dark](const char* name, const QColor& ink, const QColor& paper, double least) {
                QTest::addRow("%s, %s", name, dark ? "dark" : "light") << ink << paper << least;
            };
            row("text on surface", c.text, c.surface, 12);
            row("text on a selected row", c.text, c.sel, 10);
            row("text2 on surface", c.text2, c.surface, 7);
            row("text2 on sel", c.text2, c.sel, 6);
            row("text2 on win", c.text2, c.win, 6);
            row("text2 on the track of a switch", c.text2, c.track, 6);
            row("text3 on surface", c.text3, c.surface, 4.5);
            row("primary button", c.onInk, c.ink, 12);
            row("text on a field", c.text, c.field, 10);
            row("text on a card", c.text, c.card, 10);
            row("text2 on a card", c.text2, c.card, 6);
            row("check mark on win", c.exact, c.win, 3);
            row("warning sign on its bar", c.warning, c.sel, 3);
            row("error sign on its bar", c.error, c.sel, 3);
            row("focus ring on surface", c.ink, c.surface, 3);
        }
    }
    void textIsReadable() {
        QFETCH(QColor, ink);
        QFETCH(QColor, paper);
        QFETCH(double, least);
        const double ratio = contrastRatio(ink, paper);
        QVERIFY2(ratio >= least, qPrintable(QStringLiteral("%1 : 1").arg(ratio)));
    }

    void contrastIsWcags() {
        QCOMPARE(qRound(contrastRatio(Qt::white, Qt::black) * 100), 2100);
        QCOMPARE(qRound(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) * 100), 448); // the known edge case of AA
        QCOMPARE(contrastRatio(Qt::red, Qt::blue), contrastRatio(Qt::blue, Qt::red));
    }

    void blendingIsLinear() {
        QCOMPARE(blended(Qt::white, Qt::black, 0), QColor(Qt::white));
        QCOMPARE(blended(Qt::white, Qt::black, 1), QColor(Qt::black));
        QCOMPARE(blended(Qt::white, Qt::black, 0.5).rgb(), QColor(128, 128, 128).rgb());
    }

    void aChangeOfPreferenceReachesEverything() {
        theme().setPreference(Theme::Preference::Light);
        TextLabel label(TextStyle::Label, QStringLiteral("Bits"));
        QSignalSpy changed(&theme(), &Theme::changed);
        theme().setPreference(Theme::Preference::Dark);
        QCOMPARE(changed.count(), 1);
        QVERIFY(theme().isDark());
        QCOMPARE(colors().surface, darkPalette().surface);
        QCOMPARE(QApplication::palette().color(QPalette::Window), darkPalette().surface);
        QCOMPARE(label.palette().color(QPalette::WindowText), darkPalette().text2);
        theme().setPreference(Theme::Preference::Dark);
        QCOMPARE(changed.count(), 1);
        theme().setPreference(Theme::Preference::Light);
        QCOMPARE(changed.count(), 2);
        QCOMPARE(label.palette().color(QPalette::WindowText), lightPalette().text2);
    }

    void theTypefaceIsOurs_data() {
        QTest::addColumn<int>("weight");
        QTest::newRow("regular") << weight::regular;
        QTest::newRow("medium") << weight::medium;
        QTest::newRow("semi-bold") << weight::semiBold;
        QTest::newRow("bold") << weight::bold;
    }
    void theTypefaceIsOurs() {
        QFETCH(int, weight);
        const QFontInfo info(typeface(13, weight));
        QVERIFY2(info.family().startsWith(QStringLiteral("Inter Tab")), qPrintable(info.family()));
        QCOMPARE(info.pixelSize(), 13);
        QCOMPARE(typeface(13, weight).hintingPreference(), QFont::PreferNoHinting);
    }

    void everyWeightIsAnotherFace() {
        int widest = 0;
        for (const int w : {weight::regular, weight::medium, weight::semiBold, weight::bold}) {
            const int width = QFontMetrics(typeface(28, w)).horizontalAdvance(QStringLiteral("Distribution"));
            QVERIFY(width > widest);
            widest = width;
        }
    }

    void figuresAreTabular() {
        const QFontMetricsF metrics(typeface(12));
        for (const QChar digit : QStringLiteral("023456789"))
            QCOMPARE(metrics.horizontalAdvance(digit), metrics.horizontalAdvance(u'1'));
    }

    void mediumIsRegularInTheDark() {
        theme().setPreference(Theme::Preference::Light);
        QCOMPARE(typeface(13, weight::medium).weight(), QFont::Medium);
        theme().setPreference(Theme::Preference::Dark);
        QCOMPARE(typeface(13, weight::medium).weight(), QFont::Normal);
        QCOMPARE(typeface(13, weight::semiBold).weight(), QFont::DemiBold);
    }

    void symbolsOfTheInterfaceAreInTheTypeface() {
        const QFontMetrics metrics(typeface(13));
        for (const QChar c : QStringLiteral("−×·–⁻⁴²σΣµ∞…→")) QVERIFY2(metrics.inFont(c), qPrintable(QString(c)));
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
