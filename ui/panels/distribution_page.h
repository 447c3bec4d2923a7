// The Distribution view with its header: legend, number of bins, linear or log counts.
#pragma once

#include "ui/panels/run_page.h"

class QLabel;
class QSpinBox;

namespace quantoscope::ui {

class DistributionPlot;
class SegmentedSwitch;

class DistributionPage : public RunPage {
    Q_OBJECT

public:
    explicit DistributionPage(Session& session, QWidget* parent = nullptr);

    PlotView* plotView() const override;

protected:
    void showTensor() override;
    void showRun() override;
    void showSelection() override;

private:
    int dragKey(bool finished);

    QSpinBox* m_bins;
    QLabel* m_binWidth;
    SegmentedSwitch* m_scale;
    DistributionPlot* m_plot;
    int m_dragKey = 0;
};

} // namespace quantoscope::ui
