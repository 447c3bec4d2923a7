#include "ui/widgets/levels_spin.h"

namespace quantoscope::ui {

namespace {

constexpr int kMost = 65536;
constexpr int kPage = 10; // what QAbstractSpinBox steps by on a page key

} // namespace

LevelsSpin::LevelsSpin(QWidget* parent) : QSpinBox(parent) {
    setRange(1, kMost);
    setGroupSeparatorShown(true);
    setKeyboardTracking(false); // "16" is not 1 and then 16
    setAccelerated(true);
    setAccessibleName(tr("Levels"));
    setToolTip(tr("Number of levels: any from 1 to %L1; Page Up doubles, Page Down halves").arg(kMost));
    connect(this, &QSpinBox::valueChanged, this, &LevelsSpin::levelsChosen);
}

void LevelsSpin::setLevels(int levels) {
    const QSignalBlocker quiet(this);
    setValue(levels);
}

void LevelsSpin::stepBy(int steps) {
    if (steps == kPage) return setValue(value() * 2);
    if (steps == -kPage) return setValue(qMax(1, value() / 2));
    QSpinBox::stepBy(steps);
}

} // namespace quantoscope::ui
