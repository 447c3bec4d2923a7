#include "core/measure/speed.h"

#include "core/base/parallel.h"
#include "core/quant/quantized_tensor.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace quantoscope {

namespace {

constexpr int kRuns = 9;

constexpr const char* kInstructionSet =
#if defined(__AVX512F__)
    "AVX-512";
#elif defined(__AVX2__)
    "AVX2";
#elif defined(__x86_64__)
    "x86-64 (SSE2)";
#elif defined(__ARM_NEON)
    "NEON";
#else
    "portable";
#endif

/// Bytes a second of what `once` does to so many bytes, from kRuns timed calls after one to warm up.
template<class Once>
Result<Spread> throughput(std::size_t bytes, const JobControl& job, const Once& once) {
    std::vector<double> rates;
    for (int i = 0; i <= kRuns; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        if (auto done = once(); !done) return done.error();
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
        if (job.cancelled()) return cancelled();
        // A clock may not see the shortest work end.
        if (i > 0) rates.push_back(static_cast<double>(bytes) / std::max(seconds.count(), 1e-9));
    }
    std::sort(rates.begin(), rates.end());
    return Spread{rates[rates.size() / 2], rates.front(), rates.back()};
}

Spread inGigabytes(Spread spread) { return {spread.median / 1e9, spread.minimum / 1e9, spread.maximum / 1e9}; }

} // namespace

Result<SpeedReport> measureSpeed(const Quantizer& quantizer, std::span<const float> values, const JobControl& job) {
    const QuantizerPtr shared(QuantizerPtr(), &quantizer); // not owned: both live as long as this call
    const JobControl quiet{job.stop, {}};
    SpeedReport report{{}, {}, kRuns, threadCount(), kInstructionSet};
    QuantizedTensor encoded;
    const auto encodeRate = throughput(values.size_bytes(), quiet, [&]() -> Status {
        auto result = encode(shared, values, {}, quiet);
        if (!result) return result.error();
        encoded = std::move(*result);
        return {};
    });
    if (!encodeRate) return encodeRate.error();
    std::vector<float> decoded(values.size());
    const auto decodeRate = throughput(values.size_bytes(), quiet, [&] { return decode(encoded, decoded, quiet); });
    if (!decodeRate) return decodeRate.error();
    report.encodeGBps = inGigabytes(*encodeRate);
    report.decodeGBps = inGigabytes(*decodeRate);
    return report;
}

} // namespace quantoscope
