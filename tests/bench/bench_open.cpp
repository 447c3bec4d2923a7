// From a safetensors file of ten million float32 to its first histogram, as a user meets it: open, load, make ready,
// count. Under a second is wanted. Prints the seconds, and toRead: how many plain reads of the file (its pages in
// memory) the whole takes. `sorted` goes on to the first distribution.
#include "core/formats/format_registry.h"
#include "core/study/prepared_tensor.h"
#include "core/tensor/histogram.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

using namespace quantoscope;

namespace {

constexpr std::size_t kValues = 10'000'000;

template<class Work>
double secondsOf(const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// The file, for as long as the benchmarks run.
class SampleFile {
public:
    SampleFile() : m_path(std::filesystem::temp_directory_path() / "quantoscope-bench-open.safetensors") {
        std::mt19937_64 generator(20261123);
        std::normal_distribution<float> normal;
        std::vector<float> values(kValues);
        for (float& value : values) value = normal(generator);
        const std::vector<Tensor> tensors{makeTensor("weights", {2500, 4000}, std::move(values))};
        const Format* format = formatForExtension("safetensors");
        const auto written = format->write(m_path, tensors, {});
        if (!written) std::fprintf(stderr, "%s\n", written.error().message().c_str());
    }
    ~SampleFile() {
        std::error_code ignored;
        std::filesystem::remove(m_path, ignored);
    }
    SampleFile(const SampleFile&) = delete;
    SampleFile& operator=(const SampleFile&) = delete;
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

const SampleFile& sampleFile() {
    static const SampleFile file;
    return file;
}

double readSeconds() {
    static const double seconds = [] {
        std::vector<char> bytes(std::filesystem::file_size(sampleFile().path()));
        double best = 1e9;
        for (int i = 0; i < 5; ++i)
            best = std::min(best, secondsOf([&] {
                                std::ifstream file(sampleFile().path(), std::ios::binary);
                                file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
                                benchmark::DoNotOptimize(bytes.data());
                            }));
        return best;
    }();
    return seconds;
}

void openToHistogram(benchmark::State& state, bool sort) {
    const double read = readSeconds();
    double total = 0;
    for (auto _ : state) {
        bool failed = false;
        total += secondsOf([&] {
            const auto source = openFile(sampleFile().path());
            auto tensor = source ? (*source)->load(0, {}) : Result<Tensor>(source.error());
            failed = !tensor;
            if (failed) return;
            const auto data = PreparedTensor::make(std::make_shared<const Tensor>(std::move(*tensor)));
            benchmark::DoNotOptimize(histogramOf(data->values(), 2048));
            if (sort) benchmark::DoNotOptimize(data->distribution());
        });
        if (failed) {
            state.SkipWithError("the file could not be read back");
            return;
        }
    }
    const double seconds = total / static_cast<double>(state.iterations());
    state.counters["seconds"] = seconds;
    state.counters["toRead"] = seconds / read;
}
BENCHMARK_CAPTURE(openToHistogram, first, false)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(openToHistogram, sorted, true)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace
