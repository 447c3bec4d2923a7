// Rank: groups of equal counts. Boundaries are the quantiles i/k (numpy.quantile, linear), equal ones merged; a value
// on a boundary goes up, so that ties stay together. The level is the mean or the median of its group.
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
        auto codebook = std::make_shared<Codebook>();
        std::size_t begin = 0;
        float threshold = 0;
        const auto close = [&](std::size_t end) {
            const IndexRange group{begin, end};
            if (!codebook->levels.empty()) codebook->thresholds.push_back(threshold);
            codebook->levels.push_back(static_cast<float>(
                representative == Representative::Median ? data.medianOf(group) : data.meanOf(group)));
            begin = end;
        };
        for (std::uint32_t i = 1; i < spec.levels && !data.empty(); ++i) {
            const float boundary = firstFloatFrom(data.quantile(static_cast<double>(i) / spec.levels));
            const std::size_t end = data.indexOf(boundary);
            if (end == begin) continue; // no value between this boundary and the last
            close(end);
            threshold = boundary;
        }
        close(data.distinct());
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
