// Every scheme has a look of its own, known or not, in both themes.
#include "ui/theme/scheme_look.h"
#include "ui/theme/theme.h"

#include <QSet>
#include <QTest>

using namespace quantoscope::ui;

namespace {

constexpr const char* kSchemes[] = {"kmeans", "lloyd-max",         "rank",         "equal-width", "fixed", "levels",
                                    "affine", "affine:asymmetric", "normal-float", "float",       "log2",  "apot",
                                    "mu-law"};

} // namespace

class TestSchemeLook : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp); }

    void everySchemeLooksDifferent() {
        for (const bool dark : {false, true}) {
            QSet<QString> seen;
            for (const char* id : kSchemes) {
                const SchemeLook look = schemeLook(QString::fromLatin1(id), dark);
                const QString key = look.color.name() + QString::number(static_cast<int>(look.shape));
                QVERIFY2(!seen.contains(key), id);
                seen.insert(key);
            }
        }
    }

    void theDesignsColours_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QColor>("light");
        QTest::addColumn<QColor>("dark");
        QTest::addColumn<MarkShape>("shape");
        const auto row = [](const char* id, QRgb light, QRgb dark, MarkShape shape) {
            QTest::newRow(id) << QString::fromLatin1(id) << QColor(light) << QColor(dark) << shape;
        };
        row("kmeans", 0x0072B2, 0x3B9BDB, MarkShape::Disc);
        row("lloyd-max", 0x56B4E9, 0x9AD4F7, MarkShape::Ring);
        row("fixed", 0xE69F00, 0xF2B430, MarkShape::Square);
        row("levels", 0xE69F00, 0xF2B430, MarkShape::Diamond);
        row("affine:asymmetric", 0x009E73, 0x22BD92, MarkShape::Ring);
        row("log2", 0x2B3440, 0xDDE3EA, MarkShape::Triangle);
        row("apot", 0x2B3440, 0xDDE3EA, MarkShape::HollowTriangle);
        row("lab:fp32-trained", 0x2B3440, 0xDDE3EA, MarkShape::Ring);
        row("lab:weight-only", 0xCC79A7, 0xDE98BF, MarkShape::Disc);
        row("lab:qat", 0x009E73, 0x22BD92, MarkShape::Disc);
    }
    void theDesignsColours() {
        QFETCH(QString, id);
        QFETCH(MarkShape, shape);
        QTEST(schemeLook(id, false).color, "light");
        QTEST(schemeLook(id, true).color, "dark");
        QCOMPARE(schemeLook(id, false).shape, shape);
    }

    void aMemberOfAKnownSchemeLooksLikeIt() {
        QCOMPARE(schemeLook(u"kmeans:other", false), schemeLook(u"kmeans", false));
    }

    void anUnknownSchemeAlwaysLooksTheSame() {
        QCOMPARE(schemeLook(u"vector-lattice", false), schemeLook(u"vector-lattice", false));
        QVERIFY(schemeLook(u"vector-lattice", false).color.isValid());
        QVERIFY(schemeLook(u"", true).color.isValid());
    }

    void aSelectedRowStaysReadable() {
        for (const auto preference : {Theme::Preference::Light, Theme::Preference::Dark}) {
            theme().setPreference(preference);
            for (const char* id : kSchemes) {
                const QColor tint = rowTint(schemeLook(QString::fromLatin1(id)).color);
                QVERIFY(contrastRatio(colors().text, tint) >= 7);
                QVERIFY(contrastRatio(colors().text2, tint) >= 4.5);
            }
        }
    }
};

QTEST_MAIN(TestSchemeLook)
#include "tst_scheme_look.moc"
