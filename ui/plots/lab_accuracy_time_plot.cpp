#include "ui/plots/lab_accuracy_time_plot.h"

#include "ui/plots/marks.h"
#include "ui/plots/plot_text.h"
#include "ui/plots/trade_off.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/lab_look.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr double kLargest = 30, kLargestInSmall = 22; // diameter of the largest disc
constexpr double kSmallPlot = 260;
constexpr double kSmallest = 7;
constexpr double kReach = 12; // pixels around the middle of a small disc that count as on it
constexpr double kCap = 3.5;  // half the cap of a whisker
constexpr int kFootnoteRow = 18;

/// A hairline from the rim of a disc to its label, where the label is not beside it.
void paintLeader(QPainter& painter, QPointF centre, double radius, const QRectF& label) {
    const QPointF end(std::clamp(centre.x(), label.left(), label.right()),
                      std::clamp(centre.y(), label.center().y() - 2, label.center().y() + 2));
    const double distance = std::hypot(end.x() - centre.x(), end.y() - centre.y());
    if (distance < radius + 14) return;
    const QPointF along = (end - centre) / distance;
    painter.setPen(QPen(colors().line2, 1));
    painter.drawLine(centre + along * (radius + 2), end - along * 2);
}

} // namespace

AccuracyTimePlot::AccuracyTimePlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Accuracy and time"));
    setZoomable(Qt::Horizontal | Qt::Vertical);
    setTickSpacing(48, 48);
    collect();
}

void AccuracyTimePlot::setRows(std::vector<LabRowPtr> rows) {
    m_rows = std::move(rows);
    const int count = static_cast<int>(m_rows.size());
    if (m_selected >= count) m_selected = -1;
    collect();
}

void AccuracyTimePlot::setBatch(Batch batch, std::size_t size) {
    if (batch == m_batch && size == m_batchSize) return;
    m_batch = batch;
    m_batchSize = size;
    resetView();
    collect();
}

void AccuracyTimePlot::setSelectedRow(int row) {
    if (row >= static_cast<int>(m_rows.size())) row = -1;
    if (row == m_selected) return;
    m_selected = row;
    refresh();
}

const std::optional<LabTime>& AccuracyTimePlot::timeOf(const LabRow& row) const {
    return m_batch == Batch::Single ? row.single : row.batched;
}

void AccuracyTimePlot::collect() {
    m_points.clear();
    m_labels.clear();
    m_mostBytes = 1;
    m_scale = AccuracyScale(
        std::any_of(m_rows.begin(), m_rows.end(), [](const LabRowPtr& row) { return row->interval.has_value(); }) ||
        m_rows.empty());
    int simulated = 0;
    int untimed = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const LabRow& row = *m_rows[i];
        const auto& time = timeOf(row);
        if (!time || !std::isfinite(time->spread.median) || !std::isfinite(row.score.accuracy)) {
            ++(row.simulated ? simulated : untimed);
            continue;
        }
        const double accuracy = m_scale.shown(row.score.accuracy);
        m_points.push_back({static_cast<int>(i), 1e6 * time->spread.median, accuracy,
                            row.interval ? m_scale.shown(row.interval->low) : accuracy,
                            row.interval ? m_scale.shown(row.interval->high) : accuracy, coreText(row.label)});
        m_mostBytes = std::max(m_mostBytes, row.bytes);
    }
    // Rows of one method are told apart by their widths.
    std::vector<bool> repeated;
    for (const Point& point : m_points)
        repeated.push_back(std::count_if(m_points.begin(), m_points.end(),
                                         [&](const Point& other) { return other.label == point.label; }) > 1);
    for (std::size_t i = 0; i < m_points.size(); ++i)
        if (repeated[i]) m_points[i].label += QStringLiteral(", ") + widthText(rowAt(m_points[i].row).spec);

    QStringList notes;
    if (simulated == 1) notes << tr("1 simulated row has no time");
    if (simulated > 1) notes << tr("%1 simulated rows have no time").arg(simulated);
    if (untimed == 1) notes << tr("1 row is not timed yet");
    if (untimed > 1) notes << tr("%1 rows are not timed yet").arg(untimed);
    m_footnote = notes.join(QStringLiteral(" · "));

    if (m_points.empty())
        setEmptyText(m_rows.empty() ? tr("Accuracy against time, a disc for each method: run the methods to see it")
                                    : m_footnote);
    else
        setEmptyText({});
    setXTitle(m_batch == Batch::Single
                  ? tr("µs per sample, batch 1")
                  : tr("µs per sample, batch %1").arg(countText(static_cast<qint64>(m_batchSize))));
    setYTitle(m_scale.axisTitle());
    setPlotMargins({44, 40, 20, 52 + (m_footnote.isEmpty() ? 0 : kFootnoteRow)});
    if (!pointOf(m_hovered)) setHovered(-1);
    invalidate();
}

const AccuracyTimePlot::Point* AccuracyTimePlot::pointOf(int row) const {
    for (const Point& point : m_points)
        if (point.row == row) return &point;
    return nullptr;
}

QPointF AccuracyTimePlot::pointPosition(int row) const {
    const Point* point = pointOf(row);
    if (!point) return {std::nan(""), std::nan("")};
    return {xToPixel(point->microseconds), yToPixel(point->accuracy)};
}

double AccuracyTimePlot::discDiameter(int row) const {
    if (!pointOf(row)) return 0;
    const double share = static_cast<double>(rowAt(row).bytes) / static_cast<double>(m_mostBytes);
    const double largest = plotArea().width() < kSmallPlot ? kLargestInSmall : kLargest;
    return std::max(kSmallest, largest * std::sqrt(share));
}

QRectF AccuracyTimePlot::labelRect(int row) const {
    for (std::size_t i = 0; i < m_labels.size() && i < m_points.size(); ++i)
        if (m_points[i].row == row) return m_labels[i];
    return {};
}

void AccuracyTimePlot::rebuild() {
    if (m_points.empty()) return;
    double slowest = 0;
    double low = INFINITY;
    double high = -INFINITY;
    const double unit = m_scale.shown(1);
    for (const Point& point : m_points) {
        slowest = std::max(slowest, point.microseconds);
        low = std::min(low, point.low / unit);
        high = std::max(high, point.high / unit);
    }
    setFullRange({0, slowest > 0 ? slowest * 1.25 : 1}, m_scale.axis(low, high));
}

void AccuracyTimePlot::paintData(QPainter& painter) {
    for (const Point& point : m_points) {
        if (!(point.high > point.low)) continue;
        // Under a disc of its own colour a line of one pixel is enough; on whole pixels it is the same everywhere.
        const double x = std::floor(xToPixel(point.microseconds)) + 0.5;
        const double top = std::round(yToPixel(point.high)) + 0.5;
        const double bottom = std::round(yToPixel(point.low)) + 0.5;
        const bool strong = point.row == m_selected;
        painter.setPen(QPen(withAlpha(labLook(rowAt(point.row).spec.method).color, strong ? 1 : 0.75), strong ? 2 : 1,
                            Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QLineF(x, top, x, bottom));
        painter.drawLine(QLineF(x - kCap, top, x + kCap, top));
        painter.drawLine(QLineF(x - kCap, bottom, x + kCap, bottom));
    }
}

void AccuracyTimePlot::paintMarks(QPainter& painter) {
    std::vector<const Point*> order; // small ones lie on top
    for (const Point& point : m_points) order.push_back(&point);
    std::stable_sort(order.begin(), order.end(),
                     [this](const Point* a, const Point* b) { return discDiameter(a->row) > discDiameter(b->row); });
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Point* point : order) {
        const SchemeLook look = labLook(rowAt(point->row).spec.method);
        const QPointF at = pointPosition(point->row);
        const double radius = discDiameter(point->row) / 2;
        const bool hollow = look.shape == MarkShape::Ring;
        painter.setPen(Qt::NoPen);
        // What a hollow disc lies over, often its own method untrained, shows through.
        painter.setBrush(withAlpha(colors().surface, hollow ? 0.4 : 1));
        painter.drawEllipse(at, radius + 1.5, radius + 1.5);
        if (hollow) {
            painter.setPen(QPen(look.color, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(at, radius - 1, radius - 1);
        } else {
            painter.setBrush(withAlpha(look.color, 0.9));
            painter.drawEllipse(at, radius, radius);
        }
        if (point->row != m_selected) continue;
        painter.setPen(QPen(look.color, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(at, radius + 4, radius + 4);
    }
}

void AccuracyTimePlot::paintLabels(QPainter& painter) {
    const QRectF area = plotArea();
    const QRectF corner(area.left() + 4, area.top() + 2, 70, 16);
    std::vector<QRectF> discs, taken{corner};
    for (const Point& point : m_points) {
        const QPointF at = pointPosition(point.row);
        const double radius = discDiameter(point.row) / 2 + (point.row == m_selected ? 5 : 1.5);
        discs.emplace_back(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius);
        if (point.high > point.low)
            taken.emplace_back(at.x() - 1.5, yToPixel(point.high), 3, yToPixel(point.low) - yToPixel(point.high));
    }
    // The chosen row first: it has the best place.
    std::vector<std::size_t> order(m_points.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_partition(order.begin(), order.end(), [this](std::size_t i) { return m_points[i].row == m_selected; });
    m_labels.assign(m_points.size(), {});
    const QFontMetricsF metrics(typeface(type::caption, weight::semiBold));
    for (const std::size_t i : order) {
        const Point& point = m_points[i];
        const QPointF at = discs[i].center();
        if (!area.adjusted(-8, -8, 8, 8).contains(at)) continue; // zoomed away
        // Discs differ in size, so each label is placed with the radius of its own.
        std::vector<QRectF> obstacles = taken;
        for (std::size_t j = 0; j < discs.size(); ++j)
            if (j != i) obstacles.push_back(discs[j]);
        const QSizeF size(metrics.horizontalAdvance(point.label) + 4, 14);
        m_labels[i] = placedLabels({at}, {size}, discs[i].width() / 2, obstacles, area.adjusted(2, 2, 16, -2)).front();
        taken.push_back(m_labels[i]);
        const bool strong = point.row == m_selected;
        painter.setRenderHint(QPainter::Antialiasing);
        paintLeader(painter, at, discs[i].width() / 2, m_labels[i]);
        painter.setFont(typeface(type::caption, strong ? weight::bold : weight::medium));
        painter.setPen(colors().text);
        painter.drawText(m_labels[i].adjusted(-2, -2, 2, 2), Qt::AlignCenter, point.label);
    }
    painter.setFont(typeface(type::caption));
    painter.setPen(colors().text2);
    const QString better = tr("↖ better");
    painter.fillRect(
        QRectF(corner.left(), corner.top(), QFontMetricsF(painter.font()).horizontalAdvance(better) + 4, 16),
        colors().surface);
    painter.drawText(corner, Qt::AlignLeft | Qt::AlignVCenter, better);
    if (!m_footnote.isEmpty()) {
        const QRectF place(16, area.bottom() + 50, area.right() - 16, 16);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(painter.font()).elidedText(m_footnote, Qt::ElideRight, place.width()));
    }
}

void AccuracyTimePlot::paintHover(QPainter& painter) {
    if (m_hovered < 0) return;
    const double radius = discDiameter(m_hovered) / 2 + 4;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(labLook(rowAt(m_hovered).spec.method).color, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(pointPosition(m_hovered), radius, radius);
}

int AccuracyTimePlot::nearest(const QPointF& position) const {
    int best = -1;
    double least = INFINITY;
    for (const Point& point : m_points) {
        const QPointF gap = pointPosition(point.row) - position;
        const double distance = std::hypot(gap.x(), gap.y());
        if (distance > std::max(kReach, discDiameter(point.row) / 2) || distance >= least) continue;
        least = distance;
        best = point.row;
    }
    return best;
}

void AccuracyTimePlot::pointerMoved(const QPointF& position, Qt::KeyboardModifiers) {
    const int row = nearest(position);
    if (row >= 0)
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
    setHovered(row);
}

void AccuracyTimePlot::pointerPressed(const QPointF& position, Qt::KeyboardModifiers) {
    if (const int row = nearest(position); row >= 0) emit rowClicked(row);
}

void AccuracyTimePlot::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_hovered >= 0) {
        emit rowClicked(m_hovered);
        return;
    }
    if (key == Qt::Key_Escape && m_hovered >= 0) return setHovered(-1);
    const bool forwards = key == Qt::Key_Right || key == Qt::Key_Down;
    if ((!forwards && key != Qt::Key_Left && key != Qt::Key_Up) || m_points.empty())
        return PlotWidget::keyPressEvent(event);
    std::vector<Point> order = m_points;
    std::stable_sort(order.begin(), order.end(),
                     [](const Point& a, const Point& b) { return a.microseconds < b.microseconds; });
    const auto from = m_hovered >= 0 ? m_hovered : m_selected;
    const auto at = std::find_if(order.begin(), order.end(), [from](const Point& p) { return p.row == from; });
    const auto last = static_cast<std::ptrdiff_t>(order.size()) - 1;
    std::ptrdiff_t index = forwards ? 0 : last;
    if (at != order.end()) index = std::clamp<std::ptrdiff_t>(at - order.begin() + (forwards ? 1 : -1), 0, last);
    setHovered(order[static_cast<std::size_t>(index)].row);
}

void AccuracyTimePlot::setHovered(int row) {
    if (row == m_hovered) return;
    m_hovered = row;
    updateCard();
    refreshHover();
    emit rowHovered(row);
}

void AccuracyTimePlot::updateCard() {
    const Point* point = pointOf(m_hovered);
    if (!point) return hideCard();
    const LabRow& row = rowAt(m_hovered);
    CardContent content;
    content.look = labLook(row.spec.method);
    content.title = coreText(row.label);
    content.note = widthText(row.spec);
    content.rows = {{m_scale.isPercent() ? tr("Accuracy") : QStringLiteral("R²"), m_scale.text(row.score.accuracy)}};
    if (row.interval) content.rows.push_back({tr("95 % interval"), m_scale.text(*row.interval)});
    const LabTime& time = *timeOf(row);
    content.rows.push_back({tr("Time per sample"), microsecondsText(time.spread.median)});
    content.rows.push_back({tr("Spread"), microsecondsText(time.spread.minimum) + QStringLiteral(" … ") +
                                              microsecondsText(time.spread.maximum)});
    content.rows.push_back({tr("Size"), byteText(static_cast<qint64>(row.bytes))});
    if (!row.implementation.empty())
        content.rows.push_back({tr("Kernels"), QString::fromStdString(row.implementation)});
    const QPointF at = pointPosition(m_hovered);
    const double reach = discDiameter(m_hovered) / 2 + 6;
    showCard(content, QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach));
}

} // namespace quantoscope::ui
