#include "core/study/streamed.h"

#include "core/base/memory_budget.h"
#include "core/base/parallel.h"
#include "core/study/group_reader.h"
#include "core/study/read_slices.h"
#include "core/study/slice_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <unordered_map>

namespace quantoscope {

namespace {

constexpr std::size_t kMostParts = 64, kBlockParts = 64;
constexpr std::uint64_t kMostSlab = std::uint64_t{1} << 24; // values
constexpr std::uint64_t kLeastSlab = std::uint64_t{1} << 12;
constexpr std::uint64_t kSlabPart =
    128; // bytes of budget a value: itself, its codes and errors, and the fit of its block

/// Only the finite ones.
std::span<const float> finiteOf(std::span<const float> values, std::vector<float>& scratch) {
    if (std::all_of(values.begin(), values.end(), [](float x) { return std::isfinite(x); })) return values;
    scratch.clear();
    std::copy_if(values.begin(), values.end(), std::back_inserter(scratch), [](float x) { return std::isfinite(x); });
    return scratch;
}

/// What one part of the values adds up to.
struct Part {
    ErrorSums total;
    std::vector<ErrorSums> groups; // without bins
};

/// How many parts the sums may take half of the budget for, at least one; 0 where not even that.
std::size_t partsFor(const Quantizer& quantizer, std::uint64_t budget) {
    std::size_t bins = 0;
    for (const auto& codebook : quantizer.codebooks) bins = std::max(bins, codebook->size());
    const std::uint64_t each =
        bins * (sizeof(std::uint64_t) + sizeof(double)) + quantizer.groupCount() * sizeof(ErrorSums);
    return static_cast<std::size_t>(std::min<std::uint64_t>(kMostParts, budget / 2 / std::max<std::uint64_t>(each, 1)));
}

} // namespace

Result<ErrorSums> measureStreamed(const Quantizer& quantizer, const PreparedTensor& data, const GroupSums& groups,
                                  const JobControl& job) {
    const std::size_t parts = partsFor(quantizer, data.budget());
    if (parts == 0)
        return Error{ErrorCode::TooLarge, data.tensor().info.name,
                     fmt::format("the figures of {} channels do not fit into the memory budget ({})",
                                 quantizer.groupCount(), byteSizeText(data.budget()))};
    struct Lane {
        SliceGroups groups;
        DirectMeasure measure;
        std::vector<float> finite;
    };
    std::vector<Lane> lanes(laneCount(data));
    std::vector<Part> partial(parts);
    const Status read = readSlices(data, parts, 1, job, [&](const ValueSlice& slice) {
        Lane& lane = lanes[slice.lane];
        Part& part = partial[slice.part];
        part.groups.resize(quantizer.groupCount());
        lane.groups.forEach(quantizer.layout, slice, [&](std::size_t group, std::span<const float> values) {
            part.groups[group].add(lane.measure.add(finiteOf(values, lane.finite), quantizer.codebookOf(group),
                                                    quantizer.groups[group], quantizer.clipRanges[group], part.total));
        });
    });
    if (!read) return read.error();
    ErrorSums total;
    for (const Part& part : partial) total.add(part.total);
    for (std::size_t group = 0; group < quantizer.groupCount(); ++group) {
        ErrorSums own;
        for (const Part& part : partial)
            if (!part.groups.empty()) own.add(part.groups[group]);
        groups(group, own);
    }
    return total;
}

namespace {

/// A run of values made of whole groups: rows, or a piece of one.
struct Slab {
    std::uint64_t first = 0;
    Shape shape;
    std::uint64_t values = 0;
};

class Slabs {
public:
    Slabs(const PreparedTensor& data, const GroupLayout& layout)
        : m_count(data.valueCount()), m_byBlock(layout.grouping().kind == Grouping::Kind::Block) {
        const Shape& shape = data.tensor().info.shape;
        m_group = m_byBlock ? static_cast<std::uint64_t>(layout.grouping().blockSize) : layout.groupSize(0);
        m_row = !m_byBlock ? m_group : shape.empty() ? 1 : static_cast<std::uint64_t>(shape.back());
        m_wanted = std::clamp(data.budget() / kSlabPart, kLeastSlab, kMostSlab);
    }

    /// As they are grouped in a slab.
    Grouping grouping() const {
        return m_byBlock ? Grouping::block(static_cast<std::int64_t>(m_group)) : Grouping::channel(0);
    }

    bool next(Slab& slab) const {
        const std::uint64_t first = slab.first + slab.values, inRow = first % m_row;
        if (first >= m_count) return false;
        slab.first = first;
        if (m_byBlock && m_row > m_wanted) { // a piece of a row
            const std::uint64_t piece = std::max(m_group, m_wanted / m_group * m_group);
            slab.values = std::min(piece, m_row - inRow);
            slab.shape = {static_cast<std::int64_t>(slab.values)};
        } else {
            const std::uint64_t rows =
                std::min(std::max<std::uint64_t>(1, m_wanted / m_row), (m_count - first) / m_row);
            slab.values = rows * m_row;
            slab.shape = {static_cast<std::int64_t>(rows), static_cast<std::int64_t>(m_row)};
        }
        return true;
    }

private:
    std::uint64_t m_count, m_group = 1, m_row = 1, m_wanted = 0;
    bool m_byBlock;
};

Result<PreparedTensorPtr> loadSlab(const PreparedTensor& data, const Slab& slab, const JobControl& job) {
    RawVector<float> values(static_cast<std::size_t>(slab.values));
    if (Status status = data.read(slab.first, values, {job.stop, {}}); !status) return status.error();
    // Read as the policy says; what is not finite still is left out.
    return PreparedTensor::make(
        std::make_shared<const Tensor>(tensorOf(data.tensor().info.name, slab.shape, std::move(values))),
        NonFinitePolicy::Drop);
}

/// Joins the quantizers of slabs.
class Joined {
public:
    Joined(Quantizer& all, std::uint64_t most) : m_all(all), m_most(most) {}

    /// Whether there is room for them.
    bool add(const Quantizer& part) {
        std::vector<std::uint32_t> index;
        for (const auto& codebook : part.codebooks) {
            const auto [entry, isNew] =
                m_known.try_emplace(codebook.get(), static_cast<std::uint32_t>(m_all.codebooks.size()));
            if (isNew) {
                m_all.codebooks.push_back(codebook);
                m_bytes +=
                    sizeof(Codebook) + kPerAllocation + codebook->size() * (sizeof(float) * 2 + sizeof(std::uint32_t));
            }
            index.push_back(entry->second);
        }
        for (GroupScale scale : part.groups) {
            scale.codebook = index[scale.codebook];
            m_all.groups.push_back(scale);
        }
        m_all.clipRanges.insert(m_all.clipRanges.end(), part.clipRanges.begin(), part.clipRanges.end());
        m_all.groupSideBits.insert(m_all.groupSideBits.end(), part.groupSideBits.begin(), part.groupSideBits.end());
        m_all.sideBits += part.sideBits;
        m_all.exact = m_all.exact && part.exact;
        return m_bytes + m_all.groups.size() * kPerGroup <= m_most;
    }

private:
    static constexpr std::uint64_t kPerAllocation = 128; // pointers, and what the map and the heap keep
    static constexpr std::uint64_t kPerGroup = sizeof(GroupScale) + sizeof(ClipRange) + sizeof(std::uint32_t);

    Quantizer& m_all;
    std::uint64_t m_most, m_bytes = 0;
    std::unordered_map<const Codebook*, std::uint32_t> m_known;
};

Error tableTooLarge(const PreparedTensor& data, std::size_t groups, std::uint64_t least) {
    return {
        ErrorCode::TooLarge, data.tensor().info.name,
        fmt::format("the scales and levels of {} groups take {} or more, and half of the memory budget is {}: fewer "
                    "and larger groups take less",
                    groups, byteSizeText(least), byteSizeText(data.budget() / 2))};
}

/// As the in-memory way measures small groups: each by itself, parts in order.
void measureSlab(const PreparedTensor& slab, const Quantizer& quantizer, std::size_t firstGroup, ErrorSums& total,
                 const GroupSums& groups) {
    const std::size_t count = quantizer.groupCount(), part = blockCount(count, kBlockParts);
    std::vector<ErrorSums> partial(blockCount(count, part)), own(count);
    parallelBlocks(count, part, [&](Block block) {
        GroupReader reader(slab, quantizer.layout);
        DirectMeasure direct;
        for (std::size_t g = block.begin; g < block.end; ++g)
            own[g] = direct.add(reader.values(g), quantizer.codebookOf(g), quantizer.groups[g], quantizer.clipRanges[g],
                                partial[block.index]);
    });
    for (const ErrorSums& sums : partial) total.add(sums);
    for (std::size_t g = 0; g < count; ++g) groups(firstGroup + g, own[g]);
}

} // namespace

Result<TensorFit> fitStreamed(const PreparedTensor& data, const Scheme& scheme, const QuantSpec& spec, Effort effort,
                              ErrorSums& total, const GroupSums& groups, const JobControl& job) {
    const auto begin = std::chrono::steady_clock::now();
    auto layout = GroupLayout::make(data.tensor().info.shape, spec.grouping);
    if (!layout) return layout.error();
    const std::uint64_t most = data.budget() / 2;
    if (!data.streams(*layout))
        return Error{ErrorCode::TooLarge, data.tensor().info.name,
                     fmt::format("a group of {} values is too large for the memory budget ({})", layout->groupSize(0),
                                 byteSizeText(data.budget()))};
    const std::uint64_t scales = layout->groupCount() * std::uint64_t{sizeof(GroupScale)};
    if (scales > most) return tableTooLarge(data, layout->groupCount(), scales);

    auto quantizer = std::make_shared<Quantizer>();
    quantizer->spec = spec;
    quantizer->spec.grouping = layout->grouping();
    quantizer->shape = data.tensor().info.shape;
    quantizer->groups.reserve(layout->groupCount());
    Joined joined(*quantizer, most);
    const Slabs slabs(data, *layout);
    for (Slab slab; slabs.next(slab);) {
        if (job.cancelled()) return cancelled();
        job.progress(static_cast<double>(slab.first) / static_cast<double>(data.valueCount()));
        const auto held = loadSlab(data, slab, job);
        if (!held) return held.error();
        const std::size_t first = quantizer->groups.size();
        QuantSpec own = spec.common();
        own.grouping = slabs.grouping();
        for (const auto& [group, choice] : spec.byHand)
            if (group >= first && group < layout->groupOf(static_cast<std::size_t>(slab.first + slab.values - 1)) + 1)
                own.byHand.emplace(group - first, choice);
        const auto fit = fitTensor(**held, scheme, own, effort, {job.stop, {}});
        if (!fit) return fit.error();
        const Quantizer& part = *fit->quantizer;
        quantizer->bits = std::max(quantizer->bits, part.bits);
        quantizer->requestedLevels = std::max(quantizer->requestedLevels, part.requestedLevels);
        measureSlab(**held, part, first, total, groups);
        if (!joined.add(part)) return tableTooLarge(data, layout->groupCount(), most);
    }
    quantizer->layout = std::move(*layout);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    return TensorFit{std::move(quantizer), seconds.count()};
}

} // namespace quantoscope
