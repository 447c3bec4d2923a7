// Accuracy and time, accuracy and bits, layer sensitivity: side by side, or one of them where the window is narrow.
#pragma once

#include "ui/lab/lab_view.h"

#include <array>

namespace quantoscope::ui {

class AccuracyBitsPlot;
class AccuracyTimePlot;
class PlotHeader;
class SegmentedSwitch;
class SensitivityPlot;

class LabOverview : public LabView {
    Q_OBJECT

public:
    explicit LabOverview(LabSession& session, QWidget* parent = nullptr);

    std::vector<PlotView*> plots() const override;
    void setCompact(bool compact) override;
    /// Which of the three a narrow window shows.
    void setPane(int pane);
    int pane() const { return m_pane; }

signals:
    /// A layer of the results' network is to be seen in Explore.
    void layerActivated(int layer);

protected:
    void refresh(LabAspects aspects) override;

private:
    void arrange();

    AccuracyTimePlot* m_time;
    AccuracyBitsPlot* m_bits;
    SensitivityPlot* m_layers;
    SegmentedSwitch* m_batch;
    SegmentedSwitch* m_order;
    PlotHeader* m_timeHeader;
    PlotHeader* m_bitsHeader;
    std::array<QWidget*, 3> m_panes{};
    std::array<QWidget*, 2> m_dividers{};
    std::array<SegmentedSwitch*, 3> m_switches{}; // the same choice in each header
    int m_pane = 0;
    bool m_compact = false;
};

} // namespace quantoscope::ui
