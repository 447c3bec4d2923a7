// The row above a plot: what is shown, a legend, and the view's own controls at the right.
#pragma once

#include "ui/theme/scheme_look.h"

#include <QWidget>

#include <vector>

class QHBoxLayout;
class QLabel;

namespace quantoscope::ui {

class ElidedLabel;

class PlotHeader : public QWidget {
    Q_OBJECT

public:
    explicit PlotHeader(QWidget* parent = nullptr);

    void setTitle(const QString& title, const QString& subtitle = {});
    /// Data, level and boundary, in this scheme's look.
    void setLegend(const SchemeLook& look);
    void addControl(QWidget* control);
    /// One that narrow headers drop.
    void addRemark(QWidget* remark);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Legend;

    ElidedLabel* m_title;
    QLabel* m_subtitle;
    Legend* m_legend = nullptr;
    QWidget* m_remark = nullptr;
    QHBoxLayout* m_layout;
};

} // namespace quantoscope::ui
