// From a trained network to one of fewer bits, after training: weights alone, dynamic, static.
#pragma once

#include "core/nn/dataset.h"
#include "core/nn/quantized_network.h"
#include "core/nn/weight_quantizer.h"

#include <map>
#include <span>
#include <vector>

namespace quantoscope {

struct QuantizeSpec {
    QuantizedNetwork::Arithmetic arithmetic = QuantizedNetwork::Arithmetic::Static;
    WeightSpec weights;
    int activationBits = 8;
    bool symmetricActivations = false;              // signed codes about 0; unsigned with a zero point otherwise
    RangeObserver observer = RangeObserver::MinMax; // of activations, static only
    bool biasCorrection = false;
    friend bool operator==(const QuantizeSpec&, const QuantizeSpec&) = default;
};

/// Errors: InvalidArgument where a width is not one of 2 to 8 bits.
Status checkQuantize(const QuantizeSpec& spec);

/// What flowed through the places of a network, for a few samples.
struct Calibration {
    std::size_t samples = 0;
    std::vector<float> inputs;                              // of the network, samples × features
    std::vector<float> input;                               // the same, at the place before the first layer
    std::map<std::size_t, std::vector<float>> beforeTable;  // by layer
    std::map<std::size_t, std::vector<float>> output;       // by layer, after the activation
    std::map<std::size_t, std::vector<double>> productMean; // by layer, of each output before the activation
};

/// Runs the first `samples` of the training part (which is shuffled) through the network, whose batch norms are folded.
Calibration calibrate(const Network& network, const Dataset& train, std::size_t samples);

/// The network in codes. Bias correction adds to each bias what quantization takes off the mean of its product over the
/// calibration samples, layer by layer (Nagel et al. 2019, arXiv 1906.04721, section 4.2, by data).
/// Errors: as quantizeWeights' and checkQuantize's; Cancelled.
Result<QuantizedNetwork> quantizeNetwork(const Network& network, const Calibration& calibration,
                                         const QuantizeSpec& spec, const JobControl& job = {});

/// Bias codes and tables, which follow from grids, scales and biases, and the bytes that a layer needs beside its
/// weights. `weightSideBytes` is what quantizeWeights said.
void finishLayer(QuantizedNetwork& network, std::size_t index, std::uint64_t weightSideBytes);
/// The grid that codes have after each layer, passed on by pools and flattening: input of the next that multiplies.
void passGridsOn(QuantizedNetwork& network, const CodeGrid& input);

} // namespace quantoscope
