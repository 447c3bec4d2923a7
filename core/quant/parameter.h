// What a scheme declares of itself, so that forms, the command line, tests and documentation are made from one place.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace quantoscope {

enum class ParameterKind { Integer, Real, Choice, RealList };

struct ParameterChoice {
    std::string_view id;
    std::string_view label;
};

using ParameterValue = std::variant<std::int64_t, double, std::string, std::vector<double>>;

struct Parameter {
    std::string_view id;    // as in --set id=value
    std::string_view label; // as in a form, in sentence case
    ParameterKind kind = ParameterKind::Real;
    ParameterValue defaultValue;
    std::string_view help; // one sentence
    std::string_view unit = {};
    double minimum = -std::numeric_limits<double>::infinity();
    double maximum = std::numeric_limits<double>::infinity();
    std::vector<ParameterChoice> choices = {};
};

/// Values by parameter id; what is not in it has its default.
using Parameters = std::map<std::string, ParameterValue, std::less<>>;

/// Reads a value as a user writes it: "12", "0.5", "quantile", "0, 25, 50". Errors: InvalidArgument naming the
/// parameter.
Result<ParameterValue> parseParameter(const Parameter& parameter, std::string_view text);
/// The text that parseParameter reads back as the same value.
std::string formatParameter(const ParameterValue& value);
/// Errors where an id is not declared, or a value is of another kind or outside its bounds.
Status checkParameters(std::span<const Parameter> declared, const Parameters& values);

/// The value set, or the declared default. The parameter must be declared.
const ParameterValue& valueOf(std::span<const Parameter> declared, const Parameters& values, std::string_view id);

} // namespace quantoscope
