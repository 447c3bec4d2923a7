#include "ui/lab/lab_activations.h"

#include "ui/plots/lab_activation_plot.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/divider.h"
#include "ui/widgets/plot_header.h"
#include "ui/widgets/segmented_switch.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QSignalBlocker>

#include <algorithm>
#include <optional>

namespace quantoscope::ui {

namespace {
constexpr int kPlacesWidth = 160, kCompactPlacesWidth = 112;
}

LabActivations::LabActivations(LabSession& session, QWidget* parent)
    : LabView(session, parent),
      m_places(new QListWidget(this)),
      m_header(new PlotHeader(this)),
      m_counts(new SegmentedSwitch({tr("Linear"), tr("Log")}, SegmentedSwitch::Size::Plot, this)),
      m_plot(new ActivationHistogramPlot(this)),
      m_job(LatestJob<std::vector<ActivationHistogram>>::Superseded::Stop) {
    m_places->setAccessibleName(tr("Place in the network"));
    m_places->setToolTip(tr("Where in the network the values flowed"));
    m_places->setFrameShape(QFrame::NoFrame);
    m_places->setFixedWidth(kPlacesWidth);
    m_counts->setAccessibleName(tr("Counts"));
    m_counts->setSegmentToolTip(0, tr("Heights as the counts"));
    m_counts->setSegmentToolTip(1, tr("Heights as the logarithms of the counts: rare values are seen, too"));
    m_plot->setAccessibleName(tr("Activations"));
    m_header->addControl(m_counts);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_places);
    layout->addWidget(new Divider(Qt::Vertical, this));
    layout->addWidget(labColumn(m_header, m_plot, this), 1);
    setFocusProxy(m_places);

    connect(m_places, &QListWidget::currentRowChanged, this, &LabActivations::showPlace);
    connect(m_counts, &SegmentedSwitch::currentChanged, this, [this](int index) { m_plot->setLogCounts(index == 1); });
    m_job.delivered = [this](Result<std::vector<ActivationHistogram>> histograms) {
        if (!histograms) return;
        m_histograms = std::move(*histograms);
        showPlaces();
    };
}

std::vector<PlotView*> LabActivations::plots() const { return {m_plot}; }

void LabActivations::setCompact(bool compact) { m_places->setFixedWidth(compact ? kCompactPlacesWidth : kPlacesWidth); }

void LabActivations::refresh(LabAspects aspects) {
    if (!(aspects & (LabAspect::Rows | LabAspect::Selection | LabAspect::Base | LabAspect::Busy))) return;
    const LabResult& result = session().result();
    LabRowPtr row = session().row(session().selectedRow());
    const bool calibrated =
        row && (row->spec.method == LabMethod::Static || row->spec.method == LabMethod::Qat) && row->network;
    if (!calibrated || !result.base) {
        m_job.cancel();
        m_row.reset();
        m_histograms.clear();
        showPlaces();
        return;
    }
    // While times are measured nothing else may run.
    if (row == m_row || session().stage() == LabStage::Timing || session().stage() == LabStage::Waiting) return;
    m_row = row;
    m_job.submit([base = result.base, row](const JobControl&) -> Result<std::vector<ActivationHistogram>> {
        return activationHistograms(*base, *row);
    });
}

void LabActivations::showPlaces() {
    const int before = m_places->currentRow();
    {
        const QSignalBlocker quiet(m_places);
        m_places->clear();
        for (const ActivationHistogram& histogram : m_histograms)
            m_places->addItem(QString::fromStdString(histogram.place));
        m_places->setCurrentRow(m_histograms.empty() ? -1 : std::clamp(before, 0, m_places->count() - 1));
    }
    showPlace();
}

void LabActivations::showPlace() {
    const int place = m_places->currentRow();
    if (place < 0 || !m_row) {
        m_header->setTitle(tr("Activations"), tr("of a row that is static or QAT: select one above"));
        m_plot->setHistogram(std::nullopt);
        return;
    }
    const ActivationHistogram& histogram = m_histograms[static_cast<std::size_t>(place)];
    m_header->setTitle(
        histogram.place == "input" ? tr("What enters the network")
                                   : tr("After %1").arg(QString::fromStdString(histogram.place)),
        tr("%1, %2 / %3 bits").arg(coreText(m_row->label)).arg(m_row->spec.weightBits).arg(m_row->spec.activationBits));
    m_plot->setHistogram(histogram, m_row->spec.method);
}

} // namespace quantoscope::ui
