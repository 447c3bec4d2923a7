// Small drawing helpers that keep edges on whole pixels.
#pragma once

#include <QColor>
#include <QRectF>

class QPainter;

namespace quantoscope::ui {

inline constexpr qreal kFieldRadius = 6;
inline constexpr qreal kCardRadius = 8;

/// A filled rounded rectangle; the border, if any, lies wholly inside.
void paintPanel(QPainter& painter, const QRectF& rect, qreal radius, const QColor& fill, const QColor& border = {},
                qreal borderWidth = 1);
/// The ring of keyboard focus, 2 px of ink, wholly inside.
void paintFocusRing(QPainter& painter, const QRectF& rect, qreal radius = kFieldRadius);
/// A soft shadow around a rounded rectangle, reaching `extent` outwards; draw it before the panel.
void paintShadow(QPainter& painter, const QRectF& rect, qreal radius, qreal extent = 8, qreal drop = 2);
/// Which way a chevron points.
enum class Chevron { Down, Up, Left, Right };
void paintChevron(QPainter& painter, const QPointF& centre, Chevron direction, const QColor& color,
                  qreal halfWidth = 4);
void paintCheck(QPainter& painter, const QRectF& square, const QColor& color, qreal width = 1.75);

} // namespace quantoscope::ui
