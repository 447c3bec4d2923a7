#include "core/study/coarsening_text.h"

#include "core/study/text_table.h"

#include <fmt/format.h>

namespace quantoscope {

std::string coarseningText(const RunResult& run) {
    if (!run.coarsening) return {};
    const Coarsening& values = run.coarsening->values;
    const auto real = [](double x) { return figureText(x, ColumnKind::Figure); };
    const bool fitted = !run.quantizer->exact;
    std::string text = fmt::format(
        "{} {} groups of neighbouring values, which lie {} from their means (root mean square)",
        fitted ? "levels were fitted to" : "figures come from", countText(values.groups), real(values.rmsSpread));
    if (fitted && run.spec().scheme == "kmeans")
        text += fmt::format(", so their RMSE is at most {} above the best", real(2 * values.rmsSpread));
    return text + (run.coarsening->mseBound > 0 || !fitted
                       ? fmt::format("; the MSE is within ±{}", real(run.coarsening->mseBound))
                       : std::string("; every value was measured"));
}

} // namespace quantoscope
