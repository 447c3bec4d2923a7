#include "core/schemes/fitted_codebook.h"

#include <vector>

namespace quantoscope {

GroupFit fitOf(Codebook codebook) {
    if (codebook.levels.empty()) codebook.levels.push_back(0);
    GroupFit fit;
    fit.sideBits = codebook.size() * kBitsPerFittedLevel;
    fit.codebook = std::make_shared<const Codebook>(std::move(codebook));
    return fit;
}

Result<GroupFit> nearestLevelFit(std::span<const double> levels) {
    if (levels.empty()) return fitOf({});
    auto codebook = nearestLevelCodebook(std::vector<float>(levels.begin(), levels.end()));
    if (!codebook) return codebook.error();
    return fitOf(std::move(*codebook));
}

} // namespace quantoscope
