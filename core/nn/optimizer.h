// One step down the gradient for one array of parameters.
#pragma once

#include "core/nn/training.h"

#include <span>
#include <vector>

namespace quantoscope {

/// The memory of one array: moments of Adam, or the velocity of momentum.
class ParameterStep {
public:
    /// Moves the parameters; `rate` is this step's learning rate, `decay` the weight decay (0 for none).
    void apply(const TrainingSpec& spec, double rate, double decay, std::span<float> parameters,
               std::span<const float> gradient);

private:
    std::vector<float> m_first, m_second;
    double m_firstPower = 1, m_secondPower = 1;
};

} // namespace quantoscope
