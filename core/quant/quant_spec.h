// What the user asks for: a scheme, how many levels, its parameters, the grouping and the range.
#pragma once

#include "core/quant/grouping.h"
#include "core/quant/parameter.h"

#include <bit>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace quantoscope {

/// Where a scheme that has a range takes it from, group by group.
struct RangeSpec {
    enum class Kind { MinMax, Percentile, Sigma, Mse, Entropy, Histogram, Fixed };
    Kind kind = Kind::MinMax;
    double parameter = 0;       // percent of Percentile, multiples of the standard deviation for Sigma
    float lower = 0, upper = 0; // of Fixed
    friend bool operator==(const RangeSpec& a, const RangeSpec& b) {
        const bool number = a.kind == Kind::Percentile || a.kind == Kind::Sigma;
        return a.kind == b.kind && (!number || a.parameter == b.parameter) &&
               (a.kind != Kind::Fixed || (a.lower == b.lower && a.upper == b.upper));
    }
};

/// "minmax", "percentile:99.9", "sigma:3", "mse", "entropy", "histogram", "-1:1". Errors: InvalidArgument.
Result<RangeSpec> parseRange(std::string_view text);
std::string formatRange(const RangeSpec& range);

/// How much work a fit may do: a preview answers within a frame and may approximate; Exact is the scheme itself.
enum class Effort { Preview, Exact };

/// What one group has where it differs from the others: its own edges or levels, mostly.
struct GroupChoice {
    std::string scheme;
    Parameters parameters;
    friend bool operator==(const GroupChoice&, const GroupChoice&) = default;
};

struct QuantSpec {
    std::string scheme = "kmeans";
    std::uint32_t levels = 16; // 2^b where the user chose b bits
    Parameters parameters;
    Grouping grouping;
    RangeSpec range;
    std::map<std::size_t, GroupChoice> byHand; // by group; all others have the scheme and parameters above
    friend bool operator==(const QuantSpec&, const QuantSpec&) = default;

    /// The spec of all groups that were not set by hand.
    QuantSpec common() const;
    /// The spec by which one group is fitted.
    QuantSpec ofGroup(std::size_t group) const;
};

/// ⌈log2 levels⌉, the width that codes are packed to; 0 for one level.
constexpr int bitsFor(std::uint32_t levels) { return levels <= 1 ? 0 : static_cast<int>(std::bit_width(levels - 1)); }

} // namespace quantoscope
