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

constexpr int kPadding = 16;    // of a cell, both sides together
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

bool ColumnFit::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) fit();
    return QObject::eventFilter(watched, event);
}

void ColumnFit::fit() {
    QHeaderView* header = m_table->horizontalHeader();
    std::vector<int> columns;
    for (int visual = 0; visual < header->count(); ++visual)
        if (const int column = header->logicalIndex(visual); !header->isSectionHidden(column))
            columns.push_back(column);
    if (columns.empty()) return;
    const auto isSorted = [&](int column) {
        return m_table->isSortingEnabled() && column == header->sortIndicatorSection();
    };
    std::vector<int> widths;
    for (const int column : columns) {
        const QFont font = typeface(type::caption, isSorted(column) ? weight::semiBold : weight::medium);
        const QString heading = m_table->model()->headerData(column, Qt::Horizontal).toString();
        const int text = QFontMetrics(font).horizontalAdvance(heading) + (isSorted(column) ? kArrow : 0);
        widths.push_back((column == m_namesColumn ? m_namesWidth : std::max(kLeast, text + kPadding)) +
                         (column == columns.back() ? kEdgePadding : 0));
    }
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
