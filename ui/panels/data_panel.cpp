#include "ui/panels/data_panel.h"

#include "ui/models/tensor_tree_model.h"
#include "ui/panels/samples.h"
#include "ui/theme/icon.h"
#include "ui/theme/roles.h"
#include "ui/widgets/divider.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/property_list.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/tree_delegate.h"

#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <cmath>

namespace quantoscope::ui {

DataPanel::DataPanel(Session& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_filter(new SearchField(tr("Filter tensors"), this)),
      m_tree(new QTreeView(this)),
      m_model(new TensorTreeModel(session.library(), this)),
      m_filtered(new QSortFilterProxyModel(this)),
      m_summary(new QWidget(this)),
      m_properties(new PropertyList(PropertyList::Density::Tight, m_summary)),
      m_samples(new QPushButton(themedIcon(QStringLiteral("grid")), tr("Built-in samples"), this)),
      m_sampleMenu(new QMenu(this)) {
    m_filtered->setSourceModel(m_model);
    m_filtered->setRecursiveFilteringEnabled(true);
    m_filtered->setAutoAcceptChildRows(true);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    setupDataTree(m_tree);
    m_tree->setModel(m_filtered);
    m_tree->setAccessibleName(tr("Data"));
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);

    auto* filterRow = new QVBoxLayout;
    filterRow->setContentsMargins(16, 12, 16, 8);
    filterRow->addWidget(m_filter);
    auto* summary = new QVBoxLayout(m_summary);
    summary->setContentsMargins(16, 12, 16, 12);
    summary->setSpacing(4);
    summary->addWidget(new TextLabel(TextStyle::Heading, tr("Summary"), m_summary));
    summary->addWidget(m_properties);
    m_samples->setFlat(true);
    m_samples->setFixedHeight(32);
    m_samples->setToolTip(tr("Data that comes with the program"));
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(8, 5, 8, 5);
    foot->addWidget(m_samples, 0, Qt::AlignLeft);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(filterRow);
    layout->addWidget(m_tree, 1);
    layout->addWidget(new Divider(Qt::Horizontal, this));
    layout->addWidget(m_summary);
    layout->addWidget(new Divider(Qt::Horizontal, this));
    layout->addLayout(foot);

    for (const Sample& sample : samples())
        m_sampleMenu->addAction(sampleTitle(sample), this,
                                [this, id = QString::fromLatin1(sample.id)] { emit sampleChosen(id); });
    connect(m_filter, &SearchField::textChanged, this, [this](const QString& text) {
        m_filtered->setFilterFixedString(text);
        if (!text.isEmpty()) m_tree->expandAll();
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        const TensorRef ref = m_model->refOf(m_filtered->mapToSource(index));
        if (ref.valid()) m_session.setCurrent(ref);
    });
    connect(m_samples, &QPushButton::clicked, this, [this] {
        const QPoint above = m_samples->mapToGlobal(QPoint(0, -m_sampleMenu->sizeHint().height()));
        m_sampleMenu->popup(above);
    });
    connect(m_tree, &QWidget::customContextMenuRequested, this, &DataPanel::openContextMenu);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex& floor, int first, int last) {
        for (int row = first; !floor.isValid() && row <= last; ++row)
            m_tree->expand(m_filtered->mapFromSource(m_model->index(row, 0)));
    });
    connect(&m_session, &Session::changed, this, &DataPanel::update);
    update(Aspect::Library | Aspect::Current | Aspect::Data);
}

void DataPanel::setCompact(bool compact) { m_summary->setVisible(!compact); }

void DataPanel::update(Aspects aspects) {
    if (aspects & (Aspect::Library | Aspect::Current)) showCurrent();
    if (aspects & (Aspect::Data | Aspect::Current)) showSummary();
}

void DataPanel::showCurrent() {
    const QModelIndex index = m_filtered->mapFromSource(m_model->indexOf(m_session.current()));
    if (!index.isValid() || index == m_tree->currentIndex()) return;
    const QSignalBlocker quiet(m_tree->selectionModel());
    m_tree->expand(index.parent());
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
    m_tree->viewport()->update();
}

void DataPanel::showSummary() {
    std::vector<Property> rows;
    const PreparedTensorPtr& prepared = m_session.data();
    if (const DistributionPtr& sorted = m_session.distribution(); prepared && sorted) {
        const auto add = [&](const QString& label, const QString& value, const QString& help = {}) {
            rows.push_back({label, value, help});
        };
        add(tr("Values"), countText(static_cast<qint64>(prepared->valueCount())));
        if (sorted->isCoarse())
            add(tr("Groups"), countText(static_cast<qint64>(sorted->distinct())),
                tr("The tensor is larger than the memory budget: neighbouring values are kept in groups, %1 from their "
                   "means (root mean square)")
                    .arg(compactText(sorted->coarsening().rmsSpread)));
        else
            add(tr("Distinct"), countText(static_cast<qint64>(sorted->distinct())));
        if (!sorted->empty()) {
            add(tr("Minimum"), compactText(static_cast<double>(sorted->minimum())));
            add(tr("Maximum"), compactText(static_cast<double>(sorted->maximum())));
            add(tr("Mean"), compactText(sorted->mean()));
            add(tr("Std. deviation"), compactText(std::sqrt(sorted->variance())), tr("√(Σ(x − mean)²/n)"));
            add(tr("Excess kurtosis"), numberText(m_session.excessKurtosis(), 2),
                tr("Fourth central moment over variance², minus 3: 0 for a normal distribution, more for heavy tails"));
        }
        add(tr("Non-finite"), countText(static_cast<qint64>(prepared->nonFinite().total())), tr("NaN and infinities"));
        const Tensor& tensor = prepared->tensor();
        if (tensor.missing > 0)
            add(tr("Missing"), countText(static_cast<qint64>(tensor.missing)), tr("Cells without a number, left out"));
        if (tensor.conversionError > 0)
            add(tr("Rounded to float32"), compactText(tensor.conversionError),
                tr("The largest difference between a value of the file and the float32 that stands for it"));
    }
    m_properties->setProperties(std::move(rows));
}

void DataPanel::openContextMenu(const QPoint& position) {
    const int document = m_model->documentOf(m_filtered->mapToSource(m_tree->indexAt(position)));
    if (document == 0) return;
    QMenu menu(this);
    const Document& open = *m_session.library().find(document);
    if (!open.path.isEmpty())
        menu.addAction(themedIcon(QStringLiteral("refresh")), tr("Reload"), this,
                       [this, document] { m_session.library().reload(document); });
    if (open.textTable)
        menu.addAction(themedIcon(QStringLiteral("table")), tr("Import options…"), this,
                       [this, document] { emit importOptionsRequested(document); });
    menu.addAction(themedIcon(QStringLiteral("close")), tr("Close"), this,
                   [this, document] { m_session.library().close(document); });
    menu.exec(m_tree->viewport()->mapToGlobal(position));
}

} // namespace quantoscope::ui
