#include "ui/plots/marks.h"

#include "ui/theme/theme.h"
#include "ui/widgets/mark.h"

#include <cmath>

namespace quantoscope::ui {

void paintMark(QPainter& painter, QPointF centre, const SchemeLook& look, double diameter, double surfaceRing) {
    const QColor surface = colors().surface;
    if (surfaceRing > 0) {
        const bool triangle = look.shape == MarkShape::Triangle || look.shape == MarkShape::HollowTriangle;
        drawMark(painter,
                 triangle                        ? MarkShape::Triangle
                 : look.shape == MarkShape::Ring ? MarkShape::Disc
                                                 : look.shape,
                 surface, centre, diameter + 2 * surfaceRing * (triangle ? 1.6 : 1), surface);
    }
    drawMark(painter, look.shape, look.color, centre, diameter, surface);
}

QString lookIdOf(const QuantSpec& spec) {
    QString id = QString::fromStdString(spec.scheme);
    for (const auto& [name, value] : spec.parameters)
        if (const auto* choice = std::get_if<std::string>(&value); choice && *choice == "asymmetric")
            return id + QStringLiteral(":asymmetric");
    return id;
}

QPen linePen(const SchemeLook& look, double width) {
    QPen pen(look.color, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (look.dashed) pen.setDashPattern({4 / width * 1.5, 2.5 / width * 1.5});
    return pen;
}

QColor withAlpha(QColor color, double alpha) {
    color.setAlphaF(static_cast<float>(color.alphaF() * alpha));
    return color;
}

} // namespace quantoscope::ui
