// What a standard widget is for, where its class does not say: read by Style.
#pragma once

#include <QFont>

class QAbstractButton;
class QStyleOptionTab;
class QTabBar;
class QTableView;
class QTreeView;
class QWidget;

namespace quantoscope::ui {

/// The one primary action of a panel: ink, 36 px high.
void setPrimary(QAbstractButton* button, bool primary = true);
bool isPrimary(const QWidget* widget);

/// 40 px for the tabs of plots (the default), 36 for the lower tabs.
void setTabHeight(QTabBar* tabs, int pixels);
int tabHeight(const QWidget* widget);

/// The space on either side of a tab's text, 13 px unless it was set. The first tab has 16 px before it, so that a tab
/// bar as wide as its panel aligns with the rest.
inline constexpr int kTabTextInset = 13;
void setTabInset(QTabBar* tabs, int pixels);
int tabInset(const QWidget* widget);
int insetBefore(const QStyleOptionTab& tab, const QWidget* widget);

/// Rows of 28 px with rules, a header of 32, no vertical lines, whole rows selected, no frame.
void setupTable(QTableView* table);
/// No frame, no header, animation or focus border on cells; as the data tree wants it.
void setupTree(QTreeView* tree);
bool hasRowRules(const QWidget* widget);

/// The font set on the button itself, else that of controls.
QFont toolButtonFont(const QWidget* button);

/// Whether the user moves by keyboard, so that the focus should be seen.
bool showsFocus(const QWidget* widget);

} // namespace quantoscope::ui
