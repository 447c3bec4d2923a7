// Quantization-aware training: some more epochs with fake quantization, then the static network that was trained for.
#pragma once

#include "core/nn/quantize.h"
#include "core/nn/training.h"

namespace quantoscope {

struct QuantizationAwareSpec {
    TrainingSpec training; // its epochs come on top of the float network's
    QuantizeSpec quantize; // static; the observer finds the first grids
    std::size_t calibrationSamples = 256;
    bool learnedSteps = false; // Esser et al. 2020; otherwise the observer follows the weights for half of the epochs
    friend bool operator==(const QuantizationAwareSpec&, const QuantizationAwareSpec&) = default;
};

/// Starts from a float network without batch norms. Hooks' observer and epochBegins are used here and must be empty.
/// Errors: as train's and quantizeNetwork's; InvalidArgument where weights are codebooks.
Result<QuantizedNetwork> trainQuantized(const Network& start, const SplitDataset& data,
                                        const QuantizationAwareSpec& spec, const TrainingHooks& hooks = {},
                                        const JobControl& job = {});

} // namespace quantoscope
