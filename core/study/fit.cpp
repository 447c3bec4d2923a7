#include "core/study/fit.h"

#include "core/base/parallel.h"
#include "core/study/group_reader.h"

#include <atomic>
#include <chrono>
#include <limits>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace quantoscope {

namespace {

constexpr std::size_t kGroupsAtOnce = 64; // a multiple of what a reader reads at once

/// Of several failing groups the first is reported, whichever thread was faster.
struct Failure {
    std::mutex mutex;
    std::optional<Error> error;
    std::atomic<std::size_t> group{std::numeric_limits<std::size_t>::max()};

    bool before(std::size_t other) const { return group.load(std::memory_order_relaxed) < other; }
    void note(std::size_t own, const Error& reason) {
        const std::scoped_lock lock(mutex);
        if (before(own)) return;
        group = own;
        error = reason;
    }
};

/// Takes the fits of all groups apart: codebooks once each, scales one a group.
void assemble(Quantizer& quantizer, std::vector<GroupFit> fits) {
    std::unordered_map<const Codebook*, std::uint32_t> known;
    quantizer.groups.reserve(fits.size());
    for (GroupFit& fit : fits) {
        const auto [entry, isNew] =
            known.try_emplace(fit.codebook.get(), static_cast<std::uint32_t>(quantizer.codebooks.size()));
        if (isNew) quantizer.codebooks.push_back(std::move(fit.codebook));
        quantizer.groups.push_back({fit.scale, fit.offset, fit.zero, entry->second, fit.lower, fit.upper});
        quantizer.sideBits += fit.sideBits;
        quantizer.exact = quantizer.exact && fit.exact;
    }
}

} // namespace

Result<TensorFit> fitTensor(const PreparedTensor& data, const Scheme& scheme, const QuantSpec& spec, Effort effort,
                            const JobControl& job) {
    const auto requested = scheme.requestedLevels(spec);
    if (!requested) return requested.error();
    auto layout = GroupLayout::make(data.tensor().info.shape, spec.grouping);
    if (!layout) return layout.error();

    std::shared_ptr<const PreparedTensor::Sorted> sorted;
    if (PreparedTensor::sortsAhead(*layout)) {
        auto result = data.sorted(spec.grouping, job);
        if (!result) return result.error();
        sorted = std::move(*result);
    }

    const auto begin = std::chrono::steady_clock::now();
    const std::size_t groupCount = layout->groupCount();
    std::vector<GroupFit> fits(groupCount);
    Failure failure;
    std::atomic<std::size_t> done{0};
    // A single group reports its own progress; of many, the number of finished ones is the progress.
    const JobControl inner = groupCount == 1 ? job : JobControl{job.stop, {}};
    parallelBlocks(groupCount, sorted ? 1 : kGroupsAtOnce, [&](Block block) {
        GroupReader reader(data, *layout);
        for (std::size_t group = block.begin; group < block.end; ++group) {
            if (job.cancelled() || failure.before(group)) return;
            const GroupData groupData = sorted ? GroupData(sorted->groups[group]) : GroupData(reader.values(group));
            auto fit = scheme.fit(groupData, spec, effort, inner);
            if (!fit) return failure.note(group, fit.error());
            fits[group] = std::move(*fit);
        }
        if (groupCount > 1)
            job.progress(static_cast<double>(done += block.end - block.begin) / static_cast<double>(groupCount));
    });
    if (job.cancelled()) return cancelled();
    if (failure.error) return *failure.error;

    auto quantizer = std::make_shared<Quantizer>();
    quantizer->spec = spec;
    quantizer->spec.grouping = layout->grouping();
    quantizer->shape = data.tensor().info.shape;
    quantizer->layout = std::move(*layout);
    quantizer->requestedLevels = *requested;
    quantizer->bits = bitsFor(*requested);
    assemble(*quantizer, std::move(fits));
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    return TensorFit{std::move(quantizer), seconds.count() + (sorted ? sorted->seconds : 0)};
}

} // namespace quantoscope
