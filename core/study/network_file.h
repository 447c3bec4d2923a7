// A network as a safetensors file, its tensors named and laid out as PyTorch has them:
//   fc1.weight        outputs × inputs
//   conv1.weight      outputs × channels × height × width of the window; in memory the channels are last
//   fc1.bias          outputs
//   fc1.bn.weight, .bias, .running_mean, .running_var        the batch norm behind fc1, while it is not folded
// What the tensors do not tell stands in the metadata under "quantoscope.network", as JSON:
//   {"version": 1, "input": [8, 8, 1], "hidden": "conv8, pool2, 64", "outputs": 10, "activation": "relu",
//    "loss": "cross-entropy"}
// Flattening puts channels first, as PyTorch does: the dense layer behind it needs no permutation.
#pragma once

#include "core/base/job_control.h"
#include "core/nn/network.h"

#include <filesystem>

namespace quantoscope {

std::string_view name(Loss loss); // "cross-entropy", "squared-error"

/// Errors: InvalidArgument (layers that hiddenText() cannot say, parameters that do not fit the spec), WriteFailed,
/// Cancelled.
Status writeNetwork(const std::filesystem::path& path, const Network& network, const JobControl& job = {});

/// What a file without our metadata does not tell.
struct AssumedNetwork {
    Activation activation = Activation::Relu;
    Loss loss = Loss::CrossEntropy;
};

/// Reads what writeNetwork wrote. Any other file is a perceptron if its matrices form a chain: each takes in as many
/// numbers as the one before it gives. They are taken in the order of the file, or, where that is the alphabet's, by
/// the numbers in their names (fc2 before fc10). NAME.bias belongs to NAME.weight; a bias that is missing is 0.
/// Errors: NotFound, Malformed (metadata, shapes), Unsupported (other tensors, other types than F16, BF16, F32, F64),
/// NonFinite, TooLarge, Cancelled, and the format's own; each names the file, the tensor and the reason.
Result<Network> readNetwork(const std::filesystem::path& path, const AssumedNetwork& assumed = {},
                            const JobControl& job = {});

} // namespace quantoscope
