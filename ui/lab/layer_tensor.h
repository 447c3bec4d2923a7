// The weights of one layer of a network as a tensor that Explore can show.
#pragma once

#include "core/nn/network.h"

namespace quantoscope::ui {

/// Named "fc1.weight", of shape outputs × inputs. Empty where the layer has no weights.
Tensor layerTensor(const Network& network, std::size_t layer);

} // namespace quantoscope::ui
