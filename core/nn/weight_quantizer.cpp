#include "core/nn/weight_quantizer.h"

#include "core/quant/quantizer.h"
#include "core/schemes/scheme_registry.h"

#include <algorithm>

namespace quantoscope {

namespace {

QuantSpec schemeSpec(const WeightSpec& spec) {
    QuantSpec wanted;
    wanted.scheme = spec.scheme;
    wanted.levels = 1u << spec.bits;
    if (spec.scheme != "affine") return wanted;
    if (spec.spareBit) wanted.levels /= 2;
    wanted.parameters["mode"] = std::string(spec.symmetric ? "symmetric-restricted" : "asymmetric");
    wanted.parameters["integers"] = std::string("signed");
    wanted.range = weightRange(spec.observer);
    return wanted;
}

} // namespace

Status quantizeWeights(std::span<const float> weight, std::size_t outputs, const WeightSpec& spec,
                       QuantizedLayer& layer, const JobControl& job) {
    const auto scheme = findScheme(spec.scheme);
    if (!scheme) return scheme.error();
    const QuantSpec wanted = schemeSpec(spec);
    if (const auto levels = (*scheme)->requestedLevels(wanted); !levels) return levels.error();
    const bool integers = spec.scheme == "affine";
    const std::size_t groups = spec.perChannel ? outputs : 1, size = weight.size() / groups;
    layer.codes.resize(integers ? weight.size() : 0);
    layer.decoded.resize(weight.size());
    layer.scales.clear();
    layer.zeros.clear();
    std::vector<std::uint32_t> bins(size);
    std::uint64_t sideBits = 0;
    for (std::size_t g = 0; g < groups; ++g) {
        const auto values = weight.subspan(g * size, size);
        const auto fit = (*scheme)->fit(GroupData(values), wanted, Effort::Exact, job);
        if (!fit) return fit.error();
        const GroupScale scale{fit->scale, fit->offset, fit->zero};
        const GroupEncoder encoder(*fit->codebook, scale);
        encoder.bins(values, bins);
        for (std::size_t i = 0; i < size; ++i) {
            layer.decoded[g * size + i] = encoder.decode(bins[i]);
            if (integers) layer.codes[g * size + i] = static_cast<std::int8_t>(fit->codebook->levels[bins[i]]);
        }
        if (integers) {
            layer.scales.push_back(fit->scale);
            layer.zeros.push_back(fit->zero);
        }
        sideBits += fit->sideBits;
    }
    layer.weightBytes = (weight.size() * static_cast<std::uint64_t>(spec.bits) + 7) / 8;
    layer.sideBytes = (sideBits + 7) / 8;
    return {};
}

} // namespace quantoscope
