// Renders every view with the samples to PNG files, light and dark, large and small: `plot_gallery DIRECTORY [NAME]`.
#include "resources/init.h"
#include "tests/ui/plot_gallery/gallery.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>

#include <cstdio>

using namespace quantoscope::ui;

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    applyTheme(application);
    const QStringList arguments = application.arguments();
    if (arguments.size() < 2 || !QDir().mkpath(arguments[1])) {
        std::fprintf(stderr, "usage: plot_gallery DIRECTORY [NAME]\n");
        return 2;
    }
    gallery::Gallery all(arguments[1], arguments.value(2));
    for (const auto preference : {Theme::Preference::Light, Theme::Preference::Dark}) {
        theme().setPreference(preference);
        gallery::renderDistribution(all);
    }
    return 0;
}
