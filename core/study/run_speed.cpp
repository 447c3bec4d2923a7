#include "core/study/run_speed.h"

#include "core/base/parallel.h"
#include "core/nn/eigen_product.h"
#include "core/nn/onednn_products.h"
#include "core/quant/matrix_vector.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace quantoscope {

namespace {

Spread inMicroseconds(Spread s) { return {s.median * 1e6, s.minimum * 1e6, s.maximum * 1e6}; }

struct Vectors {
    std::vector<float> x, y, zeros;
};

Result<Spread> timeOneDnn(std::span<const float> weights, Vectors& vectors, const JobControl& job) {
    FloatProduct::Spec spec;
    spec.outputs = vectors.y.size();
    spec.inputs = vectors.x.size();
    auto product = FloatProduct::make(spec, weights, vectors.zeros);
    if (!product) return product.error();
    const ProductThreads threads(threadCount());
    return timeRuns(
        [&]() -> Status {
            product->run(vectors.x.data(), 1, vectors.y.data());
            return {};
        },
        job);
}

/// Eigen's, with the rows divided among the threads.
Result<Spread> timeEigen(std::span<const float> weights, Vectors& vectors, const JobControl& job) {
    const std::size_t rows = vectors.y.size(), columns = vectors.x.size();
    const std::size_t part = blockCount(rows, static_cast<std::size_t>(threadCount()));
    return timeRuns(
        [&]() -> Status {
            parallelBlocks(rows, part, [&](Block block) {
                eigenProduct({1, block.end - block.begin, columns}, vectors.x.data(),
                             weights.data() + block.begin * columns, vectors.zeros.data(), false,
                             vectors.y.data() + block.begin);
            });
            return {};
        },
        job);
}

Result<std::optional<ProductSpeed>> measureProduct(const RunResult& run, const JobControl& job) {
    const QuantizerPtr& quantizer = run.quantizer;
    const std::span<const float> weights = run.data->values();
    if (quantizer->shape.size() != 2 || weights.empty()) return std::optional<ProductSpeed>();
    const auto tensor = encode(quantizer, weights, run.data->exceptions(), job);
    if (!tensor) return tensor.error();
    const auto matrix = CodedMatrix::make(*tensor);
    if (!matrix) return matrix.error();
    if (!matrix->direct()) return std::optional<ProductSpeed>();

    Vectors vectors;
    vectors.y.resize(matrix->rows());
    vectors.zeros.resize(matrix->rows());
    for (std::size_t i = 0; i < matrix->columns(); ++i) // of both signs and no pattern
        vectors.x.push_back(static_cast<float>(std::sin(static_cast<double>(i))));
    const auto codes = timeRuns(
        [&]() -> Status {
            matrix->multiply(vectors.x, vectors.y);
            return {};
        },
        job);
    if (!codes) return codes.error();
    const auto eigen = timeEigen(weights, vectors, job);
    if (!eigen) return eigen.error();
    const auto oneDnn = timeOneDnn(weights, vectors, job);
    if (!oneDnn) return oneDnn.error();
    const bool isEigen = eigen->median < oneDnn->median;
    return std::optional(ProductSpeed{inMicroseconds(*codes), inMicroseconds(isEigen ? *eigen : *oneDnn),
                                      std::string(name(isEigen ? FloatBackend::Eigen : FloatBackend::OneDnn))});
}

} // namespace

Result<SpeedReport> measureSpeed(const RunResult& run, const JobControl& job) {
    if (const Status held = run.data->needsValues("measuring the speed"); !held) return held.error();
    auto report = measureSpeed(*run.quantizer, run.data->values(), job);
    if (!report) return report;
    const JobControl quiet{job.stop, {}};
    auto product =
        withinMemory("product", [&]() -> Result<std::optional<ProductSpeed>> { return measureProduct(run, quiet); });
    if (!product) return product.error();
    report->product = std::move(*product);
    return report;
}

} // namespace quantoscope
