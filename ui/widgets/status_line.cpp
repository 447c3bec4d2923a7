#include "ui/widgets/status_line.h"

#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>

namespace quantoscope::ui {

namespace {

constexpr int kHeight = 28;
constexpr int kSteps = 1000;
constexpr int kCheck = 22; // the check mark and its gap

} // namespace

StatusLine::StatusLine(QWidget* parent)
    : QWidget(parent),
      m_text(new ElidedLabel(TextStyle::Note)),
      m_progress(new QProgressBar),
      m_cancel(new QToolButton),
      m_wander(new QTimer(this)),
      m_room(new QWidget) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(kHeight);
    m_progress->setFixedWidth(120);
    m_progress->setTextVisible(false);
    m_cancel->setFont(typeface(type::table));
    m_cancel->setFixedHeight(22);
    m_cancel->setFocusPolicy(Qt::StrongFocus);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 1, 16, 0);
    row->setSpacing(12);
    row->addWidget(m_text);
    row->addWidget(m_progress);
    row->addWidget(m_cancel);
    row->addStretch(1);
    row->addWidget(m_room);
    m_room->setFixedSize(0, 1);
    m_wander->setInterval(40);
    connect(m_wander, &QTimer::timeout, m_progress, qOverload<>(&QWidget::update));
    connect(m_cancel, &QToolButton::clicked, this, &StatusLine::cancelRequested);
    hideProgress();
    retranslate();
}

void StatusLine::retranslate() {
    m_cancel->setText(tr("Cancel"));
    m_cancel->setToolTip(tr("Stop and keep the last result (Esc)"));
    m_progress->setAccessibleName(tr("Progress"));
    setAccessibleName(tr("Status"));
}

void StatusLine::setText(const QString& text) { m_text->setText(text); }

QString StatusLine::text() const { return m_text->text(); }

void StatusLine::setProgress(double share, bool cancellable) {
    const bool known = share >= 0;
    m_progress->setRange(0, known ? kSteps : 0);
    if (known) {
        m_progress->setValue(qRound(qMin(share, 1.0) * kSteps));
        m_wander->stop();
    } else if (!m_wander->isActive()) {
        m_wander->start();
    }
    m_progress->show();
    m_cancel->setVisible(cancellable);
}

void StatusLine::hideProgress() {
    m_wander->stop();
    m_progress->hide();
    m_cancel->hide();
}

bool StatusLine::showsProgress() const { return m_progress->isVisibleTo(this); }

void StatusLine::setExact(qint64 count) { setRemark(tr("exact · n = %1").arg(countText(count)), true); }

void StatusLine::setSampled(qint64 used, qint64 count) {
    setRemark(tr("sampled: %1 of %2").arg(countText(used), countText(count)), false);
}

void StatusLine::setRemark(const QString& text) { setRemark(text, false); }

void StatusLine::setRemark(const QString& text, bool exact) {
    if (text == m_remark && exact == m_exact) return;
    m_remark = text;
    m_exact = exact;
    setAccessibleDescription(text);
    m_room->setFixedSize(remarkWidth(), 1);
    update();
}

int StatusLine::remarkWidth() const {
    return m_remark.isEmpty() ? 0
                              : QFontMetrics(typeface(type::table, weight::semiBold)).horizontalAdvance(m_remark) +
                                    (m_exact ? kCheck : 0) + 2;
}

void StatusLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Palette& c = colors();
    painter.fillRect(rect(), c.win);
    painter.fillRect(QRect(0, 0, width(), 1), c.line);
    if (m_remark.isEmpty()) return;
    const QRect text = rect().adjusted(0, 1, -16, 0);
    painter.setFont(typeface(type::table, weight::semiBold));
    painter.setPen(c.text);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignRight, m_remark);
    if (m_exact) {
        const int left = text.right() + 1 - painter.fontMetrics().horizontalAdvance(m_remark) - kCheck;
        paintCheck(painter, QRectF(left, QRectF(text).center().y() - 7, 15, 15), c.exact);
    }
}

void StatusLine::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace quantoscope::ui
