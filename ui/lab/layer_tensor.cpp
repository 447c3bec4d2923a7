#include "ui/lab/layer_tensor.h"

namespace quantoscope::ui {

Tensor layerTensor(const Network& network, std::size_t layer) {
    if (layer >= network.layers.size() || network.layers[layer].weight.empty()) return {};
    const std::vector<float>& weight = network.layers[layer].weight;
    const std::int64_t outputs = network.spec.layers[layer].outputs;
    return makeTensor(layerNames(network.spec)[layer] + ".weight",
                      {outputs, static_cast<std::int64_t>(weight.size()) / outputs}, weight);
}

} // namespace quantoscope::ui
