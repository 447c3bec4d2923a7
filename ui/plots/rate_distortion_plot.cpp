#include "ui/plots/rate_distortion_plot.h"

#include "core/study/rate.h"
#include "ui/plots/marks.h"
#include "ui/plots/plot_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/mark.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr double kReach = 14; // pixels around a point that count as on it
constexpr double kLabelSpacing = 16;
constexpr double kRoomForCard = 260;
constexpr double kBeyond = 0.1; // of the largest distance to the limit
constexpr int kLabelStart = 32; // from the axis to the labels' text

} // namespace

RateDistortionPlot::RateDistortionPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Rate–distortion"));
    setXTitle(tr("bits per value"));
    setYTitle(tr("SQNR, dB"));
    setEmptyText(tr("No runs to compare yet"));
    setZoomable(Qt::Horizontal | Qt::Vertical);
    setTickSpacing(36, 48);
}

void RateDistortionPlot::setPoints(std::vector<TradeOffPoint> points) {
    m_points = std::move(points);
    if (m_hovered >= static_cast<int>(m_points.size())) m_hovered = -1;
    showEmptyText();
    invalidate();
}

void RateDistortionPlot::setBound(std::vector<BoundPoint> bound) {
    m_bound = std::move(bound);
    showEmptyText(); // the distances arrive with the limit
    invalidate();
}

void RateDistortionPlot::showEmptyText() {
    const bool distances = std::any_of(m_points.begin(), m_points.end(),
                                       [this](const TradeOffPoint& point) { return std::isfinite(toBound(point)); });
    setEmptyText(m_points.empty()                                ? tr("No runs to compare yet")
                 : m_quantity == Quantity::ToBound && !distances ? tr("The limit is not known yet")
                                                                 : QString());
}

void RateDistortionPlot::setCurrent(RunPtr run) {
    if (run == m_current) return;
    m_current = std::move(run);
    refresh();
}

void RateDistortionPlot::setQuantity(Quantity quantity) {
    if (quantity == m_quantity) return;
    m_quantity = quantity;
    setYTitle(quantity == Quantity::Sqnr ? tr("SQNR, dB") : tr("distance to the bound, dB"));
    showEmptyText();
    resetView();
    invalidate();
}

double RateDistortionPlot::toBound(const TradeOffPoint& point) const { return boundDistanceDb(*point.run); }

QPointF RateDistortionPlot::valueOf(std::size_t index) const {
    const TradeOffPoint& point = m_points[index];
    return {storedBits(*point.run), m_quantity == Quantity::Sqnr ? point.run->errors.sqnrDb : toBound(point)};
}

QPointF RateDistortionPlot::pointPosition(int index) const {
    const QPointF value = valueOf(static_cast<std::size_t>(index));
    return {xToPixel(value.x()), yToPixel(value.y())};
}

int RateDistortionPlot::currentIndex() const {
    for (std::size_t i = 0; i < m_points.size(); ++i)
        if (m_points[i].run == m_current) return static_cast<int>(i);
    // The same settings, computed once more.
    if (m_current)
        for (std::size_t i = 0; i < m_points.size(); ++i)
            if (m_points[i].run->spec() == m_current->spec()) return static_cast<int>(i);
    return -1;
}

void RateDistortionPlot::rebuild() {
    m_lines.clear();
    std::vector<QPointF> values;
    double low = 0;
    double high = 1;
    double bits = 1;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const QPointF value = valueOf(i);
        values.push_back(value);
        const QString lookId = m_points[i].lookId();
        auto line = m_points[i].alone ? m_lines.end()
                                      : std::find_if(m_lines.begin(), m_lines.end(),
                                                     [&](const Line& l) { return l.lookId == lookId; });
        if (line == m_lines.end()) line = m_lines.insert(m_lines.end(), {m_points[i].label, lookId, {}});
        if (!std::isfinite(value.x()) || !std::isfinite(value.y())) continue;
        line->points.push_back(i);
        low = std::min(low, value.y());
        high = std::max(high, value.y());
        bits = std::max(bits, value.x());
    }
    std::erase_if(m_lines, [](const Line& line) { return line.points.empty(); });
    for (Line& line : m_lines)
        std::stable_sort(line.points.begin(), line.points.end(),
                         [&](std::size_t a, std::size_t b) { return values[a].x() < values[b].x(); });
    if (m_quantity == Quantity::ToBound)
        for (QPointF& value : values) value.setY(-value.y());
    m_front = paretoFront(values);

    const double right = bits * 1.04;
    if (m_quantity == Quantity::Sqnr) {
        // Room for the limit, but not where it leaves for infinity.
        const double limit = boundAt(m_bound, right);
        if (std::isfinite(limit) && limit < 2 * high) high = std::max(high, limit / 1.08);
    }
    double bottom = low < 0 ? std::floor(low / 10) * 10 : 0;
    // Room for what lies beyond the limit, so that the line is seen to be one.
    if (m_quantity == Quantity::ToBound && !m_bound.empty()) bottom = std::min(bottom, -kBeyond * high);
    setFullRange({0, right}, {bottom, high * 1.1});

    // Room for the labels at the ends of the lines.
    const QFontMetricsF metrics(typeface(type::caption, weight::semiBold));
    double widest = 0;
    for (const Line& line : m_lines) widest = std::max(widest, metrics.horizontalAdvance(line.label));
    setPlotMargins({44, 28, kLabelStart + static_cast<int>(std::ceil(std::min(widest, 140.0))) + 12, 52});
}

void RateDistortionPlot::paintBackground(QPainter& painter) {
    if (m_bound.empty()) return;
    const QRectF area = plotArea();
    if (m_quantity == Quantity::ToBound) {
        const double zero = std::round(yToPixel(0));
        if (zero < area.bottom())
            painter.fillRect(QRectF(area.left(), zero, area.width(), area.bottom() - zero), colors().impossible);
        return;
    }
    QPolygonF region;
    for (const BoundPoint& point : m_bound)
        region << QPointF(xToPixel(point.bits), std::clamp(yToPixel(point.sqnrDb), -1e5, 1e5));
    region << QPointF(region.last().x(), area.top() - 10) << QPointF(region.first().x(), area.top() - 10);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors().impossible);
    painter.drawPolygon(region);
}

void RateDistortionPlot::paintData(QPainter& painter) {
    const QRectF area = plotArea();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    if (!m_bound.empty()) {
        painter.setPen(QPen(colors().text2, 1.5));
        QPolygonF line;
        if (m_quantity == Quantity::Sqnr)
            for (const BoundPoint& point : m_bound)
                line << QPointF(xToPixel(point.bits), std::clamp(yToPixel(point.sqnrDb), -1e5, 1e5));
        else
            line << QPointF(area.left(), yToPixel(0)) << QPointF(area.right(), yToPixel(0));
        painter.drawPolyline(line);
        paintLimitText(painter);
    }

    QPolygonF front;
    for (const std::size_t i : m_front) front << pointPosition(static_cast<int>(i));
    painter.setPen(
        QPen(withAlpha(colors().text, theme().isDark() ? 0.20 : 0.14), 10, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (front.size() == 1)
        painter.drawPoint(front.first());
    else
        painter.drawPolyline(front);

    const int current = currentIndex();
    const QString currentLine = current < 0 ? QString() : m_points[static_cast<std::size_t>(current)].lookId();
    for (const bool strong : {false, true}) { // the current line lies on top
        for (const Line& line : m_lines) {
            if ((line.lookId == currentLine) != strong) continue;
            QPolygonF polyline;
            for (const std::size_t i : line.points) polyline << pointPosition(static_cast<int>(i));
            painter.setPen(linePen(schemeLook(line.lookId), strong ? 2.25 : 1.5));
            painter.drawPolyline(polyline);
        }
    }
}

/// What lies beyond the limit, where the region has room for it.
void RateDistortionPlot::paintLimitText(QPainter& painter) {
    const QRectF area = plotArea();
    painter.setFont(typeface(type::caption));
    painter.setPen(colors().text2);
    const bool grouped = std::any_of(m_points.begin(), m_points.end(),
                                     [](const TradeOffPoint& point) { return point.run->quantizer->groupCount() > 1; });
    if (m_quantity == Quantity::Sqnr) {
        QString text = tr("impossible for memoryless codes:\nbeyond the rate–distortion limit");
        if (grouped) text += u'\n' + tr("(codes by group may cross it)");
        const QRectF place(area.left() + 20, area.top() + 40, 200, grouped ? 48 : 32);
        if (boundAt(m_bound, std::max(m_bound.front().bits, pixelToX(place.right()))) < pixelToY(place.bottom()))
            painter.drawText(place, Qt::AlignLeft | Qt::AlignTop, text);
        return;
    }
    const double zero = yToPixel(0);
    const QRectF place(area.left() + 8, zero + 2, area.width() - 16, area.bottom() - zero - 2);
    if (place.height() < painter.fontMetrics().height()) return;
    const QString brief = tr("beyond the limit"), whole = tr("beyond the limit of memoryless codes");
    const QString crossed = whole + u' ' + tr("(codes by group may cross it)");
    for (const QString& text : {grouped ? crossed : whole, whole, brief})
        if (painter.fontMetrics().horizontalAdvance(text) <= place.width()) {
            painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, text);
            return;
        }
}

void RateDistortionPlot::paintMarks(QPainter& painter) {
    const int current = currentIndex();
    const QString currentLine = current < 0 ? QString() : m_points[static_cast<std::size_t>(current)].lookId();
    for (const bool strong : {false, true})
        for (const Line& line : m_lines)
            if ((line.lookId == currentLine) == strong)
                for (const std::size_t i : line.points)
                    paintMark(painter, pointPosition(static_cast<int>(i)), schemeLook(line.lookId), strong ? 8 : 6.5,
                              1);
    if (current >= 0 && std::isfinite(valueOf(static_cast<std::size_t>(current)).y())) {
        const QPointF at = pointPosition(current);
        const SchemeLook look = schemeLook(currentLine);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(look.color, 2));
        painter.setBrush(withAlpha(look.color, 0.25));
        painter.drawEllipse(at, 7.5, 7.5);
        paintMark(painter, at, look, 8, 0);
    }
}

void RateDistortionPlot::paintLabels(QPainter& painter) {
    const QRectF area = plotArea();
    const int current = currentIndex();
    const QString currentLine = current < 0 ? QString() : m_points[static_cast<std::size_t>(current)].lookId();
    std::vector<const Line*> shown;
    std::vector<double> wanted;
    for (const Line& line : m_lines) {
        const QPointF end = pointPosition(static_cast<int>(line.points.back()));
        if (!area.adjusted(-4, -4, 4, 4).contains(end)) continue; // zoomed away
        shown.push_back(&line);
        wanted.push_back(end.y());
    }
    const auto places = pushedApart(wanted, kLabelSpacing, area.top() + 8, area.bottom() - 8);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const Line& line = *shown[i];
        const QPointF end = pointPosition(static_cast<int>(line.points.back()));
        const SchemeLook look = schemeLook(line.lookId);
        const double y = places[i];
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colors().line2, 1));
        painter.drawLine(end + QPointF(6, 0), QPointF(area.right() + kLabelStart - 14, y));
        drawMark(painter, look.shape, look.color, {area.right() + kLabelStart - 8, y}, 7, colors().surface);
        painter.setFont(typeface(type::caption, line.lookId == currentLine ? weight::bold : weight::medium));
        painter.setPen(colors().text);
        const QRectF place(area.right() + kLabelStart, y - 8, width() - area.right() - kLabelStart - 4, 16);
        painter.drawText(
            place, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetricsF(painter.font()).elidedText(line.label, Qt::ElideRight, std::max(place.width(), 60.0)));
    }
}

void RateDistortionPlot::paintHover(QPainter& painter) {
    if (m_hovered < 0) return;
    const QPointF at = pointPosition(m_hovered);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(schemeLook(m_points[static_cast<std::size_t>(m_hovered)].lookId()).color, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(at, 7.5, 7.5);
}

int RateDistortionPlot::nearest(const QPointF& position) const {
    int best = -1;
    double least = kReach;
    for (const Line& line : m_lines) {
        for (const std::size_t i : line.points) {
            const QPointF gap = pointPosition(static_cast<int>(i)) - position;
            if (const double distance = std::hypot(gap.x(), gap.y()); distance < least) {
                least = distance;
                best = static_cast<int>(i);
            }
        }
    }
    return best;
}

void RateDistortionPlot::pointerMoved(const QPointF& position, Qt::KeyboardModifiers) {
    const int index = nearest(position);
    if (index >= 0)
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
    setHovered(index);
}

void RateDistortionPlot::pointerPressed(const QPointF& position, Qt::KeyboardModifiers) {
    if (const int index = nearest(position); index >= 0) emit runChosen(index);
}

void RateDistortionPlot::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_hovered >= 0) {
        emit runChosen(m_hovered);
        return;
    }
    if (key == Qt::Key_Escape) return setHovered(-1);
    const bool along = key == Qt::Key_Left || key == Qt::Key_Right;
    const bool across = key == Qt::Key_Up || key == Qt::Key_Down;
    if ((!along && !across) || m_lines.empty()) return PlotWidget::keyPressEvent(event);
    if (m_hovered < 0) {
        const int current = currentIndex();
        return setHovered(current >= 0 ? current : static_cast<int>(m_lines.front().points.front()));
    }
    if (along) {
        for (const Line& line : m_lines) {
            const auto at = std::find(line.points.begin(), line.points.end(), static_cast<std::size_t>(m_hovered));
            if (at == line.points.end()) continue;
            if (key == Qt::Key_Left && at != line.points.begin()) setHovered(static_cast<int>(*(at - 1)));
            if (key == Qt::Key_Right && at + 1 != line.points.end()) setHovered(static_cast<int>(*(at + 1)));
            return;
        }
    }
    // Above or below: the nearest of the other points in that direction, sideways steps counting for more.
    const QPointF from = pointPosition(m_hovered);
    int best = -1;
    double least = INFINITY;
    for (const Line& line : m_lines) {
        for (const std::size_t i : line.points) {
            const QPointF gap = pointPosition(static_cast<int>(i)) - from;
            const double forwards = key == Qt::Key_Up ? -gap.y() : gap.y();
            if (forwards < 0.5) continue;
            if (const double cost = forwards + 3 * std::abs(gap.x()); cost < least) {
                least = cost;
                best = static_cast<int>(i);
            }
        }
    }
    if (best >= 0) setHovered(best);
}

void RateDistortionPlot::setHovered(int index) {
    if (index == m_hovered) return;
    m_hovered = index;
    updateCard();
    refreshHover();
    emit pointHovered(index);
}

void RateDistortionPlot::updateCard() {
    // A narrow plot is covered by its card: there only what the pointer is on has one.
    const bool narrow = plotArea().width() < kRoomForCard;
    const int index = m_hovered >= 0 || narrow ? m_hovered : currentIndex();
    if (index < 0) return hideCard();
    const TradeOffPoint& point = m_points[static_cast<std::size_t>(index)];
    const std::uint32_t levels = point.run->quantizer->requestedLevels;
    CardContent content;
    content.look = schemeLook(point.lookId());
    content.title = point.label;
    content.note = !std::has_single_bit(levels) ? tr("%1 levels").arg(levels)
                   : bitsFor(levels) == 1       ? tr("1 bit")
                                                : tr("%1 bits").arg(bitsFor(levels));
    content.rows = {{tr("SQNR"), decibelText(point.run->errors.sqnrDb)},
                    {tr("Bits per value"), numberText(point.run->storage.bitsPerValue, 3)}};
    if (const double coded = storedBits(*point.run); coded != point.run->storage.bitsPerValue)
        content.rows.push_back({tr("Entropy-coded"), numberText(coded, 3)});
    if (!m_bound.empty()) content.rows.push_back({tr("To the bound"), decibelText(toBound(point))});
    if (point.run->sampled())
        content.rows.push_back(
            {tr("Measured on"), tr("%1 values").arg(countText(static_cast<qint64>(point.run->measuredValues)))});
    // Opposite to where good runs lie.
    const QPointF at = pointPosition(index);
    if (m_quantity == Quantity::Sqnr)
        showCardBelow(content);
    else
        showCard(content, QRectF(at.x() - 10, at.y() - 10, 20, 20));
}

} // namespace quantoscope::ui
