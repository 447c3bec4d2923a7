// The methods table as a view: the comparison tables' rows, a column that draws the interval of each accuracy on one
// axis, whose ticks stand in its header.
#pragma once

#include <QTableView>

namespace quantoscope::ui {

class LabMethodsModel;

class MethodsTable : public QTableView {
    Q_OBJECT

public:
    explicit MethodsTable(LabMethodsModel* model, QWidget* parent = nullptr);

    /// Lower rows, and without the chart and the energy.
    void setCompact(bool compact);
    /// Header and rows, no more.
    int wantedHeight() const;

signals:
    /// A row of the model, by click or key; −1 for none.
    void rowChosen(int row);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void copySelection();
    void fitColumns();

    LabMethodsModel* m_model;
    bool m_compact = false;
};

} // namespace quantoscope::ui
