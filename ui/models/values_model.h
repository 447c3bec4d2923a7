// Every value with its code, its decoded value and the error: a row a value in the order of memory, made when it is
// looked at, so that ten million rows scroll like ten.
#pragma once

#include "core/quant/quantizer.h"
#include "core/study/run.h"

#include <QAbstractTableModel>

namespace quantoscope::ui {

class ValuesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Position, Value, Code, Decoded, Error, ColumnCount };

    explicit ValuesModel(QObject* parent = nullptr);

    void setRun(RunPtr run);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(std::size_t position, int column) const;
    /// "3, 17": where a value stands in the tensor.
    QString indicesOf(std::size_t position) const;

    RunPtr m_run;
};

} // namespace quantoscope::ui
