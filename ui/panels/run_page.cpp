#include "ui/panels/run_page.h"

#include "ui/session/tensor_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/plot_header.h"

#include <QVBoxLayout>

namespace quantoscope::ui {

RunPage::RunPage(Session& session, QWidget* parent)
    : ViewPage(parent), m_session(session), m_header(new PlotHeader(this)), m_layout(new QVBoxLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addWidget(m_header);
    connect(&m_session, &Session::changed, this, &RunPage::update);
    connect(&theme(), &Theme::changed, this, [this] { update(Aspect::Run); }); // schemes change their colours
}

void RunPage::setPlot(QWidget* plot) {
    m_layout->addWidget(plot, 1);
    setFocusProxy(plot);
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
    if (due & (Aspect::Run | Aspect::Current | Aspect::Data)) showRun();
    if (due & (Aspect::Selection | Aspect::Run)) showSelection();
}

} // namespace quantoscope::ui
