// The scenes of the gallery: each builds a window's worth of widgets in typical states.
#pragma once

#include <QString>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

namespace quantoscope::ui {

struct Scene {
    QString name;
    QSize size;
    std::function<std::unique_ptr<QWidget>()> make;
    /// After the widget is shown; may be empty.
    std::function<void(QWidget&)> arrange = {};
};

/// Buttons, fields, tabs, tables and the other standard widgets.
std::vector<Scene> standardScenes();

/// The widgets of ui/widgets, arranged as in the window.
std::vector<Scene> widgetScenes();

} // namespace quantoscope::ui
