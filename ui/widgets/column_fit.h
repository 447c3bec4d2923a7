// Columns as wide as their headings ask for, and the room that is left shared among them: a table of numbers without
// gaps and without headings cut short. Where there is not room for all, the least important are hidden.
#pragma once

#include <QObject>

#include <vector>

class QTableView;

namespace quantoscope::ui {

class ColumnFit : public QObject {
    Q_OBJECT

public:
    /// Keeps `table` fitted from now on; it owns the fit. A column of names takes `namesWidth` (0: like the others),
    /// and the sorted one `sortedExtra` more than its heading, where there is room for it.
    explicit ColumnFit(QTableView* table, int namesColumn = -1, int namesWidth = 0, int sortedExtra = 0);

    void setNamesWidth(int pixels);
    /// Which columns the table should have, and which of them give way where they do not all find room, the first
    /// first. All others are hidden.
    void setColumns(std::vector<int> wanted, std::vector<int> givingWay);
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();
    bool isSorted(int column) const;
    int widthOf(int column) const; // what it asks for
    void hideWhatHasNoRoom();

    QTableView* m_table;
    int m_namesColumn;
    int m_namesWidth;
    int m_sortedExtra;
    std::vector<int> m_wanted; // empty: those that are not hidden
    std::vector<int> m_givingWay;
};

} // namespace quantoscope::ui
