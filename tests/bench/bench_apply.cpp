// Applying quantizers to ten million values: encode, decode, and the figures of a whole run, each against a copy of the
// values' memory. GBps is of float32; toCopy is how many copies the work takes.
#include "core/quant/quantized_tensor.h"
#include "core/study/run.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <random>
#include <vector>

using namespace quantoscope;

namespace {

constexpr std::int64_t kRows = 2500, kColumns = 4000;
constexpr std::size_t kValues = kRows * kColumns;

template<class Work>
double secondsOf(const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

const PreparedTensorPtr& sample() {
    static const PreparedTensorPtr data = [] {
        std::mt19937_64 generator(20261123);
        std::normal_distribution<float> normal;
        std::vector<float> values(kValues);
        for (float& value : values) value = normal(generator);
        return PreparedTensor::make(std::make_shared<const Tensor>(makeTensor("weights", {kRows, kColumns}, values)));
    }();
    return data;
}

double copySeconds() {
    static const double seconds = [] {
        std::vector<float> copy(kValues);
        double best = 1e9;
        for (int i = 0; i < 5; ++i)
            best = std::min(best, secondsOf([&] {
                                std::memcpy(copy.data(), sample()->values().data(), kValues * sizeof(float));
                                benchmark::DoNotOptimize(copy.data());
                            }));
        return best;
    }();
    return seconds;
}

void report(benchmark::State& state, double total) {
    const double seconds = total / static_cast<double>(state.iterations());
    state.counters["GBps"] = static_cast<double>(kValues * sizeof(float)) / seconds / 1e9;
    state.counters["toCopy"] = seconds / copySeconds();
}

QuantSpec specOf(const char* scheme, std::int64_t bits, const char* grouping) {
    QuantSpec spec;
    spec.scheme = scheme;
    spec.levels = 1u << bits;
    spec.grouping = parseGrouping(grouping).value();
    return spec;
}

void apply(benchmark::State& state, const char* scheme, const char* grouping, bool decodes) {
    const auto result = run(sample(), specOf(scheme, state.range(0), grouping));
    if (!result) {
        state.SkipWithError(result.error().message().c_str());
        return;
    }
    const QuantizerPtr quantizer = (*result)->quantizer;
    const auto encoded = encode(quantizer, sample()->values());
    std::vector<float> decoded(kValues);
    double total = 0;
    for (auto _ : state) {
        total += secondsOf([&] {
            if (decodes)
                benchmark::DoNotOptimize(decode(*encoded, decoded));
            else
                benchmark::DoNotOptimize(encode(quantizer, sample()->values()));
        });
    }
    report(state, total);
}

/// Fit and figures; whatever is sorted ahead is sorted already.
void wholeRun(benchmark::State& state, const char* scheme, const char* grouping) {
    const QuantSpec spec = specOf(scheme, state.range(0), grouping);
    if (const auto warm = run(sample(), spec); !warm) {
        state.SkipWithError(warm.error().message().c_str());
        return;
    }
    double total = 0;
    for (auto _ : state) total += secondsOf([&] { benchmark::DoNotOptimize(run(sample(), spec)); });
    report(state, total);
}

#define QUANTOSCOPE_APPLY(name, scheme, grouping)                                                                      \
    BENCHMARK_CAPTURE(apply, encode_##name, scheme, grouping, false)                                                   \
        ->ArgName("bits")                                                                                              \
        ->Arg(4)                                                                                                       \
        ->Arg(8)                                                                                                       \
        ->Unit(benchmark::kMillisecond)                                                                                \
        ->UseRealTime();                                                                                               \
    BENCHMARK_CAPTURE(apply, decode_##name, scheme, grouping, true)                                                    \
        ->ArgName("bits")                                                                                              \
        ->Arg(4)                                                                                                       \
        ->Arg(8)                                                                                                       \
        ->Unit(benchmark::kMillisecond)                                                                                \
        ->UseRealTime();                                                                                               \
    BENCHMARK_CAPTURE(wholeRun, name, scheme, grouping)                                                                \
        ->ArgName("bits")                                                                                              \
        ->Arg(4)                                                                                                       \
        ->Arg(8)                                                                                                       \
        ->Unit(benchmark::kMillisecond)                                                                                \
        ->UseRealTime()

QUANTOSCOPE_APPLY(affine, "affine", "tensor");
QUANTOSCOPE_APPLY(affine_rows, "affine", "channel:0");
QUANTOSCOPE_APPLY(affine_columns, "affine", "channel:1");
QUANTOSCOPE_APPLY(affine_blocks, "affine", "block:64");
QUANTOSCOPE_APPLY(rank, "rank", "tensor");

} // namespace
