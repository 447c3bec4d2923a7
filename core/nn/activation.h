// The functions between layers and their derivatives, on whole spans.
#pragma once

#include "core/nn/network.h"

#include <span>

namespace quantoscope {

/// GELU is x·Φ(x), exact. In place.
void activate(Activation activation, std::span<float> values);
/// gradient ⊙ f'(input), of what went into the activation. In place.
void activateBackward(Activation activation, std::span<const float> input, std::span<float> gradient);

} // namespace quantoscope
