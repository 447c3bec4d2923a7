// The level table of the selected group: a row a level, in the units of the data.
#pragma once

#include "ui/plots/plotted_levels.h"

#include <QAbstractTableModel>

#include <memory>

namespace quantoscope::ui {

class LevelsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Index, Code, Lower, Upper, Level, Count, Share, RmsError, ColumnCount };

    explicit LevelsModel(QObject* parent = nullptr);

    void setRun(RunPtr run, PlottedLevelsPtr levels);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(std::size_t bin, int column) const;

    RunPtr m_run;
    PlottedLevelsPtr m_levels;
};

} // namespace quantoscope::ui
