// Goes once over all values of a tensor that stays in its file: several threads read a slice each, and none is kept.
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/study/prepared_tensor.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace quantoscope {

inline constexpr std::size_t kMostLanes = 4; // threads that read at once: more would wait for the disc, and hold tables

/// Values first, first + 1, … of a tensor, as PreparedTensor::read gives them. Valid during the call only.
struct ValueSlice {
    std::size_t lane = 0; // below kMostLanes: who reads it
    std::size_t part = 0;
    std::uint64_t first = 0;
    std::span<const float> values;
};

/// How many lanes readSlices() has at most now.
std::size_t laneCount(const PreparedTensor& data);

/// Cuts the values into so many parts (the last may be short, or empty), whose bounds are multiples of `unit`, and
/// hands each out in slices that are multiples of it too, in order: the slices of a part one after the other, parts and
/// lanes at the same time. Sums kept by part and added in order are the same from one thread and from many. Errors: of
/// reading, Cancelled.
Status readSlices(const PreparedTensor& data, std::size_t parts, std::uint64_t unit, const JobControl& job,
                  const std::function<void(const ValueSlice&)>& body);

} // namespace quantoscope
