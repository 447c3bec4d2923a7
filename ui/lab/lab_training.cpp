#include "ui/lab/lab_training.h"

#include "ui/plots/lab_training_curve_plot.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/divider.h"
#include "ui/widgets/plot_header.h"
#include "ui/widgets/segmented_switch.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace quantoscope::ui {

namespace {
constexpr std::size_t kMostCurves = 4;
}

LabTraining::LabTraining(LabSession& session, QWidget* parent)
    : LabView(session, parent),
      m_header(new PlotHeader(this)),
      m_quantity(new SegmentedSwitch({tr("Loss"), tr("Accuracy")}, SegmentedSwitch::Size::Plot, this)),
      m_choice(new QComboBox(this)),
      m_row(new QHBoxLayout) {
    m_header->setTitle(tr("Training curves"), tr("the network, and methods that are trained on from it"));
    m_choice->setAccessibleName(tr("Training"));
    m_choice->setToolTip(tr("Whose training is shown"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_quantity->setAccessibleName(tr("Quantity"));
    m_quantity->setSegmentToolTip(0, tr("Mean loss by epoch, of the training and the test part"));
    m_quantity->setSegmentToolTip(1, tr("Accuracy by epoch, of the training and the test part"));
    m_header->addControl(m_choice);
    m_header->addControl(m_quantity);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addLayout(m_row, 1);
    build(1);
    connect(m_quantity, &SegmentedSwitch::currentChanged, this, [this] { refresh(LabAspect::Rows); });
    connect(m_choice, &QComboBox::activated, this, &LabTraining::arrange);
}

std::vector<LabTraining::Curve> LabTraining::curves() const {
    const LabResult& result = session().result();
    std::vector<Curve> all{{tr("Network in float32"), &session().curve(), session().plan().spec.training.epochs}};
    for (const LabRowPtr& row : result.rows) {
        if (row->curve.empty() || all.size() == kMostCurves) continue;
        const QString method = coreText(row->label);
        all.push_back({row->isFloat()
                           ? method
                           : tr("%1, %2 / %3 bits").arg(method).arg(row->spec.weightBits).arg(row->spec.activationBits),
                       &row->curve, result.spec.qatEpochs});
    }
    return all;
}

void LabTraining::build(std::size_t count) {
    if (m_plots.size() == count) return;
    qDeleteAll(m_columns);
    m_columns.clear();
    m_titles.clear();
    m_plots.clear();
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) m_row->addWidget(m_columns.emplace_back(new Divider(Qt::Vertical, this)));
        auto* title = m_titles.emplace_back(new TextLabel(TextStyle::Heading, {}, this));
        title->setContentsMargins(16, 0, 16, 4);
        auto* plot = m_plots.emplace_back(new TrainingCurvePlot(this));
        m_row->addWidget(m_columns.emplace_back(labColumn(title, plot, this)), 1);
    }
    setFocusProxy(m_plots.front());
}

void LabTraining::arrange() {
    const int chosen = std::clamp(m_choice->currentIndex(), 0, static_cast<int>(m_plots.size()) - 1);
    for (std::size_t i = 0; i < m_columns.size(); ++i) // a plot, a divider, a plot, ...
        m_columns[i]->setVisible(!m_compact || i == 2 * static_cast<std::size_t>(chosen));
    m_choice->setVisible(m_compact && m_plots.size() > 1);
}

void LabTraining::setCompact(bool compact) {
    m_compact = compact;
    arrange();
}

std::vector<PlotView*> LabTraining::plots() const { return {m_plots.begin(), m_plots.end()}; }

void LabTraining::refresh(LabAspects aspects) {
    if (!(aspects & (LabAspect::Rows | LabAspect::Curve | LabAspect::Base | LabAspect::Plan))) return;
    const std::vector<Curve> all = curves();
    build(all.size());
    const LabDataPtr& loaded = session().data();
    const AccuracyScale scale(!loaded || loaded->data.isClassification());
    const auto quantity =
        m_quantity->currentIndex() == 0 ? TrainingCurvePlot::Quantity::Loss : TrainingCurvePlot::Quantity::Accuracy;
    const QSignalBlocker quiet(m_choice);
    const int chosen = m_choice->currentIndex();
    m_choice->clear();
    for (std::size_t i = 0; i < all.size(); ++i) {
        m_choice->addItem(all[i].title);
        m_titles[i]->setText(all[i].title);
        m_plots[i]->setAccessibleName(tr("Training curve, %1").arg(all[i].title));
        m_plots[i]->setScale(scale);
        m_plots[i]->setQuantity(quantity);
        m_plots[i]->setEpochs(all[i].epochs);
        m_plots[i]->setCurve(*all[i].reports);
    }
    m_choice->setCurrentIndex(std::clamp(chosen, 0, m_choice->count() - 1));
    arrange();
}

} // namespace quantoscope::ui
