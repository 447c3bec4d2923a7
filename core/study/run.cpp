#include "core/study/run.h"

#include "core/base/parallel.h"
#include "core/quant/quantized_tensor.h"
#include "core/schemes/scheme_registry.h"
#include "core/study/fit.h"
#include "core/study/group_reader.h"
#include "core/study/streamed.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

// Parts of the groups that are summed by themselves and then in order: enough for any machine, and few enough to hold a
// table of bins each.
constexpr std::size_t kParts = 64;
// Finding the values' bins one by one costs less than finding every bin's values by this factor.
constexpr std::size_t kValuesPerLevel = 64;
constexpr double kPreviewSeconds = 0.008; // of a frame's 0.0167, for a sample of groups
constexpr std::size_t kProbe = 4;         // groups

std::string nonFiniteReason(const NonFiniteCount& count) {
    return fmt::format("{} values are not finite ({} NaN, {} +∞, {} −∞); drop or clamp them to go on", count.total(),
                       count.nan, count.positiveInfinity, count.negativeInfinity);
}

GroupResult resultOf(const ErrorSums& sums) {
    const ErrorMetrics metrics = finish(sums, 0);
    return {sums.count, metrics.mse, metrics.sqnrDb, sums.minimum, sums.maximum};
}

/// The sums of all groups, and of each where `groups` has room for them. Exact both from sorted groups, and value by
/// value where there are few values for so many levels, or none are sorted (sorted is null).
ErrorSums measureGroups(const Quantizer& quantizer, const PreparedTensor& data, const PreparedTensor::Sorted* sorted,
                        std::vector<GroupResult>& groups, const JobControl& job) {
    const GroupLayout& layout = quantizer.layout;
    const std::size_t count = quantizer.groupCount(), together = layout.groupsAtOnce();
    const std::size_t part = blockCount(blockCount(count, kParts), together) * together;
    std::vector<ErrorSums> partial(blockCount(count, part));
    parallelBlocks(count, part, [&](Block block) {
        ErrorSums& total = partial[block.index];
        GroupReader reader(data, layout);
        DirectMeasure direct;
        for (std::size_t g = block.begin; g < block.end; ++g) {
            if (job.cancelled()) return;
            const Codebook& codebook = quantizer.codebookOf(g);
            const GroupScale scale = quantizer.groups[g];
            const ClipRange& clip = quantizer.clipRanges[g];
            ErrorSums own;
            if (sorted && (!data.resident() || layout.groupSize(g) >= kValuesPerLevel * codebook.size())) {
                own = measure(*sorted->groups[g], valueCodebook(codebook, scale), clip.lower, clip.upper);
                total.add(own);
            } else {
                own = direct.add(reader.values(g), codebook, scale, clip, total);
            }
            if (!groups.empty()) groups[g] = resultOf(own);
        }
    });
    ErrorSums total;
    for (const ErrorSums& own : partial) total.add(own);
    return total;
}

/// Of all channels together; none where every value is known.
std::optional<Coarsening> coarsening(const PreparedTensor::Sorted& sorted) {
    Coarsening all;
    double within = 0, count = 0;
    bool any = false;
    for (const DistributionPtr& group : sorted.groups) {
        const Coarsening own = group->coarsening();
        any = any || group->isCoarse();
        all.groups += group->distinct();
        all.widest = std::max(all.widest, own.widest);
        within += group->squaresWithinGroups();
        count += static_cast<double>(group->count());
    }
    if (!any) return {};
    all.rmsSpread = std::sqrt(within / count);
    return all;
}

/// What a run is of a tensor that stays in its file.
struct Unheld {
    TensorFit fit;
    ErrorSums sums;
    std::optional<RunCoarsening> coarsening;
};

Result<Unheld> runUnheld(const PreparedTensor& data, const Scheme& scheme, const QuantSpec& spec, Effort effort,
                         const JobControl& job, const TensorFit* known, std::vector<GroupResult>& groups) {
    Unheld result;
    const auto keep = [&](std::size_t group, const ErrorSums& sums) {
        if (group < kMaximumGroupResults) groups.resize(std::max(groups.size(), group + 1));
        if (group < groups.size()) groups[group] = resultOf(sums);
    };
    const auto layout = GroupLayout::make(data.tensor().info.shape, spec.grouping);
    if (!layout) return layout.error();
    const auto streamed = [&]() -> Result<Unheld> {
        auto fit = fitStreamed(data, scheme, spec, effort, result.sums, keep, job);
        if (!fit) return fit.error();
        result.fit = std::move(*fit);
        if (result.fit.quantizer->groupCount() > kMaximumGroupResults) groups.clear();
        return result;
    };
    // A preview by channel is of groups of values, which are there at once from the second time on.
    const bool block = spec.grouping.kind == Grouping::Kind::Block;
    if (block || (data.streams(*layout) && effort == Effort::Exact)) return streamed();
    auto fit = fitTensor(data, scheme, spec, effort, {job.stop, {}}, known);
    if (!fit && fit.error().code == ErrorCode::TooLarge && data.streams(*layout)) return streamed();
    if (!fit) return fit.error();
    result.fit = std::move(*fit);
    const Quantizer& quantizer = *result.fit.quantizer;
    const auto sorted = data.sorted(spec.grouping, job);
    if (!sorted) return sorted.error();
    const auto coarse = coarsening(**sorted);
    if (coarse && effort == Effort::Exact) {
        auto sums = measureStreamed(quantizer, data, keep, job);
        if (!sums) return sums.error();
        result.sums = std::move(*sums);
    } else {
        groups.resize(quantizer.groupCount());
        result.sums = measureGroups(quantizer, data, sorted->get(), groups, job);
    }
    // Nothing hangs on the groups where the scheme had no need of them and each value was measured.
    if (coarse && !(quantizer.exact && effort == Effort::Exact)) {
        const auto count = static_cast<double>(result.sums.count);
        result.coarsening = RunCoarsening{*coarse, result.sums.squaredErrorBound / count};
    }
    return result;
}

double psnrRangeOf(const PreparedTensor& data) {
    const TensorInfo& info = data.tensor().info;
    if (info.kind == TensorKind::Image && info.dtype == DType::U8) return 255;
    return static_cast<double>(data.maximum()) - static_cast<double>(data.minimum());
}

/// Σ w·e²/Σw.
Result<double> importanceError(const Quantizer& quantizer, const PreparedTensor& data, const JobControl& job) {
    constexpr std::size_t kBlock = 1 << 16;
    const auto values = data.values(), importance = data.importance();
    std::vector<float> decoded(values.size());
    if (const Status status = quantize(quantizer, values, decoded, {job.stop, {}}); !status) return status.error();
    struct Sums {
        double error = 0, weight = 0;
    };
    std::vector<Sums> partial(blockCount(values.size(), kBlock));
    parallelBlocks(values.size(), kBlock, [&](Block block) {
        Sums& sums = partial[block.index];
        for (std::size_t i = block.begin; i < block.end; ++i) {
            if (std::isnan(importance[i])) continue; // left out
            const double distance = static_cast<double>(values[i]) - decoded[i], weight = importance[i];
            sums.error += weight * (distance * distance);
            sums.weight += weight;
        }
    });
    Sums total;
    for (const Sums& sums : partial) {
        total.error += sums.error;
        total.weight += sums.weight;
    }
    return total.error / total.weight;
}

Result<RunPtr> runWithinMemory(const PreparedTensorPtr& data, const QuantSpec& spec, Effort effort,
                               const JobControl& job, const RunPtr& known, double psnrRange) {
    const std::string& name = data->tensor().info.name;
    if (data->blocked()) return Error{ErrorCode::NonFinite, name, nonFiniteReason(data->nonFinite())};
    if (data->finiteCount() == 0) return Error{ErrorCode::InvalidArgument, name, "there are no values to quantize"};
    const auto scheme = findScheme(spec.scheme);
    if (!scheme) return scheme.error();
    std::optional<TensorFit> fitted;
    if (known && known->data == data) fitted = TensorFit{known->quantizer, known->fitSeconds};
    auto result = std::make_shared<RunResult>();
    result->data = data;
    result->measuredValues = data->finiteCount();
    if (!data->resident()) {
        auto unheld = runUnheld(*data, **scheme, spec, effort, job, fitted ? &*fitted : nullptr, result->groups);
        if (!unheld) return unheld.error();
        if (job.cancelled()) return cancelled();
        const Quantizer& quantizer = *unheld->fit.quantizer;
        result->quantizer = unheld->fit.quantizer;
        result->fitSeconds = unheld->fit.seconds;
        result->errors = finish(unheld->sums, psnrRange);
        result->bins = std::move(unheld->sums.bins);
        result->storage = storageCost(quantizer, data->exceptionCount(), data->tensor().info.dtype);
        result->coarsening = unheld->coarsening;
        const bool measured = !result->coarsening || effort == Effort::Exact; // every value
        result->exact = quantizer.exact && measured;
        return RunPtr(std::move(result));
    }
    auto fit = fitTensor(*data, **scheme, spec, effort, job, fitted ? &*fitted : nullptr);
    if (!fit) return fit.error();
    result->quantizer = fit->quantizer;
    result->fitSeconds = fit->seconds;
    const Quantizer& quantizer = *fit->quantizer;
    if (quantizer.groupCount() <= kMaximumGroupResults) result->groups.resize(quantizer.groupCount());

    std::shared_ptr<const PreparedTensor::Sorted> sorted;
    if (data->sortsAhead(quantizer.layout)) {
        const auto ahead = data->sorted(spec.grouping, job);
        if (!ahead) return ahead.error();
        sorted = *ahead;
    }
    ErrorSums sums = measureGroups(quantizer, *data, sorted.get(), result->groups, job);
    if (job.cancelled()) return cancelled();
    result->errors = finish(sums, psnrRange);
    result->bins = std::move(sums.bins);
    result->storage = storageCost(quantizer, data->exceptions().size(), data->tensor().info.dtype);
    result->exact = quantizer.exact;
    if (!data->importance().empty()) {
        const auto error = importanceError(quantizer, *data, job);
        if (!error) return error.error();
        result->weightedMse = *error;
    }
    return RunPtr(std::move(result));
}

/// What the whole takes when its other groups are like the sampled ones. A width of codes is common to all.
StorageCost storageOfWhole(const GroupSample& sample, const Quantizer& quantizer) {
    Quantizer whole;
    whole.layout = sample.layout;
    whole.bits = quantizer.bits;
    const double times = static_cast<double>(sample.layout.groupCount()) / static_cast<double>(sample.groups.size());
    whole.sideBits = static_cast<std::uint64_t>(std::llround(static_cast<double>(quantizer.sideBits) * times));
    return storageCost(whole, sample.whole->exceptionCount(), sample.whole->tensor().info.dtype);
}

/// Whether a run is the final answer to a spec.
bool answers(const RunResult& run, const PreparedTensorPtr& data, const QuantSpec& spec) {
    const auto layout = GroupLayout::make(data->tensor().info.shape, spec.grouping);
    if (!layout) return false;
    QuantSpec normal = spec;
    normal.grouping = layout->grouping();
    return run.data == data && run.exact && !run.sampled() && run.spec() == normal;
}

} // namespace

std::optional<std::size_t> RunResult::indexOf(std::size_t group) const {
    if (sample) return sample->indexOf(group);
    return group < quantizer->groupCount() ? std::optional(group) : std::nullopt;
}

Result<RunPtr> run(const PreparedTensorPtr& data, const QuantSpec& spec, Effort effort, const JobControl& job,
                   const RunPtr& known) {
    return withinMemory(data->tensor().info.name,
                        [&] { return runWithinMemory(data, spec, effort, job, known, psnrRangeOf(*data)); });
}

Result<RunPtr> run(const GroupSamplePtr& sample, const QuantSpec& spec, const JobControl& job) {
    const PreparedTensor& whole = *sample->whole;
    const auto result = withinMemory(whole.tensor().info.name, [&] {
        return runWithinMemory(sample->data, sample->ofSample(spec), Effort::Preview, job, nullptr, psnrRangeOf(whole));
    });
    if (!result) return result.error();
    auto sampled = std::make_shared<RunResult>(**result);
    sampled->sample = sample;
    sampled->exact = false;
    sampled->storage = storageOfWhole(*sample, *sampled->quantizer);
    return RunPtr(std::move(sampled));
}

namespace {

/// A few groups tell how long the sample would take. Where that is too long as many are taken as time allows.
Result<RunPtr> runInTime(const GroupSamplePtr& sample, const QuantSpec& spec, std::size_t group,
                         const JobControl& job) {
    if (sample->groups.size() <= kProbe) return run(sample, spec, job);
    const std::size_t size = sample->layout.groupSize(0);
    const auto few = sampleGroups(sample->whole, sample->layout.grouping(), group, kProbe * size);
    if (!few) return few.error();
    if (!*few) return run(sample, spec, job); // there is nothing to try
    const auto begin = std::chrono::steady_clock::now();
    auto trial = run(*few, spec, job);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (!trial) return trial.error();
    const double affordable = kPreviewSeconds / took.count() * static_cast<double>((*few)->groups.size());
    if (affordable >= static_cast<double>(sample->groups.size())) return run(sample, spec, job);
    if (affordable < static_cast<double>(2 * kProbe)) return trial;
    const auto some =
        sampleGroups(sample->whole, sample->layout.grouping(), group, static_cast<std::size_t>(affordable) * size);
    if (!some) return some.error();
    return *some ? run(*some, spec, job) : trial;
}

} // namespace

Result<RunPtr> preview(const PreparedTensorPtr& data, const QuantSpec& spec, std::size_t group, const JobControl& job,
                       const RunPtr& known, const GroupSamplePtr& sample) {
    if (known && answers(*known, data, spec)) return known;
    const auto layout = GroupLayout::make(data->tensor().info.shape, spec.grouping);
    if (!layout) return layout.error();
    // Groups that lie apart in a file are previewed by their coarse distributions.
    const bool apart = !data->resident() && !data->streams(*layout);
    if (spec.grouping.kind == Grouping::Kind::Tensor || data->blocked() || data->finiteCount() == 0 || apart)
        return run(data, spec, Effort::Preview, job, known);
    const bool serves = sample && sample->whole == data && sample->layout.grouping() == spec.grouping &&
                        sample->data->values().size() >= kSampleValues / 2 && sample->indexOf(group);
    return withinMemory(data->tensor().info.name, [&]() -> Result<RunPtr> {
        const auto chosen = serves ? Result<GroupSamplePtr>(sample) : sampleGroups(data, spec.grouping, group);
        if (!chosen) return chosen.error();
        return *chosen ? runInTime(*chosen, spec, group, job) : run(data, spec, Effort::Preview, job, known);
    });
}

Result<GroupLevels> groupLevels(const RunResult& run, std::size_t group, const JobControl& job) {
    const Quantizer& quantizer = *run.quantizer;
    if (group >= quantizer.groupCount())
        return Error{ErrorCode::InvalidArgument, "group", fmt::format("there is no group {}", group)};
    return withinMemory("group", [&]() -> Result<GroupLevels> {
        const auto distribution = run.data->distributionOf(quantizer.layout, group, job);
        if (!distribution) return distribution.error();
        const ClipRange& clip = quantizer.clipRanges[group];
        GroupLevels levels;
        levels.codebook = valueCodebook(quantizer, group);
        // Of the only group the run has counted every value, also where the distribution knows groups of them.
        levels.bins = quantizer.groupCount() == 1
                          ? run.bins
                          : measure(**distribution, levels.codebook, clip.lower, clip.upper).bins;
        levels.count = (*distribution)->count();
        return levels;
    });
}

} // namespace quantoscope
