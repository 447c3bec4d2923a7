// What a PreparedTensor does whose values stay in their file: two passes over it for a coarse distribution, one channel
// or all of it, and slices for whoever asks.
#include "core/base/memory_budget.h"
#include "core/formats/tensor_source.h"
#include "core/study/prepared_tensor.h"
#include "core/study/read_slices.h"
#include "core/study/slice_groups.h"
#include "core/tensor/value_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace quantoscope {

namespace {

// Of the budget a quarter is for the tables of the two passes, so that the distribution they give and a fit to it have
// room beside them.
constexpr std::uint64_t kTablePart = 4;
constexpr std::size_t kMostGroups = std::size_t{1} << 20; // more would be slow, and no figure better to see

/// A cell takes more as a group in the second pass than in the first.
constexpr std::uint64_t bytesOf(int bits) { return (sizeof(ValueGroups::Sums) * kMostLanes) << bits; }

/// The most bits for which the cells of all groups fit into so many bytes; 0 where none do.
int cellBits(std::size_t groups, std::uint64_t bytes) {
    for (int bits = ValueCells::kMostBits; bits >= ValueCells::kLeastBits; --bits)
        if (bytesOf(bits) <= bytes / groups) return bits;
    return 0;
}

} // namespace

Result<PreparedTensorPtr> PreparedTensor::open(std::shared_ptr<const TensorSource> source, std::size_t entry,
                                               NonFinitePolicy policy, std::uint64_t budget, const JobControl& job) {
    std::shared_ptr<PreparedTensor> result(new PreparedTensor);
    Tensor tensor;
    tensor.info = source->entries()[entry];
    tensor.file = source->path();
    const auto count = elementCount(tensor.info.shape);
    if (!count) return count.error();
    const std::string name = tensor.info.name;
    if (source->slices(entry) == Slices::Costly)
        return Error{
            ErrorCode::TooLarge, name,
            fmt::format("it is larger than the memory budget ({}) and stored column by column (Fortran order), "
                        "so that rows cannot be read one after the other; row by row (C order) it can",
                        byteSizeText(budget))};
    result->m_tensor = std::make_shared<const Tensor>(tensor);
    result->m_source = std::move(source);
    result->m_entry = entry;
    result->m_budget = std::max(budget, kLeastMemoryBudget);
    result->m_count = *count;
    result->m_policy = NonFinitePolicy::Drop; // to read them as they are
    return withinMemory(name, [&]() -> Result<PreparedTensorPtr> {
        std::vector<ValueCells> lanes(laneCount(*result), ValueCells(cellBits(1, result->m_budget / kTablePart)));
        const Status read = readSlices(*result, kMostLanes, 1, job,
                                       [&](const ValueSlice& slice) { lanes[slice.lane].add(slice.values); });
        if (!read) return read.error();
        for (std::size_t lane = 1; lane < lanes.size(); ++lane) lanes[0].add(lanes[lane]);
        result->m_nonFinite = lanes[0].nonFinite();
        result->m_minimum = lanes[0].minimum();
        result->m_maximum = lanes[0].maximum();
        tensor.conversionError = result->m_conversionError;
        result->m_tensor = std::make_shared<const Tensor>(std::move(tensor));
        result->m_cells = std::make_shared<const ValueCells>(std::move(lanes[0]));
        // Infinities are clamped to finite values, if there are any.
        const bool any = result->m_cells->count() > 0;
        result->m_policy = policy == NonFinitePolicy::Clamp && !any ? NonFinitePolicy::Drop : policy;
        return PreparedTensorPtr(std::move(result));
    });
}

Status PreparedTensor::needsValues(std::string_view what) const {
    if (resident()) return {};
    return Error{ErrorCode::TooLarge, m_tensor->info.name,
                 fmt::format("it is larger than the memory budget ({}), and {} needs all of its values in memory",
                             byteSizeText(m_budget), what)};
}

bool PreparedTensor::readsAnywhere() const { return resident() || m_source->slices(m_entry) == Slices::Anywhere; }

Status PreparedTensor::read(std::uint64_t first, std::span<float> out, const JobControl& job) const {
    if (resident()) {
        const auto values = this->values().subspan(static_cast<std::size_t>(first), out.size());
        std::copy(values.begin(), values.end(), out.begin());
        return {};
    }
    double conversionError = 0;
    if (Status status = m_source->read(m_entry, first, out, conversionError, job); !status) return status;
    if (conversionError > 0) {
        const std::scoped_lock lock(m_mutex);
        m_conversionError = std::max(m_conversionError, conversionError);
    }
    const bool infinite = m_nonFinite.positiveInfinity + m_nonFinite.negativeInfinity > 0;
    if (m_policy != NonFinitePolicy::Clamp || !infinite) return {};
    for (float& x : out)
        if (std::isinf(x)) x = x > 0 ? m_maximum : m_minimum;
    return {};
}

bool PreparedTensor::streams(const GroupLayout& layout) const {
    constexpr std::uint64_t kGroupPart = 4; // of the budget
    return !resident() && layout.groupCount() > 0 && layout.runCount() == layout.groupCount() &&
           fitsInto(m_budget / kGroupPart, layout.groupSize(0));
}

std::uint64_t PreparedTensor::exceptionCount() const {
    if (resident()) return m_exceptions.size();
    return m_policy == NonFinitePolicy::Clamp ? m_nonFinite.nan : m_nonFinite.total();
}

Result<std::vector<DistributionPtr>> PreparedTensor::coarsen(const GroupLayout& layout, const JobControl& job) const {
    const std::size_t count = layout.groupCount(), lanes = laneCount(*this);
    const std::uint64_t room = m_budget / kTablePart;
    const int bits = count == 0 ? 0 : cellBits(count, room);
    if (bits == 0)
        return Error{
            ErrorCode::TooLarge, m_tensor->info.name,
            fmt::format("the distributions of {} channels need tables of {} at least; a quarter of the memory budget "
                        "({}) is for them",
                        count, byteSizeText(count * bytesOf(ValueCells::kLeastBits)), byteSizeText(m_budget))};
    const auto part = [&](double from) {
        const double share = count == 1 ? 1 : 0.5; // of this pass
        return JobControl{job.stop, [&job, from, share](double done) { job.progress(from + share * done); }};
    };
    std::vector<SliceGroups> scratch(lanes);

    // Of the whole tensor the first pass was made when it was opened.
    std::vector<std::vector<ValueCells>> cells;
    Status read;
    if (count == 1 && m_cells->bits() == bits) {
        cells.push_back({*m_cells});
        if (m_policy == NonFinitePolicy::Clamp) {
            cells[0][0].add(m_maximum, m_nonFinite.positiveInfinity);
            cells[0][0].add(m_minimum, m_nonFinite.negativeInfinity);
        }
    } else {
        cells.assign(lanes, std::vector<ValueCells>(count, ValueCells(bits)));
        read = readSlices(*this, kMostLanes, 1, part(0), [&](const ValueSlice& slice) {
            scratch[slice.lane].forEach(layout, slice, [&](std::size_t group, std::span<const float> values) {
                cells[slice.lane][group].add(values);
            });
        });
        if (!read) return read.error();
    }
    for (; cells.size() > 1; cells.pop_back())
        for (std::size_t group = 0; group < count; ++group) cells[0][group].add(cells.back()[group]);

    const std::size_t most =
        std::min<std::size_t>(kMostGroups, room / (sizeof(ValueGroups::Sums) * kMostLanes)) / count;
    std::vector<ValueGroups> groups;
    groups.reserve(count);
    for (ValueCells& own : cells[0]) groups.emplace_back(own, most);
    cells.clear();

    std::vector<std::vector<std::vector<ValueGroups::Sums>>> sums(lanes);
    for (auto& lane : sums)
        for (const ValueGroups& own : groups) lane.push_back(own.makeSums());
    read = readSlices(*this, kMostLanes, 1, part(count == 1 ? 0 : 0.5), [&](const ValueSlice& slice) {
        scratch[slice.lane].forEach(layout, slice, [&](std::size_t group, std::span<const float> values) {
            groups[group].add(values, sums[slice.lane][group]);
        });
    });
    if (!read) return read.error();
    for (; sums.size() > 1; sums.pop_back())
        for (std::size_t group = 0; group < count; ++group) ValueGroups::add(sums.back()[group], sums[0][group]);

    std::vector<DistributionPtr> result;
    result.reserve(count);
    for (std::size_t group = 0; group < count; ++group) {
        result.push_back(Distribution::fromGroups(groups[group].groups(sums[0][group])));
        std::vector<ValueGroups::Sums>().swap(sums[0][group]);
    }
    return result;
}

} // namespace quantoscope
