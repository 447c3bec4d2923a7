#include "ui/models/values_model.h"

#include "ui/plots/plot_text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

namespace quantoscope::ui {

ValuesModel::ValuesModel(QObject* parent) : QAbstractTableModel(parent) {}

void ValuesModel::setRun(RunPtr run) {
    // The rows stay while only the quantizer changes: views keep their place and draw what they show anew.
    if (run && m_run && run->data == m_run->data) {
        m_run = std::move(run);
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_run = std::move(run);
    endResetModel();
}

int ValuesModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid() || !m_run) return 0;
    return static_cast<int>(std::min<std::size_t>(m_run->data->values().size(), std::numeric_limits<int>::max()));
}

int ValuesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString ValuesModel::indicesOf(std::size_t position) const {
    const Shape& shape = m_run->data->tensor().info.shape;
    QStringList indices;
    for (auto extent = shape.rbegin(); extent != shape.rend(); ++extent) {
        indices.prepend(QString::number(position % static_cast<std::size_t>(*extent)));
        position /= static_cast<std::size_t>(*extent);
    }
    return indices.join(QStringLiteral(", "));
}

QString ValuesModel::text(std::size_t position, int column) const {
    const float x = m_run->data->values()[position];
    const double span = static_cast<double>(m_run->data->maximum()) - m_run->data->minimum();
    if (column == Position) return indicesOf(position);
    if (column == Value) return valueText(x, span);
    if (!std::isfinite(x)) return column == Decoded ? valueText(x, span) : QStringLiteral("–");
    const Quantizer& quantizer = *m_run->quantizer;
    const std::size_t group = quantizer.layout.groupOf(position);
    const GroupEncoder encoder(quantizer, group);
    const std::size_t bin = encoder.bin(x);
    switch (column) {
    case Code: return QString::number(quantizer.codebookOf(group).codeOf(bin));
    case Decoded: return valueText(encoder.decode(bin), span);
    case Error: return valueText(static_cast<double>(x) - encoder.decode(bin), span / 10);
    default: return {};
    }
}

QVariant ValuesModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || !m_run) return {};
    if (role == Qt::DisplayRole) return text(static_cast<std::size_t>(index.row()), index.column());
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (index.column() == Position ? Qt::AlignLeft : Qt::AlignRight));
    return {};
}

QVariant ValuesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (section == Position ? Qt::AlignLeft : Qt::AlignRight));
    static const char* const titles[] = {QT_TR_NOOP("Position"), QT_TR_NOOP("Value"), QT_TR_NOOP("Code"),
                                         QT_TR_NOOP("Dequantized"), QT_TR_NOOP("Error")};
    static const char* const help[] = {
        QT_TR_NOOP("Where the value stands, slowest axis first"), QT_TR_NOOP("The original value x"),
        QT_TR_NOOP("The bit pattern that stands for it"), QT_TR_NOOP("What the code decodes to, Q(x)"),
        QT_TR_NOOP("e = x − Q(x); nearer to 0 is better")};
    if (role == Qt::DisplayRole) return tr(titles[section]);
    if (role == Qt::ToolTipRole) return tr(help[section]);
    return {};
}

} // namespace quantoscope::ui
