#include "core/study/prepared_tensor.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
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

} // namespace

PreparedTensorPtr PreparedTensor::make(TensorPtr tensor, NonFinitePolicy policy) {
    std::shared_ptr<PreparedTensor> result(new PreparedTensor);
    result->m_tensor = std::move(tensor);
    result->m_policy = policy;
    const std::vector<float>& values = result->m_tensor->values;
    result->m_nonFinite = countNonFinite(values);
    const bool allFinite = result->m_nonFinite.total() == 0;
    const Extremes extremes = finiteExtremes(values, allFinite);
    if (extremes.low <= extremes.high) {
        result->m_minimum = extremes.low;
        result->m_maximum = extremes.high;
    }
    if (allFinite) return result;

    const bool clamp = policy == NonFinitePolicy::Clamp && extremes.low <= extremes.high;
    if (clamp) result->m_clamped = values;
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

Result<std::shared_ptr<const PreparedTensor::Sorted>> PreparedTensor::sorted(const Grouping& grouping,
                                                                             const JobControl& job) const {
    if (grouping.kind == Grouping::Kind::Block)
        return Error{ErrorCode::InvalidArgument, "grouping", "blocks are not sorted ahead"};
    const auto layout = GroupLayout::make(m_tensor->info.shape, grouping);
    if (!layout) return layout.error();
    const int key = grouping.kind == Grouping::Kind::Channel ? layout->grouping().axis : kWholeTensor;
    // Held while sorting: a second caller waits for the first instead of sorting again.
    const std::scoped_lock lock(m_mutex);
    if (const auto known = m_sorted.find(key); known != m_sorted.end()) return known->second;

    const auto begin = std::chrono::steady_clock::now();
    auto result = std::make_shared<Sorted>();
    result->groups.resize(layout->groupCount());
    if (key == kWholeTensor && m_exceptions.empty()) {
        auto built = Distribution::build(values(), job);
        if (!built) return built.error();
        result->groups.front() = std::move(*built);
    } else {
        parallelBlocks(result->groups.size(), 1, [&](Block block) {
            if (job.cancelled()) return;
            std::vector<float> own;
            layout->gather(block.index, values(), own);
            if (auto built = Distribution::build(own, job)) result->groups[block.index] = std::move(*built);
        });
        if (job.cancelled()) return cancelled();
    }
    result->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    m_sorted.emplace(key, result);
    return std::shared_ptr<const Sorted>(result);
}

} // namespace quantoscope
