#include "ui/theme/paint.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace quantoscope::ui {

void paintPanel(QPainter& painter, const QRectF& rect, qreal radius, const QColor& fill, const QColor& border,
                qreal borderWidth) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (border.isValid()) {
        const qreal half = borderWidth / 2;
        painter.setPen(QPen(border, borderWidth));
        const qreal inner = qMax<qreal>(0, radius - half);
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), inner, inner);
    } else {
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(rect, radius, radius);
    }
    painter.restore();
}

void paintFocusRing(QPainter& painter, const QRectF& rect, qreal radius) {
    paintPanel(painter, rect, radius, {}, colors().ink, 2);
}

void paintShadow(QPainter& painter, const QRectF& rect, qreal radius, qreal extent, qreal drop) {
    // Thin rings one over another, fainter outwards, so that together they fall off as a square to nothing at `extent`.
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QColor ring = colors().shadow;
    const double most = ring.alphaF();
    const int steps = qMax(1, qRound(extent * 1.5));
    for (int i = 0; i < steps; ++i) {
        const qreal share = (i + 0.5) / steps;
        const qreal grow = extent * share;
        ring.setAlphaF(static_cast<float>(most * 2 * (1 - share) / steps));
        painter.setBrush(ring);
        painter.drawRoundedRect(rect.adjusted(-grow, drop - grow, grow, drop + grow), radius + grow, radius + grow);
    }
    painter.restore();
}

void paintChevron(QPainter& painter, const QPointF& centre, Chevron direction, const QColor& color, qreal halfWidth) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.translate(centre);
    switch (direction) {
    case Chevron::Down: break;
    case Chevron::Up: painter.rotate(180); break;
    case Chevron::Left: painter.rotate(90); break;
    case Chevron::Right: painter.rotate(-90); break;
    }
    QPainterPath path;
    path.moveTo(-halfWidth, -halfWidth / 2);
    path.lineTo(0, halfWidth / 2);
    path.lineTo(halfWidth, -halfWidth / 2);
    painter.drawPath(path);
    painter.restore();
}

void paintCheck(QPainter& painter, const QRectF& square, const QColor& color, qreal width) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const auto at = [&square](qreal x, qreal y) {
        return QPointF(square.x() + x * square.width(), square.y() + y * square.height());
    };
    QPainterPath path;
    path.moveTo(at(0.20, 0.53));
    path.lineTo(at(0.41, 0.74));
    path.lineTo(at(0.81, 0.28));
    painter.drawPath(path);
    painter.restore();
}

} // namespace quantoscope::ui
