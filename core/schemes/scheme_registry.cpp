#include "core/schemes/scheme_registry.h"

#include <algorithm>
#include <array>
#include <string>

// One line a scheme, in the order of menus: the name of its function NAMEScheme().
#define QUANTOSCOPE_SCHEMES(line)                                                                                      \
    line(kmeans) line(lloydMax) line(rank) line(ecsq) line(affine) line(equalWidth) line(fixed) line(ownLevels)        \
        line(log2) line(apot) line(normalFloat) line(float) line(muLaw)

namespace quantoscope {

#define QUANTOSCOPE_DECLARE(name) const Scheme& name##Scheme();
QUANTOSCOPE_SCHEMES(QUANTOSCOPE_DECLARE)

std::span<const Scheme* const> schemes() {
#define QUANTOSCOPE_LIST(name) &name##Scheme(),
    static const std::array all{QUANTOSCOPE_SCHEMES(QUANTOSCOPE_LIST)};
    return all;
}

Result<const Scheme*> findScheme(std::string_view id) {
    std::string known;
    for (const Scheme* scheme : schemes()) {
        if (scheme->info().id == id) return scheme;
        known.append(known.empty() ? "" : ", ").append(scheme->info().id);
    }
    return Error{ErrorCode::NotFound, std::string(id), "no such scheme; there are " + known};
}

} // namespace quantoscope
