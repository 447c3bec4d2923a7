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
constexpr double kBehindWords = 0.85; // of the background

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

constexpr int kFootnoteRow = 18;
constexpr Spread kUnknown{NAN, NAN, NAN};

// 10⁹ bytes of float32 a second is a quarter of a value a nanosecond. The highest rate takes the least time.
Spread nanosecondsPerValue(const Spread& gigabytesPerSecond) {
    const auto time = [](double rate) { return rate > 0 ? 4 / rate : std::nan(""); };
    return {time(gigabytesPerSecond.median), time(gigabytesPerSecond.maximum), time(gigabytesPerSecond.minimum)};
}

Spread timeOfWork(const RunResult& run, SpeedPlot::Work work) {
    if (work == SpeedPlot::Work::Fit) {
        const double milliseconds = 1e3 * run.fitSeconds;
        return {milliseconds, milliseconds, milliseconds};
    }
    if (!run.speed) return kUnknown;
    switch (work) {
    case SpeedPlot::Work::Encode: return nanosecondsPerValue(run.speed->encodeGBps);
    case SpeedPlot::Work::Decode: return nanosecondsPerValue(run.speed->decodeGBps);
    case SpeedPlot::Work::Product: return run.speed->product ? run.speed->product->codesMicroseconds : kUnknown;
    case SpeedPlot::Work::Fit: break;
    }
    return kUnknown;
}

QString axisTitle(SpeedPlot::Work work) {
    switch (work) {
    case SpeedPlot::Work::Fit: return SpeedPlot::tr("fit time, ms");
    case SpeedPlot::Work::Encode: return SpeedPlot::tr("encode time, ns per value");
    case SpeedPlot::Work::Decode: return SpeedPlot::tr("decode time, ns per value");
    case SpeedPlot::Work::Product: return SpeedPlot::tr("matrix–vector time, µs");
    }
    return {};
}

/// Three figures, as times that are measured have them at best.
QString timeText(double time) {
    const int whole = time > 0 ? static_cast<int>(std::floor(std::log10(time))) : 0;
    return numberText(time, std::clamp(2 - whole, 0, 4));
}

QString workText(SpeedPlot::Work work) {
    switch (work) {
    case SpeedPlot::Work::Fit: return SpeedPlot::tr("Fit");
    case SpeedPlot::Work::Encode: return SpeedPlot::tr("Encode");
    case SpeedPlot::Work::Decode: return SpeedPlot::tr("Decode");
    case SpeedPlot::Work::Product: return SpeedPlot::tr("From codes");
    }
    return {};
}

QString withUnit(const QString& time, SpeedPlot::Work work) {
    switch (work) {
    case SpeedPlot::Work::Fit: return SpeedPlot::tr("%1 ms").arg(time);
    case SpeedPlot::Work::Encode:
    case SpeedPlot::Work::Decode: return SpeedPlot::tr("%1 ns per value").arg(time);
    case SpeedPlot::Work::Product: return SpeedPlot::tr("%1 µs").arg(time);
    }
    return {};
}

} // namespace

SpeedPlot::SpeedPlot(QWidget* parent) : PlotWidget(parent), m_baseline(kUnknown) {
    setAccessibleName(tr("Error and speed"));
    setXTitle(axisTitle(m_work));
    setYTitle(tr("RMS error, % of σ"));
    setPlotMargins({44, 28, 24, 52 + kFootnoteRow});
    setZoomable(Qt::Horizontal | Qt::Vertical);
    setEmptyText(tr("No speed measured yet"));
}

void SpeedPlot::setPoints(std::vector<TradeOffPoint> points, double sigma) {
    m_points = std::move(points);
    m_sigma = sigma;
    m_hovered = -1;
    findPlaces();
}

void SpeedPlot::setWork(Work work) {
    if (work == m_work) return;
    m_work = work;
    m_hovered = -1;
    setXTitle(axisTitle(work));
    resetView();
    // Some fits take a thousand times as long as others.
    setLogX(work == Work::Fit);
    setZoomable(work == Work::Fit ? Qt::Vertical : Qt::Horizontal | Qt::Vertical);
    findPlaces();
}

void SpeedPlot::findPlaces() {
    m_places.clear();
    std::vector<Spread> inFloat;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const RunResult& run = *m_points[i].run;
        const Place place{i, timeOfWork(run, m_work), 100 * run.errors.rmse / m_sigma};
        if (!(place.time.median > 0) || !std::isfinite(place.time.median) || !std::isfinite(place.error)) continue;
        m_places.push_back(place);
        if (m_work != Work::Product) continue;
        inFloat.push_back(run.speed->product->floatMicroseconds);
        m_baselineLabel = tr("in float32 (%1)").arg(QString::fromStdString(run.speed->product->floatBackend));
    }
    m_baseline = kUnknown;
    if (!inFloat.empty()) { // the same product, measured beside each run
        const auto middle = inFloat.begin() + static_cast<std::ptrdiff_t>(inFloat.size() / 2);
        std::nth_element(inFloat.begin(), middle, inFloat.end(),
                         [](const Spread& a, const Spread& b) { return a.median < b.median; });
        m_baseline = *middle;
    }
    setEmptyText(m_places.empty() ? tr("No speed measured yet") : QString());
    invalidate();
}

const SpeedPlot::Place* SpeedPlot::placeOf(int index) const {
    for (const Place& place : m_places)
        if (static_cast<int>(place.point) == index) return &place;
    return nullptr;
}

double SpeedPlot::timeOf(int index) const {
    const Place* place = placeOf(index);
    return place ? place->time.median : std::nan("");
}

/// How it was measured.
QString SpeedPlot::footnote() const {
    for (const Place& place : m_places) {
        const auto& speed = m_points[place.point].run->speed;
        if (m_work == Work::Fit) return tr("measured once, sorting included");
        if (speed)
            return tr("median of %1 · %2 · %3")
                .arg(countText(speed->runs),
                     speed->threads == 1 ? tr("1 thread") : tr("%1 threads").arg(speed->threads),
                     QString::fromStdString(speed->instructionSet));
    }
    return {};
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
    const Place* place = placeOf(index);
    if (!place) return {std::nan(""), std::nan("")};
    return {xToPixel(place->time.median), yToPixel(place->error)};
}

void SpeedPlot::rebuild() {
    double shortest = INFINITY, longest = std::isfinite(m_baseline.median) ? m_baseline.median : 0, error = 0;
    for (const Place& place : m_places) {
        shortest = std::min(shortest, place.time.median);
        longest = std::max(longest, place.time.median);
        error = std::max(error, place.error);
    }
    ValueRange x{0, longest > 0 ? longest * 1.25 : 1};
    if (isLogX()) x = longest > 0 ? ValueRange{shortest / 2, longest * 3} : ValueRange{0.1, 10};
    setFullRange(x, {0, error > 0 ? error * 1.1 : 1});
}

QRectF SpeedPlot::baselineLabelRect() const {
    const QRectF area = plotArea();
    const double x = xToPixel(m_baseline.median);
    if (!std::isfinite(x) || x < area.left() || x > area.right()) return {};
    const double width = QFontMetricsF(typeface(type::caption)).horizontalAdvance(m_baselineLabel) + 2;
    const bool right = x + 6 + width < area.right();
    return {right ? x + 6 : std::max(area.left(), x - 6 - width), area.top() + 2, width, 14};
}

void SpeedPlot::paintData(QPainter& painter) {
    const QRectF label = baselineLabelRect();
    if (label.isNull()) return;
    const QRectF area = plotArea();
    const double x = std::floor(xToPixel(m_baseline.median)) + 0.5;
    QPen pen(colors().text2, 1, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({4, 4});
    painter.setPen(pen);
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    painter.setFont(typeface(type::caption));
    painter.setPen(colors().text2);
    painter.drawText(label.adjusted(-1, -1, 1, 1), Qt::AlignLeft | Qt::AlignVCenter, m_baselineLabel);
}

void SpeedPlot::paintMarks(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Place& place : m_places) {
        const double y = yToPixel(place.error);
        const SchemeLook look = schemeLook(m_points[place.point].lookId());
        if (place.time.maximum > place.time.minimum) {
            painter.setPen(QPen(withAlpha(look.color, 0.6), 1.5, Qt::SolidLine, Qt::FlatCap));
            painter.drawLine(QPointF(xToPixel(place.time.minimum), y), QPointF(xToPixel(place.time.maximum), y));
        }
    }
    paintSymbols(painter);
}

void SpeedPlot::paintSymbols(QPainter& painter) const {
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
    if (const QRectF label = baselineLabelRect(); !label.isNull()) {
        obstacles.push_back(label);
        obstacles.emplace_back(xToPixel(m_baseline.median) - 3, area.top(), 6, area.height());
    }
    const QFontMetricsF metrics(typeface(type::caption, weight::semiBold));
    // The run on screen first: it always has its label.
    std::vector<Place> places = m_places;
    std::stable_partition(places.begin(), places.end(),
                          [current](const Place& place) { return static_cast<int>(place.point) == current; });
    for (const Place& place : places) {
        const QPointF at = pointPosition(static_cast<int>(place.point));
        points.push_back(at);
        sizes.emplace_back(metrics.horizontalAdvance(m_points[place.point].label) + 4, 14);
        if (place.time.maximum > place.time.minimum)
            obstacles.emplace_back(xToPixel(place.time.minimum), at.y() - 1,
                                   xToPixel(place.time.maximum) - xToPixel(place.time.minimum), 2);
    }
    const QRectF room = area.adjusted(2, 2, 20, -2);
    const auto labels = placedLabels(points, sizes, kMark / 2 + 1.5, obstacles, room);
    const auto isShown = [&](std::size_t i) {
        return !labels[i].isNull() && area.adjusted(-8, -8, 8, 8).contains(points[i]);
    };
    for (std::size_t i = 0; i < places.size(); ++i)
        if (isShown(i)) paintLeader(painter, points[i], labels[i]);
    // Where there is little room spreads and leaders run behind words, but not marks.
    for (std::size_t i = 0; i < places.size(); ++i)
        if (isShown(i)) painter.fillRect(labels[i].adjusted(0, 1, 0, -1), withAlpha(colors().surface, kBehindWords));
    paintSymbols(painter);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (!isShown(i)) continue;
        const bool strong = static_cast<int>(places[i].point) == current;
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
    painter.setPen(colors().text3);
    const QRectF foot(16, area.bottom() + 48, width() - 24, 16);
    painter.drawText(foot, Qt::AlignCenter,
                     QFontMetricsF(painter.font()).elidedText(footnote(), Qt::ElideRight, foot.width()));
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
                     [](const Place& a, const Place& b) { return a.time.median < b.time.median; });
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
    const Place* place = placeOf(m_hovered);
    if (!place) return hideCard();
    const TradeOffPoint& point = m_points[place->point];
    const Spread& time = place->time;
    CardContent content;
    content.look = schemeLook(point.lookId());
    content.title = point.label;
    content.rows = {{tr("RMS error"), tr("%1 % of σ").arg(numberText(place->error, 2))},
                    {workText(m_work), withUnit(timeText(time.median), m_work)}};
    if (m_work == Work::Product) {
        const ProductSpeed& product = *point.run->speed->product;
        content.rows.push_back({tr("In float32"), withUnit(timeText(product.floatMicroseconds.median), m_work)});
        content.rows.push_back(
            {tr("Faster"),
             tr("%1×").arg(numberText(product.floatMicroseconds.median / product.codesMicroseconds.median, 2))});
    }
    if (m_work != Work::Fit) {
        content.rows.push_back(
            {tr("Spread"), QStringLiteral("%1 … %2").arg(timeText(time.minimum), timeText(time.maximum))});
        content.rows.push_back({tr("Runs"), countText(point.run->speed->runs)});
        content.rows.push_back({tr("Threads"), countText(point.run->speed->threads)});
        content.rows.push_back({tr("Instructions"), QString::fromStdString(point.run->speed->instructionSet)});
    }
    const QPointF at = pointPosition(m_hovered);
    showCard(content, QRectF(at.x() - 10, at.y() - 10, 20, 20));
}

} // namespace quantoscope::ui
