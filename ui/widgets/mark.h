// The marks of schemes: disc, ring, square, diamond, triangle, hollow triangle, of equal visual weight.
#pragma once

#include "ui/theme/scheme_look.h"

#include <QPointF>

class QPainter;

namespace quantoscope::ui {

/// Draws a mark as large as a disc of this diameter. Hollow shapes are filled with `surface`, so that lines do not show
/// through.
void drawMark(QPainter& painter, MarkShape shape, const QColor& color, const QPointF& centre, qreal diameter,
              const QColor& surface);

/// The swatch of tables, lists and cards.
inline constexpr qreal kSwatchDiameter = 9;
inline void drawSwatch(QPainter& painter, const SchemeLook& look, const QPointF& centre, const QColor& surface) {
    drawMark(painter, look.shape, look.color, centre, kSwatchDiameter, surface);
}

} // namespace quantoscope::ui
