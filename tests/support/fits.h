// Fits of one group in a line, for tests of schemes.
#pragma once

#include "core/quant/quantizer.h"
#include "core/quant/scheme.h"

#include <cstdint>
#include <string>
#include <vector>

namespace quantoscope::test {

struct Fitted {
    GroupFit fit;
    GroupScale scale;
    Codebook values; // in the units of the data

    std::size_t bin(float x) const { return GroupEncoder(*fit.codebook, scale).bin(x); }
    std::uint32_t code(float x) const { return fit.codebook->codeOf(bin(x)); }
    float decoded(float x) const { return values.levels[bin(x)]; }
    std::vector<std::uint64_t> counts(const std::vector<float>& data) const; // by bin
    double squaredError(const std::vector<float>& data) const;
};

/// The scheme must be able to do it.
Fitted fitted(const std::string& scheme, const std::vector<float>& data, std::uint32_t levels,
              const Parameters& parameters = {}, const std::string& range = "minmax");

/// Why a scheme refuses a spec; empty where it does not.
std::string refusal(const std::string& scheme, std::uint32_t levels, const Parameters& parameters = {});

} // namespace quantoscope::test
