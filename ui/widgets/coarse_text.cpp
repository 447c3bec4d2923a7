#include "ui/widgets/coarse_text.h"

#include "ui/widgets/number_text.h"

#include <QCoreApplication>

namespace quantoscope::ui {

QString coarseRemark(const RunResult& run, qint64 count) {
    const QString groups = countText(static_cast<qint64>(run.coarsening->values.groups));
    const double bound = run.coarsening->mseBound;
    return bound > 0
               ? QCoreApplication::translate("CoarseText", "from %1 groups of values, MSE ± %2 · n = %3")
                     .arg(groups, compactText(bound), countText(count))
               : QCoreApplication::translate("CoarseText", "levels from %1 groups of values, exact errors · n = %2")
                     .arg(groups, countText(count));
}

QString coarseExplanation(const RunResult& run) {
    const Coarsening& values = run.coarsening->values;
    const double bound = run.coarsening->mseBound;
    const QString fitted =
        QCoreApplication::translate("CoarseText",
                                    "The tensor is larger than the memory budget: levels come from %1 groups of "
                                    "neighbouring values, %2 from their means (root mean square).")
            .arg(countText(static_cast<qint64>(values.groups)), compactText(values.rmsSpread));
    const QString measured =
        bound > 0 ? QCoreApplication::translate("CoarseText", "Figures are of the groups: the MSE is within ± %1.")
                        .arg(compactText(bound))
                  : QCoreApplication::translate("CoarseText", "Every value was measured.");
    return fitted + u' ' + measured;
}

} // namespace quantoscope::ui
