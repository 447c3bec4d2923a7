// Menus and the menu bar.
#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/roles.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOptionMenuItem>

namespace quantoscope::ui {

namespace {

constexpr int kItemHeight = 30;
constexpr int kGlyphColumn = 26; // check mark or icon
constexpr int kItemPadding = 8;

} // namespace

QSize Style::menuItemSize(const QStyleOptionMenuItem& option, const QSize& size) const {
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return {size.width(), option.text.isEmpty() ? 11 : kItemHeight};
    const QFontMetrics metrics(typeface(type::control));
    const QStringList parts = option.text.split(u'\t');
    int width = metrics.horizontalAdvance(QString(parts.first()).remove(u'&')) + 2 * kItemPadding + kGlyphColumn + 24;
    if (parts.size() > 1) width += metrics.horizontalAdvance(parts.at(1)) + 16;
    return {qMax(width, 160), kItemHeight};
}

void Style::drawMenuItem(const QStyleOptionMenuItem& option, QPainter& painter, const QWidget* widget) const {
    const Palette& c = colors();
    const QRect rect = option.rect;
    const bool enabled = option.state & State_Enabled;
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        if (option.text.isEmpty()) {
            painter.fillRect(QRect(rect.left() - 4, rect.center().y(), rect.width() + 8, 1), c.line);
        } else {
            painter.setFont(typeface(type::caption, weight::semiBold));
            painter.setPen(c.text2);
            painter.drawText(rect.adjusted(kItemPadding, 0, -kItemPadding, 0), Qt::AlignVCenter | Qt::AlignLeft,
                             option.text);
        }
        return;
    }
    if ((option.state & State_Selected) && enabled) paintPanel(painter, rect, 4, blended(c.card, c.ink, 0.07));
    const QRect glyph = visualRect(option.direction, rect, {rect.x() + kItemPadding, rect.y(), 18, rect.height()});
    if (option.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (option.checked) {
            QRectF square(0, 0, 16, 16);
            square.moveCenter(QRectF(glyph).center());
            paintCheck(painter, square, enabled ? c.text : c.disabled, 1.5);
        }
    } else if (!option.icon.isNull()) {
        option.icon.paint(&painter, glyph, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
    const QStringList parts = option.text.split(u'\t');
    const QRect text =
        visualRect(option.direction, rect, rect.adjusted(kItemPadding + kGlyphColumn, 0, -kItemPadding - 4, 0));
    QFont font = typeface(type::control, option.menuItemType == QStyleOptionMenuItem::DefaultItem ? weight::semiBold
                                                                                                  : weight::regular);
    painter.setFont(font);
    painter.setPen(enabled ? c.text : c.disabled);
    const int flags =
        styleHint(SH_UnderlineShortcut, &option, widget, nullptr) ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft | flags, parts.first());
    if (parts.size() > 1) {
        painter.setPen(enabled ? c.text3 : c.disabled);
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignRight, parts.at(1));
    }
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        paintChevron(painter, QPointF(rect.right() - 12, QRectF(rect).center().y()), Chevron::Right,
                     enabled ? c.text2 : c.disabled, 3.5);
}

void Style::drawMenuBarItem(const QStyleOptionMenuItem& option, QPainter& painter, const QWidget* widget) const {
    const Palette& c = colors();
    const bool enabled = option.state & State_Enabled;
    const bool active = enabled && (option.state & (State_Selected | State_Sunken));
    if (active) paintPanel(painter, option.rect, kFieldRadius, option.state & State_Sunken ? c.sel : c.raised);
    painter.setFont(typeface(type::control));
    painter.setPen(!enabled ? c.disabled : active ? c.text : c.text2);
    const int flags =
        styleHint(SH_UnderlineShortcut, &option, widget, nullptr) ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
    painter.drawText(option.rect, Qt::AlignCenter | flags, option.text);
}

} // namespace quantoscope::ui
