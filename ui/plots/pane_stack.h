// Several plots as one view: side by side where there is room, one above the other where not. Exported together.
#pragma once

#include "ui/plots/plot_widget.h"

#include <vector>

namespace quantoscope::ui {

class PaneStack : public PlotView {
    Q_OBJECT

public:
    /// Side by side from `breakpoint` pixels on; 0: always one above the other.
    explicit PaneStack(int breakpoint, QWidget* parent = nullptr);

    void paintTo(QCPPainter& painter, const QSize& size) override;
    void resetView() override;

protected:
    /// Panes keep the order they are added in; `weight` is the share of the height where they are stacked.
    void addPane(PlotWidget* pane, int weight = 1);
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<QRect> layoutFor(const QSize& size) const;

    std::vector<PlotWidget*> m_panes;
    std::vector<int> m_weights;
    int m_breakpoint;
};

} // namespace quantoscope::ui
