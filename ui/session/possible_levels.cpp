#include "ui/session/possible_levels.h"

#include "core/schemes/scheme_registry.h"

namespace quantoscope::ui {

QuantSpec nearestPossible(const QuantSpec& spec) {
    constexpr int mostBits = 16;
    const auto scheme = findScheme(spec.scheme);
    if (!scheme || (*scheme)->requestedLevels(spec)) return spec;
    const int wanted = bitsFor(spec.levels);
    for (int distance = 0; distance <= mostBits; ++distance)
        for (const int bits : {wanted + distance, wanted - distance}) {
            if (bits < 1 || bits > mostBits) continue;
            QuantSpec possible = spec;
            possible.levels = std::uint32_t{1} << bits;
            if ((*scheme)->requestedLevels(possible)) return possible;
        }
    return spec;
}

} // namespace quantoscope::ui
