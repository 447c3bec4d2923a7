// The methods table of the laboratory: a row a method, in the order it was made or sorted by a column.
#pragma once

#include "core/study/lab.h"

#include <QAbstractTableModel>

#include <vector>

namespace quantoscope::ui {

/// Accuracy as the small chart of its column shows it, all on the axis from `axisLow` to `axisHigh`.
struct AccuracyMark {
    double low = 0, value = 0, high = 0;
    double axisLow = 0, axisHigh = 1;
};

class LabMethodsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Method, Bits, Accuracy, Interval, Single, Batched, Size, Energy, ColumnCount };
    enum Role {
        IntervalRole = Qt::UserRole + 200, // AccuracyMark, on cells of Interval
        TicksRole, // of the header of Interval: QVariantList of positions (0 to 1) and values by turns
    };

    explicit LabMethodsModel(QObject* parent = nullptr);

    void setResult(const LabResult& result);
    /// Between the model's rows and those of the result; −1 where there is none.
    int resultRow(int row) const;
    int rowOf(int resultRow) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// A negative column: the order of the result.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

private:
    static double number(const LabRow& row, int column);
    QString text(const LabRow& row, int column) const;
    QString tip(const LabRow& row, int column) const;
    QString title(int column) const;
    const LabRow& rowAt(int row) const;
    std::vector<int> sorted() const;
    void summarize();

    std::vector<LabRowPtr> m_rows; // as the result has them
    std::vector<int> m_order;      // by row of the model, the row of the result
    std::vector<double> m_best, m_largest;
    std::size_t m_batch = 256;
    bool m_classification = true;
    bool m_measuredEnergy = false;
    double m_axisLow = 0, m_axisHigh = 1, m_axisStep = 0.5;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace quantoscope::ui

Q_DECLARE_METATYPE(quantoscope::ui::AccuracyMark)
