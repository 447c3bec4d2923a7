// Every icon is there, sharp, in the colour of its tone, and pale when disabled.
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

#include <QDir>
#include <QPainter>
#include <QTest>

using namespace quantoscope::ui;

namespace {

// The opaque colour of the picture, and how many pixels are painted at all.
QPair<QColor, int> painted(const QImage& image) {
    QColor strongest;
    int count = 0, most = -1;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor c = image.pixelColor(x, y);
            if (c.alpha() > 0) ++count;
            if (c.alpha() > most) most = c.alpha(), strongest = c;
        }
    return {strongest, count};
}

bool near(const QColor& a, const QColor& b) {
    return qAbs(a.red() - b.red()) + qAbs(a.green() - b.green()) + qAbs(a.blue() - b.blue()) <= 12;
}

} // namespace

class TestIcon : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        applyTheme(*qApp);
        theme().setPreference(Theme::Preference::Light);
    }

    void everyIconPaints_data() {
        QTest::addColumn<QString>("name");
        for (const QString& file : QDir(QStringLiteral(":/icons")).entryList())
            if (file != QLatin1String("app.svg")) QTest::newRow(qPrintable(file)) << file.chopped(4);
    }
    void everyIconPaints() {
        QFETCH(QString, name);
        const QIcon one = themedIcon(name);
        QVERIFY(!one.isNull());
        for (const int side : {16, 18, 36}) {
            const QImage image = one.pixmap(QSize(side, side)).toImage();
            QCOMPARE(image.size(), QSize(side, side));
            const auto [color, count] = painted(image);
            QVERIFY(count > 4);
            QVERIFY2(near(color, colors().text2) || name == QLatin1String("more"), qPrintable(color.name()));
        }
        QVERIFY(near(painted(one.pixmap(QSize(36, 36), 1, QIcon::Disabled).toImage()).first, colors().disabled));
    }

    void followsTheTheme() {
        const QIcon one = themedIcon(QStringLiteral("stop"));
        const QColor light = painted(one.pixmap(QSize(32, 32)).toImage()).first;
        theme().setPreference(Theme::Preference::Dark);
        const QColor dark = painted(one.pixmap(QSize(32, 32)).toImage()).first;
        theme().setPreference(Theme::Preference::Light);
        QVERIFY(near(light, lightPalette().text2));
        QVERIFY(near(dark, darkPalette().text2));
    }

    void isSharpAtTwice() {
        const QPixmap pixmap = themedIcon(QStringLiteral("search")).pixmap(QSize(18, 18), 2);
        QCOMPARE(pixmap.size(), QSize(36, 36));
        QCOMPARE(pixmap.devicePixelRatio(), 2.0);
        QImage direct(36, 36, QImage::Format_ARGB32_Premultiplied);
        direct.setDevicePixelRatio(2);
        direct.fill(Qt::transparent);
        QPainter painter(&direct);
        paintIcon(painter, QStringLiteral("search"), QRectF(0, 0, 18, 18), colors().text2);
        painter.end();
        QCOMPARE(painted(direct).second, painted(pixmap.toImage()).second);
    }

    void anUnknownNameIsNull() {
        QTest::ignoreMessage(QtWarningMsg, "no icon named nothing-of-this-name");
        QVERIFY(themedIcon(QStringLiteral("nothing-of-this-name")).isNull());
    }

    void theApplicationHasOne() {
        QVERIFY(!QApplication::windowIcon().isNull());
        QVERIFY(painted(QApplication::windowIcon().pixmap(64).toImage()).second > 2000);
    }
};

QTEST_MAIN(TestIcon)
#include "tst_icon.moc"
