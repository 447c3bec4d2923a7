#include "core/nn/optimizer.h"

#include <cmath>

namespace quantoscope {

namespace {

constexpr double kFirstDecay = 0.9, kSecondDecay = 0.999, kAdamEpsilon = 1e-8;

} // namespace

void ParameterStep::apply(const TrainingSpec& spec, double rate, double decay, std::span<float> parameters,
                          std::span<const float> gradient) {
    m_first.resize(parameters.size());
    const auto keep = static_cast<float>(1 - rate * decay);
    if (spec.optimizer == Optimizer::Sgd) {
        const auto momentum = static_cast<float>(spec.momentum), step = static_cast<float>(rate);
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            m_first[i] = momentum * m_first[i] + gradient[i];
            parameters[i] = keep * parameters[i] - step * m_first[i];
        }
        return;
    }
    m_second.resize(parameters.size());
    m_firstPower *= kFirstDecay;
    m_secondPower *= kSecondDecay;
    const auto first = static_cast<float>(kFirstDecay), second = static_cast<float>(kSecondDecay);
    const auto step = static_cast<float>(rate / (1 - m_firstPower));
    const auto scale = static_cast<float>(1 / (1 - m_secondPower)), epsilon = static_cast<float>(kAdamEpsilon);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        m_first[i] = first * m_first[i] + (1 - first) * gradient[i];
        m_second[i] = second * m_second[i] + (1 - second) * gradient[i] * gradient[i];
        parameters[i] = keep * parameters[i] - step * m_first[i] / (std::sqrt(m_second[i] * scale) + epsilon);
    }
}

} // namespace quantoscope
