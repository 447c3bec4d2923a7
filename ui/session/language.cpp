#include "ui/session/language.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace quantoscope::ui {

void applyLanguage(QApplication& application, const QString& code) {
    const QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    QLocale::setDefault(locale);
    if (locale.language() == QLocale::English || locale.language() == QLocale::C) return;
    auto* qtTexts = new QTranslator(&application);
    if (qtTexts->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                      QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        application.installTranslator(qtTexts);
    auto* own = new QTranslator(&application);
    if (own->load(locale, QStringLiteral("quantoscope"), QStringLiteral("_"), QStringLiteral(":/translations")))
        application.installTranslator(own);
}

} // namespace quantoscope::ui
