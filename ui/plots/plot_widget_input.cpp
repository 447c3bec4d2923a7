// What the pointer, the wheel and the keys do to a pane: zoom, pan and show all; the rest goes to the view.
#include "ui/plots/plot_widget.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr double kMaximumZoom = 1e6;

} // namespace

void PlotWidget::applyView(ValueRange x, ValueRange y) {
    const auto limited = [](ValueRange range, ValueRange full, bool log) {
        if (log) return range; // logarithmic axes are not zoomed
        const double size = std::clamp(range.size(), full.size() / kMaximumZoom, full.size());
        const double middle = (range.lower + range.upper) / 2;
        const double lower = std::clamp(middle - size / 2, full.lower, full.upper - size);
        return ValueRange{lower, lower + size};
    };
    x = limited(x, m_fullX, m_logX);
    y = limited(y, m_fullY, m_logY);
    const double tolerance = 1e-9;
    m_zoomed = x.size() < m_fullX.size() * (1 - tolerance) ||
               ((m_zoomable & Qt::Vertical) && y.size() < m_fullY.size() * (1 - tolerance));
    if (m_zoomable & Qt::Horizontal) setXRange(x);
    if (m_zoomable & Qt::Vertical) setYRange(y);
    viewRangeChanged();
    emit xRangeChanged(xRange());
}

void PlotWidget::zoom(double factor, const QPointF& around) {
    if (!m_zoomable) return;
    const auto scaled = [factor](ValueRange range, double fixed) {
        return ValueRange{fixed + (range.lower - fixed) * factor, fixed + (range.upper - fixed) * factor};
    };
    ValueRange x = xRange();
    ValueRange y = yRange();
    if (m_zoomable & Qt::Horizontal) x = scaled(x, std::clamp(pixelToX(around.x()), x.lower, x.upper));
    if (m_zoomable & Qt::Vertical) y = scaled(y, std::clamp(pixelToY(around.y()), y.lower, y.upper));
    applyView(x, y);
}

void PlotWidget::pan(const QPointF& pixels) {
    if (!m_zoomed) return;
    const QRectF area = plotArea();
    ValueRange x = xRange();
    ValueRange y = yRange();
    const double dx = pixels.x() / std::max(1.0, area.width()) * x.size();
    const double dy = pixels.y() / std::max(1.0, area.height()) * y.size();
    applyView({x.lower - dx, x.upper - dx}, {y.lower + dy, y.upper + dy});
}

void PlotWidget::mousePressEvent(QMouseEvent* event) {
    const bool left = event->button() == Qt::LeftButton;
    if ((left && m_spaceHeld) || event->button() == Qt::MiddleButton || event->button() == Qt::RightButton) {
        m_panning = true;
        m_panMoved = false;
        m_panFrom = m_pressedAt = event->position();
    } else if (left) {
        pointerPressed(event->position(), event->modifiers());
    }
    event->accept();
}

void PlotWidget::mouseMoveEvent(QMouseEvent* event) {
    if (!m_panning) return pointerMoved(event->position(), event->modifiers());
    if ((event->position() - m_pressedAt).manhattanLength() >= 4) m_panMoved = true;
    if (!m_panMoved) return;
    setCursor(Qt::ClosedHandCursor);
    pan(event->position() - m_panFrom);
    m_panFrom = event->position();
}

void PlotWidget::mouseReleaseEvent(QMouseEvent* event) {
    if (m_panning) {
        m_panning = false;
        unsetCursor();
        if (event->button() == Qt::RightButton && !m_panMoved) showContextMenu(event->globalPosition().toPoint());
    } else if (event->button() == Qt::LeftButton) {
        pointerReleased(event->position());
    }
}

void PlotWidget::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) resetView();
}

void PlotWidget::wheelEvent(QWheelEvent* event) {
    const QPoint delta = event->angleDelta();
    if (std::abs(delta.x()) > std::abs(delta.y()))
        pan(QPointF(delta.x() / 2.0, 0));
    else if (delta.y() != 0)
        zoom(std::pow(0.8, delta.y() / 120.0), event->position());
    event->accept();
    pointerMoved(event->position(), event->modifiers());
}

void PlotWidget::keyPressEvent(QKeyEvent* event) {
    const QPointF middle = plotArea().center();
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(0.8, middle); break;
    case Qt::Key_Minus: zoom(1.25, middle); break;
    case Qt::Key_PageUp: pan({plotArea().width() / 4, 0}); break;
    case Qt::Key_PageDown: pan({-plotArea().width() / 4, 0}); break;
    case Qt::Key_Space:
        if (!event->isAutoRepeat()) m_spaceHeld = true;
        setCursor(Qt::OpenHandCursor);
        break;
    default: PlotView::keyPressEvent(event);
    }
}

void PlotWidget::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = false;
        unsetCursor();
    } else {
        PlotView::keyReleaseEvent(event);
    }
}

void PlotWidget::focusOutEvent(QFocusEvent* event) {
    m_spaceHeld = false;
    PlotView::focusOutEvent(event);
}

void PlotWidget::leaveEvent(QEvent* event) {
    pointerLeft();
    PlotView::leaveEvent(event);
}

} // namespace quantoscope::ui
