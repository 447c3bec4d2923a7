// The number of levels: 1 to 65,536; a page step doubles or halves it.
#pragma once

#include <QSpinBox>

namespace quantoscope::ui {

class LevelsSpin : public QSpinBox {
    Q_OBJECT

public:
    explicit LevelsSpin(QWidget* parent = nullptr);

    /// Shows this many and emits nothing.
    void setLevels(int levels);
    void stepBy(int steps) override;

signals:
    /// The user chose a number, by key, wheel or arrows.
    void levelsChosen(int levels);
};

} // namespace quantoscope::ui
