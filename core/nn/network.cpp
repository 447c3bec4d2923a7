#include "core/nn/network.h"

#include "core/base/philox.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace quantoscope {

namespace {

using Kind = LayerSpec::Kind;

constexpr std::array<std::string_view, 5> kActivations = {"none", "relu", "gelu", "tanh", "sigmoid"};
constexpr std::int64_t kLargestExtent = 1 << 20;    // of units, channels and windows
constexpr std::uint64_t kMostParameters = 1u << 28; // one gibibyte of float32
constexpr std::string_view kWhere = "layers";

/// The number at the front of the text, taken off it; 0 where there is none.
std::int64_t takeNumber(std::string_view& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return 0;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

Error unreadable(std::string_view item, std::string_view reason) {
    return {ErrorCode::InvalidArgument, std::string(kWhere), fmt::format("\"{}\" {}", item, reason)};
}

/// One item of a network's text that is a layer of its own.
Result<LayerSpec> parseLayer(std::string_view item, Activation activation) {
    std::string_view rest = item;
    LayerSpec layer;
    if (take(rest, "conv")) {
        layer.kind = Kind::Convolution;
        layer.outputs = takeNumber(rest);
        layer.size = take(rest, "x") ? takeNumber(rest) : 3;
        layer.padding = layer.size / 2;
        layer.activation = activation;
    } else if (take(rest, "avgpool")) {
        layer.kind = Kind::AveragePool;
        layer.size = layer.stride = takeNumber(rest);
    } else if (take(rest, "pool")) {
        layer.kind = Kind::MaxPool;
        layer.size = layer.stride = takeNumber(rest);
    } else {
        layer.outputs = takeNumber(rest);
        layer.activation = activation;
    }
    const bool sizes = layer.kind == Kind::Dense || (layer.size >= 1 && layer.size <= kLargestExtent);
    const bool outputs = !layer.multiplies() || (layer.outputs >= 1 && layer.outputs <= kLargestExtent);
    if (!rest.empty() || !sizes || !outputs)
        return unreadable(item, "is no layer: a number of units, convN, convNxK, poolK, avgpoolK or bn is");
    if (layer.kind == Kind::Convolution && layer.size % 2 == 0)
        return unreadable(item, "has a window of even size; it needs a middle");
    return layer;
}

std::vector<std::string_view> items(std::string_view text) {
    std::vector<std::string_view> found;
    constexpr std::string_view separators = ", \t\r\n";
    for (std::size_t begin = text.find_first_not_of(separators); begin != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
        found.push_back(text.substr(begin, end - begin));
        begin = text.find_first_not_of(separators, end);
    }
    return found;
}

std::string itemText(const LayerSpec& layer) {
    std::string text;
    switch (layer.kind) {
    case Kind::Dense: text = fmt::format("{}", layer.outputs); break;
    case Kind::Convolution:
        text = layer.size == 3 ? fmt::format("conv{}", layer.outputs)
                               : fmt::format("conv{}x{}", layer.outputs, layer.size);
        break;
    case Kind::MaxPool: text = fmt::format("pool{}", layer.size); break;
    case Kind::AveragePool: text = fmt::format("avgpool{}", layer.size); break;
    case Kind::Flatten: break;
    }
    return layer.batchNorm ? text + ", bn" : text;
}

/// How many windows fit along an extent; 0 where none does.
std::int64_t windows(std::int64_t extent, const LayerSpec& layer) {
    const std::int64_t room = extent + 2 * layer.padding - layer.size;
    return room < 0 || layer.stride < 1 ? 0 : room / layer.stride + 1;
}

std::int64_t elements(const Shape& shape) {
    std::int64_t product = 1;
    for (const std::int64_t extent : shape) product *= extent;
    return product;
}

} // namespace

std::string_view name(Activation activation) { return kActivations[static_cast<std::size_t>(activation)]; }

Result<Activation> parseActivation(std::string_view text) {
    const auto found = std::find(kActivations.begin(), kActivations.end(), text);
    if (found == kActivations.end())
        return Error{ErrorCode::InvalidArgument, "activation",
                     fmt::format("\"{}\" is none of {}", text, fmt::join(kActivations, ", "))};
    return static_cast<Activation>(found - kActivations.begin());
}

Result<NetworkSpec> parseNetwork(std::string_view hidden, const Shape& input, std::size_t outputs,
                                 Activation activation, Loss loss) {
    NetworkSpec spec;
    spec.input = input;
    spec.loss = loss;
    bool flat = input.size() == 1;
    const auto flatten = [&] {
        if (!flat) spec.layers.push_back({.kind = Kind::Flatten});
        flat = true;
    };
    for (const std::string_view item : items(hidden)) {
        if (item == "bn") {
            if (spec.layers.empty() || !spec.layers.back().multiplies() || spec.layers.back().batchNorm)
                return unreadable(item, "follows no layer that it could normalise");
            spec.layers.back().batchNorm = true;
            continue;
        }
        const auto layer = parseLayer(item, activation);
        if (!layer) return layer.error();
        if (layer->kind == Kind::Dense) flatten();
        if (flat && layer->kind != Kind::Dense)
            return unreadable(item, input.size() == 1 ? "needs pictures; a sample of this data is a row of numbers"
                                                      : "needs a picture; a dense layer before it left none");
        spec.layers.push_back(*layer);
    }
    flatten();
    spec.layers.push_back({.kind = Kind::Dense, .outputs = static_cast<std::int64_t>(outputs)});
    if (const auto shapes = outputShapes(spec); !shapes) return shapes.error();
    return spec;
}

std::string hiddenText(const NetworkSpec& spec) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i + 1 < spec.layers.size(); ++i)
        if (spec.layers[i].kind != Kind::Flatten) texts.push_back(itemText(spec.layers[i]));
    return fmt::format("{}", fmt::join(texts, ", "));
}

std::string describe(const NetworkSpec& spec) {
    std::vector<std::string> texts = {fmt::format("{}", fmt::join(spec.input, " × "))};
    for (const LayerSpec& layer : spec.layers)
        if (layer.kind != Kind::Flatten) texts.push_back(itemText(layer));
    return fmt::format("{}", fmt::join(texts, " – "));
}

Result<std::vector<Shape>> outputShapes(const NetworkSpec& spec) {
    const auto wrong = [](std::string detail) {
        return Error{ErrorCode::InvalidArgument, std::string(kWhere), std::move(detail)};
    };
    if (spec.input.size() != 1 && spec.input.size() != 3) return wrong("a sample is neither a row nor a picture");
    for (const std::int64_t extent : spec.input)
        if (extent < 1 || extent > kLargestExtent)
            return wrong(fmt::format("an extent of {} is out of bounds", extent));
    if (spec.layers.empty()) return wrong("there is none");
    std::vector<Shape> shapes;
    std::uint64_t parameters = 0;
    for (const LayerSpec& layer : spec.layers) {
        const Shape& in = shapes.empty() ? spec.input : shapes.back();
        const bool window = layer.kind != Kind::Dense && layer.kind != Kind::Flatten;
        if (window && in.size() != 3) return wrong(fmt::format("\"{}\" needs a picture", itemText(layer)));
        if (layer.kind == Kind::Dense && in.size() != 1)
            return wrong(fmt::format("the layer of {} units needs its picture flattened first", layer.outputs));
        Shape out = {elements(in)};
        if (layer.kind == Kind::Dense) out = {layer.outputs};
        if (window) {
            out = {windows(in[0], layer), windows(in[1], layer),
                   layer.kind == Kind::Convolution ? layer.outputs : in[2]};
            if (out[0] < 1 || out[1] < 1)
                return wrong(fmt::format("the window of \"{}\" is larger than the {} × {} before it", itemText(layer),
                                         in[0], in[1]));
        }
        for (const std::int64_t extent : out)
            if (extent < 1 || extent > kLargestExtent)
                return wrong(fmt::format("an extent of {} is out of bounds", extent));
        if (layer.multiplies()) {
            const std::int64_t taps = layer.kind == Kind::Dense ? in[0] : layer.size * layer.size * in[2];
            parameters += static_cast<std::uint64_t>(layer.outputs) * static_cast<std::uint64_t>(taps + 1);
        }
        if (parameters > kMostParameters || static_cast<std::uint64_t>(elements(out)) > kMostParameters)
            return Error{ErrorCode::TooLarge, std::string(kWhere), "the network would not fit into a gibibyte"};
        shapes.push_back(std::move(out));
    }
    return shapes;
}

std::vector<std::string> layerNames(const NetworkSpec& spec) {
    constexpr std::array<std::string_view, 5> names = {"fc", "conv", "pool", "avgpool", "flatten"};
    std::array<int, 5> counts{};
    std::vector<std::string> result;
    for (const LayerSpec& layer : spec.layers) {
        const auto kind = static_cast<std::size_t>(layer.kind);
        result.push_back(fmt::format("{}{}", names[kind], ++counts[kind]));
    }
    return result;
}

std::size_t Network::parameterCount() const {
    std::size_t count = 0;
    for (const LayerParameters& layer : layers)
        count += layer.weight.size() + layer.bias.size() + layer.gamma.size() + layer.beta.size();
    return count;
}

std::size_t fanIn(const NetworkSpec& spec, const std::vector<Shape>& shapes, std::size_t layer) {
    const Shape& in = layer == 0 ? spec.input : shapes[layer - 1];
    const LayerSpec& it = spec.layers[layer];
    return static_cast<std::size_t>(it.kind == Kind::Convolution ? it.size * it.size * in[2] : elements(in));
}

Result<Network> initialise(const NetworkSpec& spec, std::uint64_t seed) {
    const auto shapes = outputShapes(spec);
    if (!shapes) return shapes.error();
    Network network{spec, std::vector<LayerParameters>(spec.layers.size())};
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        const LayerSpec& layer = spec.layers[i];
        if (!layer.multiplies()) continue;
        const std::size_t in = fanIn(spec, *shapes, i), out = static_cast<std::size_t>(layer.outputs);
        const double fanOut =
            static_cast<double>(out) * static_cast<double>(std::max<std::int64_t>(layer.size * layer.size, 1));
        const bool rectified = layer.activation == Activation::Relu || layer.activation == Activation::Gelu;
        const double bound = std::sqrt(6.0 / (rectified ? static_cast<double>(in) : static_cast<double>(in) + fanOut));
        LayerParameters& parameters = network.layers[i];
        parameters.weight.resize(in * out);
        const RandomStream random(seed, static_cast<std::uint32_t>(i));
        for (std::size_t j = 0; j < parameters.weight.size(); j += 2) {
            const auto [u, v] = random.uniformPair(j / 2);
            parameters.weight[j] = static_cast<float>((2 * u - 1) * bound);
            if (j + 1 < parameters.weight.size()) parameters.weight[j + 1] = static_cast<float>((2 * v - 1) * bound);
        }
        parameters.bias.assign(out, 0.0f);
        if (!layer.batchNorm) continue;
        parameters.gamma.assign(out, 1.0f);
        parameters.beta.assign(out, 0.0f);
        parameters.mean.assign(out, 0.0f);
        parameters.variance.assign(out, 1.0f);
    }
    return network;
}

Network folded(const Network& network) {
    Network result = network;
    for (std::size_t i = 0; i < result.layers.size(); ++i) {
        LayerParameters& layer = result.layers[i];
        result.spec.layers[i].batchNorm = false;
        if (layer.gamma.empty()) continue;
        const std::size_t out = layer.gamma.size(), in = layer.weight.size() / out;
        for (std::size_t n = 0; n < out; ++n) {
            const double factor =
                layer.gamma[n] / std::sqrt(static_cast<double>(layer.variance[n]) + kBatchNormEpsilon);
            for (std::size_t k = 0; k < in; ++k)
                layer.weight[n * in + k] = static_cast<float>(layer.weight[n * in + k] * factor);
            layer.bias[n] =
                static_cast<float>((static_cast<double>(layer.bias[n]) - layer.mean[n]) * factor + layer.beta[n]);
        }
        layer.gamma = layer.beta = layer.mean = layer.variance = {};
    }
    return result;
}

} // namespace quantoscope
