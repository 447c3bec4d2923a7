// The Trade-off view: rate–distortion of every scheme over 1 to 8 bits, filling in as it is computed, and error against
// measured speed at the bits on screen: of fitting, encoding, decoding, or multiplying from the codes.
#pragma once

#include "ui/panels/view_page.h"
#include "ui/plots/speed_plot.h"

class QComboBox;

namespace quantoscope::ui {

class PlotHeader;
class RateDistortionPlot;
class SegmentedSwitch;

class TradeOffPage : public ViewPage {
    Q_OBJECT

public:
    explicit TradeOffPage(Session& session, QWidget* parent = nullptr);
    PlotView* plotView() const override;
    SpeedPlot& speedPlot() const { return *m_speeds; }
    QComboBox* workCombo() const { return m_workCombo; }
    /// SQNR, or the distance to the bound.
    SegmentedSwitch* quantitySwitch() const { return m_quantity; }
    RateDistortionPlot& ratePlot() const { return *m_rates; }

signals:
    /// Of the runs at the bits on screen the speed was measured; none while that is not known.
    void measured(const std::vector<quantoscope::RunPtr>& runs);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void update(Aspects aspects);
    void showPoints();
    void measureSpeeds();
    std::vector<RunPtr> runsAtBits() const;
    /// Those of the sweep, and the run on screen where it is none of them.
    std::vector<RunPtr> allRuns() const;
    void setMeasured(std::vector<RunPtr> runs);
    void showWork();
    void showSpeedTitle();
    /// Why there is no product of the tensor; empty where there is one, or none was tried yet.
    QString whyNoProduct() const;

    Session& m_session;
    RateDistortionPlot* m_rates;
    SpeedPlot* m_speeds;
    PlotHeader* m_speedHeader;
    SegmentedSwitch* m_quantity;
    QComboBox* m_workCombo;
    SpeedPlot::Work m_work = SpeedPlot::Work::Encode; // wanted, where the tensor has it
    std::vector<RunPtr> m_rated;                      // the points of the rate–distortion plot
    std::vector<RunPtr> m_timed;                      // the points of the speed plot
    std::vector<RunPtr> m_measured;                   // runs with their speed, of the tensor and the bits on screen
    QuantSpec m_measuredFor;
    std::optional<QuantSpec> m_measuringFor; // what is underway
    LatestJob<std::vector<RunPtr>> m_speedJob;
    bool m_stale = true;
};

} // namespace quantoscope::ui
