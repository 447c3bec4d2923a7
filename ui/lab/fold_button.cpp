#include "ui/lab/fold_button.h"

#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/roles.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace quantoscope::ui {

FoldButton::FoldButton(const QString& text, QWidget* content, QWidget* parent) : QAbstractButton(parent) {
    setText(text);
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    content->hide();
    connect(this, &QAbstractButton::toggled, content, &QWidget::setVisible);
    connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize FoldButton::sizeHint() const {
    return {QFontMetrics(typeface(type::control)).horizontalAdvance(text()) + 24, 28};
}

void FoldButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Palette& c = colors();
    const QColor color = underMouse() ? c.text : c.text2;
    painter.setFont(typeface(type::control));
    painter.setPen(color);
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, text());
    painter.setRenderHint(QPainter::Antialiasing);
    paintChevron(painter, QPointF(width() - 12, height() / 2.0), isChecked() ? Chevron::Up : Chevron::Down, color);
    if (showsFocus(this)) paintFocusRing(painter, rect());
}

} // namespace quantoscope::ui
