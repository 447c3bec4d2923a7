// A scalar codebook: levels, the boundaries between them, and the bit pattern that stands for each.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace quantoscope {

/// Bin i is [thresholds[i − 1], thresholds[i]), the last one closed; its value is levels[i].
struct Codebook {
    int dimension = 1;                // values a code stands for; 1 for every scalar scheme
    std::vector<float> levels;        // ascending
    std::vector<float> thresholds;    // levels.size() − 1, ascending; none where integerGrid
    std::vector<std::uint32_t> codes; // the format's own bit pattern of bin i; empty where that is i
    bool integerGrid = false;         // levels are consecutive integers and values are rounded to them, half to even

    std::size_t size() const { return levels.size(); }
    std::uint32_t codeOf(std::size_t bin) const { return codes.empty() ? static_cast<std::uint32_t>(bin) : codes[bin]; }
    /// The bin of a value: the number of thresholds that are not above it. Not for an integer grid.
    std::size_t binOf(float value) const;
    /// The bins of as many values, side by side: several times faster than one after the other.
    void binsOf(std::span<const float> values, std::span<std::uint32_t> bins) const;
};

/// The smallest float32 that is not below the exact midpoint of a ≤ b: `x < t` then decides as exact arithmetic would,
/// and a value exactly halfway goes up.
float midpointThreshold(float a, float b);

/// Each value goes to the nearest of the levels, which are sorted and freed of duplicates.
/// Errors: InvalidArgument (none given, or one not finite).
Result<Codebook> nearestLevelCodebook(std::vector<float> levels);

} // namespace quantoscope
