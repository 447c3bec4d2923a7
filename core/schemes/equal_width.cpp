// Equal-width: the range in intervals of equal width, as numpy.linspace and numpy.histogram cut it.
#include "core/quant/range_estimator.h"
#include "core/schemes/intervals.h"
#include "core/schemes/scaled_table.h"
#include "core/schemes/scheme_registry.h"

namespace quantoscope {

namespace {

std::vector<double> equalEdges(Range range, std::uint32_t intervals) {
    const double low = range.lower, step = (static_cast<double>(range.upper) - low) / intervals;
    std::vector<double> edges(intervals + 1);
    for (std::uint32_t i = 0; i < intervals; ++i) edges[i] = low + i * step;
    edges.back() = range.upper;
    return edges;
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
            return squaredErrorOf(data.distribution(), codebookFor(range), GroupScale());
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
