// Up to 255 thresholds in nodes of sixteen, a line of the cache each: one node of every sixteenth threshold tells which
// of the others to look into, so that two comparisons with sixteen numbers find the bin of a value. Made in no time,
// which buckets (threshold_search.h) are not: for codebooks that serve few values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace quantoscope {

inline constexpr std::size_t kNodeWidth = 16;
inline constexpr std::size_t kMostInNodes = kNodeWidth * kNodeWidth - 1;
inline constexpr std::size_t kNodeNumbers = (kNodeWidth + 1) * kNodeWidth; // what nodes take

/// Into kNodeNumbers numbers: every sixteenth threshold, then all; what is not there is NaN, which no value reaches.
void fillNodes(std::span<const float> thresholds, float* nodes);

} // namespace quantoscope
