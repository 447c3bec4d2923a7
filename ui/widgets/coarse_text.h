// What the status line says of a tensor larger than the memory budget, whose values are known by groups.
#pragma once

#include "core/study/run.h"

#include <QString>

namespace quantoscope::ui {

/// "from 1,048,576 groups of values, MSE ± 2.1e-9 · n = 2,500,000,000"; of a run with a coarsening.
QString coarseRemark(const RunResult& run, qint64 count);
/// The same in sentences.
QString coarseExplanation(const RunResult& run);

} // namespace quantoscope::ui
