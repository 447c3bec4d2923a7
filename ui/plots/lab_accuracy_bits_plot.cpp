#include "ui/plots/lab_accuracy_bits_plot.h"

#include "ui/plots/marks.h"
#include "ui/plots/plot_text.h"
#include "ui/plots/trade_off.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/lab_look.h"
#include "ui/widgets/mark.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr double kReach = 14;
constexpr double kLabelSpacing = 16;
constexpr int kLabelStart = 28; // from the axis to the labels' text, the mark between them
constexpr double kWidestEndLabel = 84;
constexpr double kLeastForEndLabels = 190; // of the plot, between the axes
constexpr int kFewestBits = 2, kMostBits = 8;

// A variant keeps its method's hue; dashes and the mark tell it apart.
constexpr MarkShape kVariantShapes[] = {MarkShape::Ring, MarkShape::Diamond, MarkShape::Square, MarkShape::Triangle};

QPen referencePen() {
    QPen pen(colors().text2, 1.5, Qt::SolidLine, Qt::FlatCap);
    pen.setDashPattern({4 / 1.5, 3 / 1.5});
    return pen;
}

} // namespace

AccuracyBitsPlot::AccuracyBitsPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Accuracy and bits"));
    setZoomable(Qt::Vertical);
    setWholeNumbers(Qt::Horizontal);
    setTickSpacing(30, 48);
    setActivationBits(8);
    changed();
}

void AccuracyBitsPlot::setPoints(std::vector<LabPoint> points) {
    m_points = std::move(points);
    group();
    if (m_hovered >= static_cast<int>(m_points.size())) setHovered(-1);
    changed();
}

void AccuracyBitsPlot::setReference(std::optional<double> accuracy) {
    if (accuracy == m_reference) return;
    m_reference = accuracy;
    changed();
}

void AccuracyBitsPlot::setActivationBits(int bits) {
    m_activationBits = bits;
    setXTitle(tr("weight bits, activations at %1").arg(bits));
}

void AccuracyBitsPlot::setScale(AccuracyScale scale) {
    if (scale == m_scale) return;
    m_scale = scale;
    resetView();
    changed();
}

void AccuracyBitsPlot::changed() {
    setYTitle(m_scale.axisTitle());
    setEmptyText(m_points.empty() ? tr("Accuracy at 2 to 8 bits, a line for each method: run the methods to see it")
                                  : QString());
    invalidate();
}

void AccuracyBitsPlot::group() {
    m_lines.clear();
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const LabPoint& point = m_points[i];
        if (!std::isfinite(point.accuracy)) continue;
        auto line = std::find_if(m_lines.begin(), m_lines.end(), [&](const Line& l) {
            return l.method == point.spec.method && l.variant == point.variant;
        });
        if (line == m_lines.end()) {
            Line added{point.spec.method, point.variant, {}, labLook(point.spec.method), {}};
            added.label = point.variant.empty() ? methodText(added.method) : coreText(point.variant);
            if (!point.variant.empty()) {
                const auto before = std::count_if(m_lines.begin(), m_lines.end(), [&](const Line& l) {
                    return l.method == added.method && !l.variant.empty();
                });
                added.look.shape = kVariantShapes[static_cast<std::size_t>(before) % std::size(kVariantShapes)];
                added.look.dashed = true;
            }
            line = m_lines.insert(m_lines.end(), std::move(added));
        }
        line->points.push_back(i);
    }
    for (Line& line : m_lines)
        std::stable_sort(line.points.begin(), line.points.end(), [&](std::size_t a, std::size_t b) {
            return m_points[a].spec.weightBits < m_points[b].spec.weightBits;
        });
}

QPointF AccuracyBitsPlot::pointPosition(int point) const {
    const LabPoint& p = m_points[static_cast<std::size_t>(point)];
    return {xToPixel(p.spec.weightBits), yToPixel(m_scale.shown(p.accuracy))};
}

QPolygonF AccuracyBitsPlot::polyline(const Line& line) const {
    QPolygonF result;
    for (const std::size_t i : line.points) result << pointPosition(static_cast<int>(i));
    return result;
}

std::vector<const AccuracyBitsPlot::Line*> AccuracyBitsPlot::ranked() const {
    std::vector<const Line*> result;
    for (const Line& line : m_lines) result.push_back(&line);
    std::stable_sort(result.begin(), result.end(), [this](const Line* a, const Line* b) {
        // Of those that end alike, the one that held longest.
        const std::pair ofA{m_points[a->points.back()].accuracy, m_points[a->points.front()].accuracy};
        const std::pair ofB{m_points[b->points.back()].accuracy, m_points[b->points.front()].accuracy};
        return ofA > ofB;
    });
    return result;
}

void AccuracyBitsPlot::rebuild() {
    double low = INFINITY;
    double high = -INFINITY;
    int fewest = kFewestBits;
    int most = kMostBits;
    for (const LabPoint& point : m_points) {
        if (!std::isfinite(point.accuracy)) continue;
        low = std::min(low, point.accuracy);
        high = std::max(high, point.accuracy);
        fewest = std::min(fewest, point.spec.weightBits);
        most = std::max(most, point.spec.weightBits);
    }
    if (m_reference) {
        low = std::min(low, *m_reference);
        high = std::max(high, *m_reference);
    }
    setFullRange({fewest - 0.3, most + 0.3}, m_scale.axis(low, high));

    // Short names go to the ends of their lines, long ones below the curves, which bend to the upper left.
    const QFontMetricsF metrics(typeface(type::caption, weight::semiBold));
    double widest = m_reference ? metrics.horizontalAdvance(methodText(LabMethod::Float)) : 0;
    for (const Line& line : m_lines) widest = std::max(widest, metrics.horizontalAdvance(line.label));
    m_legendInside = widest > kWidestEndLabel || width() - 44 - kLabelStart - widest - 12 < kLeastForEndLabels;
    setPlotMargins({44, 40, m_legendInside ? 20 : kLabelStart + static_cast<int>(std::ceil(widest)) + 12, 52});
}

void AccuracyBitsPlot::resizeEvent(QResizeEvent* event) {
    invalidate();
    PlotWidget::resizeEvent(event);
}

void AccuracyBitsPlot::paintData(QPainter& painter) {
    const QRectF area = plotArea();
    if (m_reference) {
        const double y = std::round(yToPixel(m_scale.shown(*m_reference))) + 0.5;
        painter.setPen(referencePen());
        painter.drawLine(QLineF(area.left(), y, area.right(), y));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const int strong = lineOf(m_hovered);
    for (const bool top : {false, true}) // the line in hand lies on top
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            if ((static_cast<int>(i) == strong) != top) continue;
            painter.setPen(linePen(m_lines[i].look, top ? 2.25 : 1.75));
            painter.drawPolyline(polyline(m_lines[i]));
        }
}

void AccuracyBitsPlot::paintMarks(QPainter& painter) {
    for (const Line& line : m_lines)
        for (const QPointF& at : polyline(line)) paintMark(painter, at, line.look, 8, 1);
}

void AccuracyBitsPlot::paintLabels(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_legendInside)
        paintLegend(painter);
    else
        paintEndLabels(painter);
}

void AccuracyBitsPlot::paintEndLabels(QPainter& painter) {
    const QRectF area = plotArea();
    struct Entry {
        const Line* line = nullptr; // null: float32
        QPointF end;
    };
    std::vector<Entry> entries;
    if (m_reference) entries.push_back({nullptr, {area.right(), yToPixel(m_scale.shown(*m_reference))}});
    for (const Line* line : ranked()) entries.push_back({line, pointPosition(static_cast<int>(line->points.back()))});
    std::erase_if(entries, [&](const Entry& entry) { // zoomed away
        return !area.adjusted(-4, -4, 4, 4).contains(entry.end);
    });
    std::vector<double> wanted;
    wanted.reserve(entries.size());
    for (const Entry& entry : entries) wanted.push_back(entry.end.y());
    const auto places = pushedApart(wanted, kLabelSpacing, area.top() - 8, area.bottom() - 8);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Line* line = entries[i].line;
        const double y = places[i];
        const double x = area.right() + kLabelStart;
        if (line) {
            drawMark(painter, line->look.shape, line->look.color, {x - 10, y}, 7, colors().surface);
        } else {
            painter.setPen(referencePen());
            painter.drawLine(QLineF(x - 18, y, x - 4, y));
        }
        painter.setFont(typeface(type::caption, weight::medium));
        painter.setPen(colors().text);
        painter.drawText(QRectF(x, y - 8, width() - x, 16), Qt::AlignLeft | Qt::AlignVCenter,
                         line ? line->label : methodText(LabMethod::Float));
    }
}

void AccuracyBitsPlot::paintLegend(QPainter& painter) {
    const QRectF area = plotArea();
    const auto lines = ranked();
    const QFont font = typeface(type::caption, weight::medium);
    const QFontMetricsF metrics(font);
    double widest = metrics.horizontalAdvance(methodText(LabMethod::Float));
    for (const Line* line : lines) widest = std::max(widest, metrics.horizontalAdvance(line->label));
    // At the fewest bits curves come from below: there the legend keeps clear of them.
    const double room = area.right() - std::max(area.left(), xToPixel(kFewestBits + 0.7));
    const double textWidth = std::min(widest + 2, std::max(40.0, room - 44));
    const auto rows = static_cast<double>(lines.size() + (m_reference ? 1 : 0));
    const QRectF box(area.right() - textWidth - 44, area.bottom() - rows * kLabelSpacing - 14, textWidth + 44,
                     rows * kLabelSpacing + 8);
    painter.setPen(Qt::NoPen);
    painter.setBrush(withAlpha(colors().surface, 0.86));
    painter.drawRoundedRect(box, 4, 4);
    double y = box.top() + 4 + kLabelSpacing / 2;
    const auto row = [&](const QString& text) {
        painter.setFont(font);
        painter.setPen(colors().text);
        painter.drawText(QRectF(box.left() + 36, y - 8, textWidth + 4, 16), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(text, Qt::ElideRight, textWidth + 2));
        y += kLabelSpacing;
    };
    if (m_reference) {
        painter.setPen(referencePen());
        painter.drawLine(QLineF(box.left() + 6, y, box.left() + 30, y));
        row(methodText(LabMethod::Float));
    }
    for (const Line* line : lines) {
        painter.setPen(linePen(line->look, 1.75));
        painter.drawLine(QLineF(box.left() + 6, y, box.left() + 30, y));
        paintMark(painter, {box.left() + 18, y}, line->look, 7, 1);
        row(line->label);
    }
}

void AccuracyBitsPlot::paintHover(QPainter& painter) {
    const int line = lineOf(m_hovered);
    if (line < 0) return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_lines[static_cast<std::size_t>(line)].look.color, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(pointPosition(m_hovered), 7.5, 7.5);
}

int AccuracyBitsPlot::lineOf(int point) const {
    if (point < 0) return -1;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const auto& points = m_lines[i].points;
        if (std::find(points.begin(), points.end(), static_cast<std::size_t>(point)) != points.end())
            return static_cast<int>(i);
    }
    return -1;
}

int AccuracyBitsPlot::nearest(const QPointF& position) const {
    int best = -1;
    double least = kReach;
    for (const Line& line : m_lines)
        for (const std::size_t i : line.points) {
            const QPointF gap = pointPosition(static_cast<int>(i)) - position;
            if (const double distance = std::hypot(gap.x(), gap.y()); distance < least) {
                least = distance;
                best = static_cast<int>(i);
            }
        }
    return best;
}

void AccuracyBitsPlot::pointerMoved(const QPointF& position, Qt::KeyboardModifiers) { setHovered(nearest(position)); }

void AccuracyBitsPlot::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key == Qt::Key_Escape && m_hovered >= 0) return setHovered(-1);
    const bool along = key == Qt::Key_Left || key == Qt::Key_Right;
    const bool across = key == Qt::Key_Up || key == Qt::Key_Down;
    if ((!along && !across) || m_lines.empty()) return PlotWidget::keyPressEvent(event);
    const int now = lineOf(m_hovered);
    if (now < 0) return setHovered(static_cast<int>(m_lines.front().points.front()));
    const Line& line = m_lines[static_cast<std::size_t>(now)];
    if (along) {
        const auto at = std::find(line.points.begin(), line.points.end(), static_cast<std::size_t>(m_hovered));
        if (key == Qt::Key_Left && at != line.points.begin()) setHovered(static_cast<int>(*(at - 1)));
        if (key == Qt::Key_Right && at + 1 != line.points.end()) setHovered(static_cast<int>(*(at + 1)));
        return;
    }
    const int next = now + (key == Qt::Key_Up ? -1 : 1);
    if (next < 0 || next >= lineCount()) return;
    // At the same bits, or the nearest that the other line has.
    const int bits = m_points[static_cast<std::size_t>(m_hovered)].spec.weightBits;
    const auto& points = m_lines[static_cast<std::size_t>(next)].points;
    setHovered(static_cast<int>(*std::min_element(points.begin(), points.end(), [&](std::size_t a, std::size_t b) {
        return std::abs(m_points[a].spec.weightBits - bits) < std::abs(m_points[b].spec.weightBits - bits);
    })));
}

void AccuracyBitsPlot::setHovered(int point) {
    if (point == m_hovered) return;
    const bool sameLine = lineOf(point) == lineOf(m_hovered);
    m_hovered = point;
    updateCard();
    if (sameLine)
        refreshHover();
    else
        refresh();
    emit pointHovered(point);
}

void AccuracyBitsPlot::updateCard() {
    const int line = lineOf(m_hovered);
    if (line < 0) return hideCard();
    const LabPoint& point = m_points[static_cast<std::size_t>(m_hovered)];
    CardContent content;
    content.look = m_lines[static_cast<std::size_t>(line)].look;
    content.title = m_lines[static_cast<std::size_t>(line)].label;
    content.note = widthText(point.spec);
    content.rows = {{m_scale.isPercent() ? tr("Accuracy") : QStringLiteral("R²"), m_scale.text(point.accuracy)}};
    if (point.interval) content.rows.push_back({tr("95 % interval"), m_scale.text(*point.interval)});
    if (m_reference) content.rows.push_back({tr("To FP32"), m_scale.pointsText(point.accuracy - *m_reference)});
    showCardBelow(content);
}

} // namespace quantoscope::ui
