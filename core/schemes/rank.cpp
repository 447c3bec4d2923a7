// Rank: groups of equal counts. Edges are the quantiles i/k for i = 0 … k (numpy.quantile, linear), equal ones merged,
// the smallest and the largest value among them, as in scikit-learn's KBinsDiscretizer; a value on a boundary goes up,
// so that ties stay together. The level is the mean or the median of its group. Ties can leave a group without values:
// it keeps its place, and its level is its midpoint.
#include "core/base/float_edges.h"
#include "core/schemes/intervals.h"
#include "core/schemes/scheme_registry.h"

namespace quantoscope {

namespace {

class Rank final : public Scheme {
public:
    const SchemeInfo& info() const override {
        static const SchemeInfo info{
            .id = "rank",
            .name = "Rank",
            .hint = "equal counts",
            .summary = "Groups of equal counts, quartiles at four levels; each stands for its mean or median.",
            .family = Family::Dynamic,
            .control = LevelControl::Levels,
            .parameters = {representativeParameter({Representative::Mean, Representative::Median})},
            .source = "Boundaries as numpy.quantile, method \"linear\"",
        };
        return info;
    }

    Result<GroupFit> fit(const GroupData& groupData, const QuantSpec& spec, Effort,
                         const JobControl& job) const override {
        if (job.cancelled()) return cancelled();
        const Distribution& data = groupData.distribution();
        const Representative representative = representativeOf(choice(spec, "representative"));
        std::vector<double> edges;
        if (data.empty()) {
            edges = {0, 0};
        } else {
            edges.push_back(data.minimum());
            for (std::uint32_t i = 1; i < spec.levels; ++i) {
                const float boundary = firstFloatFrom(data.quantile(static_cast<double>(i) / spec.levels));
                if (boundary > edges.back() && boundary < data.maximum()) edges.push_back(boundary);
            }
            edges.push_back(data.maximum());
        }
        auto codebook = std::make_shared<Codebook>(intervalCodebook(edges, representative, data));
        GroupFit fit;
        fit.sideBits = codebook->size() * kBitsPerFittedLevel;
        fit.codebook = std::move(codebook);
        return fit;
    }
};

} // namespace

const Scheme& rankScheme() {
    static const Rank scheme;
    return scheme;
}

} // namespace quantoscope
