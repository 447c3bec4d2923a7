// How fast a run's quantizer works on this machine, on the run's own tensor: encoding and decoding, and, of a matrix in
// codes that a product takes as they are (2, 3, 4 or 8 bits), y = W·x from the codes against float32.
#pragma once

#include "core/measure/speed.h"
#include "core/study/run.h"

namespace quantoscope {

/// The float32 product is the faster of oneDNN's and Eigen's, both on as many threads and Eigen's for the widest
/// vectors of the processor. Medians of at least 7 runs of each after one to warm up. Errors: Cancelled, TooLarge.
Result<SpeedReport> measureSpeed(const RunResult& run, const JobControl& job = {});

} // namespace quantoscope
