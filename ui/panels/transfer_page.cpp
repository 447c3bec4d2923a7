#include "ui/panels/transfer_page.h"

#include "ui/panels/group_picker.h"
#include "ui/plots/transfer_plot.h"
#include "ui/session/tensor_text.h"
#include "ui/widgets/plot_header.h"

namespace quantoscope::ui {

TransferPage::TransferPage(Session& session, QWidget* parent)
    : RunPage(session, parent), m_plot(new TransferPlot(this)) {
    header().addControl(new GroupPicker(session, this));
    setPlot(m_plot);
    connect(m_plot, &TransferPlot::binSelected, &session, &Session::setSelectedBin);
}

PlotView* TransferPage::plotView() const { return m_plot; }

void TransferPage::showRun() {
    const TensorInfo* info = session().library().info(session().current());
    m_plot->setLevels(session().levels(), info ? valueName(*info) : QString());
}

void TransferPage::showSelection() { m_plot->setSelectedBin(session().selectedBin()); }

} // namespace quantoscope::ui
