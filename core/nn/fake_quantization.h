// Rounds weights and activations during training as the integers will, and lets gradients pass as if it had not: the
// straight-through estimator, 1 inside the range and 0 outside (Bengio, Léonard, Courville 2013; Jacob et al. 2018).
// With learned steps, the step size of each grid follows its own gradient, scaled by 1/√(n·Qp) (Esser et al. 2020,
// arXiv 1902.08153); it moves in its logarithm, so that a step is a share of it, whatever its magnitude.
//
// Products are of codes, as whole numbers in float32, and are scaled afterwards: while sums stay below 2^24 they are
// exact, and the outputs are those of the network in integers (quantized_network.h), bit for bit.
#pragma once

#include "core/nn/optimizer.h"
#include "core/nn/pass.h"
#include "core/nn/quantized_network.h"

#include <map>
#include <utility>
#include <vector>

namespace quantoscope {

class FakeQuantization final : public PlaceObserver {
public:
    /// Grids, scales and zero points are those of a static network whose weights are integers.
    FakeQuantization(QuantizedNetwork grids, bool learnedSteps);

    /// Takes over the grids of another network of the same shape.
    void setGrids(QuantizedNetwork grids);
    /// The network in integers: these grids, and weights and biases of a network as they are now.
    QuantizedNetwork convert(const Network& network) const;
    /// Moves learned steps by the gradients of the last way back; `share` of the first rate is left.
    void step(double share);

    std::span<const float> weight(std::size_t layer, std::span<const float> weight) override;
    std::span<const float> bias(std::size_t layer, std::span<const float> bias) override;
    void values(Place place, std::span<float> values) override;
    void product(std::size_t layer, std::span<float> values) override;
    void productBack(std::size_t layer, std::span<float> gradient) override;
    void weightBack(std::size_t layer, std::span<float> gradient) override;
    void valuesBack(Place place, std::span<float> gradient) override;

private:
    /// The scale of one grid while it is learned.
    struct Step {
        float logarithm = 0, gradient = 0;
        ParameterStep optimizer;
    };
    using Key = std::pair<std::size_t, int>; // layer and stage

    CodeGrid weightGrid(std::size_t layer, std::size_t group) const;
    CodeGrid& gridAt(Place place);
    bool isPool(Place place) const;
    Key keyOf(Place place) const;
    /// Zeroes the gradient where values were clipped; returns that of the grid's scale.
    float passBack(const CodeGrid& grid, std::span<const float> before, std::span<float> gradient) const;

    QuantizedNetwork m_grids;
    CodeGrid m_input; // of the whole network
    bool m_learned;
    std::map<std::size_t, std::vector<float>> m_latent, m_codes, m_bias; // by layer
    std::map<Key, std::vector<float>> m_before;                          // values as they came to each place
    std::map<std::size_t, std::vector<Step>> m_weightSteps;              // by layer, one a group
    std::map<Key, Step> m_valueSteps;
};

} // namespace quantoscope
