// The left side: the open files with their tensors, a filter, a summary of the tensor on screen, and the built-in
// samples.
#pragma once

#include "ui/session/session.h"

#include <QWidget>

class QMenu;
class QPushButton;
class QSortFilterProxyModel;
class QTreeView;

namespace quantoscope::ui {

class PropertyList;
class SearchField;
class TensorTreeModel;

class DataPanel : public QWidget {
    Q_OBJECT

public:
    explicit DataPanel(Session& session, QWidget* parent = nullptr);

    /// In a small window the summary drops.
    void setCompact(bool compact);
    QTreeView* tree() const { return m_tree; }
    SearchField* filter() const { return m_filter; }

signals:
    void sampleChosen(const QString& id);
    void importOptionsRequested(int document);

private:
    void update(Aspects aspects);
    void showSummary();
    void showCurrent();
    void openContextMenu(const QPoint& position);

    Session& m_session;
    SearchField* m_filter;
    QTreeView* m_tree;
    TensorTreeModel* m_model;
    QSortFilterProxyModel* m_filtered;
    QWidget* m_summary;
    PropertyList* m_properties;
    QPushButton* m_samples;
    QMenu* m_sampleMenu;
};

} // namespace quantoscope::ui
