// Small pictures of the samples, painted from their own data: read once, when first shown.
#pragma once

#include <QRectF>
#include <QString>

class QPainter;

namespace quantoscope::ui {

/// Paints the picture of a sample ("scores", "ecg", ...) into `rect`, with round corners. Nothing for an unknown id.
void paintSampleThumbnail(QPainter& painter, const QString& id, const QRectF& rect);

} // namespace quantoscope::ui
