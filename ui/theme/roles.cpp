#include "ui/theme/roles.h"

#include "ui/theme/fonts.h"

#include <QAbstractButton>
#include <QApplication>
#include <QEvent>
#include <QHeaderView>
#include <QStyleOptionTab>
#include <QTabBar>
#include <QTableView>
#include <QTreeView>
#include <QVariant>

namespace quantoscope::ui {

namespace {

constexpr char kPrimary[] = "quantoscopePrimary";
constexpr char kTabHeight[] = "quantoscopeTabHeight";
constexpr char kTabInset[] = "quantoscopeTabInset";
constexpr char kRowRules[] = "quantoscopeRowRules";
constexpr int kRowHeight = 28;
constexpr int kHeaderHeight = 32;

} // namespace

void setPrimary(QAbstractButton* button, bool primary) {
    button->setProperty(kPrimary, primary);
    button->updateGeometry();
    button->update();
}

bool isPrimary(const QWidget* widget) { return widget && widget->property(kPrimary).toBool(); }

void setTabHeight(QTabBar* tabs, int pixels) {
    tabs->setProperty(kTabHeight, pixels);
    tabs->updateGeometry();
}

int tabHeight(const QWidget* widget) {
    const QVariant height = widget ? widget->property(kTabHeight) : QVariant();
    return height.isValid() ? height.toInt() : 40;
}

void setTabInset(QTabBar* tabs, int pixels) {
    tabs->setProperty(kTabInset, pixels);
    // A tab bar measures its tabs anew only when its style or its font changes.
    QEvent change(QEvent::StyleChange);
    QApplication::sendEvent(tabs, &change);
    tabs->updateGeometry();
}

int tabInset(const QWidget* widget) {
    const QVariant inset = widget ? widget->property(kTabInset) : QVariant();
    return inset.isValid() ? inset.toInt() : kTabTextInset;
}

int insetBefore(const QStyleOptionTab& tab, const QWidget* widget) {
    const bool first = tab.position == QStyleOptionTab::Beginning || tab.position == QStyleOptionTab::OnlyOneTab;
    return first ? 16 : tabInset(widget);
}

void setupTable(QTableView* table) {
    table->setProperty(kRowRules, true);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setTabKeyNavigation(false); // Tab leaves the table, arrows move in it
    table->setCornerButtonEnabled(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setMinimumSectionSize(20);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    table->horizontalHeader()->setFixedHeight(kHeaderHeight);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setMinimumSectionSize(40);
}

void setupTree(QTreeView* tree) {
    tree->setFrameShape(QFrame::NoFrame);
    tree->setHeaderHidden(true);
    tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    tree->setUniformRowHeights(false);
    tree->setMouseTracking(true);
}

bool hasRowRules(const QWidget* widget) { return widget && widget->property(kRowRules).toBool(); }

QFont toolButtonFont(const QWidget* button) {
    return button && button->testAttribute(Qt::WA_SetFont) ? button->font() : typeface(type::control);
}

bool showsFocus(const QWidget* widget) {
    return widget && widget->hasFocus() && widget->window()->testAttribute(Qt::WA_KeyboardFocusChange);
}

} // namespace quantoscope::ui
