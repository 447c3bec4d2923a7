// A view of the newest run under a header. While it is hidden it only remembers that it is out of date.
#pragma once

#include "ui/panels/view_page.h"

class QVBoxLayout;

namespace quantoscope::ui {

class PlotHeader;
class TextLabel;

class RunPage : public ViewPage {
    Q_OBJECT

public:
    RunPage(Session& session, QWidget* parent);

protected:
    /// The page is visible and there is another run, or none: show it.
    virtual void showRun() = 0;
    /// The page is visible and another bin or group is selected.
    virtual void showSelection() {}
    /// Another tensor: before its first run.
    virtual void showTensor() {}
    void setPlot(QWidget* plot);
    /// The page shows values one by one: of a tensor larger than the memory budget it says so in the plot's place.
    void setNeedsValues() { m_needsValues = true; }
    /// A sentence in the plot's place; the plot again where empty.
    void setNotice(const QString& text);

    void showEvent(QShowEvent* event) override;

    Session& session() const { return m_session; }
    PlotHeader& header() const { return *m_header; }

private:
    void update(Aspects aspects);

    Session& m_session;
    PlotHeader* m_header;
    QVBoxLayout* m_layout;
    QWidget* m_plot = nullptr;
    TextLabel* m_notice;
    bool m_needsValues = false;
    Aspects m_stale = ~Aspects();
};

} // namespace quantoscope::ui
