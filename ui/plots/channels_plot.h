// Every channel's range: whiskers from the smallest to the largest value, a bar from the 1st to the 99th percentile, a
// strong one between the quartiles, the median; the reach of its quantizer as a tint; its SQNR below. Up to thousands
// of channels: those that share a pixel are drawn as one that covers them all.
//
// Hover names a channel, a click chooses it; Left and Right choose the next. The panes zoom together.
#pragma once

#include "ui/plots/channel_picture.h"
#include "ui/plots/pane_stack.h"

namespace quantoscope::ui {

class ChannelPane;
class ChannelRangePane;
class ChannelQualityPane;

class ChannelsPlot : public PaneStack {
    Q_OBJECT

public:
    explicit ChannelsPlot(QWidget* parent = nullptr);

    /// Null for none. `valueName` is what the values are called.
    void setChannels(ChannelPicturePtr picture, const QString& valueName);
    void setSelectedChannel(int channel); // −1 for none; does not signal
    int selectedChannel() const { return m_selected; }
    /// Of the ranges, in this widget's pixels; for tests.
    QPointF channelPosition(int channel) const;

signals:
    void channelSelected(int channel);
    void channelHovered(int channel);

private:
    friend class ChannelPane;
    friend class ChannelRangePane;
    friend class ChannelQualityPane;
    void choose(int channel);
    void hover(int channel);

    ChannelPicturePtr m_picture;
    int m_selected = -1;
    int m_hovered = -1;
    ChannelRangePane* m_ranges;
    ChannelQualityPane* m_quality;
};

} // namespace quantoscope::ui
