// The Channels view: the range and the quality of every channel along an axis.
#pragma once

#include "ui/panels/run_page.h"
#include "ui/plots/channel_picture.h"

class QComboBox;

namespace quantoscope::ui {

class ChannelsPlot;

class ChannelsPage : public RunPage {
    Q_OBJECT

public:
    explicit ChannelsPage(Session& session, QWidget* parent = nullptr);
    PlotView* plotView() const override;
    /// A tensor of one axis has no channels.
    bool applies(const Session& session) const override;

protected:
    void showTensor() override;
    void showRun() override;
    void showSelection() override;

private:
    ChannelsPlot* m_plot;
    QComboBox* m_axis;
    LatestJob<ChannelPicturePtr> m_job;
};

} // namespace quantoscope::ui
