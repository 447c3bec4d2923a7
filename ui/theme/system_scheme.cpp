// The portal's setting is org.freedesktop.appearance color-scheme: 0 no preference, 1 dark, 2 light
// (XDG Desktop Portal documentation, org.freedesktop.portal.Settings).
#include "ui/theme/system_scheme.h"

#include "ui/theme/portal_scheme.h"

#include <QGuiApplication>
#include <QPalette>
#include <QStyleHints>

namespace quantoscope::ui {

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)

bool systemPrefersDark() { return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark; }

void onSystemSchemeChanged(QObject* context, std::function<void()> changed) {
    QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, context, std::move(changed));
}

#else

bool systemPrefersDark() {
    // The palette is read once, before the application sets its own.
    static const bool darkPalette = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    const PortalScheme portal = PortalSettings::instance().scheme();
    return portal == PortalScheme::None ? darkPalette : portal == PortalScheme::Dark;
}

void onSystemSchemeChanged(QObject* context, std::function<void()> changed) {
    QObject::connect(&PortalSettings::instance(), &PortalSettings::changed, context, std::move(changed));
}

#endif

} // namespace quantoscope::ui
