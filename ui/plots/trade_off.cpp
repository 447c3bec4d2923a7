#include "ui/plots/trade_off.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace quantoscope::ui {

namespace {
constexpr int kRowsAway = 3;         // how far above and below its point a label may go
constexpr double kMostCovered = 0.7; // of a label, weighed as below
} // namespace

double boundAt(const std::vector<BoundPoint>& bound, double bits) {
    const auto above =
        std::lower_bound(bound.begin(), bound.end(), bits, [](const BoundPoint& p, double b) { return p.bits < b; });
    if (above == bound.end()) return std::nan("");
    if (above->bits == bits) return above->sqnrDb;
    if (above == bound.begin()) return std::nan("");
    const BoundPoint& a = *(above - 1);
    const BoundPoint& b = *above;
    return a.sqnrDb + (b.sqnrDb - a.sqnrDb) * (bits - a.bits) / (b.bits - a.bits);
}

std::vector<std::size_t> paretoFront(const std::vector<QPointF>& points, double tolerance) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (std::isfinite(points[i].x()) && std::isfinite(points[i].y())) order.push_back(i);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return points[a].x() < points[b].x(); });
    std::vector<std::size_t> front;
    std::size_t within = 0; // order[0 .. within) have a rate up to the tolerance above that of the point in hand
    double best = -INFINITY;
    for (const std::size_t i : order) {
        while (within < order.size() && points[order[within]].x() <= points[i].x() * (1 + tolerance))
            best = std::max(best, points[order[within++]].y());
        // Of equals the first is enough.
        const bool equalled = !front.empty() && points[front.back()].y() >= points[i].y();
        if (points[i].y() >= best && !equalled) front.push_back(i);
    }
    return front;
}

std::vector<double> pushedApart(const std::vector<double>& wanted, double spacing, double lower, double upper) {
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
    // Groups of labels that touch move together, to the mean of what their members want (pool adjacent violators).
    struct Group {
        double sum = 0; // of wanted − offset inside the group
        std::size_t count = 0;
        double start() const { return sum / static_cast<double>(count); }
    };
    const double room = upper - spacing * static_cast<double>(wanted.empty() ? 0 : wanted.size() - 1);
    const auto placed = [&](const Group& group, std::size_t before) {
        // Everything before and after must fit, too.
        const double low = lower + spacing * static_cast<double>(before);
        const double high = room + spacing * static_cast<double>(before);
        return std::clamp(group.start(), std::min(low, high), std::max(low, high));
    };
    std::vector<Group> groups;
    std::vector<std::size_t> befores;
    for (std::size_t k = 0; k < order.size(); ++k) {
        groups.push_back({wanted[order[k]], 1});
        befores.push_back(k);
        while (groups.size() > 1) {
            const Group& previous = groups[groups.size() - 2];
            const double end =
                placed(previous, befores[befores.size() - 2]) + spacing * static_cast<double>(previous.count);
            if (placed(groups.back(), befores.back()) >= end - 1e-9) break;
            const Group last = groups.back();
            groups.pop_back();
            befores.pop_back();
            const double shift = spacing * static_cast<double>(groups.back().count) * static_cast<double>(last.count);
            groups.back().sum += last.sum - shift;
            groups.back().count += last.count;
        }
    }
    std::vector<double> result(wanted.size());
    std::size_t k = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const double start = placed(groups[g], befores[g]);
        for (std::size_t i = 0; i < groups[g].count; ++i, ++k)
            result[order[k]] = start + spacing * static_cast<double>(i);
    }
    return result;
}

std::vector<QRectF> placedLabels(const std::vector<QPointF>& points, const std::vector<QSizeF>& sizes,
                                 double markRadius, const std::vector<QRectF>& obstacles, const QRectF& area) {
    const auto overlap = [](const QRectF& a, const QRectF& b) {
        const QRectF common = a & b;
        return common.isEmpty() ? 0.0 : common.width() * common.height();
    };
    std::vector<QRectF> result;
    const double gap = markRadius + 5;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const QPointF p = points[i];
        const double w = sizes[i].width();
        const double h = sizes[i].height();
        const double near = markRadius + 2;
        std::vector<QPointF> corners = {QPointF(p.x() + gap, p.y() - h / 2),
                                        QPointF(p.x() - gap - w, p.y() - h / 2),
                                        QPointF(p.x() + near, p.y() - near - h + 4),
                                        QPointF(p.x() + near, p.y() + near - 4),
                                        QPointF(p.x() - near - w, p.y() - near - h + 4),
                                        QPointF(p.x() - near - w, p.y() + near - 4),
                                        QPointF(p.x() - w / 2, p.y() - near - h),
                                        QPointF(p.x() - w / 2, p.y() + near)};
        for (int rows = 1; rows <= kRowsAway; ++rows)
            for (const double down : {-rows * (h + 1), rows * (h + 1)}) {
                corners.emplace_back(p.x() + 2 * gap, p.y() - h / 2 + down);
                corners.emplace_back(p.x() - 2 * gap - w, p.y() - h / 2 + down);
            }
        QRectF best;
        double least = INFINITY;
        for (std::size_t c = 0; c < corners.size(); ++c) {
            const QRectF place(corners[c], sizes[i]);
            double cost = static_cast<double>(c) * (c < 8 ? 0.5 : 3.0); // the first is preferred, then the near ones
            cost += 20 * (w * h - overlap(place, area));                // outside it would be cut off
            for (const QRectF& obstacle : obstacles) cost += 3 * overlap(place, obstacle);
            for (const QRectF& label : result) cost += 6 * overlap(place, label); // two texts on each other are none
            for (std::size_t j = 0; j < points.size(); ++j)
                if (j != i)
                    cost += 3 * overlap(place, QRectF(points[j].x() - markRadius, points[j].y() - markRadius,
                                                      2 * markRadius, 2 * markRadius));
            if (cost < least) {
                least = cost;
                best = place;
            }
        }
        const bool taken = i > 0 && least > kMostCovered * w * h;
        result.push_back(taken ? QRectF() : best);
    }
    return result;
}

} // namespace quantoscope::ui
