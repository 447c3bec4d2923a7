#include "ui/models/lab_methods_model.h"

#include "ui/widgets/compare_delegate.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/lab_look.h"
#include "ui/widgets/number_text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace quantoscope::ui {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kKibi = 1024;
constexpr double kSteps[] = {0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5};
constexpr double kMostSteps = 2.5; // so that the axis has two or three ticks

enum class Good { Low, High, Neither };

constexpr Good kGood[LabMethodsModel::ColumnCount] = {Good::Neither, Good::Neither, Good::High, Good::Neither,
                                                      Good::Low,     Good::Low,     Good::Low,  Good::Low};

} // namespace

LabMethodsModel::LabMethodsModel(QObject* parent) : QAbstractTableModel(parent) { summarize(); }

double LabMethodsModel::number(const LabRow& row, int column) {
    switch (column) {
    case Bits: return row.isFloat() ? 32 : row.spec.weightBits + row.spec.activationBits / 100.0;
    case Accuracy:
    case Interval: return row.score.accuracy;
    case Single: return row.single ? row.single->spread.median * 1e6 : kNone;
    case Batched: return row.batched ? row.batched->spread.median * 1e6 : kNone;
    case Size: return static_cast<double>(row.bytes) / kKibi;
    case Energy: return row.joules ? *row.joules * 1e6 : kNone;
    default: return kNone;
    }
}

void LabMethodsModel::setResult(const LabResult& result) {
    const bool same = result.rows.size() == m_rows.size();
    if (!same) beginResetModel();
    m_rows = result.rows;
    m_batch = result.spec.batch;
    m_classification = !result.base || result.base->data.test.isClassification();
    m_measuredEnergy = std::any_of(m_rows.begin(), m_rows.end(), [](const LabRowPtr& row) {
        return row->joules && row->energySource == EnergySource::Measured;
    });
    m_order = sorted();
    summarize();
    if (!same) {
        endResetModel();
    } else if (!m_rows.empty()) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    }
}

void LabMethodsModel::summarize() {
    m_best.assign(ColumnCount, kNone);
    m_largest.assign(ColumnCount, 0);
    double low = 1, high = 0;
    for (const LabRowPtr& row : m_rows) {
        low = std::min(low, row->interval ? row->interval->low : row->score.accuracy);
        high = std::max(high, row->interval ? row->interval->high : row->score.accuracy);
        for (int column = 0; column < ColumnCount; ++column) {
            const double value = number(*row, column);
            if (std::isnan(value)) continue;
            double& best = m_best[static_cast<std::size_t>(column)];
            double& largest = m_largest[static_cast<std::size_t>(column)];
            largest = std::max(largest, value);
            if (kGood[column] == Good::Neither) continue;
            if (std::isnan(best) || (kGood[column] == Good::Low ? value < best : value > best)) best = value;
        }
    }
    m_axisLow = 0;
    m_axisHigh = 1;
    m_axisStep = 0.5;
    if (high < low) return;
    for (const double step : kSteps) {
        const double from = std::floor(low / step) * step, to = std::ceil(high / step) * step;
        if ((to - from) / step > kMostSteps) continue;
        m_axisLow = from;
        m_axisHigh = std::max(to, from + step);
        m_axisStep = step;
        break;
    }
}

const LabRow& LabMethodsModel::rowAt(int row) const {
    return *m_rows[static_cast<std::size_t>(m_order[static_cast<std::size_t>(row)])];
}

int LabMethodsModel::resultRow(int row) const {
    return row >= 0 && static_cast<std::size_t>(row) < m_order.size() ? m_order[static_cast<std::size_t>(row)] : -1;
}

int LabMethodsModel::rowOf(int resultRow) const {
    const auto found = std::find(m_order.begin(), m_order.end(), resultRow);
    return found == m_order.end() ? -1 : static_cast<int>(found - m_order.begin());
}

int LabMethodsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int LabMethodsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString LabMethodsModel::text(const LabRow& row, int column) const {
    const double value = number(row, column);
    switch (column) {
    case Method: return coreText(row.label);
    case Bits:
        if (row.isFloat()) return QStringLiteral("32 / 32");
        return QStringLiteral("%1 / %2").arg(row.spec.weightBits).arg(row.spec.activationBits);
    case Accuracy:
        if (!m_classification) return numberText(value, 4);
        if (!row.interval) return numberText(value * 100, 1);
        return QStringLiteral("%1 ± %2").arg(numberText(value * 100, 1),
                                             numberText((row.interval->high - row.interval->low) * 50, 1));
    case Interval: return {};
    case Single:
    case Batched: return numberText(value, value < 100 ? 2 : 1);
    case Size: return numberText(value, value < 10 ? 2 : 1);
    case Energy: return value < 0.01 ? compactText(value, 2) : numberText(value, value < 100 ? 2 : 1);
    default: return {};
    }
}

QString LabMethodsModel::tip(const LabRow& row, int column) const {
    QStringList lines;
    switch (column) {
    case Method:
        if (row.simulated)
            lines << tr("Simulated: evaluated exactly, but no kernels of this width ran, so no time is claimed");
        if (!row.implementation.empty()) lines << tr("Ran on %1").arg(QString::fromStdString(row.implementation));
        if (!row.note.empty()) lines << coreText(row.note);
        break;
    case Accuracy:
    case Interval:
        if (!m_classification) break;
        lines << tr("%1 of %2 test samples are right")
                     .arg(countText(static_cast<qint64>(row.score.right)),
                          countText(static_cast<qint64>(row.score.count)));
        if (row.interval)
            lines << tr("95 % interval (Wilson): %1 to %2 %")
                         .arg(numberText(row.interval->low * 100, 2), numberText(row.interval->high * 100, 2));
        if (row.difference && row.spec.method != LabMethod::Float)
            lines << tr("Less FP32: %1 points, from %2 to %3; McNemar's p = %4")
                         .arg(numberText(row.difference->value * 100, 2),
                              numberText(row.difference->interval.low * 100, 2),
                              numberText(row.difference->interval.high * 100, 2), compactText(row.mcNemar, 2));
        break;
    case Single:
    case Batched:
        if (const auto& time = column == Single ? row.single : row.batched)
            lines << tr("Median of %1 runs, from %2 to %3 µs")
                         .arg(QString::number(time->runs), numberText(time->spread.minimum * 1e6, 2),
                              numberText(time->spread.maximum * 1e6, 2));
        break;
    case Size: lines << tr("%1 bytes").arg(countText(static_cast<qint64>(row.bytes))); break;
    case Energy:
        if (row.joules)
            lines << (row.energySource == EnergySource::Measured
                          ? tr("Read from the processor (RAPL)")
                          : tr("Estimated from operation counts (Horowitz, ISSCC 2014)"));
        break;
    default: break;
    }
    return lines.join(u'\n');
}

QVariant LabMethodsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || static_cast<std::size_t>(index.row()) >= m_order.size()) return {};
    const LabRow& row = rowAt(index.row());
    const int column = index.column();
    const double value = number(row, column);
    switch (role) {
    case Qt::DisplayRole: return text(row, column);
    case Qt::AccessibleTextRole: return column == Interval ? tip(row, column) : text(row, column);
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignVCenter | (column == Method ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::ToolTipRole: return tip(row, column);
    case LookRole: return labLookId(row.spec.method);
    case NameRole: return column == Method;
    case SuffixRole: return column == Method && row.simulated ? tr("simulated") : QString();
    case BestRole: return m_rows.size() > 1 && value == m_best[static_cast<std::size_t>(column)];
    case BarRole: {
        const double largest = m_largest[static_cast<std::size_t>(column)];
        if ((column != Batched && column != Size) || std::isnan(value) || !(largest > 0)) return {};
        return std::clamp(value / largest, 0.0, 1.0);
    }
    case IntervalRole: {
        if (column != Interval) return {};
        const double at = row.score.accuracy;
        return QVariant::fromValue(AccuracyMark{row.interval ? row.interval->low : at, at,
                                                row.interval ? row.interval->high : at, m_axisLow, m_axisHigh});
    }
    default: return {};
    }
}

QString LabMethodsModel::title(int column) const {
    switch (column) {
    case Method: return tr("Method");
    case Bits: return tr("Bits, W / A");
    case Accuracy: return m_classification ? tr("Accuracy, % (95 % CI)") : tr("R²");
    case Single: return tr("Batch 1, µs");
    case Batched: return tr("Batch %1, µs/sample").arg(countText(static_cast<qint64>(m_batch)));
    case Size: return tr("Size, KiB");
    case Energy: return m_measuredEnergy ? tr("Energy, µJ (RAPL)") : tr("Energy, µJ (est.)");
    default: return {};
    }
}

QVariant LabMethodsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    switch (role) {
    case Qt::DisplayRole: return title(section);
    case Qt::AccessibleTextRole: return section == Interval ? tr("Interval of accuracy") : title(section);
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignVCenter | (section == Method ? Qt::AlignLeft : Qt::AlignRight));
    case TicksRole: {
        if (section != Interval || m_rows.empty()) return {};
        QVariantList ticks;
        for (int i = 0; m_axisLow + i * m_axisStep < m_axisHigh + m_axisStep / 2; ++i)
            ticks << (m_axisHigh > m_axisLow ? i * m_axisStep / (m_axisHigh - m_axisLow) : 0.0)
                  << (m_axisLow + i * m_axisStep);
        return ticks;
    }
    case Qt::ToolTipRole: break;
    default: return {};
    }
    switch (section) {
    case Method: return tr("How the network computes; a click selects it in the plots");
    case Bits: return tr("Bits of a weight and of an activation");
    case Accuracy:
        return m_classification ? tr("Share of the test samples that are right, and half the width of its 95 % "
                                     "interval (Wilson 1927); higher is better")
                                : tr("1 − Σ(y − ŷ)²/Σ(y − ȳ)² on the test samples; higher is better");
    case Interval: return tr("The 95 % interval of the accuracy, in per cent: where two overlap, the test cannot tell");
    case Single: return tr("Median time of one sample alone; lower is better");
    case Batched: return tr("Median time of a batch over its samples; lower is better");
    case Size: return tr("Weights, scales, zero points, codebooks and biases; lower is better");
    case Energy:
        return m_measuredEnergy ? tr("What the processor used for one sample, by its own counters; lower is better")
                                : tr("Of one sample, from operation counts (Horowitz, ISSCC 2014); lower is better");
    default: return {};
    }
}

std::vector<int> LabMethodsModel::sorted() const {
    std::vector<int> order(m_rows.size());
    std::iota(order.begin(), order.end(), 0);
    if (m_sortColumn < 0) return order;
    const auto at = [this](int i) -> const LabRow& { return *m_rows[static_cast<std::size_t>(i)]; };
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        if (m_sortColumn == Method) {
            const int less = QString::localeAwareCompare(coreText(at(a).label), coreText(at(b).label));
            return m_sortOrder == Qt::AscendingOrder ? less < 0 : less > 0;
        }
        const double x = number(at(a), m_sortColumn), y = number(at(b), m_sortColumn);
        if (std::isnan(x) || std::isnan(y)) return !std::isnan(x) && std::isnan(y); // unmeasured ones come last
        return m_sortOrder == Qt::AscendingOrder ? x < y : x > y;
    });
    return order;
}

void LabMethodsModel::sort(int column, Qt::SortOrder order) {
    m_sortColumn = column;
    m_sortOrder = order;
    emit layoutAboutToBeChanged();
    const std::vector<int> before = std::exchange(m_order, sorted());
    for (const QModelIndex& old : persistentIndexList())
        changePersistentIndex(old, index(rowOf(before[static_cast<std::size_t>(old.row())]), old.column()));
    emit layoutChanged();
}

} // namespace quantoscope::ui
