#include "core/quant/parameter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

namespace quantoscope {

namespace {

Error invalid(const Parameter& parameter, std::string detail) {
    return {ErrorCode::InvalidArgument, std::string(parameter.id), std::move(detail)};
}

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// The whole text as one number; nothing where it is not one.
template<class Number>
bool readNumber(std::string_view text, Number& number) {
    text = trimmed(text);
    if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

std::string choiceIds(const Parameter& parameter) {
    std::string ids;
    for (const ParameterChoice& choice : parameter.choices) ids.append(ids.empty() ? "" : ", ").append(choice.id);
    return ids;
}

Status checkBounds(const Parameter& parameter, double value) {
    if (!std::isfinite(value)) return invalid(parameter, "must be a finite number");
    if (value >= parameter.minimum && value <= parameter.maximum) return {};
    if (std::isinf(parameter.maximum))
        return invalid(parameter, fmt::format("must be at least {}, got {}", parameter.minimum, value));
    if (std::isinf(parameter.minimum))
        return invalid(parameter, fmt::format("must be at most {}, got {}", parameter.maximum, value));
    return invalid(parameter,
                   fmt::format("must be from {} to {}, got {}", parameter.minimum, parameter.maximum, value));
}

Status check(const Parameter& parameter, const ParameterValue& value) {
    switch (parameter.kind) {
    case ParameterKind::Integer:
        if (const auto* number = std::get_if<std::int64_t>(&value))
            return checkBounds(parameter, static_cast<double>(*number));
        return invalid(parameter, "must be a whole number");
    case ParameterKind::Real:
        if (const auto* number = std::get_if<double>(&value)) return checkBounds(parameter, *number);
        return invalid(parameter, "must be a number");
    case ParameterKind::Choice: {
        const auto* id = std::get_if<std::string>(&value);
        const auto isIt = [&](const ParameterChoice& choice) { return id && choice.id == *id; };
        if (std::any_of(parameter.choices.begin(), parameter.choices.end(), isIt)) return {};
        return invalid(parameter,
                       fmt::format("must be one of {}; got \"{}\"", choiceIds(parameter), id ? *id : std::string()));
    }
    case ParameterKind::RealList: break;
    }
    const auto* numbers = std::get_if<std::vector<double>>(&value);
    if (!numbers) return invalid(parameter, "must be a list of numbers");
    for (const double number : *numbers)
        if (auto status = checkBounds(parameter, number); !status) return status;
    return {};
}

Result<std::vector<double>> readList(const Parameter& parameter, std::string_view text) {
    std::vector<double> numbers;
    if (trimmed(text).empty()) return numbers;
    while (true) {
        const auto comma = text.find(',');
        const std::string_view piece = text.substr(0, comma);
        if (!readNumber(piece, numbers.emplace_back()))
            return invalid(parameter, fmt::format("\"{}\" is not a number", trimmed(piece)));
        if (comma == std::string_view::npos) return numbers;
        text.remove_prefix(comma + 1);
    }
}

} // namespace

Result<ParameterValue> parseParameter(const Parameter& parameter, std::string_view text) {
    ParameterValue value;
    switch (parameter.kind) {
    case ParameterKind::Integer:
        if (!readNumber(text, value.emplace<std::int64_t>()))
            return invalid(parameter, fmt::format("\"{}\" is not a whole number", text));
        break;
    case ParameterKind::Real:
        if (!readNumber(text, value.emplace<double>()))
            return invalid(parameter, fmt::format("\"{}\" is not a number", text));
        break;
    case ParameterKind::Choice: value = std::string(trimmed(text)); break;
    case ParameterKind::RealList: {
        auto numbers = readList(parameter, text);
        if (!numbers) return numbers.error();
        value = std::move(*numbers);
        break;
    }
    }
    if (const auto status = check(parameter, value); !status) return status.error();
    return value;
}

std::string formatParameter(const ParameterValue& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *number);
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
    if (const auto* id = std::get_if<std::string>(&value)) return *id;
    return fmt::format("{}", fmt::join(std::get<std::vector<double>>(value), ", "));
}

Status checkParameters(std::span<const Parameter> declared, const Parameters& values) {
    for (const auto& [id, value] : values) {
        const auto known =
            std::find_if(declared.begin(), declared.end(), [&id = id](const Parameter& each) { return each.id == id; });
        if (known == declared.end()) {
            std::string ids;
            for (const Parameter& each : declared) ids.append(ids.empty() ? "" : ", ").append(each.id);
            return Error{ErrorCode::InvalidArgument, id,
                         ids.empty() ? "no such parameter; there are none" : "no such parameter; there are " + ids};
        }
        if (auto status = check(*known, value); !status) return status;
    }
    return {};
}

const ParameterValue& valueOf(std::span<const Parameter> declared, const Parameters& values, std::string_view id) {
    if (const auto own = values.find(id); own != values.end()) return own->second;
    const auto known =
        std::find_if(declared.begin(), declared.end(), [&id = id](const Parameter& each) { return each.id == id; });
    assert(known != declared.end());
    return known->defaultValue;
}

} // namespace quantoscope
