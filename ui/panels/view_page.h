// One view of the Explore page: what stands under its tab, and the plot that exports draw.
#pragma once

#include "ui/session/session.h"

#include <QWidget>

namespace quantoscope::ui {

class PlotView;

class ViewPage : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;
    virtual PlotView* plotView() const = 0;
    /// Whether the tensor on screen can be seen this way at all.
    virtual bool applies(const Session&) const { return true; }
};

} // namespace quantoscope::ui
