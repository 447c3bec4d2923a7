// Rows of the comparison tables: a scheme's mark and name, right-aligned numbers with the best of each column bold, and
// a bar in the sorted column. A selected row takes the tint of its scheme.
#pragma once

#include <QStyledItemDelegate>

class QTableView;

namespace quantoscope::ui {

/// What a comparison model tells the delegate, beside Qt::DisplayRole.
enum CompareRole {
    LookRole = Qt::UserRole + 100, // QString, on every cell: the id for schemeLook
    SuffixRole,                    // QString, on the name: "block 64", "simulated", in small text after it
    BestRole,                      // bool: the best value of its column
    BarRole,                       // double, 0 to 1, where this cell has a bar: its length
    NameRole,                      // bool: this cell is the name, with the mark before it
};

/// What a column needs beside its numbers where it has a bar.
inline constexpr int kCompareBarRoom = 92;

class CompareDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    /// The row's background, rule and bar; for delegates of other columns that paint their own contents.
    static void paintRow(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index);
    /// The cell without its side padding: 8 px, 16 at the table's edges.
    static QRect contentRect(const QStyleOptionViewItem& option, const QModelIndex& index);
};

/// setupTable and the delegate in one, as every comparison table wants it.
void setupCompareTable(QTableView* table);

} // namespace quantoscope::ui
