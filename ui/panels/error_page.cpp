#include "ui/panels/error_page.h"

#include "ui/plots/error_plot.h"
#include "ui/session/tensor_text.h"
#include "ui/widgets/plot_header.h"
#include "ui/widgets/segmented_switch.h"

namespace quantoscope::ui {

ErrorPage::ErrorPage(Session& session, QWidget* parent)
    : RunPage(session, parent),
      m_plot(new ErrorPlot(this)),
      m_scale(new SegmentedSwitch({tr("Linear"), tr("Log")}, SegmentedSwitch::Size::Plot, this)),
      m_job(LatestJob<ErrorPicturePtr>::Superseded::Finish) {
    m_scale->setAccessibleName(tr("Scale of the counts"));
    header().addControl(m_scale);
    setNeedsValues();
    setPlot(m_plot);
    connect(m_scale, &SegmentedSwitch::currentChanged, this, [this](int index) { m_plot->setLogCounts(index == 1); });
    m_job.delivered = [this](const Result<ErrorPicturePtr>& picture) {
        const TensorInfo* info = this->session().library().info(this->session().current());
        m_plot->setErrors(picture.value_or(nullptr), info ? valueName(*info) : QString());
    };
}

PlotView* ErrorPage::plotView() const { return m_plot; }

void ErrorPage::showRun() {
    const RunPtr run = session().run();
    if (run) {
        m_job.submit([run](const JobControl& job) { return prepareErrors(run, job); });
        return;
    }
    m_job.cancel();
    m_plot->setErrors(nullptr, {});
}

} // namespace quantoscope::ui
