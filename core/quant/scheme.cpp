#include "core/quant/scheme.h"

#include <fmt/format.h>

namespace quantoscope {

namespace {

Error invalid(const SchemeInfo& info, std::string detail) {
    return {ErrorCode::InvalidArgument, std::string(info.id), std::move(detail)};
}

} // namespace

Result<std::uint32_t> Scheme::requestedLevels(const QuantSpec& spec) const {
    const SchemeInfo& known = info();
    if (const auto status = checkParameters(known.parameters, spec.parameters); !status)
        return Error{status.error().code, fmt::format("{}: {}", known.id, status.error().where), status.error().detail};
    const std::uint32_t most = 1u << known.maximumBits;
    if (spec.levels < 1 || spec.levels > most)
        return invalid(known, fmt::format("levels must be from 1 to {}, got {}", most, spec.levels));
    if (known.control == LevelControl::Bits) {
        if (!std::has_single_bit(spec.levels))
            return invalid(
                known, fmt::format("takes a whole number of bits, and {} levels are not a power of two", spec.levels));
        if (bitsFor(spec.levels) < known.minimumBits)
            return invalid(known,
                           fmt::format("needs at least {} bits, got {}", known.minimumBits, bitsFor(spec.levels)));
    }
    return spec.levels;
}

const ParameterValue& Scheme::value(const QuantSpec& spec, std::string_view id) const {
    return valueOf(info().parameters, spec.parameters, id);
}

std::int64_t Scheme::integer(const QuantSpec& spec, std::string_view id) const {
    return std::get<std::int64_t>(value(spec, id));
}

double Scheme::real(const QuantSpec& spec, std::string_view id) const { return std::get<double>(value(spec, id)); }

const std::string& Scheme::choice(const QuantSpec& spec, std::string_view id) const {
    return std::get<std::string>(value(spec, id));
}

const std::vector<double>& Scheme::list(const QuantSpec& spec, std::string_view id) const {
    return std::get<std::vector<double>>(value(spec, id));
}

} // namespace quantoscope
