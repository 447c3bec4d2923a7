#include "ui/lab/methods_table.h"

#include "ui/models/lab_methods_model.h"
#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/scheme_look.h"
#include "ui/theme/theme.h"
#include "ui/widgets/compare_delegate.h"
#include "ui/widgets/number_text.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <array>

namespace quantoscope::ui {

namespace {

constexpr int kNameWidth = 196, kCompactNameWidth = 188;
constexpr int kRow = 28, kCompactRow = 24;
constexpr int kInset = 18; // of the chart in its column: half a tick's label
constexpr qreal kDot = 4;
constexpr int kPadding = 16, kArrow = 14, kLeast = 60; // of a column beside its heading
constexpr int kShares[LabMethodsModel::ColumnCount] = {0, 1, 1, 4, 1, 3, 3, 1};

QRectF chartArea(const QRect& cell) { return QRectF(cell).adjusted(kInset, 0, -kInset, 0); }

/// Draws the interval and the accuracy in it, over the axis' grid.
class IntervalDelegate : public CompareDelegate {
public:
    using CompareDelegate::CompareDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        paintRow(*painter, option, index);
        const auto mark = index.data(LabMethodsModel::IntervalRole).value<AccuracyMark>();
        const QRectF area = chartArea(option.rect);
        const double span = mark.axisHigh - mark.axisLow;
        if (!(span > 0) || area.width() < 24) return;
        const auto x = [&](double value) { return area.left() + area.width() * (value - mark.axisLow) / span; };
        const QVariantList ticks =
            index.model()->headerData(index.column(), Qt::Horizontal, LabMethodsModel::TicksRole).toList();
        for (qsizetype i = 0; i + 1 < ticks.size(); i += 2)
            painter->fillRect(
                QRectF(qRound(area.left() + area.width() * ticks[i].toDouble()), area.top() + 5, 1, area.height() - 10),
                colors().line);
        const QColor color = schemeLook(index.data(LookRole).toString()).color;
        const qreal y = area.center().y();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(color, 2, Qt::SolidLine, Qt::FlatCap));
        painter->drawLine(QPointF(x(mark.low), y), QPointF(x(mark.high), y));
        const bool selected = option.state & QStyle::State_Selected;
        painter->setPen(QPen(selected ? rowTint(color) : colors().surface, 1));
        painter->setBrush(color);
        painter->drawEllipse(QPointF(x(mark.value), y), kDot, kDot);
        painter->restore();
    }
};

/// The usual header with the ticks of the interval's axis.
class MethodsHeader : public QHeaderView {
public:
    explicit MethodsHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {
        setSectionsClickable(true);
        setHighlightSections(false);
    }

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override {
        QHeaderView::paintSection(painter, rect, section);
        if (section != LabMethodsModel::Interval) return;
        const QVariantList ticks = model()->headerData(section, Qt::Horizontal, LabMethodsModel::TicksRole).toList();
        const QRectF area = chartArea(rect);
        if (area.width() < 24) return;
        painter->save();
        painter->setFont(typeface(type::caption, weight::medium));
        painter->setPen(colors().text3);
        double finest = 1;
        for (qsizetype i = 3; i < ticks.size(); i += 2)
            finest = qMin(finest, ticks[i].toDouble() - ticks[i - 2].toDouble());
        for (qsizetype i = 0; i + 1 < ticks.size(); i += 2) {
            const qreal x = area.left() + area.width() * ticks[i].toDouble();
            painter->drawText(QRectF(x - 30, rect.top(), 60, rect.height()), Qt::AlignCenter,
                              numberText(ticks[i + 1].toDouble() * 100, finest < 0.0099 ? 1 : 0));
        }
        painter->restore();
    }
};

} // namespace

MethodsTable::MethodsTable(LabMethodsModel* model, QWidget* parent) : QTableView(parent), m_model(model) {
    setModel(model);
    setHorizontalHeader(new MethodsHeader(this));
    setupCompareTable(this);
    setItemDelegateForColumn(LabMethodsModel::Interval, new IntervalDelegate(this));
    setAccessibleName(tr("Methods"));
    setToolTipDuration(-1);
    setSortingEnabled(true);
    horizontalHeader()->setSortIndicatorClearable(true); // a third click brings the order of the methods back
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    model->sort(-1);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // what does not fit is made narrower
    connect(model, &QAbstractItemModel::headerDataChanged, this, &MethodsTable::fitColumns);
    connect(model, &QAbstractItemModel::modelReset, this, &MethodsTable::fitColumns);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &MethodsTable::fitColumns);
    connect(&theme(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void MethodsTable::setCompact(bool compact) {
    verticalHeader()->setDefaultSectionSize(compact ? kCompactRow : kRow);
    setColumnHidden(LabMethodsModel::Interval, compact);
    setColumnHidden(LabMethodsModel::Energy, compact);
    m_compact = compact;
    fitColumns();
}

/// As wide as headings and bars ask for; what is left goes where there is something to draw.
void MethodsTable::fitColumns() {
    QHeaderView* header = horizontalHeader();
    std::array<int, LabMethodsModel::ColumnCount> widths{};
    int spare = viewport()->width(), shares = 0;
    for (int column = 0; column < LabMethodsModel::ColumnCount; ++column) {
        if (header->isSectionHidden(column)) continue;
        const bool sorted = column == header->sortIndicatorSection();
        const QFontMetrics metrics(typeface(type::caption, sorted ? weight::semiBold : weight::medium));
        const QString heading = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        int& width = widths[static_cast<std::size_t>(column)];
        width = column == LabMethodsModel::Method
                    ? (m_compact ? kCompactNameWidth : kNameWidth)
                    : std::max(kLeast, metrics.horizontalAdvance(heading) + kPadding + (sorted ? kArrow : 0));
        spare -= width;
        shares += kShares[column];
    }
    for (int column = 0, given = 0, left = spare; column < LabMethodsModel::ColumnCount; ++column) {
        if (header->isSectionHidden(column)) continue;
        given += kShares[column]; // to the last pixel
        const int rest = shares > 0 ? spare - spare * given / shares : 0;
        header->resizeSection(column, widths[static_cast<std::size_t>(column)] + left - rest);
        left = rest;
    }
}

void MethodsTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns();
}

int MethodsTable::wantedHeight() const {
    return horizontalHeader()->sizeHint().height() +
           qMax(1, m_model->rowCount()) * verticalHeader()->defaultSectionSize();
}

void MethodsTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    if (current.isValid()) emit rowChosen(current.row());
}

void MethodsTable::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy))
        copySelection();
    else
        QTableView::keyPressEvent(event);
}

void MethodsTable::copySelection() {
    QStringList lines;
    const auto line = [&](const auto& cell) {
        QStringList cells;
        for (int column = 0; column < LabMethodsModel::ColumnCount; ++column)
            if (column != LabMethodsModel::Interval && !isColumnHidden(column)) cells << cell(column);
        lines << cells.join(u'\t');
    };
    line([&](int column) { return m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(); });
    for (const QModelIndex& row : selectionModel()->selectedRows())
        line([&](int column) { return row.siblingAtColumn(column).data().toString(); });
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace quantoscope::ui
