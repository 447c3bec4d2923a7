#include "ui/widgets/column_fit.h"

#include "ui/theme/fonts.h"

#include <QAbstractItemModel>
#include <QEvent>
#include <QHeaderView>
#include <QTableView>

#include <algorithm>
#include <numeric>
#include <vector>

namespace quantoscope::ui {

namespace {

constexpr int kPadding = 18;    // of a cell, both sides together, and what rounding takes
constexpr int kArrow = 14;      // beside the heading of the sorted column
constexpr int kLeast = 68;      // room for a number of six digits and a point, in bold
constexpr int kEdgePadding = 8; // more at the table's end

} // namespace

ColumnFit::ColumnFit(QTableView* table, int namesColumn, int namesWidth, int sortedExtra)
    : QObject(table), m_table(table), m_namesColumn(namesColumn), m_namesWidth(namesWidth), m_sortedExtra(sortedExtra) {
    QHeaderView* header = table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &ColumnFit::fit);
    connect(header, &QHeaderView::sectionCountChanged, this, &ColumnFit::fit);
    connect(table->model(), &QAbstractItemModel::headerDataChanged, this, &ColumnFit::fit);
    connect(table->model(), &QAbstractItemModel::modelReset, this, &ColumnFit::fit);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // what does not fit is made narrower
    table->viewport()->installEventFilter(this);
    fit();
}

void ColumnFit::setNamesWidth(int pixels) {
    m_namesWidth = pixels;
    fit();
}

void ColumnFit::setColumns(std::vector<int> wanted, std::vector<int> givingWay) {
    if (wanted == m_wanted && givingWay == m_givingWay) return;
    m_wanted = std::move(wanted);
    m_givingWay = std::move(givingWay);
    fit();
}

bool ColumnFit::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) fit();
    return QObject::eventFilter(watched, event);
}

bool ColumnFit::isSorted(int column) const {
    return m_table->isSortingEnabled() && column == m_table->horizontalHeader()->sortIndicatorSection();
}

int ColumnFit::widthOf(int column) const {
    if (column == m_namesColumn) return m_namesWidth;
    const QFont font = typeface(type::caption, isSorted(column) ? weight::semiBold : weight::medium);
    const QString heading = m_table->model()->headerData(column, Qt::Horizontal).toString();
    const int text = QFontMetrics(font).horizontalAdvance(heading) + (isSorted(column) ? kArrow : 0);
    return std::max(kLeast, text + kPadding);
}

void ColumnFit::hideWhatHasNoRoom() {
    if (m_wanted.empty()) return;
    std::vector<int> shown = m_wanted;
    int width = kEdgePadding;
    for (const int column : shown) width += widthOf(column);
    for (const int column : m_givingWay) {
        if (width <= m_table->viewport()->width()) break;
        if (isSorted(column)) continue; // what the rows are sorted by is to be seen
        if (std::erase(shown, column) > 0) width -= widthOf(column);
    }
    for (int column = 0; column < m_table->model()->columnCount(); ++column)
        m_table->setColumnHidden(column, std::find(shown.begin(), shown.end(), column) == shown.end());
}

void ColumnFit::fit() {
    hideWhatHasNoRoom();
    QHeaderView* header = m_table->horizontalHeader();
    std::vector<int> columns;
    for (int visual = 0; visual < header->count(); ++visual)
        if (const int column = header->logicalIndex(visual); !header->isSectionHidden(column))
            columns.push_back(column);
    if (columns.empty()) return;
    std::vector<int> widths;
    widths.reserve(columns.size());
    for (const int column : columns) widths.push_back(widthOf(column) + (column == columns.back() ? kEdgePadding : 0));
    int spare = m_table->viewport()->width() - std::accumulate(widths.begin(), widths.end(), 0);
    int sharing = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] == m_namesColumn) continue;
        ++sharing;
        if (isSorted(columns[i]) && spare >= m_sortedExtra) {
            widths[i] += m_sortedExtra;
            spare -= m_sortedExtra;
        }
    }
    if (sharing == 0) return;
    // What is left, or missing, is spread evenly, to the last pixel.
    for (std::size_t i = 0, k = 0; i < columns.size(); ++i) {
        if (columns[i] == m_namesColumn) continue;
        const int share = spare / sharing + (static_cast<int>(k) < spare % sharing ? 1 : 0);
        widths[i] += share;
        ++k;
    }
    for (std::size_t i = 0; i < columns.size(); ++i) header->resizeSection(columns[i], widths[i]);
}

} // namespace quantoscope::ui
