// Codebooks of given intervals: [e0, e1), [e1, e2), ..., the last one closed; values outside go to the end intervals.
#pragma once

#include "core/quant/codebook.h"
#include "core/quant/parameter.h"
#include "core/tensor/distribution.h"

#include <span>
#include <string_view>

namespace quantoscope {

/// What stands for the values of an interval.
enum class Representative { Midpoint, Mean, Median };

/// The parameter "representative" with these choices, the first of which is the default.
Parameter representativeParameter(const std::vector<Representative>& choices);
Representative representativeOf(std::string_view id);

/// Edges in ascending order, at least two. Thresholds are the smallest float32 not below the inner edges; intervals
/// that no float32 lies in are left out. Where mean or median have no values to go by, the level is the midpoint.
Codebook intervalCodebook(std::span<const double> edges, Representative representative, const Distribution& data);

/// The same with midpoints: needs no data.
Codebook intervalCodebook(std::span<const double> edges);

} // namespace quantoscope
