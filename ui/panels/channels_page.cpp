#include "ui/panels/channels_page.h"

#include "ui/plots/channels_plot.h"
#include "ui/session/tensor_text.h"
#include "ui/widgets/plot_header.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QLocale>
#include <QSignalBlocker>

namespace quantoscope::ui {

ChannelsPage::ChannelsPage(Session& session, QWidget* parent)
    : RunPage(session, parent),
      m_plot(new ChannelsPlot(this)),
      m_axis(new QComboBox(this)),
      m_job(LatestJob<ChannelPicturePtr>::Superseded::Stop) {
    m_axis->setAccessibleName(tr("Axis"));
    m_axis->setToolTip(tr("Which axis counts the channels"));
    m_axis->setMinimumWidth(120);
    auto* label = new TextLabel(TextStyle::Note, tr("Axis"), this);
    label->setBuddy(m_axis);
    header().addControl(label);
    header().addControl(m_axis);
    setPlot(m_plot);
    connect(m_axis, &QComboBox::activated, this, [this] { showRun(); });
    connect(m_plot, &ChannelsPlot::channelSelected, this, [this](int channel) {
        const Grouping& grouping = this->session().spec().grouping;
        const bool groups = grouping.kind == Grouping::Kind::Channel && grouping.axis == m_axis->currentIndex();
        if (groups && channel >= 0) this->session().setSelectedGroup(static_cast<std::size_t>(channel));
    });
    m_job.delivered = [this](const Result<ChannelPicturePtr>& picture) {
        const TensorInfo* info = this->session().library().info(this->session().current());
        m_plot->setChannels(picture.value_or(nullptr), info ? valueName(*info) : QString());
        const bool tooLarge = !picture && picture.error().code == ErrorCode::TooLarge;
        setNotice(tooLarge ? QString::fromStdString(picture.error().message()) : QString());
        showSelection();
    };
}

PlotView* ChannelsPage::plotView() const { return m_plot; }

bool ChannelsPage::applies(const Session& session) const {
    const TensorInfo* info = session.library().info(session.current());
    return info && info->shape.size() > 1;
}

void ChannelsPage::showTensor() {
    const TensorInfo* info = session().library().info(session().current());
    const QSignalBlocker quiet(m_axis);
    m_axis->clear();
    for (std::size_t axis = 0; info && axis < info->shape.size(); ++axis)
        m_axis->addItem(tr("%1 (%2)").arg(axis).arg(QLocale().toString(static_cast<qlonglong>(info->shape[axis]))));
    // The output channels of weights come first, the channels of a picture or the columns of a table last.
    const bool last = info && info->kind != TensorKind::Values;
    m_axis->setCurrentIndex(last ? m_axis->count() - 1 : 0);
}

void ChannelsPage::showRun() {
    const RunPtr run = session().run();
    const int axis = m_axis->currentIndex();
    if (run && axis >= 0 && applies(session())) {
        m_job.submit([run, axis](const JobControl& job) { return prepareChannels(run, axis, job); });
        return;
    }
    m_job.cancel();
    m_plot->setChannels(nullptr, {});
}

void ChannelsPage::showSelection() {
    const Grouping& grouping = session().spec().grouping;
    const bool groups = grouping.kind == Grouping::Kind::Channel && grouping.axis == m_axis->currentIndex();
    m_plot->setSelectedChannel(groups ? static_cast<int>(session().selectedGroup()) : -1);
}

} // namespace quantoscope::ui
