// The weights of one layer in codes: integers with scales, or the codebook of any scheme the program knows.
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/nn/quantized_network.h"
#include "core/nn/range_observer.h"

#include <span>
#include <string>

namespace quantoscope {

struct WeightSpec {
    std::string scheme = "affine"; // or another scheme of the registry: a codebook
    int bits = 8;
    bool perChannel = false; // a scale (or codebook) an output
    bool symmetric = true;   // of affine; symmetric codes leave out the lowest
    bool spareBit = false;   // integers use one bit less than they are stored in
    RangeObserver observer = RangeObserver::MinMax;
    friend bool operator==(const WeightSpec&, const WeightSpec&) = default;
};

/// Sets codes, scales, zeros, decoded, weightBytes, and sideBytes for what the weights alone need. `weight` is outputs
/// × inputs. Errors: NotFound and InvalidArgument (a scheme there is not, or that cannot do so many bits), Cancelled.
Status quantizeWeights(std::span<const float> weight, std::size_t outputs, const WeightSpec& spec,
                       QuantizedLayer& layer, const JobControl& job = {});

} // namespace quantoscope
