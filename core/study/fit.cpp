#include "core/study/fit.h"

#include "core/base/parallel.h"
#include "core/schemes/scheme_registry.h"
#include "core/study/group_reader.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <string>
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
    quantizer.clipRanges.reserve(fits.size());
    quantizer.groupSideBits.reserve(fits.size());
    for (GroupFit& fit : fits) {
        const auto [entry, isNew] =
            known.try_emplace(fit.codebook.get(), static_cast<std::uint32_t>(quantizer.codebooks.size()));
        if (isNew) quantizer.codebooks.push_back(std::move(fit.codebook));
        quantizer.groups.push_back({fit.scale, fit.offset, fit.zero, entry->second});
        quantizer.clipRanges.push_back({fit.lower, fit.upper});
        quantizer.groupSideBits.push_back(static_cast<std::uint32_t>(fit.sideBits));
        quantizer.sideBits += fit.sideBits;
        quantizer.exact = quantizer.exact && fit.exact;
    }
    if (fits.size() == 1) quantizer.certificate = fits.front().certificate;
}

/// The scheme and the spec of a group set by hand.
struct ByHand {
    const Scheme* scheme = nullptr;
    QuantSpec spec;
};

/// Raises `requested` to what the groups set by hand need: all codes have one width.
Result<std::map<std::size_t, ByHand>> groupsByHand(const QuantSpec& spec, std::size_t groupCount,
                                                   std::uint32_t& requested) {
    std::map<std::size_t, ByHand> result;
    for (const auto& [group, choice] : spec.byHand) {
        if (group >= groupCount)
            return Error{ErrorCode::InvalidArgument, "group",
                         "there is no group " + std::to_string(group) + " of " + std::to_string(groupCount)};
        const auto scheme = findScheme(choice.scheme);
        if (!scheme) return scheme.error();
        ByHand own{*scheme, spec.ofGroup(group)};
        const auto levels = own.scheme->requestedLevels(own.spec);
        if (!levels) return levels.error();
        requested = std::max(requested, *levels);
        result.emplace(group, std::move(own));
    }
    return result;
}

GroupFit fitOf(const Quantizer& quantizer, std::size_t group) {
    const GroupScale scale = quantizer.groups[group];
    const ClipRange& clip = quantizer.clipRanges[group];
    return {
        quantizer.codebooks[scale.codebook], scale.scale,     scale.offset,         scale.zero, clip.lower, clip.upper,
        quantizer.groupSideBits[group],      quantizer.exact, quantizer.certificate};
}

/// Whether fits of `known` answer the spec: it is the same but for groups set by hand, and the answer is good enough.
bool serves(const TensorFit* known, const QuantSpec& spec, const Shape& shape, Effort effort) {
    return known && known->quantizer->shape == shape && known->quantizer->spec.common() == spec.common() &&
           (known->quantizer->exact || effort == Effort::Preview);
}

bool sameChoice(const QuantSpec& a, const QuantSpec& b, std::size_t group) {
    const auto inA = a.byHand.find(group), inB = b.byHand.find(group);
    if (inA == a.byHand.end() || inB == b.byHand.end()) return inA == a.byHand.end() && inB == b.byHand.end();
    return inA->second == inB->second;
}

} // namespace

Result<TensorFit> fitTensor(const PreparedTensor& data, const Scheme& scheme, const QuantSpec& spec, Effort effort,
                            const JobControl& job, const TensorFit* known) {
    auto requested = scheme.requestedLevels(spec);
    if (!requested) return requested.error();
    auto layout = GroupLayout::make(data.tensor().info.shape, spec.grouping);
    if (!layout) return layout.error();
    QuantSpec normal = spec;
    normal.grouping = layout->grouping();
    // Values that stay in their file are known by sorted groups only; others are fitStreamed()'s.
    const bool ahead =
        data.sortsAhead(*layout) || (!data.resident() && layout->grouping().kind != Grouping::Kind::Block);
    if (!ahead)
        if (const Status held = data.needsValues("this fit"); !held) return held.error();
    const auto byHand = groupsByHand(normal, layout->groupCount(), *requested);
    if (!byHand) return byHand.error();
    if (!serves(known, normal, data.tensor().info.shape, effort)) known = nullptr;

    std::shared_ptr<const PreparedTensor::Sorted> sorted;
    if (ahead) {
        auto result = data.sorted(spec.grouping, job);
        if (!result) return result.error();
        sorted = std::move(*result);
    }

    const bool weighted = !data.importance().empty() && scheme.info().usesImportance;
    std::shared_ptr<const PreparedTensor::Sorted> byImportance;
    if (weighted && sorted) {
        auto result = data.sortedByImportance(spec.grouping, job);
        if (!result) return result.error();
        byImportance = std::move(*result);
    }

    const auto begin = std::chrono::steady_clock::now();
    const std::size_t groupCount = layout->groupCount();
    std::vector<GroupFit> fits(groupCount);
    Failure failure;
    std::atomic<std::size_t> done{0};
    // A single group reports its own progress; of many, the number of finished ones is the progress.
    const JobControl inner = groupCount == 1 ? job : JobControl{job.stop, {}};
    parallelBlocks(groupCount, sorted ? 1 : kGroupsAtOnce, [&](Block block) {
        GroupReader reader(data, *layout), weights(data, *layout, data.importance());
        for (std::size_t group = block.begin; group < block.end; ++group) {
            if (job.cancelled() || failure.before(group)) return;
            if (known && sameChoice(known->quantizer->spec, normal, group)) {
                fits[group] = fitOf(*known->quantizer, group);
                continue;
            }
            GroupData groupData = sorted ? GroupData(sorted->groups[group]) : GroupData(reader.values(group));
            if (byImportance) {
                groupData.setWeighted(byImportance->groups[group]);
            } else if (weighted) {
                const auto own = weights.values(group);
                auto built = Distribution::build(reader.values(group), std::vector<double>(own.begin(), own.end()));
                if (!built) return failure.note(group, built.error());
                groupData.setWeighted(std::move(*built));
            }
            const auto own = byHand->find(group);
            auto fit = own == byHand->end() ? scheme.fit(groupData, normal, effort, inner)
                                            : own->second.scheme->fit(groupData, own->second.spec, effort, inner);
            if (!fit) return failure.note(group, fit.error());
            if (groupData.lookedAtGroups()) fit->exact = false;
            fits[group] = std::move(*fit);
        }
        if (groupCount > 1)
            job.progress(static_cast<double>(done += block.end - block.begin) / static_cast<double>(groupCount));
    });
    if (job.cancelled()) return cancelled();
    if (failure.error) return *failure.error;

    auto quantizer = std::make_shared<Quantizer>();
    quantizer->spec = std::move(normal);
    quantizer->shape = data.tensor().info.shape;
    quantizer->layout = std::move(*layout);
    quantizer->requestedLevels = *requested;
    quantizer->bits = bitsFor(*requested);
    assemble(*quantizer, std::move(fits));
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    return TensorFit{std::move(quantizer), seconds.count() + (known          ? known->seconds
                                                              : byImportance ? byImportance->seconds
                                                              : sorted       ? sorted->seconds
                                                                             : 0)};
}

} // namespace quantoscope
