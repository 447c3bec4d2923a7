// What the two trade-off plots share: their points, the Pareto front, and where labels go so that none covers another.
#pragma once

#include "core/study/run.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <vector>

namespace quantoscope::ui {

/// A run as a point. Points of the same scheme and variant form a line.
struct TradeOffPoint {
    RunPtr run;
    QString label;      // of the line: "k-means", "affine asym."
    QString schemeId;   // "affine"
    QString variantId;  // "asymmetric"; empty for the only one
    bool alone = false; // of settings that the line is not of: a point beside it

    QString lookId() const { return variantId.isEmpty() ? schemeId : schemeId + u':' + variantId; }
};

/// A point of the rate–distortion limit.
struct BoundPoint {
    double bits = 0;
    double sqnrDb = 0;
};

/// The limit at a rate, between its points linear; NaN outside of them.
double boundAt(const std::vector<BoundPoint>& bound, double bits);

/// The points (rate, quality) that no other beats: none is better at a rate up to `tolerance` higher. In ascending
/// rate. Points that are not finite are never on it.
std::vector<std::size_t> paretoFront(const std::vector<QPointF>& points, double tolerance = 0.01);

/// Moves wanted positions apart by at least `spacing`, as little as is needed, in their order, and into [lower, upper]
/// as far as there is room.
std::vector<double> pushedApart(const std::vector<double>& wanted, double spacing, double lower, double upper);

/// A place near each point for a label of its size: of eight positions beside it, or further away at either side, the
/// one that covers least of the obstacles, of the other points' marks and of labels placed before, inside `area` where
/// possible. Null where all of them are taken, but for the first point.
std::vector<QRectF> placedLabels(const std::vector<QPointF>& points, const std::vector<QSizeF>& sizes,
                                 double markRadius, const std::vector<QRectF>& obstacles, const QRectF& area);

} // namespace quantoscope::ui
