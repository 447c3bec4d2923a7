#include "ui/lab/lab_page.h"

#include "ui/lab/advice_card.h"
#include "ui/lab/lab_activations.h"
#include "ui/lab/lab_confusion.h"
#include "ui/lab/lab_export_dialog.h"
#include "ui/lab/lab_overview.h"
#include "ui/lab/lab_panel.h"
#include "ui/lab/lab_training.h"
#include "ui/lab/layer_tensor.h"
#include "ui/lab/methods_table.h"
#include "ui/models/lab_methods_model.h"
#include "ui/theme/roles.h"
#include "ui/widgets/divider.h"
#include "ui/widgets/number_text.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace quantoscope::ui {

namespace {

constexpr int kPanelWidth = 304, kCompactPanelWidth = 256;
constexpr int kTabHeight = 36;
constexpr int kMostTableShare = 45, kCompactTableShare = 25; // per cent of the height, beside the plots
constexpr const char* kViewIds[LabPage::ViewCount] = {"overview", "activations", "confusion", "training"};

} // namespace

LabPage::LabPage(LabSession& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_panel(new LabPanel(session, this)),
      m_advice(new AdviceCard(session, this)),
      m_model(new LabMethodsModel(this)),
      m_table(new MethodsTable(m_model, this)),
      m_tabs(new QTabBar(this)),
      m_stack(new QStackedWidget(this)),
      m_splitter(new QSplitter(Qt::Vertical, this)),
      m_overview(new LabOverview(session, this)),
      m_activations(new LabActivations(session, this)),
      m_confusion(new LabConfusion(session, this)),
      m_training(new LabTraining(session, this)),
      m_views{m_overview, m_activations, m_confusion, m_training} {
    setTabHeight(m_tabs, kTabHeight);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Laboratory views"));
    for (const QString& title : {tr("Overview"), tr("Activations"), tr("Confusion"), tr("Training")})
        m_tabs->addTab(title);
    for (LabView* view : m_views) m_stack->addWidget(view);

    auto* top = new QWidget(this);
    auto* topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(0, 0, 0, 0);
    topLayout->setSpacing(0);
    auto* cardRow = new QHBoxLayout;
    cardRow->setContentsMargins(16, 16, 16, 4);
    cardRow->addWidget(m_advice);
    topLayout->addLayout(cardRow);
    topLayout->addWidget(m_table, 1);
    auto* tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(0, 0, 0, 0);
    tabRow->addWidget(m_tabs);
    tabRow->addStretch();
    auto* views = new QWidget(this);
    auto* viewsLayout = new QVBoxLayout(views);
    viewsLayout->setContentsMargins(0, 0, 0, 0);
    viewsLayout->setSpacing(0);
    viewsLayout->addLayout(tabRow);
    viewsLayout->addWidget(new Divider(Qt::Horizontal, views));
    viewsLayout->addWidget(m_stack, 1);
    m_splitter->addWidget(top);
    m_splitter->addWidget(views);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1); // only the plots grow
    m_splitter->setChildrenCollapsible(false);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_panel);
    layout->addWidget(new Divider(Qt::Vertical, this));
    layout->addWidget(m_splitter, 1);
    setCompact(false);
    setFocusProxy(m_table);

    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_table, &MethodsTable::rowChosen, this, [this](int row) {
        if (!m_showing) m_session.setSelectedRow(m_model->resultRow(row));
    });
    connect(m_overview, &LabOverview::layerActivated, this, [this](int layer) {
        const LabBasePtr& base = m_session.result().base;
        if (!base || layer < 0) return;
        Tensor weights = layerTensor(base->network, static_cast<std::size_t>(layer));
        if (!weights.values.empty()) emit layerOpened(weights);
    });
    connect(&m_session, &LabSession::changed, this, &LabPage::update);
    connect(&m_session, &LabSession::failed, this, &LabPage::failed);
    connect(&m_session, &LabSession::saved, this, &LabPage::exported);
    update(~LabAspects());
}

LabPage::View LabPage::currentView() const { return static_cast<View>(m_tabs->currentIndex()); }
void LabPage::showView(View view) { m_tabs->setCurrentIndex(view); }
QString LabPage::currentViewId() const { return QLatin1String(kViewIds[m_tabs->currentIndex()]); }

void LabPage::showView(const QString& id) {
    const auto found = std::find_if(std::begin(kViewIds), std::end(kViewIds),
                                    [&](const char* each) { return id == QLatin1String(each); });
    if (found != std::end(kViewIds)) m_tabs->setCurrentIndex(static_cast<int>(found - std::begin(kViewIds)));
}

void LabPage::addViewActions(QMenu* menu) {
    for (int i = 0; i < m_tabs->count(); ++i)
        menu->addAction(m_tabs->tabText(i), QKeySequence(QStringLiteral("Alt+%1").arg(i + 1)), this,
                        [this, i] { m_tabs->setCurrentIndex(i); });
}

void LabPage::setCompact(bool compact) {
    m_compact = compact;
    m_panel->setFixedWidth(compact ? kCompactPanelWidth : kPanelWidth);
    m_panel->setCompact(compact);
    m_advice->setCompact(compact);
    m_table->setCompact(compact);
    for (LabView* view : m_views) view->setCompact(compact);
    arrange();
}

/// All rows, as long as the plots keep more than half.
void LabPage::arrange() {
    const int height = std::max(200, m_splitter->height());
    const int card = m_advice->heightForWidth(m_splitter->width() - 32) + 20;
    const int wanted = card + m_table->wantedHeight() + 4;
    const int share = m_compact ? kCompactTableShare : kMostTableShare;
    const int top = std::min(wanted, card + height * share / 100);
    if (top == m_top && height == m_height) return; // the user may have moved the edge
    m_top = top;
    m_height = height;
    m_splitter->setSizes({top, std::max(1, height - top)});
}

void LabPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    QMetaObject::invokeMethod(this, &LabPage::arrange, Qt::QueuedConnection); // once the advice has its new width
}

void LabPage::update(LabAspects aspects) {
    if (aspects & (LabAspect::Rows | LabAspect::Base)) showRows();
    if (aspects & (LabAspect::Rows | LabAspect::Selection)) showSelection();
    if (aspects & ~LabAspects(LabAspect::Curve | LabAspect::Selection)) arrange(); // the advice may be longer
}

void LabPage::showRows() {
    m_showing = true;
    m_model->setResult(m_session.result());
    m_showing = false;
}

void LabPage::showSelection() {
    const int row = m_model->rowOf(m_session.selectedRow());
    m_showing = true;
    if (row >= 0) {
        m_table->selectRow(row);
        m_table->scrollTo(m_model->index(row, 0));
    } else {
        m_table->clearSelection();
    }
    m_showing = false;
    m_table->viewport()->update();
}

QString LabPage::statusText() const {
    const QString activity = m_session.activity();
    if (!activity.isEmpty()) return activity;
    QStringList parts;
    const LabResult& result = m_session.result();
    const LabBasePtr& base = result.base ? result.base : m_session.base();
    if (base && base->seconds > 0)
        parts << tr("Trained in %1 s").arg(numberText(base->seconds, base->seconds < 10 ? 1 : 0));
    else if (base)
        parts << tr("Network from a file");
    if (!result.machine.instructions.empty()) {
        const auto timed = std::find_if(result.rows.begin(), result.rows.end(),
                                        [](const LabRowPtr& row) { return row->batched.has_value(); });
        const QString threads =
            result.machine.threads == 1 ? tr("1 thread") : tr("%1 threads").arg(result.machine.threads);
        if (timed != result.rows.end())
            parts << tr("measured on %1, %2, median of %3 runs")
                         .arg(threads, QString::fromStdString(result.machine.instructions))
                         .arg((*timed)->batched->runs);
    }
    return parts.isEmpty() ? tr("Ready") : parts.join(QStringLiteral(" · "));
}

QString LabPage::statusRemark() const {
    const LabBasePtr& base = m_session.result().base ? m_session.result().base : m_session.base();
    if (!base) return {};
    return tr("%1 test samples · seed %2")
        .arg(countText(static_cast<qint64>(base->data.test.count())), QString::number(base->data.spec.seed));
}

void LabPage::exportData() {
    // Of the overview always, of another view while it is on screen.
    std::vector<PlotView*> plots = m_overview->plots();
    m_overview->bringUpToDate();
    if (currentView() != Overview)
        for (PlotView* plot : m_views[static_cast<std::size_t>(currentView())]->plots()) plots.push_back(plot);
    auto* dialog = new LabExportDialog(m_session, std::move(plots), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LabExportDialog::exported, this, &LabPage::exported);
    connect(dialog, &LabExportDialog::failed, this, &LabPage::failed);
    dialog->open();
}

} // namespace quantoscope::ui
