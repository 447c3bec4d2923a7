// Some groups of a tensor as a tensor of their own, so that a preview by channel or by block costs the same however
// large the tensor is.
#pragma once

#include "core/quant/quant_spec.h"
#include "core/study/prepared_tensor.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace quantoscope {

struct GroupSample {
    PreparedTensorPtr whole;
    GroupLayout layout;              // of the whole
    std::vector<std::size_t> groups; // those of the whole that are in the sample
    PreparedTensorPtr data;          // grouped as the whole is, its group i holds the values of groups[i]

    /// Where a group of the whole is in the sample.
    std::optional<std::size_t> indexOf(std::size_t group) const;
    /// A spec of the whole as one of the sample: groups set by hand are renumbered, those outside are left out.
    QuantSpec ofSample(const QuantSpec& spec) const;
};

using GroupSamplePtr = std::shared_ptr<const GroupSample>;

inline constexpr std::size_t kSampleValues = 1 << 14; // what most schemes fit and measure within a frame

/// One group from each of as many equal runs of groups, chosen by a fixed seed, and the one that must be in it; about
/// so many values, and 4 groups at least. Null where a sample would not be much smaller than the tensor, or holds
/// nothing finite. Errors: InvalidArgument (the grouping, no such group).
Result<GroupSamplePtr> sampleGroups(const PreparedTensorPtr& whole, const Grouping& grouping, std::size_t mustHave,
                                    std::size_t values = kSampleValues);

} // namespace quantoscope
