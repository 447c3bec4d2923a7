// Rows of the data tree: files of 36 px, tensors of 40 px with their type, shape and a small histogram.
#pragma once

#include <QStyledItemDelegate>

class QTreeView;

namespace quantoscope::ui {

/// What the data model tells the delegate, beside Qt::DisplayRole. Rows without a parent are files.
enum TreeRole {
    DetailRole = Qt::UserRole + 200, // QString: "256 × 64 · F32"; of a file its size, at the right
    IconNameRole,                    // QString: the file's icon, "file", "signal", "image", "table"
    SparkRole,                       // QList<float>: heights of the small histogram, any scale, none negative
};

class TreeDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// A press on a file's chevron opens and closes it.
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
};

/// The tree as the delegate wants it: no indentation, no branches.
void setupDataTree(QTreeView* tree);

} // namespace quantoscope::ui
