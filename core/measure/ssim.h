// The structural similarity of two images: the mean over all whole 11 × 11 windows, weighted by a Gaussian of σ = 1.5,
// of
//
//     SSIM = (2·μx·μy + C1)·(2·σxy + C2) / ((μx² + μy² + C1)·(σx² + σy² + C2)),   C1 = (0.01·L)², C2 = (0.03·L)²
//
// with L the range of the samples (255 for 8 bits); 1 for equal images. Channels are averaged. No downsampling
// beforehand. (Wang, Bovik, Sheikh, Simoncelli 2004, Image quality assessment: from error visibility to structural
// similarity)
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"

#include <cstddef>
#include <span>

namespace quantoscope {

struct ImageShape {
    std::size_t height = 0, width = 0;
    std::size_t channels = 1; // interleaved
};

inline constexpr std::size_t kSsimWindow = 11;

/// Errors: InvalidArgument (an image smaller than a window, other lengths than the shape says, a range that is not
/// positive), Cancelled.
Result<double> ssim(std::span<const float> first, std::span<const float> second, const ImageShape& shape, double range,
                    const JobControl& job = {});

} // namespace quantoscope
