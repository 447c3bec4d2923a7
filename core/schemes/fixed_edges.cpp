// Fixed: the user's own edges, such as 0, 25, 50, 75, 100. Without any, round ones about the data.
#include "core/base/float_edges.h"
#include "core/schemes/intervals.h"
#include "core/schemes/round_numbers.h"
#include "core/schemes/scheme_registry.h"

#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

class FixedEdges final : public Scheme {
public:
    const SchemeInfo& info() const override {
        static const SchemeInfo info{
            .id = "fixed",
            .name = "Fixed edges",
            .hint = "your boundaries",
            .summary = "Intervals between your own edges, such as 0, 25, 50, 75, 100; values outside go to the end "
                       "intervals and count as clipped.",
            .family = Family::Static,
            .control = LevelControl::FromParameters,
            .parameters = {{.id = "edges",
                            .label = "Edges",
                            .kind = ParameterKind::RealList,
                            .defaultValue = std::vector<double>{},
                            .help = "Ascending edges of the intervals, which decide how many levels there are; without "
                                    "any, equal intervals between round numbers about the data.",
                            .minimum = std::numeric_limits<float>::lowest(),
                            .maximum = std::numeric_limits<float>::max()},
                           representativeParameter(
                               {Representative::Midpoint, Representative::Mean, Representative::Median})},
        };
        return info;
    }

    Result<std::uint32_t> requestedLevels(const QuantSpec& spec) const override {
        auto levels = Scheme::requestedLevels(specWithin(spec));
        if (!levels) return levels;
        const std::vector<double>& edges = list(spec, "edges");
        if (edges.empty()) return levels;
        const std::size_t most = (std::size_t{1} << info().maximumBits) + 1;
        if (edges.size() < 2 || edges.size() > most)
            return Error{ErrorCode::InvalidArgument, "edges", "there must be from 2 to " + std::to_string(most)};
        for (std::size_t i = 1; i < edges.size(); ++i)
            if (!(edges[i - 1] < edges[i])) return Error{ErrorCode::InvalidArgument, "edges", "must ascend"};
        return static_cast<std::uint32_t>(edges.size() - 1);
    }

    Result<GroupFit> fit(const GroupData& data, const QuantSpec& spec, Effort, const JobControl& job) const override {
        if (job.cancelled()) return cancelled();
        std::vector<double> edges = list(spec, "edges");
        if (edges.empty()) edges = roundNumbers(data.minimum(), data.maximum(), std::size_t{spec.levels} + 1);
        const Representative representative = representativeOf(choice(spec, "representative"));
        const bool fitted = representative != Representative::Midpoint;
        GroupFit fit;
        fit.codebook = std::make_shared<const Codebook>(
            fitted ? intervalCodebook(edges, representative, data.distribution()) : intervalCodebook(edges));
        fit.lower = firstFloatFrom(edges.front());
        fit.upper = lastFloatTo(edges.back());
        if (fitted) fit.sideBits = fit.codebook->size() * kBitsPerFittedLevel;
        return fit;
    }

private:
    /// The number of levels means nothing where there are edges.
    QuantSpec specWithin(QuantSpec spec) const {
        const auto edges = spec.parameters.find("edges");
        if (edges != spec.parameters.end() && edges->second != ParameterValue(std::vector<double>{})) spec.levels = 1;
        return spec;
    }
};

} // namespace

const Scheme& fixedScheme() {
    static const FixedEdges scheme;
    return scheme;
}

} // namespace quantoscope
