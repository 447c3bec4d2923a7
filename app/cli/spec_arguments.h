// The arguments that say how to quantize: --bits, --levels, --set, --group, --range, --importance, --non-finite,
// --speed, --memory.
#pragma once

#include "app/cli/memory_argument.h"
#include "app/cli/outcome.h"
#include "core/quant/quant_spec.h"
#include "core/quant/scheme.h"

#include <CLI/App.hpp>

#include <optional>
#include <string>
#include <vector>

namespace quantoscope::cli {

/// What quantize and compare have in common.
struct SpecArguments {
    std::vector<std::string> set;
    std::string group = "tensor";
    std::string range;
    std::string importance;
    std::string nonFinite = "stop";
    bool speed = false;
    MemoryArgument memory;

    void addTo(CLI::App& command, const std::string& setForm);
    Outcome<Grouping> grouping() const;
    /// The one asked for, or minmax.
    Outcome<RangeSpec> rangeSpec() const;
};

/// "key=value". Failures: Usage (no '=').
Outcome<std::pair<std::string, std::string>> splitSetting(const std::string& text);

/// Reads a value for a parameter of a scheme. Failures: Usage, with the ids there are.
Outcome<void> setParameter(Parameters& parameters, const SchemeInfo& info, const std::string& id,
                           const std::string& value);

/// "1-8", "2,4,8", "1-3,8": ascending and each once. Failures: Usage.
Outcome<std::vector<int>> parseBits(const std::string& text);

inline constexpr int kMaximumBits = 31;
inline constexpr int kDefaultBits = 4;

} // namespace quantoscope::cli
