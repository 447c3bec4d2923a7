// The Image/Signal view: a picture before and after with a divider, or waveforms with residual and spectrum.
#pragma once

#include "ui/panels/run_page.h"
#include "ui/plots/image_picture.h"
#include "ui/plots/signal_picture.h"

class QSpinBox;
class QStackedWidget;

namespace quantoscope::ui {

class ImageView;
class SignalView;

class MediaPage : public RunPage {
    Q_OBJECT

public:
    explicit MediaPage(Session& session, QWidget* parent = nullptr);
    PlotView* plotView() const override;
    bool applies(const Session& session) const override;

protected:
    void showTensor() override;
    void showRun() override;

private:
    bool showsImage() const;

    QStackedWidget* m_stack;
    ImageView* m_image;
    SignalView* m_signal;
    QWidget* m_channelLabel;
    QSpinBox* m_channel;
    LatestJob<ImagePicturePtr> m_imageJob;
    LatestJob<SignalPicturePtr> m_signalJob;
};

} // namespace quantoscope::ui
