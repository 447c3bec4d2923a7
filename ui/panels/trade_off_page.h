// The Trade-off view: rate–distortion of every scheme over 1 to 8 bits, filling in as it is computed, and error against
// measured speed at the bits on screen.
#pragma once

#include "ui/panels/view_page.h"

namespace quantoscope::ui {

class PlotHeader;
class RateDistortionPlot;
class SpeedPlot;

class TradeOffPage : public ViewPage {
    Q_OBJECT

public:
    explicit TradeOffPage(Session& session, QWidget* parent = nullptr);
    PlotView* plotView() const override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void update(Aspects aspects);
    void showPoints();
    void measureSpeeds();

    Session& m_session;
    RateDistortionPlot* m_rates;
    SpeedPlot* m_speeds;
    PlotHeader* m_speedHeader;
    std::vector<RunPtr> m_measured; // runs with their speed, of the tensor and the bits on screen
    QuantSpec m_measuredFor;
    LatestJob<std::vector<RunPtr>> m_speedJob;
    bool m_stale = true;
};

} // namespace quantoscope::ui
