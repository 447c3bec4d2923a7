// Real bounds as float32 bounds: `x < firstFloatFrom(b)` decides for every float32 x as `x < b` does in exact
// arithmetic.
#pragma once

#include <cmath>
#include <limits>

namespace quantoscope {

/// The smallest float32 that is not below the bound; infinity where there is none.
inline float firstFloatFrom(double bound) {
    const auto nearest = static_cast<float>(bound);
    return static_cast<double>(nearest) < bound ? std::nextafter(nearest, std::numeric_limits<float>::infinity())
                                                : nearest;
}

/// The largest float32 that is not above the bound; minus infinity where there is none.
inline float lastFloatTo(double bound) { return -firstFloatFrom(-bound); }

} // namespace quantoscope
