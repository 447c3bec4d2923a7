// Ten million normal float32, unsorted, to the certified optimal codebook: sorting, fit and memory, at 16, 256 and
// 4,096 levels, with all instructions of the processor and limited to AVX2. Medians of runs in turns.
//
// The yardsticks of the same run: sorting alone, and a throwaway prototype of the same method where
// QUANTOSCOPE_KMEANS_PROTOTYPE names its program (written for AVX-512). Wanted: at most 1.1 times its time at 16 and
// 256 levels, 2.2 times with AVX2, half of it at 4,096.
#include "core/quant/optimal_partition.h"
#include "core/tensor/value_sort.h"
#include "tests/bench/prototype.h"

#include <hwy/targets.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

using namespace quantoscope;

namespace {

constexpr std::size_t kValues = 10'000'000;
constexpr int kTurns = 5;

double since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.empty() ? std::numeric_limits<double>::quiet_NaN() : values[values.size() / 2];
}

long peakKilobytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

struct Own {
    std::vector<double> seconds, fit;
    OptimalPartition partition;
    std::size_t distinct = 0;

    void run(const std::vector<float>& values, std::uint32_t k) {
        const auto begin = std::chrono::steady_clock::now();
        const auto data = Distribution::build(values).value();
        const auto sorted = std::chrono::steady_clock::now();
        partition = optimalPartition(*data, k).value();
        fit.push_back(since(sorted));
        seconds.push_back(since(begin));
        distinct = data->distinct();
    }
};

void compare(const std::vector<float>& values, const Prototype& prototype, std::uint32_t k, double wanted,
             double wantedNarrow) {
    Own wide, narrow;
    std::vector<double> other, sort;
    double otherError = 0;
    // Bits of wider vectors are cleared: what is left is AVX2 and below.
    const std::int64_t all = hwy::SupportedTargets();
    const std::int64_t narrowTargets = all & ~((HWY_AVX2 - 1));
    for (int turn = 0; turn < kTurns; ++turn) {
        const auto begin = std::chrono::steady_clock::now();
        static_cast<void>(sortedCopy(values));
        sort.push_back(since(begin));
        wide.run(values, k);
        hwy::SetSupportedTargetsForTest(narrowTargets);
        narrow.run(values, k);
        hwy::SetSupportedTargetsForTest(0);
        if (const auto run = prototype.run(std::to_string(k) + " 1 lagcoarse", "THR=1 COMP=1")) {
            other.push_back(run->at("t_med").get<double>());
            otherError = run->at("sse").get<double>();
        }
    }
    const double own = median(wide.seconds), avx2 = median(narrow.seconds), theirs = median(other);
    const OptimalityCertificate& proof = *wide.partition.certificate;
    std::printf("k = %u: %.0f ms, of which fit %.0f ms in %d passes; %.1f times sorting alone; MSE %.12g, gap %.1e, "
                "rounding %.1e%s\n",
                k, own * 1e3, median(wide.fit) * 1e3, wide.partition.passes, own / median(sort),
                wide.partition.squaredError / static_cast<double>(kValues), proof.relativeGap, proof.roundingBound,
                wide.partition.exact() ? ", proven" : "");
    std::printf("    limited to AVX2: %.0f ms\n", avx2 * 1e3);
    if (other.empty()) return;
    std::printf("    prototype %.0f ms: ours takes %.2f of its time (wanted %.1f)%s", theirs * 1e3, own / theirs,
                wanted, own / theirs > wanted ? ", more than wanted" : "");
    if (wantedNarrow > 0)
        std::printf("; with AVX2 %.2f (wanted %.1f)%s", avx2 / theirs, wantedNarrow,
                    avx2 / theirs > wantedNarrow ? ", more than wanted" : "");
    std::printf("; its error is %.1e above ours\n", otherError / wide.partition.squaredError - 1);
}

} // namespace

int main() {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const std::vector<float> values = normalFloats(kValues);
    const Prototype prototype("QUANTOSCOPE_KMEANS_PROTOTYPE", values);
    const long before = peakKilobytes();
    Own once;
    once.run(values, 256);
    std::printf("%zu values, %zu distinct: peak memory %.0f MB beyond the input\n", kValues, once.distinct,
                static_cast<double>(peakKilobytes() - before) / 1024);
    compare(values, prototype, 16, 1.1, 2.2);
    compare(values, prototype, 256, 1.1, 2.2);
    compare(values, prototype, 4096, 0.5, 0);
    std::printf("peak memory of all: %.0f MB beyond the input\n", static_cast<double>(peakKilobytes() - before) / 1024);
}
