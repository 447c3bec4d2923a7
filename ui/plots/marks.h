// The marks of schemes (disc, ring, square, diamond, triangles), each with a thin ring of the surface around it, so
// that marks that overlap stay apart.
#pragma once

#include "core/quant/quant_spec.h"
#include "ui/theme/scheme_look.h"

#include <QPainter>

namespace quantoscope::ui {

/// `diameter` is of the coloured mark; the surface ring lies outside.
void paintMark(QPainter& painter, QPointF centre, const SchemeLook& look, double diameter, double surfaceRing = 1.5);

/// The id under which schemeLook knows the scheme of a spec: "kmeans", "affine:asymmetric".
QString lookIdOf(const QuantSpec& spec);

/// A pen of the scheme's colour, dashed where its look says so.
QPen linePen(const SchemeLook& look, double width);

QColor withAlpha(QColor color, double alpha);

} // namespace quantoscope::ui
