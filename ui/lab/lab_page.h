// The model laboratory: settings at the left; advice, the methods table and the views of what was measured.
#pragma once

#include "ui/lab/lab_session.h"

#include <QWidget>

#include <array>

class QMenu;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace quantoscope::ui {

class AdviceCard;
class LabActivations;
class LabConfusion;
class LabMethodsModel;
class LabOverview;
class LabPanel;
class LabTraining;
class LabView;
class MethodsTable;
class PlotView;

class LabPage : public QWidget {
    Q_OBJECT

public:
    enum View { Overview, Activations, Confusion, Training, ViewCount };

    explicit LabPage(LabSession& session, QWidget* parent = nullptr);

    LabSession& session() { return m_session; }
    LabPanel& panel() { return *m_panel; }
    AdviceCard& advice() { return *m_advice; }
    MethodsTable& table() { return *m_table; }
    LabMethodsModel& model() { return *m_model; }
    LabOverview& overview() { return *m_overview; }
    LabActivations& activations() { return *m_activations; }
    LabConfusion& confusion() { return *m_confusion; }

    View currentView() const;
    void showView(View view);
    QString currentViewId() const;
    void showView(const QString& id);
    /// One entry a view, with its shortcut.
    void addViewActions(QMenu* menu);
    void setCompact(bool compact);

    /// "Trained in 2.1 s · measured on 1 thread, AVX2, median of 9 runs", and "450 test samples · seed 1".
    QString statusText() const;
    QString statusRemark() const;

    void exportData();

signals:
    /// The weights of a layer, to be seen in Explore.
    void layerOpened(const quantoscope::Tensor& weights);
    void exported(const QString& path);
    void failed(const QString& title, const quantoscope::Error& error);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void update(LabAspects aspects);
    void showRows();
    void showSelection();
    void arrange();

    LabSession& m_session;
    LabPanel* m_panel;
    AdviceCard* m_advice;
    LabMethodsModel* m_model;
    MethodsTable* m_table;
    QTabBar* m_tabs;
    QStackedWidget* m_stack;
    QSplitter* m_splitter;
    LabOverview* m_overview;
    LabActivations* m_activations;
    LabConfusion* m_confusion;
    LabTraining* m_training;
    std::array<LabView*, ViewCount> m_views{};
    int m_top = 0, m_height = 0; // as they were last arranged
    bool m_compact = false;
    bool m_showing = false; // selections of the table that are not the user's
};

} // namespace quantoscope::ui
