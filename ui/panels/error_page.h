// The Error view: how e = x − Q(x) is distributed, and |e| against x.
#pragma once

#include "ui/panels/run_page.h"
#include "ui/plots/error_picture.h"

namespace quantoscope::ui {

class ErrorPlot;
class SegmentedSwitch;

class ErrorPage : public RunPage {
    Q_OBJECT

public:
    explicit ErrorPage(Session& session, QWidget* parent = nullptr);
    PlotView* plotView() const override;

protected:
    void showRun() override;

private:
    ErrorPlot* m_plot;
    SegmentedSwitch* m_scale;
    LatestJob<ErrorPicturePtr> m_job;
};

} // namespace quantoscope::ui
