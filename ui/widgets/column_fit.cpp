#include "ui/widgets/column_fit.h"

#include <QAbstractItemModel>
#include <QEvent>
#include <QHeaderView>
#include <QTableView>

#include <numeric>
#include <vector>

namespace quantoscope::ui {

ColumnFit::ColumnFit(QTableView* table, int namesColumn, int namesWidth, int sortedExtra)
    : QObject(table), m_table(table), m_namesColumn(namesColumn), m_namesWidth(namesWidth), m_sortedExtra(sortedExtra) {
    QHeaderView* header = table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &ColumnFit::fit);
    connect(header, &QHeaderView::sectionCountChanged, this, &ColumnFit::fit);
    connect(table->model(), &QAbstractItemModel::headerDataChanged, this, &ColumnFit::fit);
    connect(table->model(), &QAbstractItemModel::modelReset, this, &ColumnFit::fit);
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
    std::vector<int> widths;
    for (const int column : columns)
        widths.push_back(column == m_namesColumn ? m_namesWidth : header->sectionSizeHint(column));
    int spare = m_table->viewport()->width() - std::accumulate(widths.begin(), widths.end(), 0);
    int sharing = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] == m_namesColumn) continue;
        ++sharing;
        if (m_table->isSortingEnabled() && columns[i] == header->sortIndicatorSection() && spare >= m_sortedExtra) {
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
