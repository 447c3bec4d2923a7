// Small floats: sign, exponent and mantissa in 4 to 16 bits, nearest value with ties to even, subnormals kept,
// saturating. With a scale, the largest magnitude of the group becomes the largest finite number of the format. Codes
// are the format's bit patterns; zero is the positive one.
#include "core/base/float_edges.h"
#include "core/base/small_float.h"
#include "core/schemes/scaled_table.h"
#include "core/schemes/scheme_registry.h"
#include "core/schemes/table_cache.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>
#include <string_view>

namespace quantoscope {

namespace {

constexpr std::array kFormats{kE2M1, kE2M3, kE3M2, kE4M3FN, kE5M2, kFloat16, kBFloat16};
constexpr std::array kUsual{kE2M1, kE2M3, kE4M3FN, kFloat16}; // of each number of bits

/// The smallest float32 that does not round down to the level of code `low`, where the next level up is of code `high`.
float roundingThreshold(float lowLevel, float highLevel, std::uint32_t lowCode) {
    const double middle = (static_cast<double>(lowLevel) + static_cast<double>(highLevel)) / 2;
    const float threshold = firstFloatFrom(middle);
    const bool tieGoesDown = lowCode % 2 == 0;
    return tieGoesDown && static_cast<double>(threshold) == middle
               ? std::nextafter(threshold, std::numeric_limits<float>::infinity())
               : threshold;
}

Codebook floatTable(const SmallFloatFormat& format) {
    Codebook table;
    const std::uint32_t sign = 1u << (format.bits() - 1);
    const auto add = [&](std::uint32_t code) {
        const float level = decodeSmallFloat(format, code);
        if (!std::isfinite(level)) return;
        table.levels.push_back(level);
        table.codes.push_back(code);
    };
    for (std::uint32_t magnitude = sign - 1; magnitude > 0; --magnitude) add(sign | magnitude);
    for (std::uint32_t magnitude = 0; magnitude < sign; ++magnitude) add(magnitude);
    for (std::size_t i = 1; i < table.size(); ++i)
        table.thresholds.push_back(roundingThreshold(table.levels[i - 1], table.levels[i], table.codes[i - 1]));
    return table;
}

class FloatFormat final : public Scheme {
public:
    const SchemeInfo& info() const override {
        static const SchemeInfo info{
            .id = "float",
            .name = "Float",
            .hint = "E2M1 to fp16",
            .summary = "Floating-point numbers of 4, 6, 8 or 16 bits: nearest, ties to even, and no further than the "
                       "largest.",
            .family = Family::Static,
            .control = LevelControl::Bits,
            .minimumBits = 4,
            .usesRange = true,
            .parameters =
                {
                    {.id = "format",
                     .label = "Format",
                     .kind = ParameterKind::Choice,
                     .defaultValue = std::string("auto"),
                     .help = "Bits of exponent and mantissa; by default e2m1, e2m3, e4m3fn or fp16 by the number of "
                             "bits.",
                     .choices = {{"auto", "By bits"},
                                 {"e2m1", "E2M1 (4 bits)"},
                                 {"e2m3", "E2M3 (6 bits)"},
                                 {"e3m2", "E3M2 (6 bits)"},
                                 {"e4m3fn", "E4M3 (8 bits)"},
                                 {"e5m2", "E5M2 (8 bits)"},
                                 {"fp16", "fp16 (16 bits)"},
                                 {"bf16", "bf16 (16 bits)"}}},
                    {.id = "scale",
                     .label = "Scale",
                     .kind = ParameterKind::Choice,
                     .defaultValue = std::string("absmax"),
                     .help = "Whether the end of the range is scaled to the format's largest number.",
                     .choices = {{"none", "None"}, {"absmax", "To the range"}}},
                },
            .variants = {{.id = "block",
                          .name = "Float",
                          .parameters = {{"scale", std::string("absmax")}},
                          .grouping = Grouping::block(32)}},
            .source = "OCP 8-bit Floating Point 1.0; OCP Microscaling Formats 1.0; IEEE 754-2019",
        };
        return info;
    }

    Result<std::uint32_t> requestedLevels(const QuantSpec& spec) const override {
        auto levels = Scheme::requestedLevels(spec);
        if (!levels) return levels;
        if (const auto format = formatOf(spec); !format) return format.error();
        return levels;
    }

    Result<GroupFit> fit(const GroupData& data, const QuantSpec& spec, Effort effort,
                         const JobControl& job) const override {
        static TableCache<std::string_view> tables;
        const auto format = formatOf(spec);
        if (!format) return format.error();
        auto table = tables.get(format->name, [&] { return floatTable(*format); });
        if (choice(spec, "scale") == "absmax") return fitScaledTable(data, spec, effort, std::move(table), job);
        if (job.cancelled()) return cancelled();
        GroupFit fit;
        fit.lower = table->levels.front();
        fit.upper = table->levels.back();
        fit.codebook = std::move(table);
        return fit;
    }

private:
    Result<SmallFloatFormat> formatOf(const QuantSpec& spec) const {
        const std::string& name = choice(spec, "format");
        const int bits = bitsFor(spec.levels);
        for (const SmallFloatFormat& format : kUsual)
            if (name == "auto" && format.bits() == bits) return format;
        if (name == "auto")
            return Error{ErrorCode::InvalidArgument, "float",
                         fmt::format("there is no float of {} bits; there are 4, 6, 8 and 16", bits)};
        for (const SmallFloatFormat& format : kFormats) {
            if (name != format.name) continue;
            if (format.bits() == bits) return format;
            return Error{ErrorCode::InvalidArgument, "float",
                         fmt::format("{} has {} bits, not {}", format.name, format.bits(), bits)};
        }
        return Error{ErrorCode::InvalidArgument, "float", "no such format: " + name};
    }
};

} // namespace

const Scheme& floatScheme() {
    static const FloatFormat scheme;
    return scheme;
}

} // namespace quantoscope
