// Equal-width: the range in intervals of equal width, as numpy.linspace and numpy.histogram cut it.
#include "core/quant/range_estimator.h"
#include "core/schemes/intervals.h"
#include "core/schemes/scaled_table.h"
#include "core/schemes/scheme_registry.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace quantoscope {

namespace {

constexpr std::size_t kValuesPerInterval = 64; // fewer are quicker looked at one by one

std::vector<double> equalEdges(Range range, std::uint32_t intervals) {
    const double low = range.lower, step = (static_cast<double>(range.upper) - low) / intervals;
    std::vector<double> edges(intervals + 1);
    for (std::uint32_t i = 0; i < intervals; ++i) edges[i] = low + i * step;
    edges.back() = range.upper;
    return edges;
}

/// Σ w·e² with midpoints, value by value: for fewer values than making a codebook for every range would cost. Nothing
/// where an interval may be too narrow to hold a float32 of its own; then only the codebook knows who has what.
std::optional<double> errorOfMidpoints(const Distribution& data, Range range, std::uint32_t intervals) {
    const double low = range.lower, high = range.upper, step = (high - low) / intervals;
    const double finest = 0x1p-22 * std::max(std::fabs(low), std::fabs(high));
    if (!(step > finest)) return std::nullopt;
    const auto edge = [&](std::uint32_t i) { return i == intervals ? high : low + i * step; };
    double error = 0;
    for (std::size_t i = 0; i < data.distinct(); ++i) {
        const double x = data.values()[i];
        auto at = static_cast<std::uint32_t>(std::clamp((x - low) / step, 0.0, static_cast<double>(intervals - 1)));
        while (at > 0 && x < edge(at)) --at;
        while (at + 1 < intervals && x >= edge(at + 1)) ++at;
        const double distance = x - static_cast<float>(edge(at) + (edge(at + 1) - edge(at)) / 2);
        error += data.weightOf({i, i + 1}) * (distance * distance);
    }
    return error;
}

class EqualWidth final : public Scheme {
public:
    const SchemeInfo& info() const override {
        static const SchemeInfo info{
            .id = "equal-width",
            .name = "Equal-width",
            .hint = "equal intervals",
            .summary =
                "The range in intervals of equal width; each stands for its midpoint, or the mean of its values.",
            .family = Family::Static,
            .control = LevelControl::Levels,
            .usesRange = true,
            .parameters = {representativeParameter({Representative::Midpoint, Representative::Mean})},
        };
        return info;
    }

    Result<GroupFit> fit(const GroupData& data, const QuantSpec& spec, Effort effort,
                         const JobControl& job) const override {
        const Representative representative = representativeOf(choice(spec, "representative"));
        const auto codebookFor = [&](Range range) {
            const std::vector<double> edges = equalEdges(range, spec.levels);
            return representative == Representative::Midpoint
                       ? intervalCodebook(edges)
                       : intervalCodebook(edges, representative, data.distribution());
        };
        RangeUse use;
        use.levels = spec.levels;
        use.effort = effort;
        use.squaredError = [&](Range range) {
            const Distribution& values = data.distribution();
            if (representative == Representative::Midpoint && values.distinct() <= kValuesPerInterval * spec.levels)
                if (const auto error = errorOfMidpoints(values, range, spec.levels)) return *error;
            return squaredErrorOf(values, codebookFor(range), GroupScale());
        };
        const auto range = estimateRange(data, spec.range, use, job);
        if (!range) return range.error();
        GroupFit fit;
        fit.exact = !previewsRange(spec.range, effort);
        fit.codebook = std::make_shared<const Codebook>(codebookFor(*range));
        fit.lower = range->lower;
        fit.upper = range->upper;
        if (representative == Representative::Mean)
            fit.sideBits = fit.codebook->size() * kBitsPerFittedLevel;
        else if (spec.range.kind != RangeSpec::Kind::Fixed)
            fit.sideBits = 2 * kBitsPerScale; // both ends of the range
        return fit;
    }
};

} // namespace

const Scheme& equalWidthScheme() {
    static const EqualWidth scheme;
    return scheme;
}

} // namespace quantoscope
