// Ten million values to codes and back, and 84 million ("applyToMany"), against copying their memory on as many
// threads: "rate" is bytes of float32 a second over bytes a second of the copy, and "wanted" what it should at least
// be; "ofTensor" is the rate over that of the same scheme for the whole tensor. Products with a matrix in codes on one
// thread, against the faster of oneDNN's and Eigen's in float32: "times" is how much faster. Everything in turn in
// every round, and the best of all rounds of each, as other programs may take the processor away at any time.
#include "core/base/parallel.h"
#include "core/base/raw_vector.h"
#include "core/nn/eigen_product.h"
#include "core/nn/onednn_products.h"
#include "core/quant/code_kernels.h"
#include "core/quant/matrix_vector.h"
#include "core/quant/quantized_tensor.h"
#include "core/study/run.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace quantoscope;

namespace {

constexpr std::int64_t kRows = 2500, kColumns = 4000;
constexpr std::size_t kValues = kRows * kColumns;
constexpr std::int64_t kSide = 4096, kLargeRows = 20'480; // more values than caches hold
constexpr int kRounds = 15, kLargeRounds = 5;

template<class Work>
double secondsOf(const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

PreparedTensorPtr normalMatrix(std::int64_t rows, std::int64_t columns) {
    std::mt19937_64 generator(20261123);
    std::normal_distribution<float> normal;
    std::vector<float> values(static_cast<std::size_t>(rows * columns));
    for (float& value : values) value = normal(generator);
    return PreparedTensor::make(std::make_shared<const Tensor>(makeTensor("weights", {rows, columns}, values)));
}

const PreparedTensorPtr& sample() {
    static const PreparedTensorPtr data = normalMatrix(kRows, kColumns);
    return data;
}

const PreparedTensorPtr& largeSample() {
    static const PreparedTensorPtr data = normalMatrix(kLargeRows, kSide);
    return data;
}

const PreparedTensorPtr& weights() {
    static const PreparedTensorPtr data = normalMatrix(kSide, kSide);
    return data;
}

QuantSpec specOf(const char* scheme, std::int64_t bits, const char* grouping) {
    QuantSpec spec;
    spec.scheme = scheme;
    spec.levels = 1u << bits;
    spec.grouping = parseGrouping(grouping).value();
    return spec;
}

/// The scheme's quantizer for the data. A codebook of the whole tensor is fitted to a part of it: fitting is not what
/// is measured here.
QuantizerPtr fitted(const PreparedTensorPtr& data, const QuantSpec& spec) {
    if (spec.grouping != Grouping::tensor()) return (*run(data, spec))->quantizer;
    auto quantizer = std::make_shared<Quantizer>(*(*run(normalMatrix(100, 1000), spec))->quantizer);
    quantizer->shape = data->tensor().info.shape;
    quantizer->layout = GroupLayout::make(quantizer->shape, spec.grouping).value();
    return quantizer;
}

void copyValues(std::span<const float> from, std::span<float> to) {
    parallelBlocks(from.size(), from.size() / static_cast<std::size_t>(threadCount()) + 1, [&](Block block) {
        std::memcpy(&to[block.begin], &from[block.begin], (block.end - block.begin) * sizeof(float));
    });
}

enum class Direction { Encode, EncodeWithError, Decode };

void applyTo(const PreparedTensorPtr& data, int rounds, benchmark::State& state, const char* scheme,
             const char* grouping, Direction direction, double wanted) {
    const bool grouped = std::string_view(grouping) != "tensor";
    const QuantizerPtr quantizer = fitted(data, specOf(scheme, state.range(0), grouping)),
                       whole = fitted(data, specOf(scheme, state.range(0), "tensor"));
    const std::span<const float> values = data->values();
    QuantizedTensor encoded, encodedWhole;
    // Each writes to a place of its own: how fast that is depends on how it was written last.
    RawVector<float> copied(values.size()), decoded(values.size()), decodedWhole(grouped ? values.size() : 0);
    double squaredError = 0, best = 1e9, bestWhole = 1e9, copy = 1e9;
    bool failed = !encodeInto(encoded, quantizer, values) || !encodeInto(encodedWhole, whole, values);
    const auto work = [&](QuantizedTensor& tensor, const QuantizerPtr& by, std::span<float> to) {
        if (direction == Direction::Decode)
            failed |= !decode(tensor, to);
        else
            failed |=
                !encodeInto(tensor, by, values, {}, direction == Direction::EncodeWithError ? &squaredError : nullptr);
    };
    for (auto _ : state)
        for (int i = 0; i < rounds; ++i) {
            copy = std::min(copy, secondsOf([&] { copyValues(values, copied); }));
            best = std::min(best, secondsOf([&] { work(encoded, quantizer, decoded); }));
            if (grouped) bestWhole = std::min(bestWhole, secondsOf([&] { work(encodedWhole, whole, decodedWhole); }));
        }
    if (failed) state.SkipWithError("it failed");
    if (grouped) state.counters["ofTensor"] = bestWhole / best;
    state.counters["GBps"] = static_cast<double>(values.size_bytes()) / best / 1e9;
    state.counters["rate"] = copy / best;
    if (wanted > 0) state.counters["wanted"] = wanted;
    state.SetLabel(std::string(vectorInstructions()) + ", " + std::to_string(threadCount()) + " threads");
}

void apply(benchmark::State& state, const char* scheme, const char* grouping, Direction direction, double wanted) {
    applyTo(sample(), kRounds, state, scheme, grouping, direction, wanted);
}

void applyToMany(benchmark::State& state, const char* scheme, const char* grouping, Direction direction) {
    applyTo(largeSample(), kLargeRounds, state, scheme, grouping, direction, 0);
}

/// Fit and figures; whatever is sorted ahead is sorted already.
void wholeRun(benchmark::State& state, const char* scheme, const char* grouping) {
    const QuantSpec spec = specOf(scheme, state.range(0), grouping);
    if (const auto warm = run(sample(), spec); !warm) {
        state.SkipWithError(warm.error().message().c_str());
        return;
    }
    RawVector<float> to(kValues);
    double copy = 1e9, best = 1e9;
    for (auto _ : state) {
        copy = std::min(copy, secondsOf([&] { copyValues(sample()->values(), to); }));
        best = std::min(best, secondsOf([&] { benchmark::DoNotOptimize(run(sample(), spec)); }));
    }
    state.counters["copies"] = best / copy;
}

/// Seconds of the faster float32 product with the weights on one thread.
void product(benchmark::State& state, const char* scheme, const char* grouping, double wanted) {
    const ThreadLimit one(1);
    const ProductThreads same(1);
    const QuantizerPtr quantizer = fitted(weights(), specOf(scheme, state.range(0), grouping));
    const auto tensor = encode(quantizer, weights()->values());
    const auto matrix = CodedMatrix::make(*tensor);
    if (!matrix) {
        state.SkipWithError(matrix.error().message().c_str());
        return;
    }
    std::vector<float> x(kSide), y(kSide), bias(kSide);
    std::mt19937_64 generator(1);
    for (float& value : x) value = std::normal_distribution<float>()(generator);
    FloatProduct::Spec spec;
    spec.outputs = spec.inputs = kSide;
    auto oneDnn = FloatProduct::make(spec, weights()->values(), bias);
    spec.backend = FloatBackend::Eigen;
    auto eigen = FloatProduct::make(spec, weights()->values(), bias);
    double coded = 1e9, real = 1e9;
    for (auto _ : state)
        for (int i = 0; i < kRounds; ++i) {
            coded = std::min(coded, secondsOf([&] { matrix->multiply(x, y); }));
            real = std::min(real, secondsOf([&] { oneDnn->run(x.data(), 1, y.data()); }));
            real = std::min(real, secondsOf([&] { eigen->run(x.data(), 1, y.data()); }));
        }
    state.counters["us"] = coded * 1e6;
    state.counters["floatUs"] = real * 1e6;
    state.counters["times"] = real / coded;
    if (wanted > 0) state.counters["wanted"] = wanted;
    state.SetLabel(std::string(vectorInstructions()));
}

#define QUANTOSCOPE_ONCE ->ArgName("bits")->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1)
#define QUANTOSCOPE_APPLY(name, scheme, grouping)                                                                      \
    BENCHMARK_CAPTURE(apply, encode_with_error_##name, scheme, grouping, Direction::EncodeWithError, 0)                \
    QUANTOSCOPE_ONCE->Arg(4)->Arg(8);                                                                                  \
    BENCHMARK_CAPTURE(apply, encode_##name, scheme, grouping, Direction::Encode, 0)                                    \
    QUANTOSCOPE_ONCE->Arg(4)->Arg(8);                                                                                  \
    BENCHMARK_CAPTURE(apply, decode_##name, scheme, grouping, Direction::Decode, 0.6)                                  \
    QUANTOSCOPE_ONCE->Arg(4)->Arg(8)

BENCHMARK_CAPTURE(apply, encode_with_error_kmeans, "kmeans", "tensor", Direction::EncodeWithError, 0.7)
QUANTOSCOPE_ONCE->DenseRange(1, 4);
BENCHMARK_CAPTURE(apply, encode_with_error_kmeans, "kmeans", "tensor", Direction::EncodeWithError, 0.12)
QUANTOSCOPE_ONCE->DenseRange(5, 8)->Arg(12);
BENCHMARK_CAPTURE(apply, encode_kmeans, "kmeans", "tensor", Direction::Encode, 0)
QUANTOSCOPE_ONCE->Arg(4)->Arg(8)->Arg(12);
BENCHMARK_CAPTURE(apply, decode_kmeans, "kmeans", "tensor", Direction::Decode, 0.6)
QUANTOSCOPE_ONCE->DenseRange(1, 8)->Arg(12);
QUANTOSCOPE_APPLY(affine, "affine", "tensor");
QUANTOSCOPE_APPLY(affine_rows, "affine", "channel:0");
QUANTOSCOPE_APPLY(affine_columns, "affine", "channel:1");
QUANTOSCOPE_APPLY(affine_blocks, "affine", "block:64");
QUANTOSCOPE_APPLY(affine_blocks_of_32, "affine", "block:32");
QUANTOSCOPE_APPLY(normal_float_blocks, "normal-float", "block:64");
QUANTOSCOPE_APPLY(normal_float_blocks_of_32, "normal-float", "block:32");
QUANTOSCOPE_APPLY(normal_float_columns, "normal-float", "channel:1");
BENCHMARK_CAPTURE(apply, encode_with_error_kmeans_columns, "kmeans", "channel:1", Direction::EncodeWithError, 0)
QUANTOSCOPE_ONCE->Arg(2);
BENCHMARK_CAPTURE(apply, decode_kmeans_columns, "kmeans", "channel:1", Direction::Decode, 0.6)
QUANTOSCOPE_ONCE->Arg(2);
QUANTOSCOPE_APPLY(rank_rows, "rank", "channel:0");
QUANTOSCOPE_APPLY(rank_columns, "rank", "channel:1");
QUANTOSCOPE_APPLY(rank_blocks, "rank", "block:1000");

#define QUANTOSCOPE_MANY(name, scheme, grouping)                                                                       \
    BENCHMARK_CAPTURE(applyToMany, encode_with_error_##name, scheme, grouping, Direction::EncodeWithError)             \
    QUANTOSCOPE_ONCE->Arg(4)->Arg(8);                                                                                  \
    BENCHMARK_CAPTURE(applyToMany, encode_##name, scheme, grouping, Direction::Encode)                                 \
    QUANTOSCOPE_ONCE->Arg(4)->Arg(8);                                                                                  \
    BENCHMARK_CAPTURE(applyToMany, decode_##name, scheme, grouping, Direction::Decode)                                 \
    QUANTOSCOPE_ONCE->Arg(4)->Arg(8)
QUANTOSCOPE_MANY(affine, "affine", "tensor");
QUANTOSCOPE_MANY(affine_rows, "affine", "channel:0");
QUANTOSCOPE_MANY(affine_columns, "affine", "channel:1");
QUANTOSCOPE_MANY(affine_blocks, "affine", "block:64");
QUANTOSCOPE_MANY(affine_blocks_of_32, "affine", "block:32");

#define QUANTOSCOPE_PRODUCT(name, scheme, grouping, bits, wanted)                                                      \
    BENCHMARK_CAPTURE(product, name, scheme, grouping, wanted) QUANTOSCOPE_ONCE->Arg(bits)
QUANTOSCOPE_PRODUCT(kmeans, "kmeans", "tensor", 2, 0);
QUANTOSCOPE_PRODUCT(kmeans, "kmeans", "tensor", 3, 0);
QUANTOSCOPE_PRODUCT(kmeans, "kmeans", "tensor", 4, 3);
QUANTOSCOPE_PRODUCT(kmeans, "kmeans", "tensor", 8, 0);
QUANTOSCOPE_PRODUCT(affine, "affine", "tensor", 4, 3);
QUANTOSCOPE_PRODUCT(affine, "affine", "tensor", 8, 2.5);
QUANTOSCOPE_PRODUCT(affine_rows, "affine", "channel:0", 8, 2.5);
QUANTOSCOPE_PRODUCT(affine_columns, "affine", "channel:1", 8, 2.5);
QUANTOSCOPE_PRODUCT(affine_blocks, "affine", "block:64", 8, 2.5);
QUANTOSCOPE_PRODUCT(affine_blocks, "affine", "block:64", 4, 3);
QUANTOSCOPE_PRODUCT(affine_blocks_of_32, "affine", "block:32", 4, 3);
QUANTOSCOPE_PRODUCT(normal_float_blocks, "normal-float", "block:64", 4, 3);
QUANTOSCOPE_PRODUCT(normal_float_blocks, "normal-float", "block:64", 3, 0);
QUANTOSCOPE_PRODUCT(affine_decoded_first, "affine", "tensor", 6, 0);

#define QUANTOSCOPE_RUN(name, scheme, grouping)                                                                        \
    BENCHMARK_CAPTURE(wholeRun, name, scheme, grouping)                                                                \
        ->ArgName("bits")                                                                                              \
        ->Arg(4)                                                                                                       \
        ->Arg(8)                                                                                                       \
        ->Unit(benchmark::kMillisecond)                                                                                \
        ->UseRealTime()
QUANTOSCOPE_RUN(affine, "affine", "tensor");
QUANTOSCOPE_RUN(affine_rows, "affine", "channel:0");
QUANTOSCOPE_RUN(affine_columns, "affine", "channel:1");
QUANTOSCOPE_RUN(affine_blocks, "affine", "block:64");
QUANTOSCOPE_RUN(rank, "rank", "tensor");

} // namespace
