// Where the range [lower, upper] of a quantizer comes from: extremes, percentiles, deviations, least squared error,
// least relative entropy, or the user's own numbers.
#pragma once

#include "core/base/job_control.h"
#include "core/quant/group_data.h"
#include "core/quant/quant_spec.h"

#include <functional>
#include <span>
#include <vector>

namespace quantoscope {

struct Range {
    float lower = 0;
    float upper = 0;
};

/// Whether a preview of such a range only comes near it.
inline bool previewsRange(const RangeSpec& spec, Effort effort) {
    return (spec.kind == RangeSpec::Kind::Mse || spec.kind == RangeSpec::Kind::Entropy) && effort == Effort::Preview;
}

struct RangeUse {
    bool symmetric = false;     // the scheme uses only max(|lower|, |upper|)
    std::uint32_t levels = 256; // of the quantizer, for Entropy and Histogram
    Effort effort = Effort::Exact;
    /// The squared error (Σe² over the group) of the scheme with this range; needed for Mse only.
    std::function<double(Range)> squaredError;
};

/// MinMax; Percentile p: quantiles (1 ± p/100)/2, or the p-quantile of |x| where symmetric; Sigma k: mean ± k·σ (σ over
/// n), or k·√(Σx²/n) about 0 where symmetric; Mse: 256 shrinkings of MinMax (32 in a preview), refined by golden
/// section, never worse than MinMax; Entropy: see entropyThreshold; Histogram: see histogramRange, over 2,048 bins.
/// Symmetric ranges are returned as [−a, a]. An empty group gives [0, 0]. Errors: InvalidArgument (a fixed range that
/// is empty or not finite), Cancelled.
Result<Range> estimateRange(const GroupData& data, const RangeSpec& spec, const RangeUse& use, const JobControl& job);

/// The symmetric threshold of least Kullback–Leibler divergence between a histogram over [−absoluteMaximum,
/// absoluteMaximum] and its quantized form, as onnxruntime's calibrator computes it (a variant of TensorRT's; smoothing
/// 1e-4). quantizedBins is odd or even as its histogram is; the first candidate keeps quantizedBins bins about the
/// middle. A preview looks at some of the candidates, then at those beside the best of them.
double entropyThreshold(std::span<const std::uint64_t> histogram, double absoluteMaximum, std::size_t quantizedBins,
                        Effort effort = Effort::Exact);

/// What PyTorch's HistogramObserver leaves of [lower, upper], which the histogram divides into equal bins. Release
/// 1.13 counts between the ends cut to whole numbers, so that for much data its histogram is another.
Range histogramRange(std::span<const std::uint64_t> histogram, double lower, double upper, std::uint32_t levels);

} // namespace quantoscope
