// Lloyd–Max: levels by Lloyd's iteration, the way most tools do k-means. It stops in a local optimum; k-means in this
// program is the optimum itself, and the two side by side show what the iteration leaves.
#include "core/schemes/fitted_codebook.h"
#include "core/schemes/lloyd_iteration.h"
#include "core/schemes/scheme_registry.h"

#include <algorithm>
#include <limits>

namespace quantoscope {

namespace {

// Means that a preview computes at most: what is left of a frame.
constexpr int kPreviewMoves = 12'000;

LloydStart startOf(std::string_view id) {
    if (id == "uniform") return LloydStart::Uniform;
    return id == "quantile" ? LloydStart::Quantile : LloydStart::KMeansPlusPlus;
}

class LloydMax final : public Scheme {
public:
    const SchemeInfo& info() const override {
        static const SchemeInfo info{
            .id = "lloyd-max",
            .name = "Lloyd–Max",
            .hint = "iterated",
            .summary = "Levels moved to the means of their nearest values until none moves: a local optimum.",
            .family = Family::Dynamic,
            .control = LevelControl::Levels,
            .parameters =
                {
                    {.id = "start",
                     .label = "Start",
                     .kind = ParameterKind::Choice,
                     .defaultValue = std::string("kmeans++"),
                     .help = "Where the levels are before the first iteration.",
                     .choices = {{"kmeans++", "k-means++"}, {"uniform", "Uniform"}, {"quantile", "Quantiles"}}},
                    {.id = "seed",
                     .label = "Seed",
                     .kind = ParameterKind::Integer,
                     .defaultValue = std::int64_t{1},
                     .help = "Decides what k-means++ draws; the same seed gives the same levels.",
                     .minimum = 0,
                     .maximum = 4294967295},
                    {.id = "iterations",
                     .label = "Iterations",
                     .kind = ParameterKind::Integer,
                     .defaultValue = std::int64_t{300},
                     .help = "The most iterations of one start.",
                     .minimum = 0,
                     .maximum = 1e6},
                    {.id = "restarts",
                     .label = "Starts",
                     .kind = ParameterKind::Integer,
                     .defaultValue = std::int64_t{1},
                     .help = "How many k-means++ starts are tried; the best is kept.",
                     .minimum = 1,
                     .maximum = 1000},
                    {.id = "tolerance",
                     .label = "Tolerance",
                     .kind = ParameterKind::Real,
                     .defaultValue = 0.0,
                     .help = "Stop when the squared movements of all levels sum to no more than this share of the "
                             "variance; 0 goes on until nothing moves.",
                     .minimum = 0,
                     .maximum = 1},
                },
            .source = "Lloyd 1957, 1982; Max 1960; Arthur, Vassilvitskii 2007",
        };
        return info;
    }

    Result<GroupFit> fit(const GroupData& data, const QuantSpec& spec, Effort effort,
                         const JobControl& job) const override {
        LloydOptions options;
        options.start = startOf(choice(spec, "start"));
        options.seed = static_cast<std::uint64_t>(integer(spec, "seed"));
        options.iterations = static_cast<int>(integer(spec, "iterations"));
        options.restarts = static_cast<int>(integer(spec, "restarts"));
        options.tolerance = real(spec, "tolerance");
        const LloydOptions asked = options;
        if (effort == Effort::Preview) {
            const int most = kPreviewMoves / static_cast<int>(std::max<std::uint32_t>(spec.levels, 1));
            options.iterations = std::min(options.iterations, std::max(1, most));
            options.restarts = 1;
        }
        const auto found = lloydLevels(data.distribution(), spec.levels, options, job);
        if (!found) return found.error();
        auto fit = nearestLevelFit(found->levels);
        if (!fit) return fit;
        fit->exact = options.restarts == asked.restarts &&
                     (options.iterations == asked.iterations || found->iterations < options.iterations);
        return fit;
    }
};

} // namespace

const Scheme& lloydMaxScheme() {
    static const LloydMax scheme;
    return scheme;
}

} // namespace quantoscope
