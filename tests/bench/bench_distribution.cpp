// Building the distribution of ten million normal values, and asking it, against std::sort and a copy of the same
// memory. Prints the ratios: toStdSort is how many times faster than std::sort, toCopy how many copies it takes.
#include "core/base/parallel.h"
#include "core/tensor/distribution.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <random>
#include <vector>

using namespace quantoscope;

namespace {

constexpr std::size_t kValues = 10'000'000;

const std::vector<float>& normalValues() {
    static const std::vector<float> values = [] {
        std::mt19937_64 generator(20261123);
        std::normal_distribution<float> normal;
        std::vector<float> made(kValues);
        for (float& value : made) value = normal(generator);
        return made;
    }();
    return values;
}

template<class Work>
double secondsOf(const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double sortSeconds() {
    static const double seconds = [] {
        std::vector<float> copy = normalValues();
        return secondsOf([&] { std::sort(copy.begin(), copy.end()); });
    }();
    return seconds;
}

/// Of memory that has been written before: the least that any pass over the values costs.
double copySeconds() {
    static const double seconds = [] {
        std::vector<float> copy(kValues);
        double best = 1e9;
        for (int i = 0; i < 5; ++i)
            best = std::min(best, secondsOf([&] {
                                std::memcpy(copy.data(), normalValues().data(), kValues * sizeof(float));
                                benchmark::DoNotOptimize(copy.data());
                            }));
        return best;
    }();
    return seconds;
}

void build(benchmark::State& state) {
    const ThreadLimit limit(static_cast<int>(state.range(0)));
    double total = 0;
    for (auto _ : state) {
        total += secondsOf([&] { benchmark::DoNotOptimize(Distribution::build(normalValues())); });
    }
    const double seconds = total / static_cast<double>(state.iterations());
    state.counters["toStdSort"] = sortSeconds() / seconds;
    state.counters["toCopy"] = seconds / copySeconds();
}
BENCHMARK(build)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

/// All bins of equal intervals over the range, as one run measures them.
void squaredErrors(benchmark::State& state) {
    const auto distribution = Distribution::build(normalValues()).value();
    const auto bins = static_cast<std::size_t>(state.range(0));
    double total = 0;
    for (auto _ : state) {
        total += secondsOf([&] {
            double error = 0;
            std::size_t begin = 0;
            for (std::size_t i = 0; i < bins; ++i) {
                const double width = (double{distribution->maximum()} - distribution->minimum()) / double(bins);
                const double lower = distribution->minimum() + width * double(i);
                const std::size_t end =
                    i + 1 == bins ? distribution->distinct() : distribution->indexOf(static_cast<float>(lower + width));
                error += distribution->squaredError({begin, end}, lower + width / 2);
                begin = std::max(begin, end);
            }
            benchmark::DoNotOptimize(error);
        });
    }
    state.counters["toCopy"] = total / static_cast<double>(state.iterations()) / copySeconds();
}
BENCHMARK(squaredErrors)->ArgName("bins")->Arg(16)->Arg(256)->Arg(65536)->Unit(benchmark::kMillisecond);

} // namespace
