// Quantoscope: parses its arguments, shows the window, nothing else.

#include "ui/headless.h"
#include "ui/main_window.h"
#include "ui/session/language.h"
#include "ui/session/settings.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCommandLineParser>

int main(int argc, char** argv) {
    using namespace quantoscope::ui;
    QApplication::setApplicationName(QStringLiteral("Quantoscope"));
    QApplication::setOrganizationName(QStringLiteral("Quantoscope"));
    QApplication::setApplicationVersion(QStringLiteral(QUANTOSCOPE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.quantoscope.Quantoscope"));
    QApplication application(argc, argv);

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("See what quantization does to data."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption headless(
        QStringLiteral("headless"),
        QStringLiteral("Render the window to PNG, print the comparison of the data and exit."), QStringLiteral("PNG"));
    const QCommandLineOption empty(QStringLiteral("empty"),
                                   QStringLiteral("Start without the sample of network weights."));
    const QCommandLineOption appearance(
        QStringLiteral("appearance"), QStringLiteral("system, light or dark, for this start."), QStringLiteral("NAME"));
    const QCommandLineOption language(QStringLiteral("language"),
                                      QStringLiteral("A language such as en or ko, for this start."),
                                      QStringLiteral("CODE"));
    parser.addOptions({headless, empty, appearance, language});
    parser.addPositionalArgument(QStringLiteral("FILE"), QStringLiteral("Files to open."), QStringLiteral("[FILE...]"));
    parser.process(application);

    applyLanguage(application, parser.isSet(language) ? parser.value(language) : settings::language());
    applyTheme(application);
    theme().setPreference(settings::themePreference());
    if (parser.value(appearance) == QLatin1String("light")) theme().setPreference(Theme::Preference::Light);
    if (parser.value(appearance) == QLatin1String("dark")) theme().setPreference(Theme::Preference::Dark);

    MainWindow window;
    const QStringList files = parser.positionalArguments();
    if (!files.isEmpty())
        window.openFiles(files);
    else if (!parser.isSet(empty))
        window.openSample(QStringLiteral("digits-mlp"));
    if (parser.isSet(headless)) return renderHeadless(window, parser.value(headless));
    window.restoreGeometry(settings::windowGeometry());
    window.show();
    return QApplication::exec();
}
