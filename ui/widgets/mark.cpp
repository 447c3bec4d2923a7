#include "ui/widgets/mark.h"

#include <QPainter>
#include <QPolygonF>

namespace quantoscope::ui {

void drawMark(QPainter& painter, MarkShape shape, const QColor& color, const QPointF& centre, qreal diameter,
              const QColor& surface) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(centre);
    const qreal r = diameter / 2;
    const qreal stroke = qMax(1.5, diameter * 0.18);
    const bool hollow = shape == MarkShape::Ring || shape == MarkShape::HollowTriangle;
    painter.setBrush(hollow ? surface : color);
    painter.setPen(hollow ? QPen(color, stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin) : QPen(Qt::NoPen));
    switch (shape) {
    case MarkShape::Disc: painter.drawEllipse(QPointF(), r, r); break;
    case MarkShape::Ring: painter.drawEllipse(QPointF(), r - stroke / 2, r - stroke / 2); break;
    case MarkShape::Square: painter.drawRect(QRectF(-r * 0.9, -r * 0.9, r * 1.8, r * 1.8)); break;
    case MarkShape::Diamond: {
        const qreal d = r * 1.2;
        painter.drawPolygon(QPolygonF({{0, -d}, {d, 0}, {0, d}, {-d, 0}}));
        break;
    }
    case MarkShape::Triangle:
        painter.drawPolygon(QPolygonF({{0, -r * 1.05}, {r * 1.12, r * 0.9}, {-r * 1.12, r * 0.9}}));
        break;
    case MarkShape::HollowTriangle:
        painter.drawPolygon(QPolygonF({{0, -r * 0.85}, {r * 0.98, r * 0.8}, {-r * 0.98, r * 0.8}}));
        break;
    }
    painter.restore();
}

} // namespace quantoscope::ui
