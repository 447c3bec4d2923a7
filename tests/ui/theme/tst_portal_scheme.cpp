// The portal's values: 0 no preference, 1 dark, 2 light; anything else is none.
#include "ui/theme/portal_scheme.h"

#include <QTest>

using namespace quantoscope::ui;

class TestPortalScheme : public QObject {
    Q_OBJECT

private slots:
    void valuesMeanWhatThePortalSays() {
        QCOMPARE(portalScheme(QVariant(0u)), PortalScheme::None);
        QCOMPARE(portalScheme(QVariant(1u)), PortalScheme::Dark);
        QCOMPARE(portalScheme(QVariant(2u)), PortalScheme::Light);
        QCOMPARE(portalScheme(QVariant(7u)), PortalScheme::None);
        QCOMPARE(portalScheme(QVariant()), PortalScheme::None);
        QCOMPARE(portalScheme(QVariant(QStringLiteral("dark"))), PortalScheme::None);
    }
};

QTEST_GUILESS_MAIN(TestPortalScheme)
#include "tst_portal_scheme.moc"
