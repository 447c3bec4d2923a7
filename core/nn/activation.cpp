#include "core/nn/activation.h"

#include <Eigen/Core>
#include <unsupported/Eigen/SpecialFunctions>

#include <numbers>

namespace quantoscope {

namespace {

using Values = Eigen::Map<Eigen::ArrayXf>;
using ConstValues = Eigen::Map<const Eigen::ArrayXf>;

constexpr float kHalfRoot = 1 / std::numbers::sqrt2_v<float>; // √½

Values over(std::span<float> values) { return {values.data(), static_cast<Eigen::Index>(values.size())}; }

} // namespace

void activate(Activation activation, std::span<float> values) {
    Values x = over(values);
    switch (activation) {
    case Activation::None: break;
    case Activation::Relu: x = x.max(0.0f); break;
    case Activation::Gelu: x = 0.5f * x * (1.0f + (x * kHalfRoot).erf()); break;
    case Activation::Tanh: x = x.tanh(); break;
    case Activation::Sigmoid: x = x.logistic(); break;
    }
}

void activateBackward(Activation activation, std::span<const float> input, std::span<float> gradient) {
    const ConstValues x(input.data(), static_cast<Eigen::Index>(input.size()));
    Values g = over(gradient);
    switch (activation) {
    case Activation::None: break;
    case Activation::Relu: g = (x > 0.0f).select(g, 0.0f); break;
    case Activation::Gelu: {
        constexpr float density = std::numbers::inv_sqrtpi_v<float> * kHalfRoot; // of the standard normal at 0
        g *= 0.5f * (1.0f + (x * kHalfRoot).erf()) + x * density * (-0.5f * x.square()).exp();
        break;
    }
    case Activation::Tanh: g *= 1.0f - x.tanh().square(); break;
    case Activation::Sigmoid: {
        const Eigen::ArrayXf y = x.logistic();
        g *= y * (1.0f - y);
        break;
    }
    }
}

} // namespace quantoscope
