// Light or dark: what the user prefers, what the system says, and the palette that follows. One for the application.
#pragma once

#include "ui/theme/palette.h"

#include <QObject>

class QApplication;

namespace quantoscope::ui {

class Theme : public QObject {
    Q_OBJECT

public:
    enum class Preference { System, Light, Dark };
    Q_ENUM(Preference)

    static Theme& instance();

    Preference preference() const { return m_preference; }
    /// Whoever keeps the user's settings sets this at start and stores it when it changes; the theme keeps nothing.
    void setPreference(Preference preference);
    bool isDark() const { return m_dark; }
    const Palette& palette() const { return m_dark ? darkPalette() : lightPalette(); }

signals:
    /// The colours have changed: QApplication's palette and fonts are new already, caches of painted things are old.
    void changed();

private:
    Theme();
    void update();

    Preference m_preference = Preference::System;
    bool m_dark = false;
};

inline Theme& theme() { return Theme::instance(); }
inline const Palette& colors() { return Theme::instance().palette(); }

/// Resources, fonts, style, palette and window icon for the whole application; once, before the first widget.
void applyTheme(QApplication& application);

} // namespace quantoscope::ui
