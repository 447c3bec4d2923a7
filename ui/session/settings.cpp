#include "ui/session/settings.h"

#include "core/base/memory_budget.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace quantoscope::ui::settings {

namespace {
constexpr qsizetype kMostRecent = 12;
const QString kRecent = QStringLiteral("recent");
} // namespace

QString language() { return QSettings().value(QStringLiteral("language")).toString(); }
void setLanguage(const QString& code) { QSettings().setValue(QStringLiteral("language"), code); }

Theme::Preference themePreference() {
    const QString name = QSettings().value(QStringLiteral("theme")).toString();
    if (name == QLatin1String("light")) return Theme::Preference::Light;
    if (name == QLatin1String("dark")) return Theme::Preference::Dark;
    return Theme::Preference::System;
}

void setThemePreference(Theme::Preference preference) {
    const char* const names[] = {"system", "light", "dark"};
    QSettings().setValue(QStringLiteral("theme"), QLatin1String(names[static_cast<int>(preference)]));
}

std::uint64_t chosenMemoryBudget() { return QSettings().value(QStringLiteral("memoryBudget"), 0).toULongLong(); }

std::uint64_t memoryBudget() {
    const std::uint64_t chosen = chosenMemoryBudget();
    return chosen == 0 ? defaultMemoryBudget() : std::max(chosen, kLeastMemoryBudget);
}

void setChosenMemoryBudget(std::uint64_t bytes) {
    QSettings().setValue(QStringLiteral("memoryBudget"), static_cast<qulonglong>(bytes));
}

QList<Recent> recentFiles() {
    QList<Recent> files;
    QSettings store;
    const int count = store.beginReadArray(kRecent);
    for (int i = 0; i < count; ++i) {
        store.setArrayIndex(i);
        const QString path = store.value(QStringLiteral("path")).toString();
        if (QFileInfo::exists(path)) files.push_back({path, store.value(QStringLiteral("opened")).toDateTime()});
    }
    return files;
}

void addRecentFile(const QString& path) {
    QList<Recent> files = recentFiles();
    files.removeIf([&](const Recent& file) { return file.path == path; });
    files.prepend({path, QDateTime::currentDateTime()});
    files.resize(std::min(files.size(), kMostRecent));
    QSettings store;
    store.beginWriteArray(kRecent, static_cast<int>(files.size()));
    for (int i = 0; i < static_cast<int>(files.size()); ++i) {
        store.setArrayIndex(i);
        store.setValue(QStringLiteral("path"), files[i].path);
        store.setValue(QStringLiteral("opened"), files[i].opened);
    }
}

void clearRecentFiles() { QSettings().remove(kRecent); }

QByteArray windowGeometry() { return QSettings().value(QStringLiteral("window")).toByteArray(); }
void setWindowGeometry(const QByteArray& geometry) { QSettings().setValue(QStringLiteral("window"), geometry); }

QString lastFolder() { return QSettings().value(QStringLiteral("folder"), QDir::homePath()).toString(); }
void setLastFolder(const QString& folder) { QSettings().setValue(QStringLiteral("folder"), folder); }

} // namespace quantoscope::ui::settings
