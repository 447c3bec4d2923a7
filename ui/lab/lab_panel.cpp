#include "ui/lab/lab_panel.h"

#include "ui/lab/lab_data_section.h"
#include "ui/lab/lab_model_section.h"
#include "ui/lab/lab_quantization_section.h"
#include "ui/theme/roles.h"
#include "ui/widgets/divider.h"

#include <QApplication>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace quantoscope::ui {

namespace {
constexpr int kLabelColumn = 88, kCompactLabelColumn = 72;
}

LabPanel::LabPanel(LabSession& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_run(new QPushButton(this)) {
    auto* content = new QWidget;
    m_data = new LabDataSection(session, content);
    m_model = new LabModelSection(session, content);
    m_quantization = new LabQuantizationSection(session, content);
    auto* all = new QVBoxLayout(content);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_data);
    all->addWidget(new Divider(Qt::Horizontal, content));
    all->addWidget(m_model);
    all->addWidget(new Divider(Qt::Horizontal, content));
    all->addWidget(m_quantization);
    all->addStretch();

    auto* scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);

    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 12, 16, 16);
    foot->addWidget(m_run);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(scroll, 1);
    layout->addLayout(foot);

    connect(m_run, &QPushButton::clicked, this, [this] {
        if (m_session.isRunning())
            m_session.cancel();
        else
            m_session.run();
    });
    connect(&m_session, &LabSession::changed, this, [this](LabAspects aspects) {
        if (aspects & (LabAspect::Busy | LabAspect::Plan | LabAspect::Data)) showRun();
    });
    showRun();
}

// A field takes what was typed when it loses the focus: while all who hear of it are still there.
LabPanel::~LabPanel() {
    if (QWidget* field = QApplication::focusWidget(); field && isAncestorOf(field)) field->clearFocus();
}

void LabPanel::showRun() {
    const bool running = m_session.isRunning();
    setPrimary(m_run, !running);
    m_run->setText(running ? tr("Cancel") : tr("Run all methods"));
    m_run->setToolTip(running ? tr("Stop and keep the last results (Esc)")
                              : tr("Train where that is due, then evaluate and time every method (F5)"));
    m_run->setEnabled(running || (!m_session.isBusy() && m_session.network()));
}

void LabPanel::setCompact(bool compact) {
    const int column = compact ? kCompactLabelColumn : kLabelColumn;
    m_data->setLabelColumn(column);
    m_model->setLabelColumn(column);
    m_quantization->setLabelColumn(column);
}

void LabPanel::chooseData() { m_data->chooseFile(); }

} // namespace quantoscope::ui
