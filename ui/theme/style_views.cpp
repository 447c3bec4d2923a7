// Headers and rows of tables, lists and trees.
#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/roles.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyleOption>
#include <QTreeView>

namespace quantoscope::ui {

void Style::drawHeaderLabel(const QStyleOptionHeader& option, QPainter& painter) const {
    const Palette& c = colors();
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    QRect rect = option.rect;
    painter.setFont(typeface(type::caption, sorted ? weight::semiBold : weight::medium));
    const QFontMetrics metrics = painter.fontMetrics();
    const bool right = option.textAlignment & Qt::AlignRight;
    const int arrowSpace = sorted ? 14 : 0;
    const QString text = metrics.elidedText(option.text, Qt::ElideRight, rect.width() - arrowSpace);
    const int width = metrics.horizontalAdvance(text);
    if (sorted) {
        // Qt calls a descending order "up". The arrow goes before right-aligned text and after other text, so that the
        // text stays on its column's edge.
        const qreal x = right ? rect.right() + 1 - width - 9 : rect.left() + width + 9;
        paintChevron(painter, QPointF(x, QRectF(rect).center().y() + 0.5),
                     option.sortIndicator == QStyleOptionHeader::SortUp ? Chevron::Down : Chevron::Up, c.text, 3);
    }
    painter.setPen(sorted || (option.state & State_MouseOver) ? c.text : c.text3);
    painter.drawText(rect,
                     Qt::AlignVCenter | (right                                     ? Qt::AlignRight
                                         : option.textAlignment & Qt::AlignHCenter ? Qt::AlignHCenter
                                                                                   : Qt::AlignLeft),
                     text);
}

void Style::drawItemPanel(const QStyleOptionViewItem& option, QPainter& painter, const QWidget* widget) const {
    const Palette& c = colors();
    const bool inCombo = widget && widget->inherits("QComboBoxListView");
    if (inCombo) {
        if (option.state & (State_Selected | State_MouseOver))
            paintPanel(painter, option.rect, 4, blended(c.card, c.ink, 0.07));
        return;
    }
    if (option.backgroundBrush.style() != Qt::NoBrush) painter.fillRect(option.rect, option.backgroundBrush);
    if (option.state & State_Selected)
        painter.fillRect(option.rect, c.sel);
    else if ((option.state & State_MouseOver) && (option.state & State_Enabled))
        painter.fillRect(option.rect, c.raised);
    if (hasRowRules(widget))
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), c.grid);
}

} // namespace quantoscope::ui
