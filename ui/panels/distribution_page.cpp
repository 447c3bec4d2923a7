#include "ui/panels/distribution_page.h"

#include "ui/panels/group_picker.h"
#include "ui/plots/distribution_plot.h"
#include "ui/session/run_label.h"
#include "ui/session/tensor_text.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/plot_header.h"
#include "ui/widgets/segmented_switch.h"
#include "ui/widgets/text_label.h"

#include <QSignalBlocker>
#include <QSpinBox>

namespace quantoscope::ui {

namespace {

constexpr int kMostBins = 4096;

/// By the square-root rule, held to what a plot can show: 128 for sixteen thousand values and more.
int usualBins(std::uint64_t count) {
    int bins = 16;
    while (bins < 128 && static_cast<double>(bins) * bins < static_cast<double>(count)) bins *= 2;
    return bins;
}

} // namespace

DistributionPage::DistributionPage(Session& session, QWidget* parent)
    : RunPage(session, parent),
      m_bins(new QSpinBox(this)),
      m_binWidth(new TextLabel(TextStyle::Quiet, {}, this)),
      m_scale(new SegmentedSwitch({tr("Linear"), tr("Log")}, SegmentedSwitch::Size::Plot, this)),
      m_plot(new DistributionPlot(this)) {
    m_bins->setRange(1, kMostBins);
    m_bins->setValue(m_plot->bins());
    m_bins->setFixedWidth(72);
    m_bins->setKeyboardTracking(false);
    m_bins->setAccessibleName(tr("Bins"));
    m_bins->setToolTip(tr("Number of histogram bins"));
    m_scale->setAccessibleName(tr("Scale of the counts"));
    auto* binsLabel = new TextLabel(TextStyle::Note, tr("Bins"), this);
    binsLabel->setBuddy(m_bins);
    header().setLegend(schemeLook(u"kmeans"));
    header().addControl(new GroupPicker(session, this));
    header().addControl(binsLabel);
    header().addControl(m_bins);
    header().addRemark(m_binWidth);
    header().addControl(m_scale);
    setPlot(m_plot);

    connect(m_bins, &QSpinBox::valueChanged, m_plot, &DistributionPlot::setBins);
    connect(m_scale, &SegmentedSwitch::currentChanged, this, [this](int index) { m_plot->setLogCounts(index == 1); });
    connect(m_plot, &DistributionPlot::binWidthChanged, this,
            [this](double width) { m_binWidth->setText(QStringLiteral("× ") + compactText(width, 3)); });
    connect(m_plot, &DistributionPlot::binSelected, &session, &Session::setSelectedBin);
    connect(m_plot, &DistributionPlot::boundaryMoved, this, [this](int index, double value, bool finished) {
        this->session().moveBoundary(index, value, dragKey(finished));
    });
    connect(m_plot, &DistributionPlot::levelMoved, this, [this](int index, double value, bool finished) {
        this->session().moveLevel(index, value, dragKey(finished));
    });
}

int DistributionPage::dragKey(bool finished) {
    if (m_dragKey == 0) m_dragKey = session().newDragKey();
    return finished ? std::exchange(m_dragKey, 0) : m_dragKey;
}

PlotView* DistributionPage::plotView() const { return m_plot; }

void DistributionPage::showTensor() {
    const TensorInfo* info = session().library().info(session().current());
    const DistributionPtr& sorted = session().distribution();
    const DistributionPtr shown = sorted && !sorted->empty() ? sorted : nullptr;
    if (shown) {
        const QSignalBlocker quiet(m_bins);
        m_bins->setValue(usualBins(shown->count()));
        m_plot->setBins(m_bins->value());
    }
    m_plot->setData(shown, info ? valueName(*info) : QString());
}

void DistributionPage::showRun() {
    m_plot->setLevels(session().levels());
    if (const RunPtr& run = session().shown()) header().setLegend(schemeLook(runLabel(run->spec()).look));
}

void DistributionPage::showSelection() { m_plot->setSelectedBin(session().selectedBin()); }

} // namespace quantoscope::ui
