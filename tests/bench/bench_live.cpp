// From a moved control to the finished preview: fit and figures of 10⁶ and 10⁷ normal values, medians and 99th
// percentiles, for the schemes and groupings that differ in what they must do. Each run asks for another number of
// levels than the one before, as a slider does. A frame is 16.7 ms: one is wanted at 10⁶ values, two at 10⁷.
//
// The yardstick is the live path of a throwaway prototype (values to histogram to k-means), run in turns with ours
// where QUANTOSCOPE_LIVE_PROTOTYPE names its program.
#include "core/schemes/scheme_registry.h"
#include "core/study/run.h"
#include "tests/bench/prototype.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

using namespace quantoscope;

namespace {

constexpr int kMoves = 60;
constexpr std::size_t kShown = 0; // the group on screen
constexpr double kEnough = 3000;  // milliseconds
constexpr double kFrame = 1000.0 / 60;

struct Case {
    const char* name;
    QuantSpec (*spec)(std::uint32_t bits);
};

QuantSpec specOf(const char* scheme, std::uint32_t bits, const char* grouping, const char* range = "minmax") {
    QuantSpec spec;
    spec.scheme = scheme;
    spec.levels = 1u << bits;
    spec.grouping = parseGrouping(grouping).value();
    spec.range = parseRange(range).value();
    return spec;
}

const std::vector<Case>& cases() {
    static const std::vector<Case> all{
        {"k-means", [](std::uint32_t bits) { return specOf("kmeans", bits, "tensor"); }},
        {"k-means by channel", [](std::uint32_t bits) { return specOf("kmeans", bits, "channel:0"); }},
        {"k-means in blocks of 64", [](std::uint32_t bits) { return specOf("kmeans", bits, "block:64"); }},
        {"rank", [](std::uint32_t bits) { return specOf("rank", bits, "tensor"); }},
        {"rank by channel", [](std::uint32_t bits) { return specOf("rank", bits, "channel:0"); }},
        {"rank in blocks of 64", [](std::uint32_t bits) { return specOf("rank", bits, "block:64"); }},
        {"Lloyd-Max", [](std::uint32_t bits) { return specOf("lloyd-max", bits, "tensor"); }},
        {"affine, MSE range", [](std::uint32_t bits) { return specOf("affine", bits, "tensor", "mse"); }},
        {"affine, MSE range, by channel",
         [](std::uint32_t bits) { return specOf("affine", bits, "channel:0", "mse"); }},
        {"affine, MSE range, blocks of 64",
         [](std::uint32_t bits) { return specOf("affine", bits, "block:64", "mse"); }},
        {"NF4 in blocks of 64",
         [](std::uint32_t bits) { return specOf("normal-float", std::clamp(bits, 2u, 8u), "block:64"); }},
    };
    return all;
}

struct Times {
    double median, late; // milliseconds; late: 99 of 100 are not above it
};

Times timesOf(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[std::min(times.size() - 1, times.size() * 99 / 100)]};
}

/// Every scheme in every grouping with every kind of range, a few moves each: how many there are, the slowest, and
/// those that take longer than is wanted.
void measureAll(const PreparedTensorPtr& data, double wanted) {
    int combinations = 0;
    double slowest = 0;
    std::string slowestName;
    for (const Scheme* scheme : schemes()) {
        const SchemeInfo& info = scheme->info();
        std::vector<const char*> ranges{"minmax"};
        if (info.usesRange) ranges.insert(ranges.end(), {"percentile:99.9", "sigma:3", "mse", "entropy"});
        for (const char* grouping : {"tensor", "channel:0", "channel:1", "block:32", "block:128"}) {
            for (const char* range : ranges) {
                GroupSamplePtr sample;
                double worst = 0;
                for (const std::uint32_t bits : {4u, 2u, 8u, 6u}) {
                    const QuantSpec spec = specOf(std::string(info.id).c_str(), bits, grouping, range);
                    const auto begin = std::chrono::steady_clock::now();
                    const auto result = preview(data, spec, kShown, {}, nullptr, sample);
                    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
                    if (!result) continue; // this scheme has not so many bits
                    sample = (*result)->sample;
                    if (bits != 4) worst = std::max(worst, time.count()); // the first sorts what must be sorted once
                }
                ++combinations;
                const std::string name = fmt::format("{}, {}, {}", info.id, grouping, range);
                if (worst > slowest) slowestName = name;
                slowest = std::max(slowest, worst);
                if (worst > wanted) std::printf("    %-50s %8.2f ms   beyond what is wanted\n", name.c_str(), worst);
            }
        }
    }
    std::printf("    all %d of scheme, grouping and range: the slowest takes %.2f ms (%s)\n", combinations, slowest,
                slowestName.c_str());
}

void measure(std::int64_t rows, std::int64_t columns) {
    const std::size_t count = static_cast<std::size_t>(rows * columns);
    const std::vector<float> values = normalFloats(count);
    const auto data =
        PreparedTensor::make(std::make_shared<const Tensor>(makeTensor("values", {rows, columns}, values)));
    const double frames = count > 1'000'000 ? 2 : 1;
    std::printf("%zu values, wanted: %.1f ms\n", count, frames * kFrame);
    const Prototype prototype("QUANTOSCOPE_LIVE_PROTOTYPE", values);
    for (const Case& each : cases()) {
        const auto first = preview(data, each.spec(4), kShown); // sorts what must be sorted once
        if (!first) continue;
        RunPtr last = *first;
        std::vector<double> times;
        bool exact = true;
        double measured = 0, total = 0, gap = 0;
        for (int move = 0; move < kMoves; ++move) {
            const QuantSpec spec = each.spec(2 + static_cast<std::uint32_t>(move * 5) % 7); // 2 to 8 bits
            const auto begin = std::chrono::steady_clock::now();
            const auto result = preview(data, spec, kShown, {}, nullptr, last->sample).value();
            times.push_back(
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
            exact = exact && result->exact;
            const auto& proof = result->quantizer->certificate;
            if (proof && !result->exact && result->groupCount() == 1) gap = std::max(gap, proof->relativeGap);
            measured = static_cast<double>(result->measuredValues);
            total += times.back();
            last = result;
            if (times.size() >= 7 && total > kEnough) break;
        }
        const Times own = timesOf(times);
        const bool sample = measured < static_cast<double>(count);
        std::printf("    %-34s median %8.2f ms   p99 %8.2f ms   %s", each.name, own.median, own.late,
                    exact    ? "exact"
                    : sample ? "sample"
                             : "preview");
        if (sample) std::printf(" of %.0f", measured);
        if (gap > 0) std::printf(", at most %.2g above the optimum", gap / (1 - gap));
        std::printf("%s\n", own.late > frames * kFrame ? "   beyond what is wanted" : "");
    }
    measureAll(data, frames * kFrame);
    if (const auto run = prototype.run("16 9 hyb 2 0 65536"))
        std::printf("    the prototype's live path, k = 16: median %.2f ms, of which the solver %.2f ms\n",
                    run->at("t_med_ms").get<double>(), run->at("solve_ms").get<double>());
}

} // namespace

int main() {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    measure(1000, 1000);
    measure(2500, 4000);
}
