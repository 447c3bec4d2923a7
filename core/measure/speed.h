// How fast a fitted quantizer encodes and decodes on this machine: medians after warm-up, in bytes of float32 a second.
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/quant/quantizer.h"

#include <functional>
#include <optional>
#include <span>
#include <string>

namespace quantoscope {

struct Spread {
    double median = 0, minimum = 0, maximum = 0;
};

/// y = W·x from codes, and from float32.
struct ProductSpeed {
    Spread codesMicroseconds;
    Spread floatMicroseconds;
    std::string floatBackend; // the faster one: "oneDNN", "Eigen"
};

struct SpeedReport {
    Spread encodeGBps; // 10⁹ bytes of float32 a second, into memory that is there
    Spread decodeGBps;
    std::optional<ProductSpeed> product; // of a matrix, where core/study/run_speed.h measured it
    int runs = 0;
    int threads = 0;
    std::string instructionSet; // of the code that ran: "AVX-512", "AVX2", "SSE4"
};

/// Seconds that `once` takes: at least 7 runs after one to warm up, as many as `runs` of a report says. Errors: those
/// of once, Cancelled.
Result<Spread> timeRuns(const std::function<Status()>& once, const JobControl& job = {});

/// Encoding and decoding, timed so. Errors: InvalidArgument (another number of values than the quantizer is for),
/// Cancelled, TooLarge.
Result<SpeedReport> measureSpeed(const Quantizer& quantizer, std::span<const float> values, const JobControl& job = {});

} // namespace quantoscope
