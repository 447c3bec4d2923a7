#include "app/cli/spec_arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>

namespace quantoscope::cli {

namespace {

std::optional<int> wholeNumber(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

} // namespace

void SpecArguments::addTo(CLI::App& command, const std::string& setForm) {
    command.add_option("--set", set, "Set a parameter of the scheme; \"quantoscope-cli schemes\" lists them")
        ->type_name(setForm);
    command
        .add_option("--group", group, "Which values share a scale or a codebook: tensor, channel:AXIS or block:SIZE")
        ->type_name("GROUPING")
        ->default_str("tensor");
    command
        .add_option("--range", range,
                    "minmax, percentile:99.9, sigma:3, mse, entropy, histogram or LO:HI, for schemes that have a range")
        ->type_name("RANGE")
        ->default_str("minmax");
    command
        .add_option("--importance", importance,
                    "A tensor of the same shape that says how much each value's error matters, for schemes that can "
                    "weigh them")
        ->type_name("FILE::NAME");
    command
        .add_option("--non-finite", nonFinite,
                    "What to do about NaN and infinities: stop; drop (they stay as they are); clamp (infinities to the "
                    "finite range)")
        ->type_name("POLICY")
        ->default_str("stop");
    command.add_flag("--speed", speed, "Time encoding and decoding, too");
    memory.addTo(command);
}

Outcome<Grouping> SpecArguments::grouping() const {
    const auto parsed = parseGrouping(group);
    if (!parsed) return usage("--group: " + parsed.error().message());
    return *parsed;
}

Outcome<RangeSpec> SpecArguments::rangeSpec() const {
    if (range.empty()) return RangeSpec{};
    const auto parsed = parseRange(range);
    if (!parsed) return usage("--range: " + parsed.error().message());
    return *parsed;
}

Outcome<std::pair<std::string, std::string>> splitSetting(const std::string& text) {
    const std::size_t at = text.find('=');
    if (at == std::string::npos || at == 0)
        return usage(fmt::format("--set: \"{}\" is not of the form key=value", text));
    return std::pair(text.substr(0, at), text.substr(at + 1));
}

Outcome<void> setParameter(Parameters& parameters, const SchemeInfo& info, const std::string& id,
                           const std::string& value) {
    const auto found = std::find_if(info.parameters.begin(), info.parameters.end(),
                                    [&](const Parameter& parameter) { return parameter.id == id; });
    if (found == info.parameters.end()) {
        std::string known;
        for (const Parameter& parameter : info.parameters) known.append(known.empty() ? "" : ", ").append(parameter.id);
        return usage(fmt::format("--set: {} has no parameter \"{}\"; {}", info.id, id,
                                 known.empty() ? "it has none at all" : "it has " + known));
    }
    auto parsed = parseParameter(*found, value);
    if (!parsed) return usage(fmt::format("--set {}: {}", id, parsed.error().message()));
    parameters.insert_or_assign(id, std::move(*parsed));
    return {};
}

Outcome<std::vector<int>> parseBits(const std::string& text) {
    const auto wrong = [&] {
        return usage(fmt::format("--bits: \"{}\" is neither a list (2,4,8) nor a range (1-8) of numbers from 0 to {}",
                                 text, kMaximumBits));
    };
    std::set<int> bits;
    std::string_view rest = text;
    while (true) {
        const std::size_t comma = rest.find(',');
        const std::string_view piece = rest.substr(0, comma);
        const std::size_t dash = piece.find('-');
        const auto first = wholeNumber(piece.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : wholeNumber(piece.substr(dash + 1));
        if (!first || !last || *first < 0 || *last > kMaximumBits || *first > *last) return wrong();
        for (int b = *first; b <= *last; ++b) bits.insert(b);
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 1);
    }
    return std::vector<int>(bits.begin(), bits.end());
}

} // namespace quantoscope::cli
