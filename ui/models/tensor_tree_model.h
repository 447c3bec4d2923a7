// The open files and their tensors as a tree of two floors.
#pragma once

#include "ui/session/library.h"

#include <QAbstractItemModel>

namespace quantoscope::ui {

class TensorTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    explicit TensorTreeModel(const Library& library, QObject* parent = nullptr);

    /// The tensor of an index; of a file, none.
    TensorRef refOf(const QModelIndex& index) const;
    /// The document of an index of either floor.
    int documentOf(const QModelIndex& index) const;
    QModelIndex indexOf(const TensorRef& ref) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Node {
        int document;
        int entries;
    };
    void refill();
    const Document* documentAt(const QModelIndex& index) const;
    QVariant fileData(const Document& document, int role) const;
    QVariant tensorData(const Document& document, std::size_t entry, int role) const;

    const Library& m_library;
    std::vector<Node> m_nodes; // what views have been told
};

} // namespace quantoscope::ui
