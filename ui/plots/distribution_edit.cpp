// Moving boundaries and levels of a DistributionPlot, by pointer and by key.
#include "ui/plots/distribution_plot.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr double kBoundaryReach = 5; // pixels to either side
constexpr double kLevelReach = 8;    // around the marker
constexpr double kClosestHandles = 6;

float next(double value, double towards) {
    return std::nextafter(static_cast<float>(value), static_cast<float>(towards));
}

} // namespace

DistributionPlot::Handle DistributionPlot::handleAt(const QPointF& position) const {
    if (!m_levels || !plotArea().adjusted(0, -8, 0, 8).contains(position)) return {};
    const auto x = static_cast<float>(pixelToX(position.x()));
    const auto nearest = [x](const std::vector<float>& sorted) {
        const auto above = std::lower_bound(sorted.begin(), sorted.end(), x);
        if (above == sorted.begin()) return 0;
        const auto i = static_cast<int>(above - sorted.begin());
        return above == sorted.end() || x - *(above - 1) < *above - x ? i - 1 : i;
    };
    // Handles that lie closer than a hand can tell apart are for the zoom to separate first.
    const auto apart = [this](const std::vector<float>& sorted, int index) {
        const auto i = static_cast<std::size_t>(index);
        const double here = xToPixel(sorted[i]);
        return (i == 0 || here - xToPixel(sorted[i - 1]) >= kClosestHandles) &&
               (i + 1 >= sorted.size() || xToPixel(sorted[i + 1]) - here >= kClosestHandles);
    };
    if (m_editLevels && !m_codebook.levels.empty()) {
        const int level = nearest(m_codebook.levels);
        const QPointF gap = levelPosition(level) - position;
        if (std::hypot(gap.x(), gap.y()) <= kLevelReach && apart(m_codebook.levels, level))
            return {Handle::Kind::Level, level};
    }
    if (m_editBoundaries && !m_codebook.thresholds.empty()) {
        const int boundary = nearest(m_codebook.thresholds);
        if (std::abs(boundaryPosition(boundary) - position.x()) <= kBoundaryReach &&
            apart(m_codebook.thresholds, boundary))
            return {Handle::Kind::Boundary, boundary};
    }
    return {};
}

double DistributionPlot::valueOf(Handle handle) const {
    const auto i = static_cast<std::size_t>(handle.index);
    return handle.kind == Handle::Kind::Boundary ? m_codebook.thresholds[i] : m_codebook.levels[i];
}

ValueRange DistributionPlot::limitsOf(Handle handle) const {
    const auto& sorted = handle.kind == Handle::Kind::Boundary ? m_codebook.thresholds : m_codebook.levels;
    const auto i = static_cast<std::size_t>(handle.index);
    const ValueRange full = fullXRange();
    return {i == 0 ? full.lower : next(sorted[i - 1], INFINITY),
            i + 1 >= sorted.size() ? full.upper : next(sorted[i + 1], -INFINITY)};
}

void DistributionPlot::move(Handle handle, double value, bool finished) {
    const ValueRange limits = limitsOf(handle);
    value = static_cast<float>(std::clamp(value, limits.lower, std::max(limits.lower, limits.upper)));
    m_override = handle;
    m_overrideValue = value;
    applyOverride();
    updateCard();
    invalidate();
    if (finished) m_overrideTimeout.start();
    if (handle.kind == Handle::Kind::Boundary)
        emit boundaryMoved(handle.index, value, finished);
    else
        emit levelMoved(handle.index, value, finished);
}

// What the engine last said, with the one thing that is being moved where the hand has it: its two bins are counted
// anew.
void DistributionPlot::applyOverride() {
    m_codebook = m_levels ? m_levels->codebook : Codebook{};
    m_figures = m_levels ? m_levels->bins : BinErrors{};
    m_figures.counts.resize(m_codebook.size());
    m_figures.squaredErrors.resize(m_codebook.size());
    if (!m_override) return;
    const bool boundary = m_override.kind == Handle::Kind::Boundary;
    auto& values = boundary ? m_codebook.thresholds : m_codebook.levels;
    const auto i = static_cast<std::size_t>(m_override.index);
    const auto wanted = static_cast<float>(m_overrideValue);
    const bool fits =
        i < values.size() && (i == 0 || values[i - 1] < wanted) && (i + 1 >= values.size() || wanted < values[i + 1]);
    const bool arrived = fits && values[i] == wanted;
    if (!fits || (arrived && !m_dragged && !m_nudging)) {
        m_override = {};
        m_overrideTimeout.stop();
        if (!fits) m_dragged = {};
        return;
    }
    if (arrived) return;
    values[i] = wanted;
    for (std::size_t bin = i; bin < std::min(i + (boundary ? 2 : 1), m_codebook.size()); ++bin) {
        const BinFigures figures = binFigures(m_codebook, *m_levels->data, bin);
        m_figures.counts[bin] = figures.count;
        m_figures.squaredErrors[bin] = figures.squaredError;
    }
}

void DistributionPlot::pointerMoved(const QPointF& position, Qt::KeyboardModifiers) {
    if (m_dragged) {
        m_moved = true;
        const double value = pixelToX(position.x() + m_grip);
        if (value != m_overrideValue) move(m_dragged, value, false);
        return;
    }
    const Handle handle = handleAt(position);
    if (handle.kind == Handle::Kind::Boundary)
        setCursor(Qt::SplitHCursor);
    else if (handle.kind == Handle::Kind::Level)
        setCursor(Qt::SizeHorCursor);
    else
        unsetCursor();
    const bool inside = m_levels && plotArea().adjusted(0, -18, 0, 0).contains(position);
    setHovered(inside ? static_cast<int>(m_codebook.binOf(static_cast<float>(pixelToX(position.x())))) : -1);
}

void DistributionPlot::pointerPressed(const QPointF& position, Qt::KeyboardModifiers) {
    if (!m_levels) return;
    m_moved = false;
    m_dragged = handleAt(position);
    if (m_dragged) {
        m_active = m_dragged;
        m_valueBefore = m_overrideValue = valueOf(m_dragged);
        m_grip = xToPixel(m_valueBefore) - position.x();
        const int bin = m_dragged.index;
        const bool besideSelected =
            m_dragged.kind == Handle::Kind::Boundary && (m_selected == bin || m_selected == bin + 1);
        if (!besideSelected) selectBin(bin, true);
        m_active = m_dragged;
        refresh();
    } else if (plotArea().adjusted(0, -18, 0, 0).contains(position)) {
        m_active = {};
        selectBin(static_cast<int>(m_codebook.binOf(static_cast<float>(pixelToX(position.x())))), true);
        refresh();
    }
}

void DistributionPlot::pointerReleased(const QPointF&) {
    if (!m_dragged) return;
    const Handle handle = m_dragged;
    m_dragged = {};
    if (m_moved) move(handle, m_overrideValue, true);
}

void DistributionPlot::pointerLeft() {
    if (!m_dragged) setHovered(-1);
}

void DistributionPlot::finishNudge() {
    if (!m_nudging) return;
    m_nudging = false;
    if (m_active) move(m_active, m_overrideValue, true);
}

void DistributionPlot::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key == Qt::Key_Escape && m_dragged) {
        const Handle handle = m_dragged;
        m_dragged = {};
        if (m_moved) move(handle, m_valueBefore, true);
        return;
    }
    if (!m_levels || m_dragged) return PlotWidget::keyPressEvent(event);
    const bool arrow = key == Qt::Key_Left || key == Qt::Key_Right;
    if (arrow && m_active) {
        const double pixels = event->modifiers() & Qt::ShiftModifier     ? 10
                              : event->modifiers() & Qt::ControlModifier ? 0.1
                                                                         : 1;
        const double step = (pixelToX(1) - pixelToX(0)) * pixels * (key == Qt::Key_Left ? -1 : 1);
        const double from = valueOf(m_active);
        m_nudging = true;
        // At least one float32 further, however deep the zoom.
        const double to =
            static_cast<float>(from + step) == static_cast<float>(from) ? next(from, step * INFINITY) : from + step;
        move(m_active, to, false);
    } else if (arrow) {
        setHovered(-1);
        const int from = m_selected;
        selectBin(from < 0 ? (key == Qt::Key_Right ? 0 : binCount() - 1)
                           : std::clamp(from + (key == Qt::Key_Right ? 1 : -1), 0, binCount() - 1),
                  true);
    } else if (key == Qt::Key_Home) {
        selectBin(0, true);
    } else if (key == Qt::Key_End) {
        selectBin(binCount() - 1, true);
    } else if (key == Qt::Key_Escape && (m_active || m_selected >= 0)) {
        if (m_active)
            m_active = {};
        else
            selectBin(-1, true);
        refresh();
    } else {
        PlotWidget::keyPressEvent(event);
    }
}

void DistributionPlot::keyReleaseEvent(QKeyEvent* event) {
    if ((event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) && !event->isAutoRepeat()) finishNudge();
    PlotWidget::keyReleaseEvent(event);
}

void DistributionPlot::focusOutEvent(QFocusEvent* event) {
    finishNudge();
    PlotWidget::focusOutEvent(event);
}

// Tab goes through the handles of the chosen bin, and then on to the next widget.
bool DistributionPlot::focusNextPrevChild(bool forwards) {
    finishNudge();
    if (m_levels && m_selected >= 0) {
        std::vector<Handle> handles = {{}};
        if (m_editBoundaries && m_selected > 0) handles.push_back({Handle::Kind::Boundary, m_selected - 1});
        if (m_editLevels) handles.push_back({Handle::Kind::Level, m_selected});
        if (m_editBoundaries && m_selected + 1 < binCount()) handles.push_back({Handle::Kind::Boundary, m_selected});
        const auto current = std::find(handles.begin(), handles.end(), m_active);
        const auto at = current == handles.end() ? 0 : current - handles.begin();
        const auto to = at + (forwards ? 1 : -1);
        if (to >= 0 && to < static_cast<std::ptrdiff_t>(handles.size())) {
            m_active = handles[static_cast<std::size_t>(to)];
            refresh();
            return true;
        }
    }
    m_active = {};
    refresh();
    return PlotWidget::focusNextPrevChild(forwards);
}

} // namespace quantoscope::ui
