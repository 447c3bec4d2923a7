// k-means: the k levels that minimise Σ w·(x − Q(x))², the global optimum, which in one dimension can be computed
// (optimal_partition.h). Levels are the means of the optimal intervals, rounded to float32; then every value goes to
// the nearest of them.
#include "core/quant/optimal_partition.h"
#include "core/schemes/fitted_codebook.h"
#include "core/schemes/scheme_registry.h"

namespace quantoscope {

namespace {

class KMeans final : public Scheme {
public:
    const SchemeInfo& info() const override {
        static const SchemeInfo info{
            .id = "kmeans",
            .name = "k-means",
            .hint = "global optimum",
            .summary = "The levels with the least Σ(x − Q(x))²: the global optimum in one dimension.",
            .family = Family::Dynamic,
            .control = LevelControl::Levels,
            .usesImportance = true,
            .source = "Bellman 1973; Grønlund et al. 2017, arXiv 1701.07204",
        };
        return info;
    }

    Result<GroupFit> fit(const GroupData& data, const QuantSpec& spec, Effort effort,
                         const JobControl& job) const override {
        const auto partition = optimalPartition(data.weightedDistribution(), spec.levels, effort, job);
        if (!partition) return partition.error();
        auto fit = nearestLevelFit(partition->means);
        if (!fit) return fit;
        fit->exact = partition->exact();
        fit->certificate = partition->certificate;
        return fit;
    }
};

} // namespace

const Scheme& kmeansScheme() {
    static const KMeans scheme;
    return scheme;
}

} // namespace quantoscope
