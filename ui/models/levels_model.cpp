#include "ui/models/levels_model.h"

#include "ui/plots/plot_text.h"

#include <QLocale>

#include <cmath>

namespace quantoscope::ui {

LevelsModel::LevelsModel(QObject* parent) : QAbstractTableModel(parent) {}

void LevelsModel::setRun(RunPtr run, PlottedLevelsPtr levels) {
    const bool sameRows = m_levels && levels && m_levels->codebook.size() == levels->codebook.size();
    if (sameRows) {
        m_run = std::move(run);
        m_levels = std::move(levels);
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_run = std::move(run);
    m_levels = std::move(levels);
    endResetModel();
}

int LevelsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_levels ? 0 : static_cast<int>(m_levels->codebook.size());
}

int LevelsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString LevelsModel::text(std::size_t bin, int column) const {
    const Codebook& codebook = m_levels->codebook;
    const double span = static_cast<double>(m_run->data->maximum()) - m_run->data->minimum();
    const std::uint64_t count = m_levels->bins.counts[bin];
    switch (column) {
    case Index: return QLocale().toString(static_cast<qulonglong>(bin));
    case Code: return bitPattern(codebook.codeOf(bin), std::max(1, m_run->quantizer->bits));
    case Lower: return bin == 0 ? QStringLiteral("−∞") : valueText(codebook.thresholds[bin - 1], span);
    case Upper: return bin + 1 == codebook.size() ? QStringLiteral("∞") : valueText(codebook.thresholds[bin], span);
    case Level: return valueText(codebook.levels[bin], span);
    case Count: return countText(count);
    case Share: return percentText(static_cast<double>(count) / static_cast<double>(m_levels->data->count()));
    case RmsError:
        return count == 0
                   ? QStringLiteral("–")
                   : valueText(std::sqrt(m_levels->bins.squaredErrors[bin] / static_cast<double>(count)), span / 10);
    default: return {};
    }
}

QVariant LevelsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || !m_levels) return {};
    if (role == Qt::DisplayRole) return text(static_cast<std::size_t>(index.row()), index.column());
    if (role == Qt::TextAlignmentRole) return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant LevelsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    static const char* const titles[] = {QT_TR_NOOP("Index"), QT_TR_NOOP("Code"),     QT_TR_NOOP("From"),
                                         QT_TR_NOOP("To"),    QT_TR_NOOP("Level"),    QT_TR_NOOP("Values"),
                                         QT_TR_NOOP("Share"), QT_TR_NOOP("RMS error")};
    static const char* const help[] = {QT_TR_NOOP("The position of the level, from the lowest"),
                                       QT_TR_NOOP("The bit pattern that stands for it"),
                                       QT_TR_NOOP("The smallest value that gets this level"),
                                       QT_TR_NOOP("The boundary above, which belongs to the next level"),
                                       QT_TR_NOOP("What the code decodes to"),
                                       QT_TR_NOOP("How many values get this level"),
                                       QT_TR_NOOP("The same as a share of the group"),
                                       QT_TR_NOOP("√(Σe²/n) over the values of this level; lower is better")};
    if (role == Qt::DisplayRole) return tr(titles[section]);
    if (role == Qt::ToolTipRole) return tr(help[section]);
    return {};
}

} // namespace quantoscope::ui
