// Under the plots: the comparison of schemes, the levels of the run on screen, and every value.
#pragma once

#include "ui/session/session.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <vector>

class QAbstractItemModel;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace quantoscope::ui {

class ColumnFit;
class ComparisonModel;
class LevelsModel;
class ValuesModel;

class TextLabel;

class TablesPanel : public QWidget {
    Q_OBJECT

public:
    enum Tab { Comparison, Levels, Values };

    explicit TablesPanel(Session& session, QWidget* parent = nullptr);

    void setTab(Tab tab);
    Tab tab() const;
    QTableView* table(Tab tab) const;
    /// In a small window the comparison keeps six columns.
    void setCompact(bool compact);
    /// Runs whose speed was measured: the comparison shows it.
    void setMeasured(const std::vector<RunPtr>& runs);

private:
    QTableView* makeTable(QAbstractItemModel* model, const QString& name);
    void update(Aspects aspects);
    void showComparison();
    void copySelection(QTableView* table);
    void openContextMenu(const QPoint& position);
    void openColumnMenu(const QPoint& position);
    void showColumns();

    Session& m_session;
    QTabBar* m_tabs;
    QStackedWidget* m_stack;
    ComparisonModel* m_comparison;
    LevelsModel* m_levels;
    ValuesModel* m_values;
    QTableView* m_comparisonTable;
    ColumnFit* m_comparisonColumns;
    QTableView* m_levelsTable;
    QTableView* m_valuesTable;
    TextLabel* m_tooLarge; // over the values
    bool m_valuesStale = true;
    bool m_compact = false;
    std::vector<RunPtr> m_measured;
    std::map<int, bool> m_chosenColumns; // what the user said of a column
    QTimer m_comparisonDue;              // a drag brings a run a frame: the table follows a few times a second
};

} // namespace quantoscope::ui
