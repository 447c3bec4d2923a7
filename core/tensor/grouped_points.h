// Fewer points in place of many, for a partition that is nearly optimal where the optimum would take too long. All of
// it costs time by the number of groups, not of values.
#pragma once

#include "core/base/job_control.h"
#include "core/tensor/distribution.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace quantoscope {

struct GroupedPoints {
    std::vector<std::size_t> boundaries; // inner ones: group i is values boundaries[i − 1] .. boundaries[i] − 1
    std::vector<double> points;          // means of the groups, nearly
    std::vector<double> weights;         // all positive
};

/// Groups neighbouring values where the bins of a good quantizer are wide, and not where they are narrow: equal shares
/// of ∫ density^(1/3), the density that levels have in the limit (Panter, Dite 1951). At most `groups` of them; fewer
/// only where fewer values count.
GroupedPoints groupPoints(const Distribution& data, std::size_t groups);

/// Moves inner boundaries to the middle between the means on either side, until none moves any more or the rounds are
/// over: the error never rises, and no interval becomes empty.
void refineBoundaries(const Distribution& data, std::vector<std::size_t>& boundaries, std::uint64_t rounds,
                      const JobControl& job);

} // namespace quantoscope
