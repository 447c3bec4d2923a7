#include "core/quant/quant_spec.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace quantoscope {

namespace {

using Kind = RangeSpec::Kind;

Error invalid(std::string detail) { return {ErrorCode::InvalidArgument, "range", std::move(detail)}; }

template<class Number>
std::optional<Number> numberIn(std::string_view text) {
    if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

struct Word {
    std::string_view name;
    Kind kind;
};
constexpr std::array kPlain{Word{"minmax", Kind::MinMax}, Word{"mse", Kind::Mse}, Word{"entropy", Kind::Entropy},
                            Word{"histogram", Kind::Histogram}};
constexpr std::array kNumbered{Word{"percentile", Kind::Percentile}, Word{"sigma", Kind::Sigma}};

} // namespace

Result<RangeSpec> parseRange(std::string_view text) {
    for (const Word& word : kPlain)
        if (text == word.name) return RangeSpec{word.kind};

    const auto colon = text.find(':');
    const std::string_view before = text.substr(0, colon);
    const std::string_view after = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    for (const Word& word : kNumbered) {
        if (before != word.name) continue;
        const auto number = numberIn<double>(after);
        if (word.kind == Kind::Percentile && !(number && *number > 0 && *number <= 100))
            return invalid(fmt::format("percentile needs a percentage above 0 and up to 100, as in percentile:99.9; "
                                       "got \"{}\"",
                                       text));
        if (word.kind == Kind::Sigma && !(number && *number > 0))
            return invalid(fmt::format("sigma needs a positive multiple, as in sigma:3; got \"{}\"", text));
        return RangeSpec{word.kind, *number};
    }

    const auto lower = numberIn<float>(before), upper = numberIn<float>(after);
    if (!lower || !upper)
        return invalid(
            fmt::format("must be minmax, percentile:P, sigma:K, mse, entropy, histogram or LO:HI; got \"{}\"", text));
    if (!(*lower < *upper)) return invalid(fmt::format("{} is not below {}", *lower, *upper));
    return RangeSpec{Kind::Fixed, 0, *lower, *upper};
}

std::string formatRange(const RangeSpec& range) {
    for (const Word& word : kPlain)
        if (range.kind == word.kind) return std::string(word.name);
    for (const Word& word : kNumbered)
        if (range.kind == word.kind) return fmt::format("{}:{}", word.name, range.parameter);
    return fmt::format("{}:{}", range.lower, range.upper);
}

QuantSpec QuantSpec::common() const {
    QuantSpec spec = *this;
    spec.byHand.clear();
    return spec;
}

QuantSpec QuantSpec::ofGroup(std::size_t group) const {
    QuantSpec spec = common();
    if (const auto own = byHand.find(group); own != byHand.end()) {
        spec.scheme = own->second.scheme;
        spec.parameters = own->second.parameters;
    }
    return spec;
}

} // namespace quantoscope
