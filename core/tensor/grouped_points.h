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
    std::vector<double> scatter;         // see measureScatter(); empty before
};

/// Groups neighbouring values where the bins of a good quantizer are wide, and not where they are narrow: equal shares
/// of ∫ density^(1/3), the density that levels have in the limit (Panter, Dite 1951). At most `groups` of them; fewer
/// only where fewer values count.
GroupedPoints groupPoints(const Distribution& data, std::size_t groups);

/// The same groups with what measureScatter says of them.
GroupedPoints measuredGroups(const Distribution& data, std::size_t groups);

/// Makes the points the exact means, and scatter[j] what the j groups that scatter most have together of
/// Σ w·(x − mean of its group)², j from 0 to their number.
void measureScatter(const Distribution& data, GroupedPoints& grouped);

/// No k levels have a squared error Σ w·d² below this, where `lowerBound` is one for the groups' points in place of
/// their values, and `upperBound` is the error of some k levels.
///
/// Where one level is nearest to all values of a group, their error is that of the mean plus the group's scatter W. Of
/// the groups that a boundary divides, k − 1 at most, values gain by the other level: |x − a|² − d(x)² ≤
/// 4·d(mean)·|x − mean| + 4·(x − mean)², for a the level nearest to the mean, because d changes no faster than x. By
/// Cauchy and Schwarz all that is gained is at most 4·√(error of the means)·√T + 4T, where T is the scatter of those
/// groups, and the means' error is at most (√upperBound + √W)².
double lowerBoundOfValues(const GroupedPoints& grouped, std::size_t k, double lowerBound, double upperBound);

/// Moves inner boundaries to the middle between the means on either side, until none moves any more or the rounds are
/// over: the error never rises, and no interval becomes empty.
void refineBoundaries(const Distribution& data, std::vector<std::size_t>& boundaries, std::uint64_t rounds,
                      const JobControl& job);

} // namespace quantoscope
