#include "core/study/prepared_tensor.h"

#include "core/base/parallel.h"
#include "core/study/group_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace quantoscope {

namespace {

constexpr int kWholeTensor = -1;
constexpr std::size_t kBlock = 1 << 18;

struct Extremes {
    float low = INFINITY;
    float high = -INFINITY;
};

Extremes finiteExtremes(std::span<const float> values, bool allFinite) {
    std::vector<Extremes> partial(blockCount(values.size(), kBlock));
    parallelBlocks(values.size(), kBlock, [&](Block block) {
        float low = INFINITY, high = -INFINITY;
        for (std::size_t i = block.begin; i < block.end; ++i) {
            if (!allFinite && !std::isfinite(values[i])) continue;
            low = std::min(low, values[i]);
            high = std::max(high, values[i]);
        }
        partial[block.index] = {low, high};
    });
    Extremes total;
    for (const Extremes& part : partial) {
        total.low = std::min(total.low, part.low);
        total.high = std::max(total.high, part.high);
    }
    return total;
}

/// The numbers of groups, so that a layout of shapeOf() finds them in this order.
RawVector<float> numbersOf(std::span<const float> numbers, const GroupLayout& layout,
                           std::span<const std::size_t> groups) {
    RawVector<float> result;
    if (groups.empty()) return result;
    const std::size_t runs = layout.runsOf(groups.front()).count; // of every group
    result.reserve(groups.size() * layout.groupSize(groups.front()));
    for (std::size_t r = 0; r < runs; ++r) {
        for (const std::size_t group : groups) {
            const GroupLayout::Runs own = layout.runsOf(group);
            const GroupLayout::Run piece = layout.run(own.first + r * own.stride);
            result.insert(result.end(), numbers.begin() + static_cast<std::ptrdiff_t>(piece.begin),
                          numbers.begin() + static_cast<std::ptrdiff_t>(piece.end));
        }
    }
    return result;
}

/// The same from the file, where each group lies together.
Status readGroups(const PreparedTensor& whole, const GroupLayout& layout, std::span<const std::size_t> groups,
                  RawVector<float>& values) {
    for (const std::size_t group : groups) {
        const GroupLayout::Run run = layout.run(layout.runsOf(group).first);
        values.resize(values.size() + (run.end - run.begin));
        if (Status status = whole.read(run.begin, std::span(values).last(run.end - run.begin)); !status) return status;
    }
    return {};
}

Shape shapeOf(const Shape& whole, const GroupLayout& layout, std::size_t groups, std::size_t values) {
    const Grouping& grouping = layout.grouping();
    if (grouping.kind == Grouping::Kind::Channel) {
        Shape shape = whole;
        shape[static_cast<std::size_t>(grouping.axis)] = static_cast<std::int64_t>(groups);
        return shape;
    }
    const std::int64_t row = whole.empty() ? 1 : whole.back(); // no longer than a block: a block each
    if (row <= grouping.blockSize) return {static_cast<std::int64_t>(groups), row};
    return {static_cast<std::int64_t>(values)};
}

std::shared_ptr<const PreparedTensor::Sorted> sortedOf(const PreparedTensor::Sorted& whole,
                                                       std::span<const std::size_t> groups) {
    auto result = std::make_shared<PreparedTensor::Sorted>();
    for (const std::size_t group : groups) result->groups.push_back(whole.groups[group]);
    result->seconds = whole.seconds * static_cast<double>(groups.size()) / static_cast<double>(whole.groups.size());
    return result;
}

std::vector<double> doubles(std::span<const float> values) { return {values.begin(), values.end()}; }

} // namespace

PreparedTensorPtr PreparedTensor::make(TensorPtr tensor, NonFinitePolicy policy) {
    std::shared_ptr<PreparedTensor> result(new PreparedTensor);
    result->m_tensor = std::move(tensor);
    result->m_policy = policy;
    const std::span<const float> values = result->m_tensor->values;
    result->m_nonFinite = countNonFinite(values);
    const bool allFinite = result->m_nonFinite.total() == 0;
    const Extremes extremes = finiteExtremes(values, allFinite);
    if (extremes.low <= extremes.high) {
        result->m_minimum = extremes.low;
        result->m_maximum = extremes.high;
    }
    if (allFinite) return result;

    const bool clamp = policy == NonFinitePolicy::Clamp && extremes.low <= extremes.high;
    if (clamp) result->m_clamped.assign(values.begin(), values.end());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isfinite(values[i])) continue;
        if (clamp && std::isinf(values[i]))
            result->m_clamped[i] = values[i] > 0 ? extremes.high : extremes.low;
        else
            result->m_exceptions.push_back(i);
    }
    return result;
}

Result<DistributionPtr> PreparedTensor::distribution(const JobControl& job) const {
    auto whole = sorted(Grouping::tensor(), job);
    if (!whole) return whole.error();
    return (*whole)->groups.front();
}

Result<PreparedTensorPtr> PreparedTensor::withImportance(const PreparedTensorPtr& data, TensorPtr importance) {
    const auto wrong = [&](std::string reason) {
        return Error{ErrorCode::InvalidArgument, "importance " + importance->info.name, std::move(reason)};
    };
    if (importance && importance->info.shape != data->m_tensor->info.shape)
        return wrong(fmt::format("its shape is {}, that of {} is {}", describe(importance->info.shape),
                                 data->m_tensor->info.name, describe(data->m_tensor->info.shape)));
    if (importance)
        if (const Status held = data->needsValues("weighing by importance"); !held) return held.error();
    std::shared_ptr<PreparedTensor> result(new PreparedTensor);
    result->m_tensor = data->m_tensor;
    result->m_source = data->m_source;
    result->m_entry = data->m_entry;
    result->m_budget = data->m_budget;
    result->m_count = data->m_count;
    result->m_cells = data->m_cells;
    result->m_policy = data->m_policy;
    result->m_nonFinite = data->m_nonFinite;
    result->m_clamped = data->m_clamped;
    result->m_exceptions = data->m_exceptions;
    result->m_minimum = data->m_minimum;
    result->m_maximum = data->m_maximum;
    {
        const std::scoped_lock lock(data->m_mutex);
        for (const auto& [key, entry] : data->m_sorted)
            if (entry.sorted) result->m_sorted[key].sorted = entry.sorted;
    }
    if (!importance) return PreparedTensorPtr(std::move(result));
    result->m_importance.assign(importance->values.begin(), importance->values.end());
    for (const std::size_t position : result->m_exceptions) result->m_importance[position] = NAN;
    bool any = false;
    for (std::size_t i = 0, next = 0; i < result->m_importance.size(); ++i) {
        if (next < result->m_exceptions.size() && result->m_exceptions[next] == i) {
            ++next;
            continue;
        }
        const float weight = result->m_importance[i];
        if (!(weight >= 0) || std::isinf(weight))
            return wrong(fmt::format("value {} is {}; an importance is finite and not negative", i, weight));
        any = any || weight > 0;
    }
    if (!any) return wrong("no value has an importance above zero");
    result->m_importanceTensor = std::move(importance);
    return PreparedTensorPtr(std::move(result));
}

Result<PreparedTensorPtr> PreparedTensor::ofGroups(const PreparedTensor& whole, const GroupLayout& layout,
                                                   std::span<const std::size_t> groups) {
    Tensor tensor;
    tensor.info = whole.m_tensor->info;
    if (whole.resident()) {
        tensor.values = numbersOf(whole.values(), layout, groups);
    } else if (const Status status = readGroups(whole, layout, groups, tensor.values); !status) {
        return status.error();
    }
    tensor.info.shape = shapeOf(tensor.info.shape, layout, groups.size(), tensor.values.size());
    tensor.file = whole.m_tensor->file;
    // What was to be clamped is; what is left out of the whole is left out here.
    const NonFinitePolicy policy = whole.exceptionCount() == 0 ? whole.m_policy : NonFinitePolicy::Drop;
    const PreparedTensorPtr prepared = make(std::make_shared<const Tensor>(std::move(tensor)), policy);
    const auto result = std::const_pointer_cast<PreparedTensor>(prepared); // not shared yet
    result->m_importanceTensor = whole.m_importanceTensor;
    if (!whole.m_importance.empty()) result->m_importance = numbersOf(whole.m_importance, layout, groups);
    if (layout.grouping().kind != Grouping::Kind::Channel || !whole.resident()) return PreparedTensorPtr(result);
    const std::scoped_lock lock(whole.m_mutex);
    const int axis = layout.grouping().axis;
    const auto share = [&](const Entries& from, Entries& to) {
        const auto found = from.find(axis);
        if (found != from.end() && found->second.sorted) to[axis].sorted = sortedOf(*found->second.sorted, groups);
    };
    share(whole.m_sorted, result->m_sorted);
    share(whole.m_sortedByImportance, result->m_sortedByImportance);
    return PreparedTensorPtr(result);
}

Result<std::shared_ptr<const PreparedTensor::Sorted>> PreparedTensor::sorted(const Grouping& grouping,
                                                                             const JobControl& job) const {
    return sortedOnce(m_sorted, false, grouping, job);
}

Result<std::shared_ptr<const PreparedTensor::Sorted>> PreparedTensor::sortedByImportance(const Grouping& grouping,
                                                                                         const JobControl& job) const {
    return sortedOnce(m_sortedByImportance, true, grouping, job);
}

Result<std::shared_ptr<const PreparedTensor::Sorted>>
PreparedTensor::sortedOnce(Entries& entries, bool weighted, const Grouping& grouping, const JobControl& job) const {
    if (grouping.kind == Grouping::Kind::Block)
        return Error{ErrorCode::InvalidArgument, "grouping", "blocks are not sorted ahead"};
    const auto layout = GroupLayout::make(m_tensor->info.shape, grouping);
    if (!layout) return layout.error();
    const int key = grouping.kind == Grouping::Kind::Channel ? layout->grouping().axis : kWholeTensor;

    std::unique_lock lock(m_mutex);
    Entry& entry = entries[key];
    m_ended.wait(lock, job.stop, [&entry] { return !entry.underway; });
    if (job.cancelled()) return cancelled();
    if (entry.sorted) return entry.sorted;
    entry.underway = true;
    lock.unlock();
    auto result = withinMemory(m_tensor->info.name, [&] { return sort(*layout, weighted, job); });
    lock.lock();
    entry.underway = false;
    if (result) entry.sorted = *result;
    lock.unlock();
    m_ended.notify_all();
    return result;
}

Result<std::shared_ptr<const PreparedTensor::Sorted>> PreparedTensor::sort(const GroupLayout& layout, bool weighted,
                                                                           const JobControl& job) const {
    const auto begin = std::chrono::steady_clock::now();
    auto result = std::make_shared<Sorted>();
    if (!resident()) {
        auto groups = coarsen(layout, job);
        if (!groups) return groups.error();
        result->groups = std::move(*groups);
        result->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        return std::shared_ptr<const Sorted>(std::move(result));
    }
    result->groups.resize(layout.groupCount());
    parallelBlocks(layout.groupCount(), layout.groupsAtOnce(), [&](Block block) {
        GroupReader reader(*this, layout), weights(*this, layout, m_importance);
        for (std::size_t group = block.begin; group < block.end; ++group) {
            if (job.cancelled()) return;
            const auto values = reader.values(group);
            auto built = weighted ? Distribution::build(values, doubles(weights.values(group)), job)
                                  : Distribution::build(values, job);
            if (built) result->groups[group] = std::move(*built);
        }
    });
    if (job.cancelled()) return cancelled();
    result->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return std::shared_ptr<const Sorted>(std::move(result));
}

Result<DistributionPtr> PreparedTensor::distributionOf(const GroupLayout& layout, std::size_t group,
                                                       const JobControl& job) const {
    if (sortsAhead(layout)) {
        const auto ahead = sorted(layout.grouping(), job);
        if (!ahead) return ahead.error();
        return (*ahead)->groups[group];
    }
    if (resident()) return Distribution::build(GroupReader(*this, layout).values(group), job);
    const GroupLayout::Run block = layout.run(group);
    std::vector<float> values(block.end - block.begin);
    if (const Status status = read(block.begin, values, job); !status) return status.error();
    std::erase_if(values, [](float x) { return !std::isfinite(x); });
    return Distribution::build(values, job);
}

RateBoundPtr PreparedTensor::knownRateBound() const {
    const std::scoped_lock lock(m_mutex);
    return m_bound;
}

Result<RateBoundPtr> PreparedTensor::rateBound(double bits, const JobControl& job) const {
    const auto whole = distribution(job);
    if (!whole) return whole.error();
    std::unique_lock lock(m_mutex);
    m_ended.wait(lock, job.stop, [this] { return !m_boundUnderway; });
    if (job.cancelled()) return cancelled();
    if (m_bound && !m_bound->wouldGrow(bits)) return m_bound;
    m_boundUnderway = true;
    lock.unlock();
    auto result = withinMemory(m_tensor->info.name, [&] { return quantoscope::rateBound(**whole, bits, job); });
    lock.lock();
    m_boundUnderway = false;
    if (result) m_bound = *result;
    lock.unlock();
    m_ended.notify_all();
    return result;
}

bool PreparedTensor::sortsAhead(const GroupLayout& layout) const {
    constexpr std::size_t kSortFrom = 256; // values; below, what a distribution holds beside its values outweighs them
    switch (layout.grouping().kind) {
    case Grouping::Kind::Tensor: return true;
    case Grouping::Kind::Channel:
        return resident() ? layout.groupCount() > 0 && layout.groupSize(0) >= kSortFrom : !streams(layout);
    case Grouping::Kind::Block: return false;
    }
    return false;
}

} // namespace quantoscope
