// Fits and figures of a tensor that stays in its file, from every one of its values, read in slices.
#pragma once

#include "core/measure/error_metrics.h"
#include "core/quant/scheme.h"
#include "core/study/fit.h"

#include <functional>

namespace quantoscope {

/// What a group's own sums are for; called in ascending order of the groups.
using GroupSums = std::function<void(std::size_t group, const ErrorSums& sums)>;

/// The sums of all values under a quantizer by tensor or by channel: encodes and decodes every one. The same bits from
/// one thread and from many. Errors: of reading, Cancelled, TooLarge (the sums of so many channels do not fit into the
/// budget).
Result<ErrorSums> measureStreamed(const Quantizer& quantizer, const PreparedTensor& data, const GroupSums& groups,
                                  const JobControl& job);

/// Fits groups that lie together in the file (PreparedTensor::streams), some at a time with their values in memory, and
/// measures them: levels and figures as if all values were held. Errors: as fitTensor(); of reading; TooLarge where the
/// scales and levels of all groups would take more than half of the budget.
Result<TensorFit> fitStreamed(const PreparedTensor& data, const Scheme& scheme, const QuantSpec& spec, Effort effort,
                              ErrorSums& total, const GroupSums& groups, const JobControl& job);

} // namespace quantoscope
