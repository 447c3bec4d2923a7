#include "core/study/run.h"

#include "core/base/parallel.h"
#include "core/schemes/scheme_registry.h"
#include "core/study/fit.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

constexpr std::size_t kBlocksAtOnce = 256;

std::string nonFiniteReason(const NonFiniteCount& count) {
    return fmt::format("{} values are not finite ({} NaN, {} +∞, {} −∞); drop or clamp them to go on", count.total(),
                       count.nan, count.positiveInfinity, count.negativeInfinity);
}

GroupResult resultOf(const ErrorSums& sums, float minimum, float maximum) {
    const ErrorMetrics metrics = finish(sums, 0);
    return {sums.count, metrics.mse, metrics.sqnrDb, minimum, maximum};
}

/// Groups that are sorted: exact from their distributions.
ErrorSums measureSorted(const Quantizer& quantizer, const PreparedTensor::Sorted& sorted,
                        std::vector<GroupResult>& groups, const JobControl& job) {
    std::vector<ErrorSums> partial(sorted.groups.size());
    parallelBlocks(sorted.groups.size(), 1, [&](Block block) {
        if (job.cancelled()) return;
        const std::size_t g = block.index;
        const Distribution& data = *sorted.groups[g];
        partial[g] = measure(data, valueCodebook(quantizer, g), quantizer.groups[g].lower, quantizer.groups[g].upper);
        groups[g] = resultOf(partial[g], data.empty() ? 0 : data.minimum(), data.empty() ? 0 : data.maximum());
    });
    ErrorSums total;
    for (const ErrorSums& part : partial) total.add(part);
    return total;
}

/// Blocks: every value is encoded and decoded once.
ErrorSums measureBlocks(const Quantizer& quantizer, std::span<const float> values, std::vector<GroupResult>& groups,
                        const JobControl& job) {
    const std::size_t count = quantizer.groupCount();
    std::vector<ErrorSums> partial(blockCount(count, kBlocksAtOnce));
    parallelBlocks(count, kBlocksAtOnce, [&](Block block) {
        if (job.cancelled()) return;
        std::vector<float> own;
        for (std::size_t g = block.begin; g < block.end; ++g) {
            quantizer.layout.gather(g, values, own);
            const ErrorSums sums = measure(own, quantizer.codebookOf(g), quantizer.groups[g]);
            if (!groups.empty()) {
                const GroupData extremes{std::span<const float>(own)};
                groups[g] = resultOf(sums, extremes.minimum(), extremes.maximum());
            }
            partial[block.index].add(sums);
        }
    });
    ErrorSums total;
    for (const ErrorSums& part : partial) total.add(part);
    return total;
}

double psnrRange(const PreparedTensor& data) {
    const TensorInfo& info = data.tensor().info;
    if (info.kind == TensorKind::Image && info.dtype == DType::U8) return 255;
    return static_cast<double>(data.maximum()) - static_cast<double>(data.minimum());
}

} // namespace

Result<RunPtr> run(const PreparedTensorPtr& data, const QuantSpec& spec, Effort effort, const JobControl& job) {
    const std::string& name = data->tensor().info.name;
    if (data->blocked()) return Error{ErrorCode::NonFinite, name, nonFiniteReason(data->nonFinite())};
    if (data->finiteCount() == 0) return Error{ErrorCode::InvalidArgument, name, "there are no values to quantize"};
    const auto scheme = findScheme(spec.scheme);
    if (!scheme) return scheme.error();
    auto fit = fitTensor(*data, **scheme, spec, effort, job);
    if (!fit) return fit.error();

    auto result = std::make_shared<RunResult>();
    result->data = data;
    result->quantizer = fit->quantizer;
    result->fitSeconds = fit->seconds;
    result->measuredValues = data->finiteCount();
    const Quantizer& quantizer = *fit->quantizer;
    if (quantizer.groupCount() <= kMaximumGroupResults) result->groups.resize(quantizer.groupCount());

    ErrorSums sums;
    if (spec.grouping.kind == Grouping::Kind::Block) {
        sums = measureBlocks(quantizer, data->values(), result->groups, job);
    } else {
        const auto sorted = data->sorted(spec.grouping, job);
        if (!sorted) return sorted.error();
        sums = measureSorted(quantizer, **sorted, result->groups, job);
    }
    if (job.cancelled()) return cancelled();
    result->errors = finish(sums, psnrRange(*data));
    result->bins = std::move(sums.bins);
    result->storage = storageCost(quantizer, data->exceptions().size(), data->tensor().info.dtype);
    result->exact = quantizer.exact;
    return RunPtr(std::move(result));
}

Result<GroupLevels> groupLevels(const RunResult& run, std::size_t group, const JobControl& job) {
    const Quantizer& quantizer = *run.quantizer;
    if (group >= quantizer.groupCount())
        return Error{ErrorCode::InvalidArgument, "group", fmt::format("there is no group {}", group)};
    DistributionPtr distribution;
    if (quantizer.spec.grouping.kind == Grouping::Kind::Block) {
        std::vector<float> own;
        quantizer.layout.gather(group, run.data->values(), own);
        auto built = Distribution::build(own, job);
        if (!built) return built.error();
        distribution = std::move(*built);
    } else {
        const auto sorted = run.data->sorted(quantizer.spec.grouping, job);
        if (!sorted) return sorted.error();
        distribution = (*sorted)->groups[group];
    }
    GroupLevels levels;
    levels.codebook = valueCodebook(quantizer, group);
    levels.bins =
        measure(*distribution, levels.codebook, quantizer.groups[group].lower, quantizer.groups[group].upper).bins;
    levels.count = distribution->count();
    return levels;
}

} // namespace quantoscope
