#include "core/nn/quantized_network.h"

#include <algorithm>
#include <cmath>

namespace quantoscope {

namespace {

constexpr std::size_t kLongestSum = 66'000; // of products of 8-bit codes that int32 holds: 2^31 / (255 · 127)

} // namespace

std::int32_t CodeGrid::encode(float x) const {
    const float code = std::nearbyint(x * (1 / scale)) + static_cast<float>(zero);
    return static_cast<std::int32_t>(std::clamp(code, static_cast<float>(lowest), static_cast<float>(highest)));
}

bool QuantizedLayer::symmetric() const {
    return std::all_of(zeros.begin(), zeros.end(), [](std::int32_t zero) { return zero == 0; });
}

bool QuantizedNetwork::hasIntegerKernels() const {
    if (arithmetic == Arithmetic::WeightOnly || weightBits != 8 || activationBits != 8) return false;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (!spec.layers[i].multiplies()) continue;
        const QuantizedLayer& layer = layers[i];
        if (layer.codes.empty() || layer.codes.size() / static_cast<std::size_t>(spec.layers[i].outputs) > kLongestSum)
            return false;
    }
    return true;
}

std::uint64_t QuantizedNetwork::bytes() const {
    std::uint64_t sum = 0;
    for (const QuantizedLayer& layer : layers) sum += layer.weightBytes + layer.sideBytes;
    return sum;
}

} // namespace quantoscope
