#include "ui/plots/pane_stack.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <qcustomplot.h>

#include <numeric>

namespace quantoscope::ui {

PaneStack::PaneStack(int breakpoint, QWidget* parent) : PlotView(parent), m_breakpoint(breakpoint) {
    setFocusPolicy(Qt::NoFocus); // its panes have it
    connect(&Theme::instance(), &Theme::changed, this, [this] { update(); });
}

void PaneStack::addPane(PlotWidget* pane, int weight) {
    pane->setParent(this);
    m_panes.push_back(pane);
    m_weights.push_back(weight);
    connect(pane, &PlotView::exportRequested, this, &PlotView::exportRequested);
    pane->setCopySource(this);
}

// Lines of 1 px between the panes belong to nobody.
std::vector<QRect> PaneStack::layoutFor(const QSize& size) const {
    std::vector<QRect> result;
    const auto count = static_cast<int>(m_panes.size());
    const int total = std::accumulate(m_weights.begin(), m_weights.end(), 0);
    const bool beside = m_breakpoint > 0 && size.width() >= m_breakpoint;
    int from = 0;
    int weight = 0;
    for (int i = 0; i < count; ++i) {
        weight += m_weights[static_cast<std::size_t>(i)];
        const int to = (beside ? size.width() : size.height()) * weight / total;
        const int gap = i + 1 < count ? 1 : 0;
        result.push_back(beside ? QRect(from, 0, to - from - gap, size.height())
                                : QRect(0, from, size.width(), to - from - gap));
        from = to;
    }
    return result;
}

void PaneStack::resizeEvent(QResizeEvent* event) {
    const auto places = layoutFor(size());
    for (std::size_t i = 0; i < m_panes.size(); ++i) m_panes[i]->setGeometry(places[i]);
    PlotView::resizeEvent(event);
}

void PaneStack::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), colors().line); }

void PaneStack::paintTo(QCPPainter& painter, const QSize& size) {
    const auto places = layoutFor(size);
    painter.fillRect(QRect(QPoint(), size), colors().line);
    for (std::size_t i = 0; i < m_panes.size(); ++i) {
        painter.save();
        painter.translate(places[i].topLeft());
        painter.fillRect(QRect(QPoint(), places[i].size()), colors().surface);
        m_panes[i]->paintTo(painter, places[i].size());
        painter.restore();
    }
}

void PaneStack::resetView() {
    for (PlotWidget* pane : m_panes) pane->resetView();
}

} // namespace quantoscope::ui
