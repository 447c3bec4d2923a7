// Line edits, combo boxes and spin boxes: 32 px, radius 6, a border that turns to ink with the focus.
#include "ui/theme/fonts.h"
#include "ui/theme/icon.h"
#include "ui/theme/paint.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace quantoscope::ui {

void Style::drawField(const QStyleOption& option, const QRect& rect, QPainter& painter) const {
    const Palette& c = colors();
    const bool enabled = option.state & State_Enabled;
    const bool hover = enabled && (option.state & State_MouseOver);
    const bool focus = enabled && (option.state & State_HasFocus);
    const QColor fill = enabled ? c.field : c.surface;
    paintPanel(painter, rect, kFieldRadius, fill,
               !enabled          ? c.line
               : hover && !focus ? blended(c.line2, c.text3, 0.5)
                                 : c.line2);
    if (focus) paintPanel(painter, rect, kFieldRadius, {}, c.ink, 2);
}

void Style::drawComboBox(const QStyleOptionComboBox& option, QPainter& painter) const {
    const Palette& c = colors();
    const bool enabled = option.state & State_Enabled;
    if (option.frame) {
        QStyleOption field = option;
        // A combo box that was clicked keeps the focus, but needs a ring only for the keyboard.
        const bool shown = (option.state & State_KeyboardFocusChange) || option.editable;
        if (!shown) field.state &= ~State_HasFocus;
        drawField(field, option.rect, painter);
    }
    const QRect arrow = subControlRect(CC_ComboBox, &option, SC_ComboBoxArrow, nullptr);
    paintChevron(painter, QPointF(arrow.center().x() + 3.5, QRectF(arrow).center().y()), Chevron::Down,
                 enabled ? c.text2 : c.disabled);
}

void Style::drawComboLabel(const QStyleOptionComboBox& option, QPainter& painter) const {
    if (option.editable) return;
    const Palette& c = colors();
    const bool enabled = option.state & State_Enabled;
    QRect rect = subControlRect(CC_ComboBox, &option, SC_ComboBoxEditField, nullptr).adjusted(2, 0, -2, 0);
    if (!option.currentIcon.isNull()) {
        const QSize size = option.iconSize;
        option.currentIcon.paint(&painter, QRect(QPoint(rect.left(), rect.center().y() - size.height() / 2 + 1), size),
                                 Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
        rect.adjust(size.width() + 8, 0, 0, 0);
    }
    painter.setFont(typeface(type::control));
    painter.setPen(enabled ? c.text : c.text3);
    const QString text = painter.fontMetrics().elidedText(option.currentText, Qt::ElideRight, rect.width());
    painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeft, text);
}

void Style::drawSpinBox(const QStyleOptionSpinBox& option, QPainter& painter, const QWidget* widget) const {
    const Palette& c = colors();
    if (option.frame) drawField(option, option.rect, painter);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons) return;
    const bool enabled = option.state & State_Enabled;
    const auto arrow = [&](SubControl part, Chevron direction, bool can, qreal nudge) {
        const QRect rect = subControlRect(CC_SpinBox, &option, part, widget);
        const bool active = option.activeSubControls & part;
        const QColor color = !enabled || !can                             ? c.disabled
                             : active && (option.state & State_Sunken)    ? c.ink
                             : active && (option.state & State_MouseOver) ? c.text
                                                                          : c.text3;
        paintChevron(painter, QRectF(rect).center() + QPointF(0.5, nudge), direction, color, 3);
    };
    arrow(SC_SpinBoxUp, Chevron::Up, option.stepEnabled & QAbstractSpinBox::StepUpEnabled, 1);
    arrow(SC_SpinBoxDown, Chevron::Down, option.stepEnabled & QAbstractSpinBox::StepDownEnabled, -1);
}

} // namespace quantoscope::ui
