// Icons drawn from ":/icons/NAME.svg" in the theme's colours, at any size and scale. They follow a change of theme.
#pragma once

#include <QIcon>
#include <QString>

class QPainter;
class QRectF;

namespace quantoscope::ui {

enum class IconTone {
    Normal, // text2; disabled: pale
    Strong, // text
    Quiet,  // text3
    OnInk,  // on a primary button
    Warning,
    Error,
    Exact,
};

/// A null icon, with a warning on the log, when there is no such file.
QIcon themedIcon(const QString& name, IconTone tone = IconTone::Normal);

QColor toneColor(IconTone tone);
/// Draws the icon into a square; for delegates and painted widgets.
void paintIcon(QPainter& painter, const QString& name, const QRectF& square, const QColor& color);

} // namespace quantoscope::ui
