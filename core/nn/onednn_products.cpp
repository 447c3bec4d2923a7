#include "core/nn/onednn_products.h"

#include "core/base/parallel.h"
#include "core/nn/eigen_product.h"
#include "core/nn/onednn_primitive.h"

#include <cassert>

namespace quantoscope {

using namespace onednn;

namespace {

thread_local int threadsNow = 1;

} // namespace

ProductThreads::ProductThreads(int threads) : m_before(std::exchange(threadsNow, std::max(1, threads))) {}
ProductThreads::~ProductThreads() { threadsNow = m_before; }
int ProductThreads::now() { return threadsNow; }

void multiply(bool transposeA, bool transposeB, std::size_t rows, std::size_t columns, std::size_t depth,
              const float* a, const float* b, float beta, float* c) {
    if (rows == 0 || columns == 0) return;
    const OpenMpThreads one(1);
    const auto m = static_cast<Dim>(rows), n = static_cast<Dim>(columns), k = static_cast<Dim>(depth);
    [[maybe_unused]] const dnnl_status_t status =
        dnnl_sgemm(transposeA ? 'T' : 'N', transposeB ? 'T' : 'N', m, n, k, 1.0f, a, transposeA ? m : k, b,
                   transposeB ? k : n, beta, c, n);
    assert(status == dnnl_success);
}

std::string_view name(FloatBackend backend) { return backend == FloatBackend::OneDnn ? "oneDNN" : "Eigen"; }

struct FloatProduct::State {
    Spec spec;
    std::vector<float> weights, bias;
    std::optional<PackedProducts> products; // oneDNN's
};

FloatProduct::FloatProduct(std::unique_ptr<State> state) : m_state(std::move(state)) {}
FloatProduct::FloatProduct(FloatProduct&&) noexcept = default;
FloatProduct::~FloatProduct() = default;

Result<FloatProduct> FloatProduct::make(const Spec& spec, std::span<const float> weights, std::span<const float> bias) {
    if (weights.size() != spec.outputs * spec.inputs || bias.size() != spec.outputs) return sizesDiffer("product");
    auto state = std::make_unique<State>(
        State{spec, {weights.begin(), weights.end()}, {bias.begin(), bias.end()}, std::nullopt});
    if (spec.backend == FloatBackend::OneDnn) {
        Operation operation;
        operation.outputs = spec.outputs;
        operation.inputs = spec.inputs;
        operation.bias = state->bias.data();
        if (spec.relu) {
            dnnl::post_ops after;
            append(after, dnnl::algorithm::eltwise_relu, 0, 0);
            operation.attributes.set_post_ops(after);
        }
        state->products.emplace(std::move(operation));
    }
    return FloatProduct(std::move(state));
}

void FloatProduct::run(const float* x, std::size_t rows, float* y) {
    State& s = *m_state;
    if (rows == 0) return;
    if (s.products) {
        const OpenMpThreads threads(threadsNow);
        if (s.products->run(rows, s.weights.data(), x, y)) return;
    }
    const auto product = [&](std::size_t begin, std::size_t end, std::size_t first, std::size_t last) {
        eigenProduct({end - begin, last - first, s.spec.inputs}, x + begin * s.spec.inputs,
                     s.weights.data() + first * s.spec.inputs, s.bias.data() + first, s.spec.relu,
                     y + begin * s.spec.outputs + first);
    };
    const auto threads = static_cast<std::size_t>(threadsNow);
    if (threads == 1)
        product(0, rows, 0, s.spec.outputs);
    else if (rows == 1)
        parallelBlocks(s.spec.outputs, blockCount(s.spec.outputs, threads),
                       [&](Block block) { product(0, 1, block.begin, block.end); });
    else
        parallelBlocks(rows, blockCount(rows, threads),
                       [&](Block block) { product(block.begin, block.end, 0, s.spec.outputs); });
}

} // namespace quantoscope
