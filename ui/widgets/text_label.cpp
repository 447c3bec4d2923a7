#include "ui/widgets/text_label.h"

#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace quantoscope::ui {

QFont textFont(TextStyle style) {
    switch (style) {
    case TextStyle::Body:
    case TextStyle::Label: return typeface(type::control);
    case TextStyle::Note:
    case TextStyle::Quiet: return typeface(type::table);
    case TextStyle::Caption: return typeface(type::caption);
    case TextStyle::Heading: return typeface(type::control, weight::semiBold);
    case TextStyle::Title: return typeface(type::title, weight::semiBold);
    case TextStyle::StartTitle: return typeface(type::start, weight::semiBold);
    case TextStyle::StartSentence: return typeface(type::title);
    }
    return typeface(type::control);
}

QColor textColor(TextStyle style) {
    const Palette& c = colors();
    switch (style) {
    case TextStyle::Label:
    case TextStyle::Note:
    case TextStyle::StartSentence:
    case TextStyle::Caption: return c.text2;
    case TextStyle::Quiet: return c.text3;
    default: return c.text;
    }
}

TextLabel::TextLabel(TextStyle style, const QString& text, QWidget* parent) : QLabel(text, parent), m_style(style) {
    setTextFormat(Qt::PlainText);
    connect(&theme(), &Theme::changed, this, &TextLabel::dress);
    dress();
}

void TextLabel::dress() {
    setFont(textFont(m_style));
    QPalette palette;
    palette.setColor(QPalette::Active, QPalette::WindowText, textColor(m_style));
    palette.setColor(QPalette::Inactive, QPalette::WindowText, textColor(m_style));
    palette.setColor(QPalette::Disabled, QPalette::WindowText, colors().disabled);
    setPalette(palette);
}

ElidedLabel::ElidedLabel(TextStyle style, const QString& text, QWidget* parent)
    : QWidget(parent), m_style(style), m_text(text) {
    setAccessibleName(text);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString& text) {
    if (text == m_text) return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode) {
    m_mode = mode;
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment) {
    m_alignment = alignment;
    update();
}

bool ElidedLabel::isElided() const { return QFontMetrics(textFont(m_style)).horizontalAdvance(m_text) > width(); }

QSize ElidedLabel::sizeHint() const {
    const QFontMetrics metrics(textFont(m_style));
    return {metrics.horizontalAdvance(m_text) + 1, metrics.height()};
}

QSize ElidedLabel::minimumSizeHint() const {
    const QFontMetrics metrics(textFont(m_style));
    return {qMin(metrics.horizontalAdvance(m_text) + 1, metrics.averageCharWidth() * 3), metrics.height()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(textFont(m_style));
    painter.setPen(isEnabled() ? textColor(m_style) : colors().disabled);
    painter.drawText(rect(), static_cast<int>(m_alignment), painter.fontMetrics().elidedText(m_text, m_mode, width()));
}

bool ElidedLabel::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        if (isElided()) QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), m_text, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace quantoscope::ui
