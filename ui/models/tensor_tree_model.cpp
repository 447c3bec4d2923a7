#include "ui/models/tensor_tree_model.h"

#include "ui/session/tensor_text.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/tree_delegate.h"

#include <QDir>

#include <algorithm>

namespace quantoscope::ui {

namespace {

constexpr quintptr kFile = 0; // internal id of a file's index; of a tensor's, its document's id

QString iconOf(const Document& document) {
    switch (document.source->entries().front().kind) {
    case TensorKind::Image: return QStringLiteral("image");
    case TensorKind::Signal: return QStringLiteral("signal");
    default: break;
    }
    return document.source->entries().back().kind == TensorKind::Table ? QStringLiteral("table")
                                                                       : QStringLiteral("file");
}

QList<float> heightsOf(const Document& document, std::size_t entry) {
    QList<float> heights;
    if (entry < document.histograms.size())
        for (const std::uint64_t count : document.histograms[entry].counts) heights << static_cast<float>(count);
    return heights;
}

} // namespace

TensorTreeModel::TensorTreeModel(const Library& library, QObject* parent)
    : QAbstractItemModel(parent), m_library(library) {
    connect(&library, &Library::opened, this, [this](int id) {
        const auto known =
            std::find_if(m_nodes.begin(), m_nodes.end(), [id](const Node& node) { return node.document == id; });
        if (known != m_nodes.end()) return;
        const int row = static_cast<int>(m_nodes.size());
        beginInsertRows({}, row, row);
        m_nodes.push_back({id, static_cast<int>(m_library.find(id)->source->entries().size())});
        endInsertRows();
    });
    connect(&library, &Library::closed, this, [this](int id) {
        const auto node =
            std::find_if(m_nodes.begin(), m_nodes.end(), [id](const Node& n) { return n.document == id; });
        if (node == m_nodes.end()) return;
        const int row = static_cast<int>(node - m_nodes.begin());
        beginRemoveRows({}, row, row);
        m_nodes.erase(node);
        endRemoveRows();
    });
    connect(&library, &Library::reloaded, this, &TensorTreeModel::refill);
    connect(&library, &Library::histogramsChanged, this, [this](int id) {
        const QModelIndex first = indexOf({id, 0});
        if (first.isValid()) emit dataChanged(first, first.siblingAtRow(rowCount(first.parent()) - 1), {SparkRole});
    });
    refill();
}

void TensorTreeModel::refill() {
    beginResetModel();
    m_nodes.clear();
    for (const auto& document : m_library.documents())
        m_nodes.push_back({document->id, static_cast<int>(document->source->entries().size())});
    endResetModel();
}

const Document* TensorTreeModel::documentAt(const QModelIndex& index) const {
    return m_library.find(documentOf(index));
}

int TensorTreeModel::documentOf(const QModelIndex& index) const {
    if (!index.isValid()) return 0;
    return index.internalId() == kFile ? m_nodes[static_cast<std::size_t>(index.row())].document
                                       : static_cast<int>(index.internalId());
}

TensorRef TensorTreeModel::refOf(const QModelIndex& index) const {
    if (!index.isValid() || index.internalId() == kFile) return {};
    return {static_cast<int>(index.internalId()), index.row()};
}

QModelIndex TensorTreeModel::indexOf(const TensorRef& ref) const {
    const bool known = std::any_of(m_nodes.begin(), m_nodes.end(), [&](const Node& node) {
        return node.document == ref.document && ref.entry >= 0 && ref.entry < node.entries;
    });
    return known ? createIndex(ref.entry, 0, static_cast<quintptr>(ref.document)) : QModelIndex();
}

QModelIndex TensorTreeModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent)) return {};
    if (!parent.isValid()) return createIndex(row, column, kFile);
    return createIndex(row, column, static_cast<quintptr>(m_nodes[static_cast<std::size_t>(parent.row())].document));
}

QModelIndex TensorTreeModel::parent(const QModelIndex& index) const {
    if (!index.isValid() || index.internalId() == kFile) return {};
    const int document = static_cast<int>(index.internalId());
    const auto node =
        std::find_if(m_nodes.begin(), m_nodes.end(), [&](const Node& n) { return n.document == document; });
    return node == m_nodes.end() ? QModelIndex() : createIndex(static_cast<int>(node - m_nodes.begin()), 0, kFile);
}

int TensorTreeModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid()) return static_cast<int>(m_nodes.size());
    if (parent.internalId() != kFile || parent.column() != 0) return 0;
    return m_nodes[static_cast<std::size_t>(parent.row())].entries;
}

int TensorTreeModel::columnCount(const QModelIndex&) const { return 1; }

QVariant TensorTreeModel::data(const QModelIndex& index, int role) const {
    const Document* document = documentAt(index);
    if (!document) return {};
    if (index.internalId() == kFile) return fileData(*document, role);
    const auto entry = static_cast<std::size_t>(index.row());
    return entry < document->source->entries().size() ? tensorData(*document, entry, role) : QVariant();
}

QVariant TensorTreeModel::fileData(const Document& document, int role) const {
    switch (role) {
    case Qt::DisplayRole: return document.name;
    case Qt::ToolTipRole: return document.path.isEmpty() ? document.name : QDir::toNativeSeparators(document.path);
    case DetailRole: return byteText(document.bytes);
    case IconNameRole: return iconOf(document);
    default: return {};
    }
}

QVariant TensorTreeModel::tensorData(const Document& document, std::size_t entry, int role) const {
    const TensorInfo& info = document.source->entries()[entry];
    const QString name = info.kind == TensorKind::Table ? tr("all columns") : QString::fromStdString(info.name);
    switch (role) {
    case Qt::DisplayRole: return name;
    case Qt::ToolTipRole: return QStringLiteral("%1\n%2").arg(name, tensorText(info));
    case Qt::AccessibleTextRole: return QStringLiteral("%1, %2").arg(name, tensorText(info));
    case DetailRole: return tensorText(info);
    case SparkRole: return QVariant::fromValue(heightsOf(document, entry));
    default: return {};
    }
}

} // namespace quantoscope::ui
