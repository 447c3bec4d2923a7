// Products in int8 against float32, at four shapes, on one thread: the static way (codes in, codes out, requantization
// inside, as of a layer with ReLU; beside it one whose zero point is not 0), the dynamic way (numbers in, numbers out:
// range, codes, product, scales), and beside them in the same run the prototype's ways: the product of codes alone,
// with weights packed by oneDNN, and three naive passes around it. The float baseline is the faster of oneDNN's and
// Eigen's. All take turns, so that drift hits all alike; times are medians.
#include "core/nn/activation_codes.h"
#include "core/nn/eigen_product.h"
#include "core/nn/integer_layer.h"
#include "core/nn/onednn_products.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <string_view>
#include <vector>

#ifdef __x86_64__
#include <immintrin.h>
#endif

using namespace quantoscope;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 25;
constexpr std::chrono::milliseconds kTurn{8};
constexpr float kWanted = 0.8f, kWantedSmall = 1.5f;

// The prototype's passes: each over everything at once.
struct Passes {
    std::string_view name;
    void (*range)(const float* values, std::size_t count, float& lowest, float& highest);
    void (*encode)(const float* values, std::size_t count, float inverse, std::int32_t zero, std::uint8_t* codes);
    void (*scale)(const std::int32_t* sums, std::size_t count, float factor, float* reals);
};

void plainRange(const float* values, std::size_t count, float& lowest, float& highest) {
    for (std::size_t i = 0; i < count; ++i) {
        lowest = std::min(lowest, values[i]);
        highest = std::max(highest, values[i]);
    }
}
void plainEncode(const float* values, std::size_t count, float inverse, std::int32_t zero, std::uint8_t* codes) {
    for (std::size_t i = 0; i < count; ++i)
        codes[i] = static_cast<std::uint8_t>(
            std::clamp(static_cast<std::int32_t>(std::nearbyint(values[i] * inverse)) + zero, 0, 255));
}
void plainScale(const std::int32_t* sums, std::size_t count, float factor, float* reals) {
    for (std::size_t i = 0; i < count; ++i) reals[i] = static_cast<float>(sums[i]) * factor;
}

#ifdef __x86_64__
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic                                                                                                 \
    push // GCC 12 takes its own intrinsics' undefined registers for variables left unset (bug 105593)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
// Shapes here are multiples of 16, so there are no ends to care for.
__attribute__((target("avx512f"))) void wideRange(const float* values, std::size_t count, float& lowest,
                                                  float& highest) {
    __m512 low = _mm512_set1_ps(lowest), high = _mm512_set1_ps(highest);
    for (std::size_t i = 0; i < count; i += 16) {
        const __m512 x = _mm512_loadu_ps(values + i);
        low = _mm512_min_ps(low, x);
        high = _mm512_max_ps(high, x);
    }
    std::array<float, 16> lows, highs;
    _mm512_storeu_ps(lows.data(), low);
    _mm512_storeu_ps(highs.data(), high);
    lowest = *std::min_element(lows.begin(), lows.end());
    highest = *std::max_element(highs.begin(), highs.end());
}
__attribute__((target("avx512f"))) void wideEncode(const float* values, std::size_t count, float inverse,
                                                   std::int32_t zero, std::uint8_t* codes) {
    const __m512 factor = _mm512_set1_ps(inverse);
    const __m512i offset = _mm512_set1_epi32(zero), least = _mm512_setzero_si512();
    for (std::size_t i = 0; i < count; i += 16) {
        const __m512i code = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(values + i), factor));
        const __m512i positive = _mm512_max_epi32(_mm512_add_epi32(code, offset), least);
        _mm_storeu_si128(reinterpret_cast<__m128i*>(codes + i), _mm512_cvtusepi32_epi8(positive));
    }
}
__attribute__((target("avx512f"))) void wideScale(const std::int32_t* sums, std::size_t count, float factor,
                                                  float* reals) {
    const __m512 all = _mm512_set1_ps(factor);
    for (std::size_t i = 0; i < count; i += 16)
        _mm512_storeu_ps(reals + i, _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_loadu_si512(sums + i)), all));
}

__attribute__((target("avx2"))) void avx2Range(const float* values, std::size_t count, float& lowest, float& highest) {
    __m256 low = _mm256_set1_ps(lowest), high = _mm256_set1_ps(highest);
    for (std::size_t i = 0; i < count; i += 8) {
        const __m256 x = _mm256_loadu_ps(values + i);
        low = _mm256_min_ps(low, x);
        high = _mm256_max_ps(high, x);
    }
    std::array<float, 8> lows, highs;
    _mm256_storeu_ps(lows.data(), low);
    _mm256_storeu_ps(highs.data(), high);
    lowest = *std::min_element(lows.begin(), lows.end());
    highest = *std::max_element(highs.begin(), highs.end());
}
__attribute__((target("avx2"))) void avx2Encode(const float* values, std::size_t count, float inverse,
                                                std::int32_t zero, std::uint8_t* codes) {
    const __m256 factor = _mm256_set1_ps(inverse);
    const __m256i offset = _mm256_set1_epi32(zero);
    for (std::size_t i = 0; i < count; i += 8) {
        const __m256i code =
            _mm256_add_epi32(_mm256_cvtps_epi32(_mm256_mul_ps(_mm256_loadu_ps(values + i), factor)), offset);
        const __m128i shorts = _mm_packs_epi32(_mm256_castsi256_si128(code), _mm256_extracti128_si256(code, 1));
        _mm_storel_epi64(reinterpret_cast<__m128i*>(codes + i), _mm_packus_epi16(shorts, shorts));
    }
}
__attribute__((target("avx2"))) void avx2Scale(const std::int32_t* sums, std::size_t count, float factor,
                                               float* reals) {
    const __m256 all = _mm256_set1_ps(factor);
    for (std::size_t i = 0; i < count; i += 8) {
        const __m256i whole = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(sums + i));
        _mm256_storeu_ps(reals + i, _mm256_mul_ps(_mm256_cvtepi32_ps(whole), all));
    }
}
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
#endif

Passes prototypePasses() {
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f")) return {"AVX-512", wideRange, wideEncode, wideScale};
    if (__builtin_cpu_supports("avx2")) return {"AVX2", avx2Range, avx2Encode, avx2Scale};
#endif
    return {"the compiler's", plainRange, plainEncode, plainScale};
}

struct Measured {
    std::function<void()> work;
    std::vector<double> microseconds;

    double median() {
        std::nth_element(microseconds.begin(), microseconds.begin() + kRounds / 2, microseconds.end());
        return microseconds[kRounds / 2];
    }
};

void takeTurns(std::vector<Measured>& all) {
    for (Measured& one : all) one.work(); // sets its memory up
    for (int round = 0; round < kRounds; ++round)
        for (Measured& one : all) {
            int times = 0;
            const auto begin = Clock::now();
            auto now = begin;
            do {
                one.work();
                ++times;
                now = Clock::now();
            } while (now - begin < kTurn);
            one.microseconds.push_back(std::chrono::duration<double, std::micro>(now - begin).count() / times);
        }
}

template<class T>
T orLeave(Result<T> result) {
    if (result) return std::move(*result);
    std::fprintf(stderr, "%s\n", result.error().message().c_str());
    std::exit(1);
}

const char* verdict(double ratio, double wanted) { return ratio >= wanted ? "" : "  below what is wanted"; }

void measure(std::size_t rows, std::size_t inputs, std::size_t outputs) {
    std::mt19937 generator(1);
    std::normal_distribution<float> normal;
    const auto reals = [&](std::size_t count) {
        std::vector<float> values(count);
        for (float& value : values) value = normal(generator);
        return values;
    };
    const auto x = reals(rows * inputs), w = reals(outputs * inputs), bias = reals(outputs);
    const int limit = integerSupport().fastWeightLimit; // the prototype looked at speed alone
    QuantizedLayer layer;
    for (const float weight : w)
        layer.codes.push_back(static_cast<std::int8_t>(
            std::clamp(std::nearbyint(weight * 25), -static_cast<float>(limit), static_cast<float>(limit))));
    layer.scales.assign(outputs, 0.04f);
    layer.zeros.assign(outputs, 0);
    layer.bias = bias;
    std::vector<std::uint8_t> codes(rows * inputs);
    encodeBytes(x, dynamicGrid(rangeOf(x), false), codes.data());

    auto floats = orLeave(FloatProduct::make({outputs, inputs, FloatBackend::OneDnn}, w, bias));
    auto eigen = orLeave(FloatProduct::make({outputs, inputs, FloatBackend::Eigen}, w, bias));
    Requantization after;
    after.multiplier.assign(outputs, 0.002f);
    after.addend.assign(outputs, 1000);
    auto fused = orLeave(IntegerProduct::make({outputs, inputs}, layer.codes, after)); // as before a ReLU
    after.bounds.zero = 100;
    auto shifted = orLeave(IntegerProduct::make({outputs, inputs}, layer.codes, after));
    auto packed = orLeave(IntegerProduct::make(
        {outputs, inputs, IntegerProduct::Codes::Unsigned, IntegerProduct::Way::Packed}, layer.codes));
    IntegerLayer::Spec spec;
    spec.layer.outputs = static_cast<std::int64_t>(outputs);
    spec.inputs = spec.in = inputs;
    spec.out = outputs;
    auto dynamic = orLeave(IntegerLayer::make(spec, layer));

    std::vector<float> y(rows * outputs);
    std::vector<std::int32_t> sums(rows * outputs);
    std::vector<std::uint8_t> bytes(rows * outputs), prototypeCodes(rows * inputs);
    const Passes passes = prototypePasses();
    std::vector<Measured> all(7);
    all[0].work = [&] { floats.run(x.data(), rows, y.data()); };
    all[1].work = [&] { eigen.run(x.data(), rows, y.data()); };
    all[2].work = [&] { packed.accumulate(codes.data(), rows, sums.data()); };
    all[3].work = [&] { fused.run(codes.data(), rows, bytes.data()); };
    all[4].work = [&] {
        float lowest = 0, highest = 0;
        passes.range(x.data(), x.size(), lowest, highest);
        const float scale = (highest - lowest) / 255;
        passes.encode(x.data(), x.size(), 1 / scale, static_cast<std::int32_t>(std::nearbyint(-lowest / scale)),
                      prototypeCodes.data());
        packed.accumulate(prototypeCodes.data(), rows, sums.data());
        passes.scale(sums.data(), sums.size(), scale * 0.04f, y.data());
    };
    all[5].work = [&] { dynamic.run(x.data(), rows, y.data()); };
    all[6].work = [&] { shifted.run(codes.data(), rows, bytes.data()); };
    takeTurns(all);

    const double oneDnn = all[0].median(), byEigen = all[1].median(), best = std::min(oneDnn, byEigen);
    const double alone = all[2].median(), isStatic = all[3].median(), naive = all[4].median(), ours = all[5].median();
    std::printf("%zu × %zu × %zu: float32 oneDNN %.1f µs, Eigen %.1f µs\n", rows, inputs, outputs, oneDnn, byEigen);
    std::printf(
        "    static  %8.1f µs, %5.2f × float;  prototype's product alone %8.1f µs, %5.2f ×;  ours to its %.2f%s\n",
        isStatic, best / isStatic, alone, best / alone, alone / isStatic, verdict(alone / isStatic, kWanted));
    const double withZero = all[6].median();
    std::printf("    with a zero point   %8.1f µs, %5.2f × float;  ours to its product alone %.2f\n", withZero,
                best / withZero, alone / withZero);
    std::printf(
        "    dynamic %8.1f µs, %5.2f × float;  prototype's               %8.1f µs, %5.2f ×;  ours to its %.2f%s\n",
        ours, best / ours, naive, best / naive, naive / ours, verdict(naive / ours, kWanted));
    if (inputs == 64)
        std::printf("    dynamic at the small shape: %.2f × float, wanted %.1f%s\n", best / ours,
                    static_cast<double>(kWantedSmall), verdict(best / ours, kWantedSmall));
    std::fflush(stdout);
}

} // namespace

int main() {
    const IntegerSupport& support = integerSupport();
    const auto product = orLeave(IntegerProduct::make({64, 64}, std::vector<std::int8_t>(64 * 64)));
    std::printf(
        "One thread. oneDNN on %s, integer products by %s, weights up to %d; Eigen on %s; the prototype's passes "
        "by %s.\nWanted: at least %.1f of the prototype's ratios.\n",
        support.instructions.c_str(), product.implementation().c_str(), support.fastWeightLimit,
        eigenInstructions().data(), prototypePasses().name.data(), static_cast<double>(kWanted));
    measure(1, 4096, 4096);
    measure(32, 1024, 1024);
    measure(256, 1024, 1024);
    measure(1797, 64, 128);
}
