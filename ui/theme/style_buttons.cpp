// Buttons, tool buttons, check boxes and radio buttons.
#include "ui/theme/fonts.h"
#include "ui/theme/icon.h"
#include "ui/theme/paint.h"
#include "ui/theme/roles.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOptionButton>

namespace quantoscope::ui {

namespace {

bool looksPrimary(const QStyleOption& option, const QWidget* widget) {
    if (isPrimary(widget)) return true;
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(&option);
    return button && (button->features & QStyleOptionButton::DefaultButton) && (option.state & QStyle::State_Enabled);
}

bool focusShown(const QStyleOption& option) {
    return (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange);
}

// Icon and text as one group, centred in `rect` or from its left.
void drawIconAndText(QPainter& painter, const QRect& rect, const QIcon& icon, const QSize& iconSize, QIcon::Mode mode,
                     const QString& text, int gap, bool mnemonic) {
    const int textWidth =
        text.isEmpty()
            ? 0
            : painter.fontMetrics().horizontalAdvance(text.contains(u'&') ? QString(text).remove(u'&') : text);
    const int iconWidth = icon.isNull() ? 0 : iconSize.width();
    int x = rect.x() + (rect.width() - textWidth - iconWidth - (iconWidth && textWidth ? gap : 0)) / 2;
    if (iconWidth) {
        icon.paint(&painter,
                   QRect(QPoint(x, rect.center().y() - iconSize.height() / 2 + 1 - iconSize.height() % 2), iconSize),
                   Qt::AlignCenter, mode);
        x += iconWidth + gap;
    }
    if (textWidth)
        painter.drawText(QRect(x, rect.y(), textWidth + 2, rect.height()),
                         Qt::AlignVCenter | Qt::AlignLeft | (mnemonic ? Qt::TextShowMnemonic : Qt::TextHideMnemonic),
                         text);
}

} // namespace

void Style::drawButtonPanel(const QStyleOption& option, QPainter& painter, const QWidget* widget) const {
    const Palette& c = colors();
    const bool enabled = option.state & State_Enabled;
    const bool down = option.state & (State_Sunken | State_On);
    const bool hover = enabled && (option.state & State_MouseOver);
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(&option);
    const bool flat = button && (button->features & QStyleOptionButton::Flat);
    if (looksPrimary(option, widget)) {
        QColor fill = c.ink;
        if (!enabled)
            fill = c.line2;
        else if (down)
            fill = blended(c.ink, c.surface, 0.22);
        else if (hover)
            fill = blended(c.ink, c.surface, 0.12);
        paintPanel(painter, option.rect, kFieldRadius, fill);
        if (focusShown(option)) paintPanel(painter, QRectF(option.rect).adjusted(3, 3, -3, -3), 4, {}, c.onInk, 1.5);
        return;
    }
    QColor fill = down ? c.sel : hover ? (flat ? c.raised : blended(c.field, c.ink, 0.04)) : flat ? QColor() : c.field;
    const QColor border = flat ? QColor() : enabled ? c.line2 : c.line;
    paintPanel(painter, option.rect, kFieldRadius, fill, border);
    if (focusShown(option)) paintFocusRing(painter, option.rect);
}

void Style::drawButtonLabel(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget) const {
    const Palette& c = colors();
    const bool enabled = option.state & State_Enabled;
    const bool primary = looksPrimary(option, widget);
    painter.setFont(typeface(type::control, primary ? weight::semiBold : weight::medium));
    painter.setPen(primary ? (enabled ? c.onInk : c.text3) : enabled ? c.text : c.disabled);
    drawIconAndText(painter, option.rect, option.icon, option.iconSize, enabled ? QIcon::Normal : QIcon::Disabled,
                    option.text, 8, styleHint(SH_UnderlineShortcut, &option, widget, nullptr));
    if (option.features & QStyleOptionButton::HasMenu)
        paintChevron(painter, QPointF(option.rect.right() - 14, QRectF(option.rect).center().y()), Chevron::Down,
                     painter.pen().color());
}

void Style::drawToolButton(const QStyleOptionToolButton& option, QPainter& painter, const QWidget* widget) const {
    const Palette& c = colors();
    const bool enabled = option.state & State_Enabled;
    const bool down = option.state & (State_Sunken | State_On);
    const bool hover = enabled && (option.state & State_MouseOver);
    const bool menu = option.features & QStyleOptionToolButton::HasMenu;
    if (isPrimary(widget))
        paintPanel(painter, option.rect, kFieldRadius, c.ink);
    else if (down || hover)
        paintPanel(painter, option.rect, kFieldRadius, down ? c.sel : c.raised);
    if (focusShown(option)) paintFocusRing(painter, option.rect);

    const bool showText = option.toolButtonStyle != Qt::ToolButtonIconOnly || option.icon.isNull();
    const bool showIcon = option.toolButtonStyle != Qt::ToolButtonTextOnly;
    painter.setFont(toolButtonFont(widget));
    painter.setPen(!enabled ? c.disabled : isPrimary(widget) ? c.onInk : option.state & State_On ? c.text : c.text2);
    QRect rect = option.rect;
    if (option.features & QStyleOptionToolButton::Arrow) {
        const Chevron direction = option.arrowType == Qt::UpArrow      ? Chevron::Up
                                  : option.arrowType == Qt::LeftArrow  ? Chevron::Left
                                  : option.arrowType == Qt::RightArrow ? Chevron::Right
                                                                       : Chevron::Down;
        paintChevron(painter, QRectF(rect).center(), direction, enabled ? c.text2 : c.disabled);
        return;
    }
    if (menu) {
        paintChevron(painter, QPointF(rect.right() - 11, QRectF(rect).center().y()), Chevron::Down,
                     painter.pen().color(), 3.5);
        rect.adjust(0, 0, -12, 0);
    }
    drawIconAndText(painter, rect, showIcon ? option.icon : QIcon(), option.iconSize,
                    enabled ? QIcon::Normal : QIcon::Disabled, showText ? option.text : QString(), 8,
                    styleHint(SH_UnderlineShortcut, &option, widget, nullptr));
}

void Style::drawCheckBox(const QStyleOption& option, QPainter& painter) const {
    const Palette& c = colors();
    const bool enabled = option.state & State_Enabled;
    const bool on = option.state & (State_On | State_NoChange);
    QRectF box(0, 0, 16, 16);
    box.moveCenter(QRectF(option.rect).center());
    box.moveTopLeft(QPointF(qRound(box.x()), qRound(box.y())));
    const QColor border = option.state & State_MouseOver && enabled ? c.text3 : enabled ? c.line2 : c.line;
    paintPanel(painter, box, 4, on ? (enabled ? c.ink : c.line2) : c.field, on ? QColor() : border);
    if (option.state & State_On) paintCheck(painter, box.adjusted(1, 1, -1, -1), enabled ? c.onInk : c.surface);
    if (option.state & State_NoChange) {
        painter.fillRect(QRectF(box.x() + 4, box.center().y() - 1, 8, 2), enabled ? c.onInk : c.surface);
    }
}

void Style::drawRadioButton(const QStyleOption& option, QPainter& painter) const {
    const Palette& c = colors();
    const bool enabled = option.state & State_Enabled;
    QRectF box(0, 0, 16, 16);
    box.moveCenter(QRectF(option.rect).center());
    box.moveTopLeft(QPointF(qRound(box.x()), qRound(box.y())));
    const QColor mark = enabled ? c.ink : c.line2;
    if (option.state & State_On) {
        paintPanel(painter, box, 8, c.field, mark, 5);
        return;
    }
    paintPanel(painter, box, 8, c.field,
               option.state & State_MouseOver && enabled ? c.text3
               : enabled                                 ? c.line2
                                                         : c.line);
}

} // namespace quantoscope::ui
