// One view under the methods table: what it shows while it is visible, and the plots that exports draw.
#pragma once

#include "ui/lab/lab_session.h"

#include <QWidget>

#include <vector>

namespace quantoscope::ui {

class PlotView;

class LabView : public QWidget {
    Q_OBJECT

public:
    LabView(LabSession& session, QWidget* parent);

    virtual std::vector<PlotView*> plots() const = 0;
    virtual void setCompact(bool) {}
    /// Draws what is out of date although nobody looks: for reports.
    void bringUpToDate();

protected:
    /// The view is visible, and this has changed since it was last shown.
    virtual void refresh(LabAspects aspects) = 0;
    void showEvent(QShowEvent* event) override;

    LabSession& session() const { return m_session; }

private:
    LabSession& m_session;
    LabAspects m_stale;
};

/// A plot under its header, without gaps.
QWidget* labColumn(QWidget* header, QWidget* plot, QWidget* parent);

} // namespace quantoscope::ui
