// widget_gallery OUT_DIR [NAME...]: every scene, light and dark, at one and two pixels per unit, as PNG.
#include "tests/ui/gallery/scenes.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QTextStream>

using namespace quantoscope::ui;

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() < 2) {
        QTextStream(stderr) << "usage: widget_gallery OUT_DIR [NAME...]\n";
        return 2;
    }
    const QDir out(arguments.at(1));
    out.mkpath(QStringLiteral("."));
    applyTheme(application);

    std::vector<Scene> scenes = standardScenes();
    for (Scene& scene : widgetScenes()) scenes.push_back(std::move(scene));
    for (const bool dark : {false, true}) {
        theme().setPreference(dark ? Theme::Preference::Dark : Theme::Preference::Light);
        for (const Scene& scene : scenes) {
            if (arguments.size() > 2 && !arguments.contains(scene.name)) continue;
            const std::unique_ptr<QWidget> widget = scene.make();
            widget->resize(scene.size);
            widget->show();
            QApplication::processEvents();
            if (scene.arrange) scene.arrange(*widget);
            QApplication::processEvents();
            for (const int scale : {1, 2}) {
                QPixmap picture(scene.size * scale);
                picture.setDevicePixelRatio(scale);
                picture.fill(colors().surface);
                widget->render(&picture);
                const QString name = QStringLiteral("%1-%2%3.png")
                                         .arg(scene.name, dark ? QStringLiteral("dark") : QStringLiteral("light"),
                                              scale == 2 ? QStringLiteral("@2x") : QString());
                if (!picture.save(out.filePath(name))) {
                    QTextStream(stderr) << "cannot write " << out.filePath(name) << '\n';
                    return 4;
                }
            }
        }
    }
    return 0;
}
