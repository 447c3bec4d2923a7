// Columns as wide as their headings ask for, and the room that is left shared among them: a table of numbers without
// gaps and without headings cut short.
#pragma once

#include <QObject>

class QTableView;

namespace quantoscope::ui {

class ColumnFit : public QObject {
    Q_OBJECT

public:
    /// Keeps `table` fitted from now on; it owns the fit. A column of names takes `namesWidth` (0: like the others),
    /// and the sorted one `sortedExtra` more than its heading, where there is room for it.
    explicit ColumnFit(QTableView* table, int namesColumn = -1, int namesWidth = 0, int sortedExtra = 0);

    void setNamesWidth(int pixels);
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();

    QTableView* m_table;
    int m_namesColumn;
    int m_namesWidth;
    int m_sortedExtra;
};

} // namespace quantoscope::ui
