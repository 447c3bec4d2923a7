#include "ui/widgets/tree_delegate.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icon.h"
#include "ui/theme/paint.h"
#include "ui/theme/roles.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QTreeView>

#include <algorithm>

namespace quantoscope::ui {

namespace {

constexpr int kFileRow = 36, kTensorRow = 40;
constexpr int kChevron = 16, kIconLeft = 27, kTextLeft = 48, kRight = 16;
constexpr int kSparkWidth = 64, kSparkHeight = 25, kSparkNarrow = 44;
constexpr int kNarrow = 230; // below this width of the tree the histograms shrink

void paintSpark(QPainter& painter, const QRect& rect, const QList<float>& heights, const QColor& color,
                const QColor& base) {
    if (heights.isEmpty()) return;
    const float most = *std::ranges::max_element(heights);
    if (most > 0) {
        // Bars on whole pixels, each the highest of what falls into it.
        const int bars = qMin<int>(static_cast<int>(heights.size()), rect.width());
        for (int i = 0; i < bars; ++i) {
            const qsizetype from = i * heights.size() / bars,
                            to = qMax<qsizetype>(from + 1, (i + 1) * heights.size() / bars);
            const float height = *std::max_element(heights.begin() + from, heights.begin() + to);
            if (height <= 0) continue;
            const int left = rect.left() + i * rect.width() / bars, right = rect.left() + (i + 1) * rect.width() / bars;
            const qreal tall = qMax(1.0, double(height) / most * (rect.height() - 1));
            painter.fillRect(QRectF(left, rect.bottom() - tall, qMax(1, right - left), tall), color);
        }
    }
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), base);
}

// The focus and selection of a row, from edge to edge of the view whatever the column's width.
void paintSelection(QPainter& painter, const QStyleOptionViewItem& option, const QRect& row) {
    const Palette& c = colors();
    const QRect panel = row.adjusted(8, 0, -8, 0);
    if (option.state & QStyle::State_Selected) {
        paintPanel(painter, panel, kFieldRadius, c.sel);
        paintPanel(painter, QRectF(panel.left(), row.center().y() - 9, 3, 20), 1.5, c.ink);
    } else if (option.state & QStyle::State_MouseOver) {
        paintPanel(painter, panel, kFieldRadius, c.raised);
    }
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange))
        paintFocusRing(painter, panel, kFieldRadius);
}

} // namespace

void TreeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Palette& c = colors();
    const bool selected = option.state & QStyle::State_Selected;
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool file = !index.parent().isValid();
    const QRect row = option.rect;
    painter->save();
    paintSelection(*painter, option, file ? row.adjusted(0, 2, 0, -2) : row);
    const QString name = displayText(index.data(), option.locale), detail = index.data(DetailRole).toString();
    const QColor quiet = !enabled ? c.disabled : selected ? c.text2 : c.text3;
    if (file) {
        const qreal y = QRectF(row).center().y();
        if (index.model()->hasChildren(index))
            paintChevron(*painter, QPointF(kChevron, y),
                         option.state & QStyle::State_Open ? Chevron::Down : Chevron::Right, c.text2, 3.5);
        paintIcon(*painter,
                  index.data(IconNameRole).toString().isEmpty() ? QStringLiteral("file")
                                                                : index.data(IconNameRole).toString(),
                  QRectF(row.x() + kIconLeft, y - 7.5, 15, 15), c.text2);
        QRect text = row.adjusted(kTextLeft, 0, -kRight, 0);
        painter->setFont(typeface(11.5));
        painter->setPen(quiet);
        const int detailWidth = painter->fontMetrics().horizontalAdvance(detail);
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignRight, detail);
        text.adjust(0, 0, -detailWidth - 8, 0);
        painter->setFont(typeface(type::name, weight::medium));
        painter->setPen(enabled ? c.text : c.disabled);
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(name, Qt::ElideMiddle, text.width()));
    } else {
        const int sparkWidth = row.width() < kNarrow ? kSparkNarrow : kSparkWidth;
        const QRect spark(row.right() + 1 - kRight - sparkWidth, row.top() + 8, sparkWidth, kSparkHeight);
        const QVariant heights = index.data(SparkRole);
        if (heights.isValid())
            paintSpark(*painter, spark, heights.value<QList<float>>(), selected ? c.sparklineSelected : c.sparkline,
                       c.line2);
        const int width = spark.left() - 8 - row.left() - kTextLeft;
        const QRect upper(row.left() + kTextLeft, row.top() + 4, width, 17),
            lower(row.left() + kTextLeft, row.top() + 20, width, 16);
        painter->setFont(typeface(type::name, selected ? weight::semiBold : weight::medium));
        painter->setPen(enabled ? c.text : c.disabled);
        painter->drawText(upper, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(name, Qt::ElideMiddle, width));
        painter->setFont(typeface(11.5));
        painter->setPen(quiet);
        painter->drawText(lower, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(detail, Qt::ElideRight, width));
    }
    painter->restore();
}

QSize TreeDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    return {160, index.parent().isValid() ? kTensorRow : kFileRow};
}

bool TreeDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                               const QModelIndex& index) {
    if (event->type() == QEvent::MouseButtonPress && !index.parent().isValid() && model->hasChildren(index)) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        auto* tree = qobject_cast<QTreeView*>(const_cast<QWidget*>(option.widget));
        if (tree && mouse->button() == Qt::LeftButton && mouse->position().x() < option.rect.left() + kIconLeft) {
            tree->setExpanded(index, !tree->isExpanded(index));
            return true;
        }
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

void setupDataTree(QTreeView* tree) {
    setupTree(tree);
    tree->setItemDelegate(new TreeDelegate(tree));
    tree->setIndentation(0);
    tree->setRootIsDecorated(false);
    tree->setExpandsOnDoubleClick(true);
    tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

} // namespace quantoscope::ui
