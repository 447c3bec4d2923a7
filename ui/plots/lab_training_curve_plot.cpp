#include "ui/plots/lab_training_curve_plot.h"

#include "ui/plots/marks.h"
#include "ui/plots/plot_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

QPen curvePen(bool test) {
    QPen pen(test ? colors().text3 : colors().ink, 1.5, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (test) pen.setDashPattern({5 / 1.5, 3 / 1.5});
    return pen;
}

} // namespace

TrainingCurvePlot::TrainingCurvePlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Training curve"));
    setMinimumSize(200, 104);
    setPlotMargins({40, 28, 20, 26});
    setZoomable(Qt::Horizontal);
    setWholeNumbers(Qt::Horizontal);
    setTickSpacing(48, 30);
    setEmptyText(tr("Loss by epoch, while the network is trained"));
}

void TrainingCurvePlot::setCurve(std::span<const EpochReport> curve) {
    m_curve.assign(curve.begin(), curve.end());
    if (m_hovered >= epochCount()) setHovered(-1);
    setEmptyText(m_curve.empty() ? tr("Loss by epoch, while the network is trained") : QString());
    invalidate();
}

void TrainingCurvePlot::setEpochs(int epochs) {
    if (epochs == m_epochs) return;
    m_epochs = epochs;
    invalidate();
}

void TrainingCurvePlot::setQuantity(Quantity quantity) {
    if (quantity == m_quantity) return;
    m_quantity = quantity;
    invalidate();
}

void TrainingCurvePlot::setScale(AccuracyScale scale) {
    if (scale == m_scale) return;
    m_scale = scale;
    invalidate();
}

QString TrainingCurvePlot::title() const {
    return m_quantity == Quantity::Loss ? tr("loss by epoch")
           : m_scale.isPercent()        ? tr("accuracy by epoch, %")
                                        : tr("R² by epoch");
}

double TrainingCurvePlot::valueOf(const EpochReport& report, bool test) const {
    if (m_quantity == Quantity::Loss) return test ? report.testLoss : report.trainLoss;
    return m_scale.shown(test ? report.testAccuracy : report.trainAccuracy);
}

QPointF TrainingCurvePlot::pointPosition(int index, bool test) const {
    const EpochReport& report = m_curve[static_cast<std::size_t>(index)];
    return {xToPixel(report.epoch), yToPixel(valueOf(report, test))};
}

void TrainingCurvePlot::rebuild() {
    double low = INFINITY;
    double high = -INFINITY;
    int last = std::max(2, m_epochs);
    for (const EpochReport& report : m_curve) {
        last = std::max(last, report.epoch);
        for (const bool test : {false, true}) {
            const double value = valueOf(report, test);
            if (!std::isfinite(value)) continue;
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    ValueRange y{0, high > 0 ? high * 1.1 : 1};
    if (m_quantity == Quantity::Accuracy && low <= high) {
        const double unit = m_scale.shown(1);
        y = m_scale.axis(low / unit, high / unit);
    }
    // From the first epoch on; before it nothing has been measured.
    setFullRange({1 - 0.02 * (last - 1), last + 0.02 * (last - 1)}, y);
}

void TrainingCurvePlot::paintData(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (const bool test : {true, false}) {
        painter.setPen(curvePen(test));
        QPolygonF run;
        const auto flush = [&] {
            if (run.size() > 1) painter.drawPolyline(run);
            run.clear();
        };
        for (int i = 0; i < epochCount(); ++i) {
            const QPointF at = pointPosition(i, test);
            if (std::isfinite(at.y()))
                run << at;
            else
                flush();
        }
        flush();
    }
}

void TrainingCurvePlot::paintMarks(QPainter& painter) {
    if (m_curve.empty()) return;
    // A single epoch is no line yet; and of a running training, where it is now.
    const bool running = m_curve.back().epoch < m_epochs;
    const int marked = m_hovered >= 0 ? m_hovered : running || epochCount() == 1 ? epochCount() - 1 : -1;
    if (marked < 0) return;
    if (m_hovered >= 0 && !isExporting()) {
        const double x = std::round(xToPixel(m_curve[static_cast<std::size_t>(marked)].epoch));
        painter.fillRect(QRectF(x, plotArea().top(), 1, plotArea().height()), colors().line2);
    }
    for (const bool test : {true, false}) {
        const QPointF at = pointPosition(marked, test);
        if (std::isfinite(at.y())) paintMark(painter, at, {curvePen(test).color(), MarkShape::Disc, false}, 6, 1);
    }
}

QString TrainingCurvePlot::readout() const {
    if (m_hovered < 0) return {};
    const EpochReport& report = m_curve[static_cast<std::size_t>(m_hovered)];
    const auto text = [&](bool test) {
        if (m_quantity == Quantity::Loss) return compactText(valueOf(report, test), 3);
        return m_scale.text(test ? report.testAccuracy : report.trainAccuracy);
    };
    return tr("epoch %1: training %2, test %3").arg(report.epoch).arg(text(false), text(true));
}

void TrainingCurvePlot::paintLabels(QPainter& painter) {
    painter.setFont(typeface(type::caption));
    const QFontMetricsF metrics(painter.font());
    const double y = 14;
    double x = plotArea().right();
    const auto right = [&](const QString& text) {
        x -= metrics.horizontalAdvance(text);
        painter.setPen(colors().text2);
        painter.drawText(QRectF(x - 1, y - 8, metrics.horizontalAdvance(text) + 4, 16),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    const QString now = isExporting() ? QString() : readout();
    painter.setPen(colors().text2);
    painter.drawText(QRectF(16, y - 8, width() - 16, 16), Qt::AlignLeft | Qt::AlignVCenter,
                     now.isEmpty() ? title() : now);
    if (!now.isEmpty()) return;
    for (const bool test : {true, false}) {
        right(test ? tr("test") : tr("training"));
        painter.setPen(curvePen(test));
        painter.drawLine(QLineF(x - 20, y, x - 6, y));
        x -= 32;
    }
}

void TrainingCurvePlot::pointerMoved(const QPointF& position, Qt::KeyboardModifiers) {
    if (m_curve.empty() || !plotArea().adjusted(-6, -6, 6, 6).contains(position)) return setHovered(-1);
    const double epoch = pixelToX(position.x());
    const auto nearest =
        std::min_element(m_curve.begin(), m_curve.end(), [epoch](const EpochReport& a, const EpochReport& b) {
            return std::abs(a.epoch - epoch) < std::abs(b.epoch - epoch);
        });
    // Epochs that have not run yet have nothing to tell.
    const bool near = std::abs(nearest->epoch - epoch) <= std::max(0.5, 12 / (xToPixel(1) - xToPixel(0)));
    setHovered(near ? static_cast<int>(nearest - m_curve.begin()) : -1);
}

void TrainingCurvePlot::keyPressEvent(QKeyEvent* event) {
    const int last = epochCount() - 1;
    if (last < 0) return PlotWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left: setHovered(m_hovered < 0 ? last : std::max(0, m_hovered - 1)); break;
    case Qt::Key_Right: setHovered(std::min(last, m_hovered + 1)); break;
    case Qt::Key_Home: setHovered(0); break;
    case Qt::Key_End: setHovered(last); break;
    case Qt::Key_Escape:
        if (m_hovered < 0) return PlotWidget::keyPressEvent(event);
        setHovered(-1);
        break;
    default: PlotWidget::keyPressEvent(event);
    }
}

void TrainingCurvePlot::setHovered(int index) {
    if (index == m_hovered) return;
    m_hovered = index;
    setAccessibleDescription(readout());
    refresh(); // two short lines: as cheap as a layer of its own
}

} // namespace quantoscope::ui
