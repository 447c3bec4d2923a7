// What the program remembers between starts: theme, language, recent files, window. The only place that touches
// QSettings.
#pragma once

#include "ui/theme/theme.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <cstdint>

namespace quantoscope::ui {

namespace settings {

struct Recent {
    QString path;
    QDateTime opened;
};

/// "" for the system's language, else a code such as "en" or "ko".
QString language();
void setLanguage(const QString& code);

Theme::Preference themePreference();
void setThemePreference(Theme::Preference preference);

/// Newest first; files that are gone are left out.
QList<Recent> recentFiles();
void addRecentFile(const QString& path);
void clearRecentFiles();

/// In bytes; half of the machine's memory while none is chosen.
std::uint64_t memoryBudget();
/// What was chosen; 0 for the machine's.
std::uint64_t chosenMemoryBudget();
void setChosenMemoryBudget(std::uint64_t bytes);

QByteArray windowGeometry();
void setWindowGeometry(const QByteArray& geometry);

QString lastFolder();
void setLastFolder(const QString& folder);

} // namespace settings

} // namespace quantoscope::ui
