#include "core/study/network_file.h"

#include "core/base/transpose.h"
#include "core/base/utf8.h"
#include "core/formats/format_registry.h"
#include "core/formats/safetensors.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace quantoscope {

namespace {

using Json = nlohmann::ordered_json;
using Kind = LayerSpec::Kind;

constexpr std::string_view kKey = "quantoscope.network";
constexpr int kVersion = 1;
constexpr std::size_t kMostText = 1 << 16; // of the description: thousands of layers
constexpr std::array<std::string_view, 2> kLosses = {"cross-entropy", "squared-error"};

/// One vector of a layer's parameters, as it is called and shaped in a file.
struct Part {
    std::string name;
    Shape shape;
    std::vector<float> LayerParameters::*values;
};

/// What the file holds of one layer; empty for layers without parameters.
std::vector<Part> partsOf(const NetworkSpec& spec, const std::vector<Shape>& shapes, std::size_t index,
                          const std::string& layerName) {
    const LayerSpec& layer = spec.layers[index];
    if (!layer.multiplies()) return {};
    const Shape& in = index == 0 ? spec.input : shapes[index - 1];
    const Shape outputs = {layer.outputs};
    const Shape weight =
        layer.kind == Kind::Dense ? Shape{layer.outputs, in[0]} : Shape{layer.outputs, in[2], layer.size, layer.size};
    std::vector<Part> parts = {{layerName + ".weight", weight, &LayerParameters::weight},
                               {layerName + ".bias", outputs, &LayerParameters::bias}};
    if (!layer.batchNorm) return parts;
    parts.push_back({layerName + ".bn.weight", outputs, &LayerParameters::gamma});
    parts.push_back({layerName + ".bn.bias", outputs, &LayerParameters::beta});
    parts.push_back({layerName + ".bn.running_mean", outputs, &LayerParameters::mean});
    parts.push_back({layerName + ".bn.running_var", outputs, &LayerParameters::variance});
    return parts;
}

/// Between rows of `outer` × `inner` and of `inner` × `outer`, matrix by matrix.
std::vector<float> transposed(std::span<const float> values, std::size_t outer, std::size_t inner) {
    std::vector<float> moved(values.size());
    for (std::size_t begin = 0; begin < values.size(); begin += outer * inner)
        transpose(&values[begin], inner, outer, inner, &moved[begin], outer);
    return moved;
}

/// Channels and pixels of the window of a convolution's weights in a file; 1 and 1 of any other tensor.
std::pair<std::size_t, std::size_t> windowOf(const Shape& shape) {
    if (shape.size() != 4) return {1, 1};
    return {static_cast<std::size_t>(shape[1]), static_cast<std::size_t>(shape[2] * shape[3])};
}

/// The activation of the hidden layers, which all share it.
Activation activationOf(const NetworkSpec& spec) {
    const auto hidden = std::find_if(spec.layers.begin(), spec.layers.end(),
                                     [](const LayerSpec& layer) { return layer.activation != Activation::None; });
    return hidden == spec.layers.end() ? Activation::None : hidden->activation;
}

std::string descriptionOf(const NetworkSpec& spec) {
    return Json{{"version", kVersion},
                {"input", spec.input},
                {"hidden", hiddenText(spec)},
                {"outputs", spec.layers.back().outputs},
                {"activation", name(activationOf(spec))},
                {"loss", name(spec.loss)}}
        .dump();
}

Error malformed(std::string detail) { return {ErrorCode::Malformed, "metadata " + inQuotes(kKey), std::move(detail)}; }

Result<std::int64_t> wholeNumber(const Json& json, std::string_view what) {
    if (json.is_number_integer() && (!json.is_number_unsigned() || json.get<std::uint64_t>() < std::uint64_t{1} << 62))
        return json.get<std::int64_t>();
    return malformed(fmt::format("{} is no whole number", what));
}

/// A member that is there and of this kind, or null.
const Json* member(const Json& json, const char* key, Json::value_t kind) {
    const auto found = json.find(key);
    if (found == json.end()) return nullptr;
    const bool number = kind == Json::value_t::number_integer && found->is_number_integer();
    return number || found->type() == kind ? &*found : nullptr;
}

Result<NetworkSpec> parseDescription(const std::string& text) {
    if (text.size() > kMostText) return malformed(fmt::format("is longer than {} bytes", kMostText));
    // Depth is what hostile JSON has to offer, and a description has an object and an array.
    if (std::count_if(text.begin(), text.end(), [](char c) { return c == '{' || c == '['; }) > 16)
        return malformed("is nested more deeply than a description is");
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return malformed("is no JSON object");
    using Type = Json::value_t;
    const Json* const version = member(json, "version", Type::number_integer);
    const Json* const input = member(json, "input", Type::array);
    const Json* const hidden = member(json, "hidden", Type::string);
    const Json* const outputs = member(json, "outputs", Type::number_integer);
    const Json* const activation = member(json, "activation", Type::string);
    const Json* const loss = member(json, "loss", Type::string);
    if (!version || !input || !hidden || !outputs || !activation || !loss)
        return malformed(
            "lacks one of version, input, hidden, outputs, activation and loss, or has it of another kind");
    const auto number = wholeNumber(*version, "version");
    if (!number) return number.error();
    if (*number > kVersion)
        return Error{
            ErrorCode::Unsupported, "metadata " + inQuotes(kKey),
            fmt::format("version {} was written by a newer Quantoscope; this one reads up to {}", *number, kVersion)};
    Shape shape;
    for (const Json& item : *input) {
        const auto extent = wholeNumber(item, "an extent of the input");
        if (!extent) return extent.error();
        shape.push_back(*extent);
    }
    const auto units = wholeNumber(*outputs, "outputs");
    if (!units) return units.error();
    if (*units < 1) return malformed("there are no outputs");
    const auto kind = parseActivation(activation->get<std::string>());
    if (!kind) return malformed(kind.error().message());
    const auto* const known = std::find(kLosses.begin(), kLosses.end(), loss->get<std::string>());
    if (known == kLosses.end()) return malformed(fmt::format("the loss is none of {}", fmt::join(kLosses, ", ")));
    auto spec = parseNetwork(hidden->get<std::string>(), shape, static_cast<std::size_t>(*units), *kind,
                             static_cast<Loss>(known - kLosses.begin()));
    if (!spec) return malformed(spec.error().message());
    return spec;
}

/// Less by text, with runs of digits compared as the numbers they are.
bool naturallyLess(std::string_view a, std::string_view b) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const auto number = [&](std::string_view& text) {
        std::size_t size = 0;
        while (size < text.size() && isDigit(text[size])) ++size;
        std::string_view digits = text.substr(0, size);
        text.remove_prefix(size);
        while (!digits.empty() && digits.front() == '0') digits.remove_prefix(1);
        return digits;
    };
    while (!a.empty() && !b.empty()) {
        if (isDigit(a.front()) && isDigit(b.front())) {
            const std::string_view x = number(a), y = number(b);
            if (x != y) return x.size() != y.size() ? x.size() < y.size() : x < y;
        } else {
            if (a.front() != b.front()) return a.front() < b.front();
            a.remove_prefix(1);
            b.remove_prefix(1);
        }
    }
    return a.size() < b.size();
}

class NetworkReader {
public:
    NetworkReader(const TensorSource& source, std::string file, const JobControl& job)
        : m_source(source), m_file(std::move(file)), m_job(job) {
        for (std::size_t i = 0; i < source.entries().size(); ++i) m_left.emplace(source.entries()[i].name, i);
    }

    Result<Network> described(const std::string& text) {
        const auto spec = parseDescription(text);
        if (!spec)
            return Error{spec.error().code, fmt::format("{}: {}", m_file, spec.error().where), spec.error().detail};
        return readParts(*spec, layerNames(*spec), false);
    }

    Result<Network> chain(const AssumedNetwork& assumed) {
        std::vector<TensorInfo> matrices;
        for (const TensorInfo& info : m_source.entries())
            if (info.shape.size() == 2) matrices.push_back(info);
        if (matrices.empty())
            return Error{ErrorCode::Unsupported, m_file, "holds no matrix that could be the weights of a layer"};
        const auto byName = [](const auto& less) {
            return [less](const TensorInfo& a, const TensorInfo& b) { return less(a.name, b.name); };
        };
        // In the order of the alphabet the file says nothing about the layers, and fc10 comes before fc2.
        if (std::is_sorted(matrices.begin(), matrices.end(), byName(std::less<std::string>())))
            std::sort(matrices.begin(), matrices.end(), byName(naturallyLess));

        std::string hidden;
        std::vector<std::string> names;
        for (std::size_t i = 0; i < matrices.size(); ++i) {
            const Shape& shape = matrices[i].shape;
            if (i > 0 && shape[1] != matrices[i - 1].shape[0])
                return at(matrices[i].name, ErrorCode::Unsupported,
                          fmt::format("takes in {} numbers, and {} before it gives {}: this is no chain of layers",
                                      shape[1], inQuotes(matrices[i - 1].name), matrices[i - 1].shape[0]));
            if (i + 1 < matrices.size()) hidden += fmt::format("{},", shape[0]);
            std::string_view name = matrices[i].name;
            if (name.ends_with(".weight")) name.remove_suffix(std::string_view(".weight").size());
            names.emplace_back(name);
        }
        const auto spec =
            parseNetwork(hidden, {matrices.front().shape[1]}, static_cast<std::size_t>(matrices.back().shape[0]),
                         assumed.activation, assumed.loss);
        if (!spec) return Error{spec.error().code, m_file, spec.error().message()};
        return readParts(*spec, names, true);
    }

private:
    Error at(std::string_view tensor, ErrorCode code, std::string detail) const {
        return {code, fmt::format("{}: {}", m_file, inQuotes(tensor)), std::move(detail)};
    }

    /// `foreign`: a matrix may be named without ".weight", and a bias may be missing.
    Result<Network> readParts(const NetworkSpec& spec, const std::vector<std::string>& names, bool foreign) {
        const auto shapes = outputShapes(spec);
        if (!shapes) return Error{shapes.error().code, m_file, shapes.error().message()};
        Network network{spec, std::vector<LayerParameters>(spec.layers.size())};
        for (std::size_t i = 0; i < spec.layers.size(); ++i) {
            for (const Part& part : partsOf(spec, *shapes, i, names[i])) {
                std::vector<float>& values = network.layers[i].*part.values;
                const bool weight = part.values == &LayerParameters::weight;
                auto found = m_left.find(part.name);
                if (found == m_left.end() && foreign && weight) found = m_left.find(names[i]);
                if (found == m_left.end() && foreign && !weight) {
                    values.assign(static_cast<std::size_t>(part.shape[0]), 0.0f);
                    continue;
                }
                if (found == m_left.end()) return at(part.name, ErrorCode::NotFound, "the file does not hold it");
                auto read = readPart(found->second, part);
                if (!read) return read.error();
                values = std::move(*read);
                m_left.erase(found);
            }
        }
        if (m_left.empty() && m_source.leftOut().empty()) return network;
        if (m_left.empty()) return Error{ErrorCode::Unsupported, m_file, m_source.leftOut().front()};
        return at(m_left.begin()->first, ErrorCode::Unsupported,
                  fmt::format("{} of {} has no place in the network {}",
                              name(m_source.entries()[m_left.begin()->second].dtype),
                              describe(m_source.entries()[m_left.begin()->second].shape), describe(spec)));
    }

    Result<std::vector<float>> readPart(std::size_t index, const Part& part) const {
        const TensorInfo& info = m_source.entries()[index];
        if (!isFloatingPoint(info.dtype) || byteWidth(info.dtype) < 2)
            return at(info.name, ErrorCode::Unsupported,
                      fmt::format("is stored as {}; parameters are F16, BF16, F32 or F64", name(info.dtype)));
        if (info.shape != part.shape)
            return at(
                info.name, ErrorCode::Malformed,
                fmt::format("has the shape {} and the network needs {}", describe(info.shape), describe(part.shape)));
        auto tensor = m_source.load(index, m_job);
        if (!tensor) return tensor.error();
        const auto odd = std::find_if(tensor->values.begin(), tensor->values.end(),
                                      [](float value) { return !std::isfinite(value); });
        if (odd != tensor->values.end())
            return at(info.name, ErrorCode::NonFinite,
                      fmt::format("value {} is {}", odd - tensor->values.begin(), *odd));
        const auto [channels, pixels] = windowOf(part.shape);
        const RawVector<float>& values = tensor->values;
        if (channels == 1 || pixels == 1) return std::vector<float>(values.begin(), values.end());
        return transposed(values, channels, pixels);
    }

    const TensorSource& m_source;
    std::string m_file;
    const JobControl& m_job;
    std::map<std::string, std::size_t> m_left; // tensors that have found no place yet
};

} // namespace

std::string_view name(Loss loss) { return kLosses[static_cast<std::size_t>(loss)]; }

Status writeNetwork(const std::filesystem::path& path, const Network& network, const JobControl& job) {
    const NetworkSpec& spec = network.spec;
    const auto shapes = outputShapes(spec);
    if (!shapes) return shapes.error();
    const auto again = parseNetwork(hiddenText(spec), spec.input, static_cast<std::size_t>(shapes->back()[0]),
                                    activationOf(spec), spec.loss);
    if (!again || *again != spec)
        return Error{ErrorCode::InvalidArgument, "network", "has layers that a file cannot describe"};
    if (network.layers.size() != spec.layers.size())
        return Error{ErrorCode::InvalidArgument, "network", "has parameters for another number of layers"};
    const std::vector<std::string> names = layerNames(spec);
    std::vector<Tensor> tensors;
    for (std::size_t i = 0; i < names.size(); ++i) {
        for (const Part& part : partsOf(spec, *shapes, i, names[i])) {
            const std::vector<float>& values = network.layers[i].*part.values;
            const auto count = elementCount(part.shape);
            if (!count) return count.error();
            if (values.size() != *count)
                return Error{ErrorCode::InvalidArgument, inQuotes(part.name),
                             fmt::format("has {} values and needs {}", values.size(), *count)};
            const auto [channels, pixels] = windowOf(part.shape);
            tensors.push_back(makeTensor(part.name, part.shape, transposed(values, pixels, channels)));
        }
    }
    return writeSafetensors(path, tensors, {{std::string(kKey), descriptionOf(spec)}, {"format", "pt"}}, job);
}

Result<Network> readNetwork(const std::filesystem::path& path, const AssumedNetwork& assumed, const JobControl& job) {
    return withinMemory(toUtf8(path.native()), [&]() -> Result<Network> {
        const auto source = openFile(path, {}, job);
        if (!source) return source.error();
        const Metadata metadata = (*source)->metadata();
        NetworkReader reader(**source, toUtf8(path.native()), job);
        const auto description = metadata.find(std::string(kKey));
        return description == metadata.end() ? reader.chain(assumed) : reader.described(description->second);
    });
}

} // namespace quantoscope
