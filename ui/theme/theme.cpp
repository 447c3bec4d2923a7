#include "ui/theme/theme.h"

#include "resources/init.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/theme/system_scheme.h"

#include <QApplication>
#include <QIcon>
#include <QPalette>
#include <QPixmapCache>
#include <QStyle>
#include <QToolTip>
#include <QWidget>

namespace quantoscope::ui {

namespace {

QPalette applicationPalette(const Palette& c) {
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor& color, const QColor& disabled) {
        palette.setColor(QPalette::Active, role, color);
        palette.setColor(QPalette::Inactive, role, color);
        palette.setColor(QPalette::Disabled, role, disabled);
    };
    set(QPalette::Window, c.surface, c.surface);
    set(QPalette::WindowText, c.text, c.disabled);
    set(QPalette::Base, c.surface, c.surface);
    set(QPalette::AlternateBase, c.raised, c.raised);
    set(QPalette::ToolTipBase, c.card, c.card);
    set(QPalette::ToolTipText, c.text, c.disabled);
    set(QPalette::PlaceholderText, c.text3, c.disabled);
    set(QPalette::Text, c.text, c.text3);
    set(QPalette::Button, c.field, c.field);
    set(QPalette::ButtonText, c.text, c.disabled);
    set(QPalette::BrightText, c.onInk, c.onInk);
    set(QPalette::Light, c.raised, c.raised);
    set(QPalette::Midlight, c.line, c.line);
    set(QPalette::Mid, c.line2, c.line2);
    set(QPalette::Dark, c.text3, c.text3);
    set(QPalette::Shadow, c.line2, c.line2);
    set(QPalette::Highlight, c.ink, c.line2);
    set(QPalette::HighlightedText, c.onInk, c.text2);
    set(QPalette::Link, c.text, c.text3);
    set(QPalette::LinkVisited, c.text2, c.text3);
    return palette;
}

void dress(const Theme& theme) {
    const QPalette palette = applicationPalette(theme.palette());
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QApplication::setFont(typeface(type::control));
    QApplication::setFont(typeface(type::table), "QAbstractItemView");
    QApplication::setFont(typeface(type::caption), "QHeaderView");
    QApplication::setFont(typeface(type::control), "QComboBoxListView");
    QApplication::setFont(typeface(type::table), "QStatusBar");
    QApplication::setFont(typeface(type::table), "QTipLabel");
    QToolTip::setFont(typeface(type::table));
}

} // namespace

Theme::Theme() {
    m_dark = systemPrefersDark();
    onSystemSchemeChanged(this, [this] { update(); });
}

Theme& Theme::instance() {
    // Never destroyed: widgets that outlive main's scope may still ask for a colour.
    static Theme* const theme = new Theme;
    return *theme;
}

void Theme::setPreference(Preference preference) {
    if (preference == m_preference) return;
    m_preference = preference;
    update();
}

void Theme::update() {
    const bool dark = m_preference == Preference::System ? systemPrefersDark() : m_preference == Preference::Dark;
    if (dark == m_dark) return;
    m_dark = dark;
    if (qApp) dress(*this);
    emit changed();
    for (QWidget* widget : QApplication::allWidgets()) widget->update();
}

void applyTheme(QApplication& application) {
    initResources();
    loadFonts();
    Theme& theme = Theme::instance(); // before the palette is ours: the system's tells its scheme
    QApplication::setStyle(new Style);
    dress(theme);
    application.setWindowIcon(QIcon(QStringLiteral(":/icons/app.svg")));
}

} // namespace quantoscope::ui
