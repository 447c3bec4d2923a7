// What a network is made of: layers and their parameters. Values only; forward.h computes with them, training.h fits
// them.
//
// Activations are laid out a sample after the other, pictures as height × width × channels. A layer that multiplies has
// weights of shape outputs × inputs, row-major; a convolution's inputs are the window's size × size × channels.
#pragma once

#include "core/base/result.h"
#include "core/tensor/tensor.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quantoscope {

enum class Activation { None, Relu, Gelu, Tanh, Sigmoid };
std::string_view name(Activation activation); // "none", "relu", "gelu", "tanh", "sigmoid"
/// Errors: InvalidArgument.
Result<Activation> parseActivation(std::string_view text);

struct LayerSpec {
    enum class Kind { Dense, Convolution, MaxPool, AveragePool, Flatten };
    Kind kind = Kind::Dense;
    std::int64_t outputs = 0; // units of Dense, channels of Convolution
    std::int64_t size = 0;    // edge of the square window of Convolution, MaxPool and AveragePool
    std::int64_t stride = 1;  // of the window
    std::int64_t padding = 0; // zeros around the picture, Convolution only
    bool batchNorm = false;   // between the product and the activation, until it is folded
    Activation activation = Activation::None;

    bool multiplies() const { return kind == Kind::Dense || kind == Kind::Convolution; }
    friend bool operator==(const LayerSpec&, const LayerSpec&) = default;
};

enum class Loss {
    CrossEntropy, // of the softmax of the outputs
    SquaredError, // mean over samples and outputs
};

struct NetworkSpec {
    Shape input; // {features} or {height, width, channels}
    std::vector<LayerSpec> layers;
    Loss loss = Loss::CrossEntropy;
    friend bool operator==(const NetworkSpec&, const NetworkSpec&) = default;
};

/// Reads the layers between input and output as a user writes them: "256, 128" or "conv8, bn, pool2, conv16x5,
/// avgpool2, 64". A number is a dense layer, convN a convolution of N channels by 3 × 3 (convNxK: K × K) that keeps the
/// size, poolK and avgpoolK windows of K × K side by side, bn a batch norm of the layer before it. A picture is
/// flattened before the first dense layer; a dense layer of `outputs` units without activation ends the network. Empty
/// text: no hidden layer. Errors: InvalidArgument naming the item; TooLarge.
Result<NetworkSpec> parseNetwork(std::string_view hidden, const Shape& input, std::size_t outputs,
                                 Activation activation = Activation::Relu, Loss loss = Loss::CrossEntropy);
/// The text that parseNetwork reads.
std::string hiddenText(const NetworkSpec& spec);
/// "64 – 256 – 128 – 10"
std::string describe(const NetworkSpec& spec);

/// The shape that comes out of each layer. Errors: InvalidArgument naming the layer that does not fit what comes in.
Result<std::vector<Shape>> outputShapes(const NetworkSpec& spec);
/// fc1, fc2, conv1, ... for layers that multiply; pool1, flatten1, ... for others.
std::vector<std::string> layerNames(const NetworkSpec& spec);

struct LayerParameters {
    std::vector<float> weight, bias;
    std::vector<float> gamma, beta, mean, variance; // of the batch norm, one a channel; empty without
    friend bool operator==(const LayerParameters&, const LayerParameters&) = default;
};

inline constexpr float kBatchNormEpsilon = 1e-5f;

struct Network {
    NetworkSpec spec;
    std::vector<LayerParameters> layers; // one a layer of the spec; empty where it has none

    std::size_t parameterCount() const;
    friend bool operator==(const Network&, const Network&) = default;
};

/// How many numbers a layer takes in for one output: columns of its weight matrix.
std::size_t fanIn(const NetworkSpec& spec, const std::vector<Shape>& shapes, std::size_t layer);

/// Uniform weights by the seed (He et al. 2015 before ReLU and GELU, Glorot and Bengio 2010 otherwise), biases 0.
/// Errors: as outputShapes'.
Result<Network> initialise(const NetworkSpec& spec, std::uint64_t seed);

/// The same function without batch norms: their scale and shift are in weights and biases.
Network folded(const Network& network);

} // namespace quantoscope
