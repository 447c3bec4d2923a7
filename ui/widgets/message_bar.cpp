#include "ui/widgets/message_bar.h"

#include "ui/theme/icon.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVariantAnimation>

namespace quantoscope::ui {

namespace {

constexpr int kLeast = 44;
constexpr int kIconLeft = 16;
constexpr int kTextLeft = 42;

IconTone toneOf(MessageLevel level) {
    return level == MessageLevel::Error     ? IconTone::Error
           : level == MessageLevel::Warning ? IconTone::Warning
                                            : IconTone::Normal;
}

QString iconOf(MessageLevel level) {
    return level == MessageLevel::Error     ? QStringLiteral("error")
           : level == MessageLevel::Warning ? QStringLiteral("warning")
                                            : QStringLiteral("info");
}

} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QWidget(parent),
      m_text(new TextLabel(TextStyle::Body, {}, this)),
      m_more(new TextLabel(TextStyle::Note, {}, this)),
      m_action(new QPushButton(this)),
      m_close(new QToolButton(this)),
      m_slide(new QVariantAnimation(this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Messages"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse); // so that a path or a reason can be copied
    m_close->setIcon(themedIcon(QStringLiteral("close")));
    m_close->setIconSize({16, 16});
    m_close->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kTextLeft, 6, 10, 6);
    row->setSpacing(12);
    row->addWidget(m_text, 1);
    row->addWidget(m_more);
    row->addWidget(m_action);
    row->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_action, &QPushButton::clicked, this, [this] {
        if (m_messages.isEmpty()) return;
        const std::function<void()> action = m_messages.first().action;
        dismiss();
        if (action) action();
    });
    connect(m_slide, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        m_openness = value.toDouble();
        updateGeometry();
    });
    connect(m_slide, &QVariantAnimation::finished, this, [this] { setVisible(!m_messages.isEmpty()); });
    hide();
}

void MessageBar::post(Message message) {
    if (!message.key.isEmpty()) withdraw(message.key);
    // An error goes before what waits, but two errors keep their order.
    qsizetype place = m_messages.size();
    if (message.level == MessageLevel::Error)
        for (place = 0; place < m_messages.size() && m_messages.at(place).level == MessageLevel::Error;) ++place;
    m_messages.insert(place, std::move(message));
    display();
}

void MessageBar::withdraw(const QString& key) {
    if (m_messages.removeIf([&key](const Message& message) { return message.key == key; })) display();
}

void MessageBar::dismiss() {
    if (m_messages.isEmpty()) return;
    m_messages.removeFirst();
    display();
}

void MessageBar::clear() {
    m_messages.clear();
    display();
}

QString MessageBar::text() const { return m_messages.isEmpty() ? QString() : m_messages.first().text; }

void MessageBar::display() {
    if (m_messages.isEmpty()) return slide(false);
    const Message& message = m_messages.first();
    const bool other = m_text->text() != message.text;
    m_text->setText(message.text);
    m_text->setAccessibleName(message.text);
    m_more->setText(m_messages.size() > 1 ? tr("%n more", nullptr, static_cast<int>(m_messages.size() - 1))
                                          : QString());
    m_more->setVisible(m_messages.size() > 1);
    m_action->setText(message.actionText);
    m_action->setVisible(!message.actionText.isEmpty());
    m_close->setToolTip(tr("Close this message (Esc)"));
    m_close->setAccessibleName(tr("Close this message"));
    slide(true);
    updateGeometry();
    update();
    if (other && QAccessible::isActive()) {
        QAccessibleEvent alert(m_text, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void MessageBar::slide(bool open) {
    const double target = open ? 1 : 0;
    if (open) show();
    m_slide->stop();
    if (m_openness == target) return setVisible(open);
    const int duration = isVisible() ? style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) : 0;
    if (duration <= 0) {
        m_openness = target;
        updateGeometry();
        setVisible(open);
        return;
    }
    m_slide->setDuration(qMin(duration, 160));
    m_slide->setEasingCurve(QEasingCurve::OutCubic);
    m_slide->setStartValue(m_openness);
    m_slide->setEndValue(target);
    m_slide->start();
}

int MessageBar::fullHeight() const {
    int room = width() - kTextLeft - 10 - 12 - m_close->sizeHint().width();
    if (m_action->isVisibleTo(this)) room -= m_action->sizeHint().width() + 12;
    if (m_more->isVisibleTo(this)) room -= m_more->sizeHint().width() + 12;
    const int text = m_text->heightForWidth(qMax(120, room));
    return qMax(kLeast, text + 2 * 12);
}

QSize MessageBar::sizeHint() const { return {320, qRound(fullHeight() * m_openness)}; }

void MessageBar::paintEvent(QPaintEvent*) {
    if (m_messages.isEmpty()) return;
    QPainter painter(this);
    const Palette& c = colors();
    const MessageLevel level = m_messages.first().level;
    painter.fillRect(rect(), c.sel);
    painter.fillRect(QRect(0, 0, 3, height()), level == MessageLevel::Info ? c.ink : toneColor(toneOf(level)));
    painter.fillRect(QRect(0, height() - 1, width(), 1), c.line);
    paintIcon(painter, iconOf(level), QRectF(kIconLeft, height() / 2.0 - 9, 18, 18), toneColor(toneOf(level)));
}

void MessageBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) updateGeometry(); // the text may need another line
}

void MessageBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return dismiss();
    QWidget::keyPressEvent(event);
}

void MessageBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange && !m_messages.isEmpty()) display();
    QWidget::changeEvent(event);
}

} // namespace quantoscope::ui
