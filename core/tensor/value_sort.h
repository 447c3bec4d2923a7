// Sorting float32 values, on all cores: values are dealt into buckets by a sample's quantiles, then each bucket is
// sorted by itself. Ascending float32 have one order only, so neither the sample nor the threads show in the result.
#pragma once

#include "core/base/job_control.h"
#include "core/base/raw_vector.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace quantoscope {

/// The values ascending, −0 as +0. They must not hold NaN. Takes 5 bytes a value beside the result's 4 while it works.
/// Errors: Cancelled.
Result<RawVector<float>> sortedCopy(std::span<const float> values, const JobControl& job = {});

/// Positions in the order of their values, equal values in the order of memory. Errors: Cancelled.
Result<RawVector<std::size_t>> sortedOrder(std::span<const float> values, const JobControl& job = {});

} // namespace quantoscope
