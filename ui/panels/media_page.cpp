#include "ui/panels/media_page.h"

#include "ui/plots/image_view.h"
#include "ui/plots/signal_view.h"
#include "ui/session/tensor_text.h"
#include "ui/widgets/plot_header.h"
#include "ui/widgets/text_label.h"

#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>

namespace quantoscope::ui {

MediaPage::MediaPage(Session& session, QWidget* parent)
    : RunPage(session, parent),
      m_stack(new QStackedWidget(this)),
      m_image(new ImageView(this)),
      m_signal(new SignalView(this)),
      m_channelLabel(new TextLabel(TextStyle::Note, tr("Channel"), this)),
      m_channel(new QSpinBox(this)),
      m_imageJob(LatestJob<ImagePicturePtr>::Superseded::Finish),
      m_signalJob(LatestJob<SignalPicturePtr>::Superseded::Finish) {
    m_channel->setFixedWidth(72);
    m_channel->setAccessibleName(tr("Channel"));
    m_channel->setToolTip(tr("Which channel of the signal is shown"));
    header().addControl(m_channelLabel);
    header().addControl(m_channel);
    m_stack->addWidget(m_image);
    m_stack->addWidget(m_signal);
    setNeedsValues();
    setPlot(m_stack);
    connect(m_channel, &QSpinBox::valueChanged, this, [this] { showRun(); });
    m_imageJob.delivered = [this](Result<ImagePicturePtr> picture) {
        if (picture) m_image->setImage(std::move(*picture));
    };
    m_signalJob.delivered = [this](Result<SignalPicturePtr> picture) {
        const TensorInfo* info = this->session().library().info(this->session().current());
        if (picture) m_signal->setSignal(std::move(*picture), info ? valueName(*info) : QString());
    };
}

bool MediaPage::showsImage() const {
    const TensorInfo* info = session().library().info(session().current());
    return info && showsAsImage(*info);
}

PlotView* MediaPage::plotView() const {
    return showsImage() ? static_cast<PlotView*>(m_image) : static_cast<PlotView*>(m_signal);
}

bool MediaPage::applies(const Session& session) const {
    const TensorInfo* info = session.library().info(session.current());
    return info && (showsAsImage(*info) || showsAsSignal(*info));
}

void MediaPage::showTensor() {
    const TensorInfo* info = session().library().info(session().current());
    const bool image = showsImage();
    m_stack->setCurrentWidget(image ? static_cast<QWidget*>(m_image) : m_signal);
    setFocusProxy(m_stack->currentWidget());
    const bool channels = info && !image && info->shape.size() == 2;
    const QSignalBlocker quiet(m_channel);
    m_channel->setRange(0, channels ? static_cast<int>(info->shape[1]) - 1 : 0);
    m_channel->setVisible(channels);
    m_channelLabel->setVisible(channels);
}

void MediaPage::showRun() {
    const RunPtr run = session().run();
    if (!run || !applies(session())) {
        m_imageJob.cancel();
        m_signalJob.cancel();
        m_image->setImage(nullptr);
        m_signal->setSignal(nullptr, {});
    } else if (showsImage()) {
        m_imageJob.submit([run](const JobControl& job) { return prepareImage(run, job); });
    } else {
        m_signalJob.submit([run, channel = static_cast<std::size_t>(m_channel->value())](const JobControl& job) {
            return prepareSignal(run, channel, job);
        });
    }
}

} // namespace quantoscope::ui
