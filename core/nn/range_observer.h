// From what flowed through a network while it was calibrated to the grid of codes it is rounded to.
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/nn/quantized_network.h"
#include "core/quant/quant_spec.h"

#include <span>
#include <string_view>
#include <vector>

namespace quantoscope {

enum class RangeObserver {
    MinMax,     // the least and the largest value
    Percentile, // the middle 99.9 %
    Mse,        // the range of least squared error
    Entropy,    // the threshold of least Kullback–Leibler divergence (activations; weights take MinMax beside it)
    Histogram,  // what PyTorch's HistogramObserver leaves of the extremes
};
std::string_view name(RangeObserver observer);  // "minmax", "percentile", "mse", "entropy", "histogram"
std::string_view label(RangeObserver observer); // "Min–max", ...
/// Errors: InvalidArgument.
Result<RangeObserver> parseRangeObserver(std::string_view text);
/// All of them, in the order of menus.
std::span<const RangeObserver> rangeObservers();

/// What weights take beside it.
RangeSpec weightRange(RangeObserver observer);

/// A grid for so many bits: unsigned codes with a zero point, or signed ones about 0 where symmetric (without the
/// lowest). Errors: Cancelled.
Result<CodeGrid> observeGrid(std::span<const float> values, RangeObserver observer, int bits, bool symmetric,
                             const JobControl& job = {});

} // namespace quantoscope
