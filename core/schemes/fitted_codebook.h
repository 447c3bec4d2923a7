// How schemes end whose levels come from the data: the codebook belongs to its group and is stored level by level.
#pragma once

#include "core/quant/scheme.h"

#include <span>

namespace quantoscope {

/// Where there was nothing to fit and so are no levels, the codebook gets one of 0.
GroupFit fitOf(Codebook codebook);

/// Every value to the nearest of these levels, rounded to float32. Errors: InvalidArgument (one that is not finite).
Result<GroupFit> nearestLevelFit(std::span<const double> levels);

} // namespace quantoscope
