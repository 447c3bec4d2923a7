#include "ui/lab/lab_view.h"

#include <QVBoxLayout>

#include <utility>

namespace quantoscope::ui {

LabView::LabView(LabSession& session, QWidget* parent) : QWidget(parent), m_session(session), m_stale(~LabAspects()) {
    connect(&session, &LabSession::changed, this, [this](LabAspects aspects) {
        m_stale |= aspects;
        if (isVisible()) bringUpToDate();
    });
}

void LabView::bringUpToDate() {
    if (const LabAspects due = std::exchange(m_stale, LabAspects())) refresh(due);
}

void LabView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    bringUpToDate();
}

QWidget* labColumn(QWidget* header, QWidget* plot, QWidget* parent) {
    auto* column = new QWidget(parent);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(plot, 1);
    return column;
}

} // namespace quantoscope::ui
