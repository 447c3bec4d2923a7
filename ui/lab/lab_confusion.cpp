#include "ui/lab/lab_confusion.h"

#include "ui/plots/lab_confusion_view.h"
#include "ui/plots/lab_sample_grid.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/divider.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/plot_header.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>

namespace quantoscope::ui {

namespace {

constexpr std::size_t kMostSamples = 200;

QStringList classNames(const Dataset& data) {
    QStringList names;
    for (const std::string& each : data.classes) names << QString::fromStdString(each);
    return names;
}

} // namespace

LabConfusion::LabConfusion(LabSession& session, QWidget* parent)
    : LabView(session, parent),
      m_first(new ConfusionView(this)),
      m_second(new ConfusionView(this)),
      m_samples(new SampleGrid(this)),
      m_firstHeader(new PlotHeader(this)),
      m_secondHeader(new PlotHeader(this)),
      m_samplesHeader(new PlotHeader(this)),
      m_other(new QComboBox(this)) {
    m_first->setAccessibleName(tr("Confusion of the selected row"));
    m_second->setAccessibleName(tr("Confusion of the row beside it"));
    m_samples->setAccessibleName(tr("Samples on which the two rows disagree"));
    m_other->setAccessibleName(tr("Compare with"));
    m_other->setToolTip(tr("The row beside the selected one"));
    m_other->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_other->setMinimumContentsLength(9);
    m_secondHeader->addControl(m_other);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(labColumn(m_firstHeader, m_first, this), 3);
    layout->addWidget(new Divider(Qt::Vertical, this));
    layout->addWidget(labColumn(m_secondHeader, m_second, this), 3);
    layout->addWidget(new Divider(Qt::Vertical, this));
    layout->addWidget(labColumn(m_samplesHeader, m_samples, this), 3);
    setFocusProxy(m_first);
    connect(m_other, &QComboBox::activated, this, [this](int index) { this->session().setComparedRow(index); });
    connect(m_first, &ConfusionView::cellClicked, this, [this](int truth, int prediction) {
        const QPoint cell(prediction, truth);
        m_cell = cell == m_cell ? QPoint(-1, -1) : cell;
        m_first->setSelectedCell(m_cell.y(), m_cell.x());
        showSamples();
    });
}

QString LabConfusion::rowName(const LabRow& row) {
    const QString method = coreText(row.label);
    return row.isFloat() ? method
                         : tr("%1, %2 / %3 bits").arg(method).arg(row.spec.weightBits).arg(row.spec.activationBits);
}

std::vector<PlotView*> LabConfusion::plots() const { return {m_first, m_second}; }

void LabConfusion::refresh(LabAspects aspects) {
    if (!(aspects & (LabAspect::Rows | LabAspect::Selection | LabAspect::Base))) return;
    m_cell = {-1, -1};
    m_first->setSelectedCell(-1, -1);
    showOthers();
    showMatrices();
}

void LabConfusion::showOthers() {
    const QSignalBlocker quiet(m_other);
    m_other->clear();
    for (const LabRowPtr& row : session().result().rows) m_other->addItem(rowName(*row));
    m_other->setCurrentIndex(session().comparedRow());
    m_other->setEnabled(m_other->count() > 1);
}

void LabConfusion::showMatrices() {
    const LabResult& result = session().result();
    const LabRowPtr first = session().row(session().selectedRow()), second = session().row(session().comparedRow());
    const bool classes = result.base && result.base->data.test.isClassification();
    const auto fill = [&](ConfusionView* view, const LabRowPtr& row) {
        if (row && classes)
            view->setCounts(confusion(result.base->data.test, row->score.predictions),
                            classNames(result.base->data.test), rowName(*row));
        else
            view->setCounts({}, {});
    };
    fill(m_first, first);
    fill(m_second, second);
    m_firstHeader->setTitle(first ? rowName(*first) : tr("Confusion"));
    m_secondHeader->setTitle(tr("Beside"));

    showSamples();
}

void LabConfusion::showSamples() {
    const LabResult& result = session().result();
    const LabRowPtr first = session().row(session().selectedRow()), second = session().row(session().comparedRow());
    if (!result.base || !first || !second || !result.base->data.test.isClassification()) {
        m_samplesHeader->setTitle(tr("Samples"));
        m_samples->setSamples(nullptr, {}, {});
        return;
    }
    const DatasetPtr test(result.base, &result.base->data.test);
    const LabRowPtr rows[] = {first, second};
    std::vector<std::size_t> samples;
    if (m_cell.x() >= 0) {
        samples = samplesOfCell(*test, *first, m_cell.y(), m_cell.x(), kMostSamples);
        m_samplesHeader->setTitle(tr("%1 taken for %2: %3")
                                      .arg(QString::fromStdString(test->classes[static_cast<std::size_t>(m_cell.y())]),
                                           QString::fromStdString(test->classes[static_cast<std::size_t>(m_cell.x())]),
                                           countText(static_cast<qint64>(samples.size()))));
    } else {
        samples = disagreeing(rows, kMostSamples);
        m_samplesHeader->setTitle(tr("They disagree on %1").arg(countText(static_cast<qint64>(samples.size()))));
        m_samples->setEmptyText(first == second ? tr("Choose another row beside the selected one.")
                                                : tr("The two rows give every test sample the same class."));
    }
    m_samples->setSamples(test, inputRange(result.base->data.test), sampleCards(*test, rows, samples));
}

} // namespace quantoscope::ui
