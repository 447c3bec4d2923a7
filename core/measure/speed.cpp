#include "core/measure/speed.h"

#include "core/base/parallel.h"
#include "core/quant/code_kernels.h"
#include "core/quant/quantized_tensor.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace quantoscope {

namespace {

constexpr int kRuns = 9;

/// 10⁹ bytes a second. The slowest run has the lowest rate.
Spread gigabytes(std::size_t bytes, Spread seconds) {
    const double size = static_cast<double>(bytes) / 1e9;
    return {size / seconds.median, size / seconds.maximum, size / seconds.minimum};
}

} // namespace

Result<Spread> timeRuns(const std::function<Status()>& once, const JobControl& job) {
    std::vector<double> times;
    for (int i = 0; i <= kRuns; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        if (auto done = once(); !done) return done.error();
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
        if (job.cancelled()) return cancelled();
        // A clock may not see the shortest work end.
        if (i > 0) times.push_back(std::max(seconds.count(), 1e-9));
    }
    std::sort(times.begin(), times.end());
    return Spread{times[times.size() / 2], times.front(), times.back()};
}

Result<SpeedReport> measureSpeed(const Quantizer& quantizer, std::span<const float> values, const JobControl& job) {
    const QuantizerPtr shared(QuantizerPtr(), &quantizer); // not owned: both live as long as this call
    const JobControl quiet{job.stop, {}};
    SpeedReport report;
    report.runs = kRuns;
    report.threads = threadCount();
    report.instructionSet = vectorInstructions();
    QuantizedTensor encoded;
    const auto encoding = timeRuns([&] { return encodeInto(encoded, shared, values, {}, nullptr, quiet); }, quiet);
    if (!encoding) return encoding.error();
    return withinMemory("values", [&]() -> Result<SpeedReport> {
        std::vector<float> decoded(values.size());
        const auto decoding = timeRuns([&] { return decode(encoded, decoded, quiet); }, quiet);
        if (!decoding) return decoding.error();
        report.encodeGBps = gigabytes(values.size_bytes(), *encoding);
        report.decodeGBps = gigabytes(values.size_bytes(), *decoding);
        return report;
    });
}

} // namespace quantoscope
