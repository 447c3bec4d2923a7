// The Transfer view: the staircase of the selected group.
#pragma once

#include "ui/panels/run_page.h"

namespace quantoscope::ui {

class TransferPlot;

class TransferPage : public RunPage {
    Q_OBJECT

public:
    explicit TransferPage(Session& session, QWidget* parent = nullptr);
    PlotView* plotView() const override;

protected:
    void showRun() override;
    void showSelection() override;

private:
    TransferPlot* m_plot;
};

} // namespace quantoscope::ui
