// The curves of every training: the network's own, and those of the rows that were trained on. A narrow window
// shows one of them.
#pragma once

#include "ui/lab/lab_view.h"

class QComboBox;
class QHBoxLayout;

namespace quantoscope::ui {

class PlotHeader;
class SegmentedSwitch;
class TextLabel;
class TrainingCurvePlot;

class LabTraining : public LabView {
    Q_OBJECT

public:
    explicit LabTraining(LabSession& session, QWidget* parent = nullptr);

    std::vector<PlotView*> plots() const override;
    void setCompact(bool compact) override;

protected:
    void refresh(LabAspects aspects) override;

private:
    struct Curve {
        QString title;
        const std::vector<EpochReport>* reports = nullptr;
        int epochs = 0;
    };
    std::vector<Curve> curves() const;
    void build(std::size_t count);
    void arrange();

    PlotHeader* m_header;
    SegmentedSwitch* m_quantity;
    QComboBox* m_choice; // of the one that a narrow window shows
    QHBoxLayout* m_row;
    std::vector<QWidget*> m_columns; // dividers among them
    std::vector<TextLabel*> m_titles;
    std::vector<TrainingCurvePlot*> m_plots;
    bool m_compact = false;
};

} // namespace quantoscope::ui
