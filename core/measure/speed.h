// How fast a fitted quantizer encodes and decodes on this machine: medians after warm-up, in bytes of float32 a second.
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/quant/quantizer.h"

#include <span>
#include <string>

namespace quantoscope {

struct Spread {
    double median = 0, minimum = 0, maximum = 0;
};

struct SpeedReport {
    Spread encodeGBps; // 10⁹ bytes of float32 a second
    Spread decodeGBps;
    int runs = 0;
    int threads = 0;
    std::string instructionSet; // of the code that ran: "x86-64 (SSE2)" for the portable build
};

/// At least 7 runs of each after one to warm up. Errors: InvalidArgument (another number of values than
/// the quantizer is for), Cancelled, TooLarge.
Result<SpeedReport> measureSpeed(const Quantizer& quantizer, std::span<const float> values, const JobControl& job = {});

} // namespace quantoscope
