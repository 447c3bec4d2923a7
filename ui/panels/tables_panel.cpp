#include "ui/panels/tables_panel.h"

#include "ui/models/comparison_model.h"
#include "ui/models/levels_model.h"
#include "ui/models/values_model.h"
#include "ui/session/tensor_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/roles.h"
#include "ui/widgets/column_fit.h"
#include "ui/widgets/compare_delegate.h"
#include "ui/widgets/divider.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QMenu>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace quantoscope::ui {

namespace {
constexpr int kTabHeight = 36;
constexpr int kCompactColumns = 6;
// Columns of the comparison that are there only where a row has something to show in them, and those that give way
// where they do not all find room, the first first.
constexpr std::array kMeasured = {ComparisonModel::WeightedMse, ComparisonModel::Encode, ComparisonModel::Decode,
                                  ComparisonModel::Product};
constexpr std::array kGivingWay = {ComparisonModel::Psnr,     ComparisonModel::Levels, ComparisonModel::Entropy,
                                   ComparisonModel::MaxError, ComparisonModel::Decode, ComparisonModel::ToBound,
                                   ComparisonModel::Encode,   ComparisonModel::Fit};
constexpr int kNameWidth = 190;
constexpr int kCompactNameWidth = 132;
constexpr int kRow = 28;
constexpr int kComparisonInterval = 60; // milliseconds
constexpr int kCompactRow = 24;
} // namespace

TablesPanel::TablesPanel(Session& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_tabs(new QTabBar(this)),
      m_stack(new QStackedWidget(this)),
      m_comparison(new ComparisonModel(this)),
      m_levels(new LevelsModel(this)),
      m_values(new ValuesModel(this)),
      m_comparisonTable(makeTable(m_comparison, tr("Comparison"))),
      m_levelsTable(makeTable(m_levels, tr("Levels"))),
      m_valuesTable(makeTable(m_values, tr("Values"))),
      m_tooLarge(new TextLabel(TextStyle::Body, {}, this)) {
    setTabHeight(m_tabs, kTabHeight);
    m_tabs->setDrawBase(false);
    m_tabs->setAccessibleName(tr("Tables"));
    m_tabs->setExpanding(false);
    for (const QString& name : {tr("Comparison"), tr("Levels"), tr("Values")}) m_tabs->addTab(name);
    for (QTableView* table : {m_comparisonTable, m_levelsTable, m_valuesTable}) m_stack->addWidget(table);

    setupCompareTable(m_comparisonTable);
    m_comparisonTable->setSortingEnabled(true);
    m_comparisonTable->horizontalHeader()->setSortIndicator(ComparisonModel::Sqnr, Qt::DescendingOrder);
    m_comparisonColumns = new ColumnFit(m_comparisonTable, ComparisonModel::Scheme, kNameWidth, kCompareBarRoom);
    m_comparisonTable->setContextMenuPolicy(Qt::CustomContextMenu);
    m_comparisonTable->horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_comparisonTable->horizontalHeader(), &QWidget::customContextMenuRequested, this,
            &TablesPanel::openColumnMenu);
    new ColumnFit(m_levelsTable);
    new ColumnFit(m_valuesTable);
    auto* place = new QVBoxLayout(m_valuesTable->viewport());
    place->addWidget(m_tooLarge);
    m_tooLarge->setAlignment(Qt::AlignCenter);
    m_tooLarge->setWordWrap(true);

    auto* tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(0, 0, 0, 0);
    tabRow->addWidget(m_tabs);
    tabRow->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(tabRow);
    layout->addWidget(new Divider(Qt::Horizontal, this));
    layout->addWidget(m_stack, 1);

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        update(Aspect::Run | Aspect::Selection);
    });
    connect(m_comparisonTable, &QAbstractItemView::clicked, this,
            [this](const QModelIndex& index) { m_session.show(m_comparison->runAt(index.row())); });
    connect(m_comparisonTable, &QAbstractItemView::activated, this,
            [this](const QModelIndex& index) { m_session.show(m_comparison->runAt(index.row())); });
    connect(m_comparisonTable, &QWidget::customContextMenuRequested, this, &TablesPanel::openContextMenu);
    connect(m_levelsTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) { m_session.setSelectedBin(index.isValid() ? index.row() : -1); });
    m_comparisonDue.setSingleShot(true);
    m_comparisonDue.setInterval(kComparisonInterval);
    connect(&m_comparisonDue, &QTimer::timeout, this, &TablesPanel::showComparison);
    connect(&m_session, &Session::changed, this, &TablesPanel::update);
    showColumns();
    update(~Aspects());
}

QTableView* TablesPanel::makeTable(QAbstractItemModel* model, const QString& name) {
    auto* table = new QTableView(this);
    setupTable(table);
    table->setModel(model);
    table->setAccessibleName(name);
    auto* copy = new QShortcut(QKeySequence::Copy, table, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(copy, &QShortcut::activated, this, [this, table] { copySelection(table); });
    return table;
}

void TablesPanel::setTab(Tab tab) { m_tabs->setCurrentIndex(tab); }
TablesPanel::Tab TablesPanel::tab() const { return static_cast<Tab>(m_tabs->currentIndex()); }
QTableView* TablesPanel::table(Tab tab) const { return static_cast<QTableView*>(m_stack->widget(tab)); }

void TablesPanel::setCompact(bool compact) {
    m_compact = compact;
    showColumns();
    m_comparisonColumns->setNamesWidth(compact ? kCompactNameWidth : kNameWidth);
    for (QTableView* table : {m_comparisonTable, m_levelsTable, m_valuesTable})
        table->verticalHeader()->setDefaultSectionSize(compact ? kCompactRow : kRow);
}

void TablesPanel::update(Aspects aspects) {
    const bool compared = aspects & (Aspect::Run | Aspect::Sweep | Aspect::Pins | Aspect::Spec | Aspect::Speed);
    if (compared && !m_comparisonDue.isActive()) m_comparisonDue.start();
    if (aspects & (Aspect::Run | Aspect::Data | Aspect::Selection)) {
        if (aspects & (Aspect::Run | Aspect::Data)) m_valuesStale = true;
        // Hidden tables are filled when they are shown.
        if (m_tabs->currentIndex() == Levels) {
            m_levels->setRun(m_session.shown(), m_session.levels());
            const QSignalBlocker quiet(m_levelsTable->selectionModel());
            const QModelIndex selected = m_levels->index(m_session.selectedBin(), 0);
            m_levelsTable->setCurrentIndex(selected);
            if (selected.isValid())
                m_levelsTable->selectRow(selected.row());
            else
                m_levelsTable->clearSelection();
            m_levelsTable->viewport()->update();
        }
        if (m_tabs->currentIndex() == Values && m_valuesStale) {
            m_values->setRun(m_session.run());
            const PreparedTensorPtr& tensor = m_session.data();
            m_tooLarge->setText(tensor ? tooLargeText(*tensor) : QString());
            m_valuesStale = false;
        }
    }
}

void TablesPanel::showComparison() {
    const int bits = bitsFor(m_session.spec().levels);
    std::vector<RunPtr> runs;
    if (m_session.shown()) runs.push_back(m_session.shown());
    for (const RunPtr& run : m_session.sweep())
        if (bitsFor(run->spec().levels) == bits) runs.push_back(run);
    std::vector<std::pair<RunPtr, SpeedReport>> speeds;
    if (m_session.run() && m_session.speed()) speeds.emplace_back(m_session.run(), *m_session.speed());
    for (const RunPtr& run : m_measured)
        if (run->speed) speeds.emplace_back(run, *run->speed);
    m_comparison->setSpeeds(std::move(speeds));
    m_comparison->setRuns(runs, m_session.pins());
    showColumns();
    const QSignalBlocker quiet(m_comparisonTable->selectionModel());
    const int row = m_comparison->rowOf(m_session.shown());
    if (row >= 0)
        m_comparisonTable->selectRow(row);
    else
        m_comparisonTable->clearSelection();
    m_comparisonTable->viewport()->update();
}

void TablesPanel::setMeasured(const std::vector<RunPtr>& runs) {
    m_measured = runs;
    if (!m_comparisonDue.isActive()) m_comparisonDue.start();
}

/// Those that have something to show and, in a small window, the first six; or as the user has chosen.
void TablesPanel::showColumns() {
    std::vector<int> wanted, givingWay(kGivingWay.begin(), kGivingWay.end());
    for (int column = 0; column < ComparisonModel::ColumnCount; ++column) {
        const bool known =
            std::find(kMeasured.begin(), kMeasured.end(), column) == kMeasured.end() || m_comparison->hasValues(column);
        const bool usual = known && !(m_compact && column >= kCompactColumns);
        const auto chosen = m_chosenColumns.find(column);
        if (chosen == m_chosenColumns.end() ? usual : chosen->second) wanted.push_back(column);
        if (chosen != m_chosenColumns.end()) std::erase(givingWay, column);
    }
    m_comparisonColumns->setColumns(std::move(wanted), std::move(givingWay));
}

void TablesPanel::openColumnMenu(const QPoint& position) {
    QMenu menu(this);
    menu.setToolTipsVisible(true);
    for (int column = ComparisonModel::BitsPerValue; column < ComparisonModel::ColumnCount; ++column) {
        QAction* action = menu.addAction(m_comparison->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!m_comparisonTable->isColumnHidden(column));
        action->setToolTip(m_comparison->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString());
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            m_chosenColumns[column] = shown;
            showColumns();
        });
    }
    menu.addSeparator();
    menu.addAction(tr("Usual columns"), this, [this] {
        m_chosenColumns.clear();
        showColumns();
    });
    menu.exec(m_comparisonTable->horizontalHeader()->mapToGlobal(position));
}

void TablesPanel::copySelection(QTableView* table) {
    QModelIndexList rows = table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    const QAbstractItemModel* model = table->model();
    const auto line = [&](const auto& cell) {
        QStringList cells;
        for (int column = 0; column < model->columnCount(); ++column)
            if (!table->isColumnHidden(column)) cells << cell(column);
        lines << cells.join(u'\t');
    };
    line([&](int column) { return model->headerData(column, Qt::Horizontal).toString(); });
    for (const QModelIndex& row : rows) line([&](int column) { return row.siblingAtColumn(column).data().toString(); });
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

void TablesPanel::openContextMenu(const QPoint& position) {
    const int row = m_comparisonTable->indexAt(position).row();
    const RunPtr run = m_comparison->runAt(row);
    if (!run) return;
    QMenu menu(this);
    if (m_comparison->isPinned(row))
        menu.addAction(tr("Unpin"), this, [this, run] { m_session.unpin(run); });
    else
        menu.addAction(themedIcon(QStringLiteral("pin")), tr("Pin"), this, [this, run] { m_session.pin(run); });
    menu.addAction(themedIcon(QStringLiteral("copy")), tr("Copy row"), this,
                   [this] { copySelection(m_comparisonTable); });
    menu.exec(m_comparisonTable->viewport()->mapToGlobal(position));
}

} // namespace quantoscope::ui
