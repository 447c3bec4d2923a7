// One batch through a network, forwards and back: outputs, then the gradients of all parameters by the chain rule.
#pragma once

#include "core/nn/network.h"

#include <cstddef>
#include <span>
#include <vector>

namespace quantoscope {

/// A place between products where numbers become codes in a network of integers.
struct Place {
    enum class Stage { Input, BeforeActivation, Output };
    std::size_t layer = 0; // 0 for the network's input
    Stage stage = Stage::Input;
    friend bool operator==(const Place&, const Place&) = default;
};

/// What a pass does at those places: to round as integers would, or only to look. Called from one thread, in the order
/// of the layers; on the way back in the opposite order, after the same batch.
class PlaceObserver {
public:
    virtual ~PlaceObserver() = default;
    /// The weights a layer multiplies by, and what is added; they live until the layer is asked for again. The gradient
    /// of the bias is that of what `product` leaves.
    virtual std::span<const float> weight(std::size_t layer, std::span<const float> weight) = 0;
    virtual std::span<const float> bias(std::size_t layer, std::span<const float> bias) = 0;
    virtual void values(Place place, std::span<float> values) = 0;
    /// What comes out of a layer's product, with the bias, before anything else.
    virtual void product(std::size_t layer, std::span<float> values) = 0;
    virtual void productBack(std::size_t layer, std::span<float> gradient) = 0;
    virtual void weightBack(std::size_t layer, std::span<float> gradient) = 0;
    virtual void valuesBack(Place place, std::span<float> gradient) = 0;
};

class Pass {
public:
    enum class Mode {
        Inference, // batch norms use their running statistics
        Training,  // batch norms use the batch's
    };

    /// The spec must be one that outputShapes accepts.
    explicit Pass(const NetworkSpec& spec);

    /// The outputs of `rows` samples, rows × outputs; valid until the next call.
    std::span<const float> forward(const Network& network, std::span<const float> inputs, std::size_t rows, Mode mode,
                                   PlaceObserver* observer = nullptr);

    /// Gradients of Σ outputs · outputGradient after a forward in Training mode, written over `gradients` (one a layer,
    /// as the parameters). Returns nothing about the inputs.
    void backward(const Network& network, std::span<const float> outputGradient,
                  std::vector<LayerParameters>& gradients, PlaceObserver* observer = nullptr);

    /// Moves the running statistics of batch norms a tenth of the way to the last batch's.
    void updateStatistics(Network& network) const;

private:
    struct Memory {                      // of one layer and batch
        std::vector<float> columns;      // of a convolution: its gathered windows
        std::vector<float> normalised;   // by the batch norm, before gamma and beta
        std::vector<float> deviation;    // √(variance + ε), one a channel
        std::vector<float> mean, spread; // of the batch: mean and unbiased variance
        std::vector<float> activated;    // what went into the activation
        std::vector<float> weight;       // as it was multiplied by
        std::vector<float> output;
        std::vector<std::size_t> largest; // of a max pool: where each maximum came from
    };

    std::size_t elements(std::size_t layer) const; // of the output of a layer, a sample
    // Of layer i.
    void multiply(std::size_t i, const LayerParameters& parameters, std::span<const float> in, Mode mode,
                  PlaceObserver* observer);
    void multiplyBack(std::size_t i, const LayerParameters& parameters, std::span<const float> in,
                      std::vector<float>& gradient, LayerParameters& out, bool wantsInput, PlaceObserver* observer);
    void normalise(const LayerParameters& parameters, Memory& memory, Mode mode) const;
    static void normaliseBack(const LayerParameters& parameters, const Memory& memory, std::vector<float>& gradient,
                              LayerParameters& out);
    void pool(std::size_t i, std::span<const float> in);
    std::vector<float> poolBack(std::size_t i, std::span<const float> gradient) const;

    NetworkSpec m_spec;
    std::vector<Shape> m_shapes;
    std::vector<Memory> m_memory;
    std::vector<float> m_input;
    std::size_t m_rows = 0;
};

/// Inference of any number of samples, some at a time: rows × outputs.
std::vector<float> infer(const Network& network, std::span<const float> inputs, std::size_t rows);

} // namespace quantoscope
