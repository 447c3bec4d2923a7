#include "ui/widgets/compare_delegate.h"

#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/roles.h"
#include "ui/theme/theme.h"
#include "ui/widgets/mark.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>

namespace quantoscope::ui {

namespace {

constexpr int kSuffixLeast = 44; // where there is less room, better nothing
constexpr int kBarLength = 72, kBarLeast = 44, kBarHeight = 4, kBarGap = kCompareBarRoom - kBarLength;

bool atEdge(const QStyleOptionViewItem& option, const QModelIndex& index, bool left) {
    const auto* table = qobject_cast<const QTableView*>(option.widget);
    if (!table) return left ? index.column() == 0 : false;
    const QHeaderView* header = table->horizontalHeader();
    int visual = left ? 0 : header->count() - 1;
    while (visual >= 0 && visual < header->count() && header->isSectionHidden(header->logicalIndex(visual)))
        visual += left ? 1 : -1;
    return header->logicalIndex(visual) == index.column();
}

int numberWidth() {
    return QFontMetrics(typeface(type::table, weight::bold)).horizontalAdvance(QStringLiteral("000.00"));
}

void paintBar(QPainter& painter, const QRect& cell, int textWidth, double share, const QColor& color) {
    const int right = cell.right() + 1 - qMax(textWidth, numberWidth()) - kBarGap + 4;
    const int length = qMin(kBarLength, right - cell.left());
    if (length < kBarLeast) return;
    const qreal y = QRectF(cell).center().y() - kBarHeight / 2.0;
    const QRectF track(right - length, y, length, kBarHeight);
    paintPanel(painter, track, 2, colors().line);
    QRectF bar = track;
    bar.setWidth(qMax<qreal>(kBarHeight, track.width() * qBound(0.0, share, 1.0)));
    paintPanel(painter, bar, 2, color);
}

} // namespace

QRect CompareDelegate::contentRect(const QStyleOptionViewItem& option, const QModelIndex& index) {
    return option.rect.adjusted(atEdge(option, index, true) ? 16 : 8, 0, atEdge(option, index, false) ? -16 : -8, -1);
}

void CompareDelegate::paintRow(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) {
    const Palette& c = colors();
    const QRect rect = option.rect;
    const bool first = atEdge(option, index, true);
    if (option.state & QStyle::State_Selected) {
        const QColor color = schemeLook(index.data(LookRole).toString()).color;
        painter.fillRect(rect, rowTint(color));
        if (first) painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), color);
    } else {
        // The rule keeps the side padding, like the text.
        const QRect inner = rect.adjusted(first ? 16 : 0, 0, atEdge(option, index, false) ? -16 : 0, 0);
        painter.fillRect(QRect(inner.left(), rect.bottom(), inner.width(), 1), c.grid);
    }
    const bool keyboard = (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange);
    if (keyboard) paintFocusRing(painter, rect.adjusted(1, 1, -1, -2), 3);
}

void CompareDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    paintRow(*painter, option, index);
    const Palette& c = colors();
    const bool selected = option.state & QStyle::State_Selected;
    const SchemeLook look = schemeLook(index.data(LookRole).toString());
    const QString text = displayText(index.data(), option.locale);
    QRect rect = contentRect(option, index);
    painter->save();
    if (index.data(NameRole).toBool()) {
        const QColor under = selected ? rowTint(look.color) : c.surface;
        drawSwatch(*painter, look, QPointF(rect.x() + 5, QRectF(rect).center().y() + 0.5), under);
        rect.adjust(18, 0, 0, 0);
        const QFont font = typeface(type::name, selected ? weight::semiBold : weight::medium);
        painter->setFont(font);
        painter->setPen(c.text);
        const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
        // One baseline for both sizes of type.
        const qreal baseline = QRectF(rect).center().y() + QFontMetricsF(font).capHeight() / 2;
        painter->drawText(QPointF(rect.x(), baseline), shown);
        const QString suffix = index.data(SuffixRole).toString();
        const int used = painter->fontMetrics().horizontalAdvance(shown) + 9;
        painter->setFont(typeface(type::caption));
        if (!suffix.isEmpty() && rect.width() - used >= kSuffixLeast) {
            painter->setPen(selected ? c.text2 : c.text3);
            painter->drawText(QPointF(rect.x() + used, baseline),
                              painter->fontMetrics().elidedText(suffix, Qt::ElideRight, rect.width() - used));
        }
    } else {
        const bool best = index.data(BestRole).toBool();
        const int fontWeight = best ? weight::bold : selected ? weight::medium : weight::regular;
        painter->setFont(typeface(type::table, fontWeight));
        const int width = painter->fontMetrics().horizontalAdvance(text);
        const QVariant bar = index.data(BarRole);
        if (bar.isValid()) paintBar(*painter, rect, width, bar.toDouble(), look.color);
        painter->setPen(best || selected ? c.text : c.text2);
        const QVariant alignment = index.data(Qt::TextAlignmentRole);
        const int horizontal = alignment.isValid() ? alignment.toInt() & Qt::AlignHorizontal_Mask : int(Qt::AlignRight);
        painter->drawText(rect, Qt::AlignVCenter | horizontal,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
    }
    painter->restore();
}

QSize CompareDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const bool name = index.data(NameRole).toBool();
    const int text = QFontMetrics(typeface(name ? type::name : type::table, weight::bold))
                         .horizontalAdvance(displayText(index.data(), option.locale));
    int width = text + 16 + (atEdge(option, index, true) ? 8 : 0) + (atEdge(option, index, false) ? 8 : 0);
    if (name) {
        const QString suffix = index.data(SuffixRole).toString();
        width += 18 + (suffix.isEmpty() ? 0 : 9 + QFontMetrics(typeface(type::caption)).horizontalAdvance(suffix));
    }
    if (index.data(BarRole).isValid()) width += kCompareBarRoom;
    return {width, 28};
}

void setupCompareTable(QTableView* table) {
    setupTable(table);
    table->setItemDelegate(new CompareDelegate(table));
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    table->horizontalHeader()->setSectionsMovable(true);
}

} // namespace quantoscope::ui
