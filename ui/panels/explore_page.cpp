#include "ui/panels/explore_page.h"

#include "ui/panels/channels_page.h"
#include "ui/panels/data_panel.h"
#include "ui/panels/distribution_page.h"
#include "ui/panels/error_page.h"
#include "ui/panels/matrix_page.h"
#include "ui/panels/media_page.h"
#include "ui/panels/scheme_panel.h"
#include "ui/panels/tables_panel.h"
#include "ui/panels/trade_off_page.h"
#include "ui/panels/transfer_page.h"
#include "ui/theme/roles.h"
#include "ui/widgets/divider.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace quantoscope::ui {

namespace {

constexpr int kDataWidth = 264;
constexpr int kSchemeWidth = 304;
constexpr int kCompactDataWidth = 208;
constexpr int kCompactSchemeWidth = 256;
constexpr int kCompactTabInset = 9; // all the tabs find room
constexpr int kTablesHeight = 300;
constexpr int kCompactTablesHeight = 170;

} // namespace

ExplorePage::ExplorePage(Session& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_data(new DataPanel(session, this)),
      m_scheme(new SchemePanel(session, this)),
      m_tables(new TablesPanel(session, this)),
      m_tabs(new QTabBar(this)),
      m_stack(new QStackedWidget(this)) {
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setAccessibleName(tr("Views"));
    addView("distribution", tr("Distribution"), new DistributionPage(session, this));
    addView("transfer", tr("Transfer"), new TransferPage(session, this));
    addView("error", tr("Error"), new ErrorPage(session, this));
    addView("channels", tr("Channels"), new ChannelsPage(session, this));
    addView("matrix", tr("Matrix"), new MatrixPage(session, this));
    addView("media", tr("Image/Signal"), new MediaPage(session, this));
    auto* tradeOff = new TradeOffPage(session, this);
    addView("trade-off", tr("Trade-off"), tradeOff);
    connect(tradeOff, &TradeOffPage::measured, m_tables, &TablesPanel::setMeasured);

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

    m_middle = new QSplitter(Qt::Vertical, this);
    m_middle->addWidget(views);
    m_middle->addWidget(m_tables);
    m_middle->setStretchFactor(0, 1); // only the plot grows
    m_middle->setStretchFactor(1, 0);
    m_middle->setChildrenCollapsible(false);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_data);
    layout->addWidget(new Divider(Qt::Vertical, this));
    layout->addWidget(m_middle, 1);
    layout->addWidget(new Divider(Qt::Vertical, this));
    layout->addWidget(m_scheme);
    setCompact(false);

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        setFocusProxy(m_stack->currentWidget());
    });
    setFocusProxy(m_stack->currentWidget());
    connect(m_data, &DataPanel::sampleChosen, this, &ExplorePage::sampleChosen);
    connect(&m_session, &Session::changed, this, &ExplorePage::update);
    update(~Aspects());
}

void ExplorePage::addView(const char* id, const QString& title, ViewPage* page) {
    m_views.push_back({QLatin1String(id), title, page});
    m_tabs->addTab(title);
    m_stack->addWidget(page);
}

void ExplorePage::addViewActions(QMenu* menu) {
    for (std::size_t i = 0; i < m_views.size(); ++i)
        menu->addAction(m_views[i].title, QKeySequence(QStringLiteral("Alt+%1").arg(i + 1)), this,
                        [this, i] { m_tabs->setCurrentIndex(static_cast<int>(i)); });
}

QString ExplorePage::currentViewId() const { return viewId(m_tabs->currentIndex()); }

void ExplorePage::showView(const QString& id) {
    const auto view = std::find_if(m_views.begin(), m_views.end(), [&](const View& v) { return v.id == id; });
    if (view == m_views.end()) return;
    const int tab = static_cast<int>(view - m_views.begin());
    if (m_tabs->isTabEnabled(tab)) m_tabs->setCurrentIndex(tab);
}

void ExplorePage::showComparison() {
    m_tables->setTab(TablesPanel::Comparison);
    showView(QStringLiteral("trade-off"));
}

ViewPage* ExplorePage::page(const QString& id) const {
    const auto view = std::find_if(m_views.begin(), m_views.end(), [&](const View& v) { return v.id == id; });
    return view == m_views.end() ? nullptr : view->page;
}

PlotView* ExplorePage::currentPlot() const { return page(currentViewId())->plotView(); }

void ExplorePage::setCompact(bool compact) {
    m_data->setFixedWidth(compact ? kCompactDataWidth : kDataWidth);
    m_scheme->setFixedWidth(compact ? kCompactSchemeWidth : kSchemeWidth);
    m_data->setCompact(compact);
    m_scheme->setCompact(compact);
    m_tables->setCompact(compact);
    setTabInset(m_tabs, compact ? kCompactTabInset : kTabTextInset);
    const int tables = compact ? kCompactTablesHeight : kTablesHeight;
    m_middle->setSizes({std::max(1, height() - tables), tables});
}

void ExplorePage::update(Aspects aspects) {
    if (!(aspects & (Aspect::Current | Aspect::Data))) return;
    for (std::size_t i = 0; i < m_views.size(); ++i) {
        const int tab = static_cast<int>(i);
        const bool applies = m_views[i].page->applies(m_session);
        m_tabs->setTabEnabled(tab, applies);
        if (!applies && m_tabs->currentIndex() == tab) m_tabs->setCurrentIndex(0);
    }
}

} // namespace quantoscope::ui
