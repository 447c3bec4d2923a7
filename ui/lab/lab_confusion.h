// Which classes are taken for which: of the selected row and of another beside it, and the samples on which the two
// disagree, or those of a cell that was clicked.
#pragma once

#include "ui/lab/lab_view.h"

#include <QPoint>

class QComboBox;

namespace quantoscope::ui {

class ConfusionView;
class PlotHeader;
class SampleGrid;

class LabConfusion : public LabView {
    Q_OBJECT

public:
    explicit LabConfusion(LabSession& session, QWidget* parent = nullptr);

    std::vector<PlotView*> plots() const override;
    QComboBox* compared() const { return m_other; }
    SampleGrid* samples() const { return m_samples; }
    ConfusionView* matrix() const { return m_first; }

protected:
    void refresh(LabAspects aspects) override;

private:
    static QString rowName(const LabRow& row);
    void showOthers();
    void showMatrices();
    void showSamples();

    ConfusionView* m_first;
    ConfusionView* m_second;
    SampleGrid* m_samples;
    PlotHeader* m_firstHeader;
    PlotHeader* m_secondHeader;
    PlotHeader* m_samplesHeader;
    QComboBox* m_other;
    QPoint m_cell{-1, -1}; // prediction and truth of the cell whose samples are shown; else where the two disagree
};

} // namespace quantoscope::ui
