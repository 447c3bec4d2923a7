// The error e = x − Q(x): its histogram, and |e| against x (every value as a dot, the largest and the root mean square
// by column).
#pragma once

#include "ui/plots/error_picture.h"
#include "ui/plots/pane_stack.h"

namespace quantoscope::ui {

class ErrorHistogramPane;
class ErrorAgainstValuePane;

class ErrorPlot : public PaneStack {
    Q_OBJECT

public:
    explicit ErrorPlot(QWidget* parent = nullptr);

    /// Null for none.
    void setErrors(ErrorPicturePtr picture, const QString& valueName);
    void setLogCounts(bool log);

private:
    ErrorHistogramPane* m_histogram;
    ErrorAgainstValuePane* m_against;
};

} // namespace quantoscope::ui
