// The Explore page: data at the left, views over tables in the middle, the scheme at the right.
#pragma once

#include "ui/panels/view_page.h"
#include "ui/session/session.h"

#include <QWidget>

#include <vector>

class QMenu;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace quantoscope::ui {

class DataPanel;
class SchemePanel;
class TablesPanel;

class ExplorePage : public QWidget {
    Q_OBJECT

public:
    explicit ExplorePage(Session& session, QWidget* parent = nullptr);

    /// One entry a view, with its shortcut.
    void addViewActions(QMenu* menu);
    int viewCount() const { return static_cast<int>(m_views.size()); }
    QString viewId(int index) const { return m_views[static_cast<std::size_t>(index)].id; }
    QString currentViewId() const;
    void showView(const QString& id);
    void showComparison();
    PlotView* currentPlot() const;
    ViewPage* page(const QString& id) const;
    DataPanel& dataPanel() { return *m_data; }
    SchemePanel& schemePanel() { return *m_scheme; }
    TablesPanel& tablesPanel() { return *m_tables; }
    void setCompact(bool compact);

signals:
    void sampleChosen(const QString& id);

private:
    struct View {
        QString id;
        QString title;
        ViewPage* page;
    };
    void addView(const char* id, const QString& title, ViewPage* page);
    void update(Aspects aspects);

    Session& m_session;
    DataPanel* m_data;
    SchemePanel* m_scheme;
    TablesPanel* m_tables;
    QTabBar* m_tabs;
    QStackedWidget* m_stack;
    QSplitter* m_middle;
    std::vector<View> m_views;
};

} // namespace quantoscope::ui
