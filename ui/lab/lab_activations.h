// What flowed through the selected row's network while it was calibrated, a place at a time, with the range that its
// codes cover.
#pragma once

#include "ui/lab/lab_view.h"

class QListWidget;

namespace quantoscope::ui {

class ActivationHistogramPlot;
class PlotHeader;
class SegmentedSwitch;

class LabActivations : public LabView {
    Q_OBJECT

public:
    explicit LabActivations(LabSession& session, QWidget* parent = nullptr);

    std::vector<PlotView*> plots() const override;
    void setCompact(bool compact) override;
    QListWidget* places() const { return m_places; }

protected:
    void refresh(LabAspects aspects) override;

private:
    void showPlaces();
    void showPlace();

    QListWidget* m_places;
    PlotHeader* m_header;
    SegmentedSwitch* m_counts;
    ActivationHistogramPlot* m_plot;
    LabRowPtr m_row; // whose histograms these are
    std::vector<ActivationHistogram> m_histograms;
    LatestJob<std::vector<ActivationHistogram>> m_job;
};

} // namespace quantoscope::ui
