// Schemes that cannot do just any number of levels: the nearest number they can.
#pragma once

#include "core/quant/quant_spec.h"

namespace quantoscope::ui {

/// The spec with the number of levels nearest to its own (in bits) that its scheme can do; unchanged where it can do
/// its own, or none at all.
QuantSpec nearestPossible(const QuantSpec& spec);

} // namespace quantoscope::ui
