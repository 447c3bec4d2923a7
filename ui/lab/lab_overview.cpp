#include "ui/lab/lab_overview.h"

#include "ui/plots/lab_accuracy_bits_plot.h"
#include "ui/plots/lab_accuracy_time_plot.h"
#include "ui/plots/lab_sensitivity_plot.h"
#include "ui/widgets/divider.h"
#include "ui/widgets/plot_header.h"
#include "ui/widgets/segmented_switch.h"

#include <QHBoxLayout>
#include <QSignalBlocker>

namespace quantoscope::ui {

namespace {
constexpr int kStretch[] = {36, 36, 28};
}

LabOverview::LabOverview(LabSession& session, QWidget* parent)
    : LabView(session, parent),
      m_time(new AccuracyTimePlot(this)),
      m_bits(new AccuracyBitsPlot(this)),
      m_layers(new SensitivityPlot(this)),
      m_batch(new SegmentedSwitch({tr("Batch 1"), tr("Large")}, SegmentedSwitch::Size::Plot, this)),
      m_order(new SegmentedSwitch({tr("In order"), tr("By loss")}, SegmentedSwitch::Size::Plot, this)) {
    m_time->setAccessibleName(tr("Accuracy and time"));
    m_bits->setAccessibleName(tr("Accuracy and bits"));
    m_layers->setAccessibleName(tr("Layer sensitivity"));
    m_batch->setAccessibleName(tr("Batch"));
    m_batch->setSegmentToolTip(0, tr("Time of one sample alone"));
    m_batch->setSegmentToolTip(1, tr("Time a sample in the large batch; area of a disc: size"));
    m_batch->setCurrentIndex(1);
    m_order->setAccessibleName(tr("Order of layers"));
    m_order->setSegmentToolTip(0, tr("From input to output"));
    m_order->setSegmentToolTip(1, tr("The most sensitive layer first; a double click opens its weights in Explore"));

    m_timeHeader = new PlotHeader(this);
    m_timeHeader->addControl(m_batch);
    m_bitsHeader = new PlotHeader(this);
    auto* layersHeader = new PlotHeader(this);
    layersHeader->setTitle(tr("Layer sensitivity"));
    layersHeader->addControl(m_order);
    PlotHeader* headers[] = {m_timeHeader, m_bitsHeader, layersHeader};
    QWidget* plots[] = {m_time, m_bits, m_layers};
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (std::size_t i = 0; i < m_panes.size(); ++i) {
        if (i > 0) layout->addWidget(m_dividers[i - 1] = new Divider(Qt::Vertical, this));
        auto* choice = m_switches[i] =
            new SegmentedSwitch({tr("Time"), tr("Bits"), tr("Layers")}, SegmentedSwitch::Size::Plot, this);
        choice->setAccessibleName(tr("Plot"));
        choice->setSegmentToolTip(0, tr("Accuracy and time"));
        choice->setSegmentToolTip(1, tr("Accuracy and bits"));
        choice->setSegmentToolTip(2, tr("Layer sensitivity"));
        connect(choice, &SegmentedSwitch::currentChanged, this, &LabOverview::setPane);
        headers[i]->addControl(choice);
        m_panes[i] = labColumn(headers[i], plots[i], this);
        layout->addWidget(m_panes[i], kStretch[i]);
    }
    setFocusProxy(m_time);
    arrange();

    connect(m_time, &AccuracyTimePlot::rowClicked, &session, &LabSession::setSelectedRow);
    connect(m_layers, &SensitivityPlot::layerActivated, this, &LabOverview::layerActivated);
    connect(m_batch, &SegmentedSwitch::currentChanged, this, [this] { refresh(LabAspect::Rows); });
    connect(m_order, &SegmentedSwitch::currentChanged, this, [this](int index) {
        m_layers->setOrder(index == 0 ? SensitivityPlot::Order::File : SensitivityPlot::Order::Loss);
    });
}

std::vector<PlotView*> LabOverview::plots() const { return {m_time, m_bits, m_layers}; }

void LabOverview::setCompact(bool compact) {
    m_compact = compact;
    arrange();
}

void LabOverview::setPane(int pane) {
    m_pane = pane;
    arrange();
    setFocusProxy(plots()[static_cast<std::size_t>(pane)]);
}

void LabOverview::arrange() {
    for (std::size_t i = 0; i < m_panes.size(); ++i) {
        m_panes[i]->setVisible(!m_compact || static_cast<int>(i) == m_pane);
        const QSignalBlocker quiet(m_switches[i]);
        m_switches[i]->setCurrentIndex(m_pane);
        m_switches[i]->setVisible(m_compact);
    }
    for (QWidget* divider : m_dividers) divider->setVisible(!m_compact);
}

void LabOverview::refresh(LabAspects aspects) {
    const LabResult& result = session().result();
    const AccuracyScale scale(!result.base || result.base->data.test.isClassification());
    if (aspects & LabAspect::Rows) {
        const bool large = m_batch->currentIndex() == 1;
        m_time->setRows(result.rows);
        m_time->setBatch(large ? AccuracyTimePlot::Batch::Large : AccuracyTimePlot::Batch::Single, result.spec.batch);
        m_timeHeader->setTitle(tr("Accuracy and time"), tr("bubble area: size"));
    }
    if (aspects & (LabAspect::Rows | LabAspect::Selection)) m_time->setSelectedRow(session().selectedRow());
    if (aspects & (LabAspect::Rows | LabAspect::Points | LabAspect::Base)) {
        m_bits->setScale(scale);
        m_bits->setActivationBits(result.points.empty() ? session().plan().activationBits
                                                        : result.points.front().spec.activationBits);
        m_bits->setReference(result.points.empty() || !result.base ? std::nullopt
                                                                   : std::optional(result.base->score.accuracy));
        m_bits->setPoints(result.points);
        m_bitsHeader->setTitle(tr("Accuracy and bits"));
        m_layers->setScale(scale);
        m_layers->setSensitivities(result.sensitivities);
    }
}

} // namespace quantoscope::ui
