#include "ui/plots/speed_plot.h"

#include "ui/plots/marks.h"
#include "ui/plots/plot_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr double kReach = 14;
constexpr double kMark = 9;
constexpr double kLeaderFrom = 18;

/// A hairline from a mark to its label, where the label is not beside it.
void paintLeader(QPainter& painter, QPointF mark, const QRectF& label) {
    const QPointF end(label.center().x() > mark.x() ? label.left() : label.right(), label.center().y());
    if (label.contains(QPointF(std::clamp(mark.x(), label.left(), label.right()), mark.y())) ||
        std::hypot(end.x() - mark.x(), end.y() - mark.y()) < kLeaderFrom)
        return;
    painter.setPen(QPen(colors().line2, 1));
    const QPointF along = (end - mark) / std::hypot(end.x() - mark.x(), end.y() - mark.y());
    painter.drawLine(mark + along * (kMark / 2 + 2), end);
}

// 10⁹ bytes of float32 a second is a quarter of a value a nanosecond.
double nanosecondsPerValue(double gigabytesPerSecond) {
    return gigabytesPerSecond > 0 ? 4 / gigabytesPerSecond : std::nan("");
}

} // namespace

SpeedPlot::SpeedPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Error and speed"));
    setXTitle(tr("encode time, ns per value"));
    setYTitle(tr("RMS error, % of σ"));
    setPlotMargins({44, 28, 24, 52});
    setZoomable(Qt::Horizontal | Qt::Vertical);
    setEmptyText(tr("No speed measured yet"));
}

void SpeedPlot::setPoints(std::vector<TradeOffPoint> points, double sigma) {
    m_points = std::move(points);
    m_sigma = sigma;
    m_hovered = -1;
    m_places.clear();
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const RunResult& run = *m_points[i].run;
        if (!run.speed || !(sigma > 0)) continue;
        const Spread& speed = run.speed->encodeGBps;
        const Place place{i, nanosecondsPerValue(speed.median), nanosecondsPerValue(speed.maximum),
                          nanosecondsPerValue(speed.minimum), 100 * run.errors.rmse / sigma};
        if (std::isfinite(place.nanoseconds) && std::isfinite(place.error)) m_places.push_back(place);
    }
    setEmptyText(m_places.empty() ? tr("No speed measured yet") : QString());
    invalidate();
}

void SpeedPlot::setCurrent(RunPtr run) {
    if (run == m_current) return;
    m_current = std::move(run);
    refresh();
}

int SpeedPlot::currentIndex() const {
    for (const Place& place : m_places)
        if (m_points[place.point].run == m_current ||
            (m_current && m_points[place.point].run->spec() == m_current->spec()))
            return static_cast<int>(place.point);
    return -1;
}

QPointF SpeedPlot::pointPosition(int index) const {
    for (const Place& place : m_places)
        if (place.point == static_cast<std::size_t>(index)) return {xToPixel(place.nanoseconds), yToPixel(place.error)};
    return {std::nan(""), std::nan("")};
}

void SpeedPlot::rebuild() {
    double time = 0;
    double error = 0;
    for (const Place& place : m_places) {
        time = std::max(time, place.nanoseconds);
        error = std::max(error, place.error);
    }
    setFullRange({0, time > 0 ? time * 1.25 : 1}, {0, error > 0 ? error * 1.1 : 1});
}

void SpeedPlot::paintMarks(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Place& place : m_places) {
        const QPointF at = pointPosition(static_cast<int>(place.point));
        const SchemeLook look = schemeLook(m_points[place.point].lookId());
        if (std::isfinite(place.fastest) && std::isfinite(place.slowest)) {
            painter.setPen(QPen(withAlpha(look.color, 0.6), 1.5, Qt::SolidLine, Qt::FlatCap));
            painter.drawLine(QPointF(xToPixel(place.fastest), at.y()), QPointF(xToPixel(place.slowest), at.y()));
        }
    }
    const int current = currentIndex();
    for (const Place& place : m_places) {
        const bool strong = static_cast<int>(place.point) == current;
        paintMark(painter, pointPosition(static_cast<int>(place.point)), schemeLook(m_points[place.point].lookId()),
                  strong ? kMark + 2 : kMark, 1.5);
    }
}

void SpeedPlot::paintLabels(QPainter& painter) {
    const QRectF area = plotArea();
    const int current = currentIndex();
    std::vector<QPointF> points;
    std::vector<QSizeF> sizes;
    std::vector<QRectF> obstacles = {QRectF(area.left(), area.bottom() - 24, 70, 24)};
    const QFontMetricsF metrics(typeface(type::caption, weight::semiBold));
    // The run on screen first: it always has its label.
    std::vector<Place> places = m_places;
    std::stable_partition(places.begin(), places.end(),
                          [current](const Place& place) { return static_cast<int>(place.point) == current; });
    for (const Place& place : places) {
        const QPointF at = pointPosition(static_cast<int>(place.point));
        points.push_back(at);
        sizes.emplace_back(metrics.horizontalAdvance(m_points[place.point].label) + 4, 14);
        if (std::isfinite(place.fastest) && std::isfinite(place.slowest))
            obstacles.emplace_back(xToPixel(place.fastest), at.y() - 1,
                                   xToPixel(place.slowest) - xToPixel(place.fastest), 2);
    }
    const QRectF room = area.adjusted(2, 2, 20, -2);
    const auto labels = placedLabels(points, sizes, kMark / 2 + 1.5, obstacles, room);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (labels[i].isNull() || !area.adjusted(-8, -8, 8, 8).contains(points[i])) continue;
        const bool strong = static_cast<int>(places[i].point) == current;
        paintLeader(painter, points[i], labels[i]);
        painter.setFont(typeface(type::caption, strong ? weight::bold : weight::medium));
        painter.setPen(strong ? colors().text : colors().text2);
        painter.drawText(labels[i].adjusted(-2, -2, 2, 2),
                         (labels[i].center().x() > points[i].x() ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter,
                         m_points[places[i].point].label);
    }
    painter.setFont(typeface(type::caption));
    painter.setPen(colors().text2);
    painter.drawText(QRectF(area.left() + 8, area.bottom() - 20, 120, 16), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("better ↙"));
}

void SpeedPlot::paintHover(QPainter& painter) {
    if (m_hovered < 0) return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(schemeLook(m_points[static_cast<std::size_t>(m_hovered)].lookId()).color, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(pointPosition(m_hovered), 8, 8);
}

int SpeedPlot::nearest(const QPointF& position) const {
    int best = -1;
    double least = kReach;
    for (const Place& place : m_places) {
        const QPointF gap = pointPosition(static_cast<int>(place.point)) - position;
        if (const double distance = std::hypot(gap.x(), gap.y()); distance < least) {
            least = distance;
            best = static_cast<int>(place.point);
        }
    }
    return best;
}

void SpeedPlot::pointerMoved(const QPointF& position, Qt::KeyboardModifiers) {
    const int index = nearest(position);
    if (index >= 0)
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
    setHovered(index);
}

void SpeedPlot::pointerPressed(const QPointF& position, Qt::KeyboardModifiers) {
    if (const int index = nearest(position); index >= 0) emit runChosen(index);
}

void SpeedPlot::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_hovered >= 0) {
        emit runChosen(m_hovered);
        return;
    }
    if (key == Qt::Key_Escape) return setHovered(-1);
    const bool forwards = key == Qt::Key_Right || key == Qt::Key_Down;
    if ((!forwards && key != Qt::Key_Left && key != Qt::Key_Up) || m_places.empty())
        return PlotWidget::keyPressEvent(event);
    // In the order of time.
    std::vector<Place> order = m_places;
    std::stable_sort(order.begin(), order.end(),
                     [](const Place& a, const Place& b) { return a.nanoseconds < b.nanoseconds; });
    const auto at = std::find_if(order.begin(), order.end(),
                                 [this](const Place& p) { return static_cast<int>(p.point) == m_hovered; });
    std::ptrdiff_t index = at == order.end() ? (forwards ? 0 : static_cast<std::ptrdiff_t>(order.size()) - 1)
                                             : at - order.begin() + (forwards ? 1 : -1);
    index = std::clamp<std::ptrdiff_t>(index, 0, static_cast<std::ptrdiff_t>(order.size()) - 1);
    setHovered(static_cast<int>(order[static_cast<std::size_t>(index)].point));
}

void SpeedPlot::setHovered(int index) {
    if (index == m_hovered) return;
    m_hovered = index;
    updateCard();
    refreshHover();
    emit pointHovered(index);
}

void SpeedPlot::updateCard() {
    if (m_hovered < 0) return hideCard();
    const auto place = std::find_if(m_places.begin(), m_places.end(),
                                    [this](const Place& p) { return static_cast<int>(p.point) == m_hovered; });
    if (place == m_places.end()) return hideCard();
    const TradeOffPoint& point = m_points[place->point];
    CardContent content;
    content.look = schemeLook(point.lookId());
    content.title = point.label;
    content.rows = {
        {tr("RMS error"), tr("%1 % of σ").arg(numberText(place->error, 2))},
        {tr("Encode"), tr("%1 ns per value").arg(numberText(place->nanoseconds, 2))},
        {tr("Spread"), QStringLiteral("%1 … %2 ns").arg(numberText(place->fastest, 2), numberText(place->slowest, 2))},
        {tr("Runs"), countText(point.run->speed->runs)},
        {tr("Threads"), countText(point.run->speed->threads)}};
    const QPointF at = pointPosition(m_hovered);
    showCard(content, QRectF(at.x() - 10, at.y() - 10, 20, 20));
}

} // namespace quantoscope::ui
