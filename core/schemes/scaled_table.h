// What the schemes with a fixed table and a scale a group have in common: value = scale · level, where the range [−a,
// a] decides the scale.
#pragma once

#include "core/quant/quantizer.h"
#include "core/quant/scheme.h"

#include <functional>
#include <memory>

namespace quantoscope {

/// The scale nearest to the one wanted such that its reciprocal and scale · largestLevel are finite in float32; never
/// less than the smallest normal number, so that groups of zeros or of subnormal numbers have one too.
float usableScale(double wanted, double largestLevel);

/// Σ w·e² of a quantizer over a distribution.
double squaredErrorOf(const Distribution& data, const Codebook& codebook, const GroupScale& scale);

/// From a (the largest magnitude that is not clipped) and the table's largest level to the scale.
using ScaleRule = std::function<float(float a, float largestLevel)>;

/// a / largestLevel: the end of the range meets the end of the table.
float scaleToEnd(float a, float largestLevel);

/// Fits the scale by the spec's range; the group stores nothing else. Errors: as estimateRange.
Result<GroupFit> fitScaledTable(const GroupData& data, const QuantSpec& spec, Effort effort,
                                std::shared_ptr<const Codebook> table, const JobControl& job,
                                const ScaleRule& rule = scaleToEnd);

} // namespace quantoscope
