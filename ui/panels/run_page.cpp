#include "ui/panels/run_page.h"

#include "ui/session/tensor_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/plot_header.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace quantoscope::ui {

namespace {
constexpr int kNoticeMargin = 48;
} // namespace

RunPage::RunPage(Session& session, QWidget* parent)
    : ViewPage(parent),
      m_session(session),
      m_header(new PlotHeader(this)),
      m_layout(new QVBoxLayout(this)),
      m_notice(new TextLabel(TextStyle::Body, {}, this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addWidget(m_header);
    m_layout->addWidget(m_notice, 1);
    m_notice->setAlignment(Qt::AlignCenter);
    m_notice->setWordWrap(true);
    m_notice->setMargin(kNoticeMargin);
    m_notice->hide();
    connect(&m_session, &Session::changed, this, &RunPage::update);
    connect(&theme(), &Theme::changed, this, [this] { update(Aspect::Run); }); // schemes change their colours
}

void RunPage::setPlot(QWidget* plot) {
    m_plot = plot;
    m_layout->addWidget(plot, 1);
    setFocusProxy(plot);
}

void RunPage::setNotice(const QString& text) {
    m_notice->setText(text);
    m_notice->setVisible(!text.isEmpty());
    if (m_plot) m_plot->setVisible(text.isEmpty());
}

void RunPage::showEvent(QShowEvent* event) {
    ViewPage::showEvent(event);
    update({});
}

void RunPage::update(Aspects aspects) {
    m_stale |= aspects;
    if (!isVisible()) return;
    const Aspects due = std::exchange(m_stale, Aspects());
    if (due & (Aspect::Current | Aspect::Data)) {
        const TensorInfo* info = m_session.library().info(m_session.current());
        m_header->setTitle(info ? QString::fromStdString(info->name) : QString(), info ? tensorText(*info) : QString());
        showTensor();
    }
    const PreparedTensorPtr& tensor = m_session.data();
    const QString tooLarge = m_needsValues && tensor ? tooLargeText(*tensor) : QString();
    if (due & (Aspect::Current | Aspect::Data)) setNotice(tooLarge);
    if (!tooLarge.isEmpty()) return;
    if (due & (Aspect::Run | Aspect::Current | Aspect::Data)) showRun();
    if (due & (Aspect::Selection | Aspect::Run)) showSelection();
}

} // namespace quantoscope::ui
