#include "ui/models/comparison_model.h"

#include "core/schemes/scheme_registry.h"
#include "core/study/rate.h"
#include "ui/widgets/compare_delegate.h"
#include "ui/widgets/number_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace quantoscope::ui {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

enum class Better { Lower, Higher, Neither };

struct ColumnText {
    const char* title;
    const char* help;
    Better better;
};

constexpr ColumnText kColumns[ComparisonModel::ColumnCount] = {
    {QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "Scheme"),
     QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "The method; a click shows its run"), Better::Neither},
    {QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "Bits/value"),
     QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel",
                       "Codes and all side information over the number of values; lower is better"),
     Better::Lower},
    {QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "Levels"),
     QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "How many codes occur"), Better::Neither},
    {QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "MSE"),
     QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "Σe²/n, the mean squared error; lower is better"),
     Better::Lower},
    {QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "SQNR, dB"),
     QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "10·log10(Σx²/Σe²); higher is better"), Better::Higher},
    {QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "Max error"),
     QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "max|e|; lower is better"), Better::Lower},
    {QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "Weighted MSE"),
     QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel",
                       "Σw·e²/Σw over the importance w of the values; lower is better"),
     Better::Lower},
    {QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "Entropy, bit"),
     QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel",
                       "−Σ p·log2 p over the codes: the rate of an ideal memoryless entropy coder; lower is better"),
     Better::Lower},
    {QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "To bound"),
     QT_TRANSLATE_NOOP(
         "quantoscope::ui::ComparisonModel",
         "SQNR of the rate–distortion limit of memoryless codes at the run's rate, minus the run's SQNR; the "
         "rate is log2 of the levels, or the entropy of codes made for entropy coding; lower is better. "
         "Codes by group may cross the limit"),
     Better::Lower},
    {QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "PSNR, dB"),
     QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel",
                       "10·log10(R²/MSE), R the range of the data, 255 for 8-bit images; higher is better"),
     Better::Higher},
    {QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "Fit, ms"),
     QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel",
                       "From the values in memory to the codebook, sorting included; lower is better"),
     Better::Lower},
    {QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "Encode, GB/s"),
     QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel",
                       "Gigabytes of float32 encoded a second on this machine, the median; higher is better"),
     Better::Higher},
    {QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "Decode, GB/s"),
     QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel",
                       "Gigabytes of float32 decoded a second on this machine, the median; higher is better"),
     Better::Higher},
    {QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel", "Product, µs"),
     QT_TRANSLATE_NOOP("quantoscope::ui::ComparisonModel",
                       "y = W·x of the matrix straight from its codes on this machine, the median; lower is better"),
     Better::Lower},
};

/// Whether the levels follow an importance of the values.
bool weighs(const RunResult& run) {
    const auto scheme = findScheme(run.spec().scheme);
    return run.data->importanceTensor() && scheme && (*scheme)->info().usesImportance;
}

bool same(const RunPtr& a, const RunPtr& b) { return a == b || (a->whole() == b->whole() && a->spec() == b->spec()); }

} // namespace

ComparisonModel::ComparisonModel(QObject* parent) : QAbstractTableModel(parent) {}

double ComparisonModel::speedNumber(const SpeedReport& speed, int column) {
    switch (column) {
    case Encode: return speed.encodeGBps.median;
    case Decode: return speed.decodeGBps.median;
    case Product: return speed.product ? speed.product->codesMicroseconds.median : kNone;
    default: return kNone;
    }
}

double ComparisonModel::number(const Row& row, int column) {
    const RunResult& run = *row.run;
    switch (column) {
    case BitsPerValue: return run.storage.bitsPerValue;
    case Levels: return run.errors.occupied;
    case Mse: return run.errors.mse;
    case Sqnr: return run.errors.sqnrDb;
    case MaxError: return run.errors.maxError;
    case Entropy: return run.errors.codeEntropy;
    case ToBound: return boundDistanceDb(run);
    case Psnr: return run.errors.psnrDb;
    case Fit: return run.fitSeconds * 1e3;
    case WeightedMse: return run.weightedMse.value_or(kNone);
    default: return row.speed ? speedNumber(*row.speed, column) : kNone;
    }
}

bool ComparisonModel::hasValues(int column) const {
    return column == Scheme || std::any_of(m_rows.begin(), m_rows.end(),
                                           [column](const Row& row) { return !std::isnan(number(row, column)); });
}

void ComparisonModel::setRuns(const std::vector<RunPtr>& runs, const std::vector<RunPtr>& pins) {
    std::vector<Row> rows;
    const auto speedOf = [this](const RunPtr& run) -> std::optional<SpeedReport> {
        if (run->speed) return run->speed;
        const auto known =
            std::find_if(m_speeds.begin(), m_speeds.end(), [&](const auto& speed) { return same(speed.first, run); });
        return known == m_speeds.end() ? std::nullopt : std::optional(known->second);
    };
    const auto add = [&](const RunPtr& run, bool pinned) {
        const auto known = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return same(row.run, run); });
        if (known == rows.end()) rows.push_back({run, runLabel(run->spec()), pinned, speedOf(run)});
    };
    for (const RunPtr& run : pins) add(run, true);
    for (const RunPtr& run : runs) add(run, false);
    sortRows(rows);
    if (rows.size() == m_rows.size()) {
        m_rows = std::move(rows);
        summarize();
        if (!m_rows.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    summarize();
    endResetModel();
}

void ComparisonModel::summarize() {
    m_best.assign(ColumnCount, kNone);
    m_largest.assign(ColumnCount, 0);
    for (int column = 0; column < ColumnCount; ++column)
        for (const Row& row : m_rows) {
            const double value = number(row, column);
            if (!std::isfinite(value)) continue;
            m_largest[static_cast<std::size_t>(column)] = std::max(m_largest[static_cast<std::size_t>(column)], value);
            double& best = m_best[static_cast<std::size_t>(column)];
            const Better better = kColumns[column].better;
            if (better == Better::Neither) continue;
            if (std::isnan(best) || (better == Better::Lower ? value < best : value > best)) best = value;
        }
    const double least = m_best[Mse];
    m_mseExponent = least > 0 ? static_cast<int>(std::floor(std::log10(least))) : 0;
    if (m_mseExponent >= -1 && m_mseExponent <= 2) m_mseExponent = 0;
}

RunPtr ComparisonModel::runAt(int row) const {
    return row >= 0 && static_cast<std::size_t>(row) < m_rows.size() ? m_rows[static_cast<std::size_t>(row)].run
                                                                     : nullptr;
}

bool ComparisonModel::isPinned(int row) const {
    return row >= 0 && static_cast<std::size_t>(row) < m_rows.size() && m_rows[static_cast<std::size_t>(row)].pinned;
}

int ComparisonModel::rowOf(const RunPtr& run) const {
    if (!run) return -1;
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& row) { return same(row.run, run); });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int ComparisonModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ComparisonModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString ComparisonModel::text(const Row& row, int column) const {
    const double value = number(row, column);
    switch (column) {
    case Scheme: return row.label.name;
    case BitsPerValue: return numberText(value, 3);
    case Levels: return numberText(value, 0);
    case Mse:
    case WeightedMse: {
        const double scaled = value / std::pow(10, m_mseExponent);
        return scaled < 1e5 ? numberText(scaled, 3) : compactText(scaled, 4);
    }
    case Sqnr:
    case ToBound:
    case Psnr: return numberText(value, 2);
    case MaxError: return compactText(value, 4);
    case Entropy: return numberText(value, 3);
    case Fit: return value < 0.1 ? tr("< %1").arg(numberText(0.1, 1)) : numberText(value, value < 100 ? 1 : 0);
    case Encode:
    case Decode: return numberText(value, 2);
    case Product: return numberText(value, value < 100 ? 1 : 0);
    default: return {};
    }
}

/// How a speed was measured.
QString ComparisonModel::speedHelp(const SpeedReport& speed, int column) const {
    const bool product = column == Product;
    if (product && !speed.product) return tr("There is no product straight from these codes");
    const Spread& spread = product            ? speed.product->codesMicroseconds
                           : column == Encode ? speed.encodeGBps
                                              : speed.decodeGBps;
    const auto figure = [&](double value) { return numberText(value, product ? 1 : 2); };
    QString help = tr("%1 to %2; median of %3 runs on %4 threads, %5")
                       .arg(figure(spread.minimum), figure(spread.maximum))
                       .arg(speed.runs)
                       .arg(speed.threads)
                       .arg(QString::fromStdString(speed.instructionSet));
    if (product)
        help += u'\n' + tr("In float32 (%1): %2 µs")
                            .arg(QString::fromStdString(speed.product->floatBackend),
                                 figure(speed.product->floatMicroseconds.median));
    return help;
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || static_cast<std::size_t>(index.row()) >= m_rows.size()) return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    const double value = number(row, column);
    switch (role) {
    case Qt::DisplayRole: return text(row, column);
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignVCenter | (column == Scheme ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::ToolTipRole:
        if (row.speed && column >= Encode) return speedHelp(*row.speed, column);
        return column == Scheme ? QStringLiteral("%1 · %2").arg(row.label.name, groupingText(row.run->spec().grouping))
                                : QVariant();
    case LookRole: return row.label.look;
    case NameRole: return column == Scheme;
    case SuffixRole: {
        if (column != Scheme) return {};
        QStringList parts;
        if (!row.label.suffix.isEmpty()) parts << row.label.suffix;
        if (row.pinned) parts << tr("pinned");
        if (weighs(*row.run)) parts << tr("weighed");
        if (!row.run->exact) parts << tr("approximate");
        return parts.join(QStringLiteral(" · "));
    }
    case BestRole: return m_rows.size() > 1 && value == m_best[static_cast<std::size_t>(column)];
    case BarRole: {
        const double largest = m_largest[static_cast<std::size_t>(column)];
        if (column != m_sortColumn || column == Scheme || !(largest > 0)) return {};
        return std::isinf(value) ? 1.0 : std::clamp(value / largest, 0.0, 1.0);
    }
    default: return {};
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (section == Scheme ? Qt::AlignLeft : Qt::AlignRight));
    if (role == Qt::ToolTipRole) return tr(kColumns[section].help);
    if (role != Qt::DisplayRole) return {};
    const QString title = tr(kColumns[section].title);
    return (section == Mse || section == WeightedMse) && m_mseExponent != 0
               ? title + QStringLiteral(", ×10") + superscript(m_mseExponent)
               : title;
}

void ComparisonModel::sortRows(std::vector<Row>& rows) const {
    const auto before = [this](const Row& a, const Row& b) {
        if (m_sortColumn == Scheme) {
            const int order = QString::localeAwareCompare(a.label.name, b.label.name);
            return m_sortOrder == Qt::AscendingOrder ? order < 0 : order > 0;
        }
        const double x = number(a, m_sortColumn), y = number(b, m_sortColumn);
        if (std::isnan(x) || std::isnan(y)) return !std::isnan(x) && std::isnan(y);
        return m_sortOrder == Qt::AscendingOrder ? x < y : x > y;
    };
    std::stable_sort(rows.begin(), rows.end(), before);
}

void ComparisonModel::sort(int column, Qt::SortOrder order) {
    if (column < 0) return;
    m_sortColumn = column;
    m_sortOrder = order;
    emit layoutAboutToBeChanged();
    std::vector<Row> before = m_rows;
    sortRows(m_rows);
    for (const QModelIndex& old : persistentIndexList()) {
        const RunPtr run = before[static_cast<std::size_t>(old.row())].run;
        changePersistentIndex(old, index(rowOf(run), old.column()));
    }
    emit layoutChanged();
}

} // namespace quantoscope::ui
