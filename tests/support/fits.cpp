#include "tests/support/fits.h"

#include "core/schemes/scheme_registry.h"

namespace quantoscope::test {

namespace {

QuantSpec specOf(const std::string& scheme, std::uint32_t levels, const Parameters& parameters) {
    QuantSpec spec;
    spec.scheme = scheme;
    spec.levels = levels;
    spec.parameters = parameters;
    return spec;
}

} // namespace

std::vector<std::uint64_t> Fitted::counts(const std::vector<float>& data) const {
    std::vector<std::uint64_t> counts(values.size());
    for (const float x : data) ++counts[bin(x)];
    return counts;
}

double Fitted::squaredError(const std::vector<float>& data) const {
    double error = 0;
    for (const float x : data) {
        const double distance = static_cast<double>(x) - static_cast<double>(decoded(x));
        error += distance * distance;
    }
    return error;
}

Fitted fitted(const std::string& scheme, const std::vector<float>& data, std::uint32_t levels,
              const Parameters& parameters, const std::string& range) {
    QuantSpec spec = specOf(scheme, levels, parameters);
    spec.range = parseRange(range).value();
    const Scheme& known = *findScheme(scheme).value();
    known.requestedLevels(spec).value();
    Fitted result;
    result.fit = known.fit(GroupData(std::span<const float>(data)), spec, Effort::Exact, {}).value();
    const GroupFit& fit = result.fit;
    result.scale = {fit.scale, fit.offset, fit.zero, 0};
    result.values = valueCodebook(*fit.codebook, result.scale);
    return result;
}

std::string refusal(const std::string& scheme, std::uint32_t levels, const Parameters& parameters) {
    const auto requested = findScheme(scheme).value()->requestedLevels(specOf(scheme, levels, parameters));
    return requested ? std::string() : requested.error().message();
}

} // namespace quantoscope::test
