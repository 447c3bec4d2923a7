#include "core/study/lab_export.h"

#include "core/base/utf8.h"
#include "core/formats/safetensors.h"

#include <fmt/format.h>

namespace quantoscope {

namespace {

using Arithmetic = QuantizedNetwork::Arithmetic;

template<class T>
std::vector<float> asFloats(const std::vector<T>& values) {
    return {values.begin(), values.end()};
}

class Writer {
public:
    explicit Writer(const QuantizedNetwork& network) : m_network(network), m_shapes(*outputShapes(network.spec)) {}

    std::vector<Tensor> tensors() {
        const auto names = layerNames(m_network.spec);
        for (std::size_t i = 0; i < names.size(); ++i)
            if (m_network.spec.layers[i].multiplies()) addLayer(names[i], i);
        return std::move(m_tensors);
    }

private:
    void add(const std::string& name, Shape shape, const std::vector<float>& values, DType dtype) {
        m_tensors.push_back(makeTensor(name, std::move(shape), values, dtype));
    }

    void addGrid(const std::string& name, const CodeGrid& grid) {
        add(name + ".scale", {1}, {grid.scale}, DType::F32);
        add(name + ".zero_point", {1}, {static_cast<float>(grid.zero)}, DType::I32);
    }

    void addLayer(const std::string& name, std::size_t i) {
        const LayerSpec& spec = m_network.spec.layers[i];
        const QuantizedLayer& layer = m_network.layers[i];
        const auto taps = static_cast<std::int64_t>(fanIn(m_network.spec, m_shapes, i));
        Shape shape = {spec.outputs, taps};
        if (spec.kind == LayerSpec::Kind::Convolution)
            shape = {spec.outputs, spec.size, spec.size, taps / (spec.size * spec.size)};
        if (layer.codes.empty()) {
            add(name + ".weight", shape, layer.decoded, DType::F32);
        } else {
            const auto groups = static_cast<std::int64_t>(layer.scales.size());
            add(name + ".codes", shape, asFloats(layer.codes), DType::I8);
            add(name + ".scale", {groups}, layer.scales, DType::F32);
            add(name + ".zero_point", {groups}, asFloats(layer.zeros), DType::I32);
        }
        add(name + ".bias", {spec.outputs}, layer.bias, DType::F32);
        if (m_network.arithmetic != Arithmetic::Static) return;
        if (!layer.biasCodes.empty()) add(name + ".bias_codes", {spec.outputs}, asFloats(layer.biasCodes), DType::I32);
        addGrid(name + ".input", layer.input);
        if (i + 1 == m_network.layers.size()) return;
        addGrid(name + ".output", layer.output);
        if (!layer.table.empty()) addGrid(name + ".before_activation", layer.beforeTable);
    }

    const QuantizedNetwork& m_network;
    std::vector<Shape> m_shapes;
    std::vector<Tensor> m_tensors;
};

Activation activationOf(const NetworkSpec& spec) {
    for (const LayerSpec& layer : spec.layers)
        if (layer.activation != Activation::None) return layer.activation;
    return Activation::None;
}

} // namespace

Status exportQuantizedNetwork(const LabRow& row, const std::filesystem::path& path, Overwrite overwrite,
                              const JobControl& job) {
    if (!row.network)
        return Error{ErrorCode::InvalidArgument, row.label, "is in float32; there is nothing quantized to export"};
    if (Status status = checkOutput(path, overwrite); !status) return status;
    const Metadata metadata = {{"quantoscope.method", std::string(name(row.spec.method))},
                               {"quantoscope.weight_bits", fmt::format("{}", row.spec.weightBits)},
                               {"quantoscope.activation_bits", fmt::format("{}", row.spec.activationBits)},
                               {"quantoscope.layers", hiddenText(row.network->spec)},
                               {"quantoscope.activation", std::string(name(activationOf(row.network->spec)))}};
    const auto tensors = Writer(*row.network).tensors();
    return writeSafetensors(path, tensors, metadata, job);
}

} // namespace quantoscope
