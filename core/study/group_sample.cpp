#include "core/study/group_sample.h"

#include "core/base/philox.h"

#include <algorithm>

namespace quantoscope {

namespace {

constexpr std::size_t kFewestGroups = 4;
constexpr std::size_t kWorthwhile = 4; // times as many groups as the sample has
constexpr std::uint64_t kSeed = 20261126;

/// Strata keep the sample even; chance within them keeps it out of step with what repeats from row to row. The short
/// block at the end of a row is taken only where it must be, and then last.
std::vector<std::size_t> chooseGroups(const GroupLayout& layout, std::size_t wanted, std::size_t mustHave) {
    const RandomStream random(kSeed, 0);
    std::vector<std::size_t> groups;
    groups.reserve(wanted + 1);
    const std::size_t count = layout.groupCount(), whole = layout.groupSize(0);
    const double stratum = static_cast<double>(count) / static_cast<double>(wanted);
    for (std::size_t i = 0; i < wanted; ++i) {
        const double at = (static_cast<double>(i) + random.uniformPair(i).first) * stratum;
        const std::size_t group = std::min(count - 1, static_cast<std::size_t>(at));
        groups.push_back(layout.groupSize(group) < whole ? group - 1 : group);
    }
    const bool isShort = layout.groupSize(mustHave) < whole;
    if (!isShort) groups.push_back(mustHave);
    std::sort(groups.begin(), groups.end());
    groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
    if (isShort) groups.push_back(mustHave);
    return groups;
}

} // namespace

std::optional<std::size_t> GroupSample::indexOf(std::size_t group) const {
    const auto found = std::find(groups.begin(), groups.end(), group);
    if (found == groups.end()) return std::nullopt;
    return static_cast<std::size_t>(found - groups.begin());
}

QuantSpec GroupSample::ofSample(const QuantSpec& spec) const {
    QuantSpec result = spec.common();
    for (const auto& [group, choice] : spec.byHand)
        if (const auto index = indexOf(group)) result.byHand.emplace(*index, choice);
    return result;
}

Result<GroupSamplePtr> sampleGroups(const PreparedTensorPtr& whole, const Grouping& grouping, std::size_t mustHave,
                                    std::size_t values) {
    auto layout = GroupLayout::make(whole->tensor().info.shape, grouping);
    if (!layout) return layout.error();
    const std::size_t count = layout->groupCount();
    if (mustHave >= count) return Error{ErrorCode::InvalidArgument, "group", "there is no such group"};
    const std::size_t wanted = std::max(kFewestGroups, values / std::max<std::size_t>(1, layout->groupSize(0)));
    if (count / kWorthwhile < wanted) return GroupSamplePtr();
    auto sample = std::make_shared<GroupSample>();
    sample->groups = chooseGroups(*layout, wanted, mustHave);
    auto data = PreparedTensor::ofGroups(*whole, *layout, sample->groups);
    if (!data) return data.error();
    if ((*data)->finiteCount() == 0) return GroupSamplePtr();
    sample->data = std::move(*data);
    sample->whole = whole;
    sample->layout = std::move(*layout);
    return GroupSamplePtr(std::move(sample));
}

} // namespace quantoscope
