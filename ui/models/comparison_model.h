// The comparison: a row a run at the bits on screen, with what was pinned and the run on screen among them.
#pragma once

#include "core/study/run.h"
#include "ui/session/run_label.h"

#include <QAbstractTableModel>

#include <optional>
#include <utility>
#include <vector>

namespace quantoscope::ui {

class ComparisonModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Scheme,
        BitsPerValue,
        Levels,
        Mse,
        Sqnr,
        MaxError,
        WeightedMse,
        Entropy,
        ToBound,
        Psnr,
        Fit,
        Encode,
        Decode,
        Product,
        ColumnCount
    };

    explicit ComparisonModel(QObject* parent = nullptr);

    /// Runs with the same tensor and spec appear once, the first of them. Pinned ones are marked.
    void setRuns(const std::vector<RunPtr>& runs, const std::vector<RunPtr>& pins);
    /// How fast runs are, by tensor and spec; of runs that hold their speed themselves it is known anyway. Shown from
    /// the next setRuns() on.
    void setSpeeds(std::vector<std::pair<RunPtr, SpeedReport>> speeds) { m_speeds = std::move(speeds); }
    /// Whether any row has a value in this column.
    bool hasValues(int column) const;
    /// The run of a row, null where there is none.
    RunPtr runAt(int row) const;
    bool isPinned(int row) const;
    /// The row that shows a spec on a tensor, or −1.
    int rowOf(const RunPtr& run) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;
    int sortColumn() const { return m_sortColumn; }
    Qt::SortOrder sortOrder() const { return m_sortOrder; }

private:
    struct Row {
        RunPtr run;
        RunLabel label;
        bool pinned = false;
        std::optional<SpeedReport> speed;
    };
    static double number(const Row& row, int column);
    static double speedNumber(const SpeedReport& speed, int column);
    QString speedHelp(const SpeedReport& speed, int column) const;
    QString text(const Row& row, int column) const;
    void sortRows(std::vector<Row>& rows) const;
    void summarize();

    std::vector<Row> m_rows;
    std::vector<std::pair<RunPtr, SpeedReport>> m_speeds;
    std::vector<double> m_best;    // by column; NaN where there is none
    std::vector<double> m_largest; // by column, for the bars
    int m_mseExponent = 0;         // of the heading's power of ten, for both kinds of MSE
    int m_sortColumn = Sqnr;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
};

} // namespace quantoscope::ui
