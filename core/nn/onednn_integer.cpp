// Integer products. Rounding comes before the zero point, as two operations appended to oneDNN's product: with its own
// zero point of the destination, halves would be rounded after it, to even or odd by its parity.
#include "core/base/raw_vector.h"
#include "core/nn/code_product.h"
#include "core/nn/onednn_primitive.h"

#include <cassert>

namespace quantoscope {

using namespace onednn;

namespace {

constexpr std::size_t kTileBytes = 192 << 10; // of int32 sums: with their codes, half of a usual second-level cache
constexpr int kHalved = 63;                   // 2 · 255 · 63 is below 2¹⁵

} // namespace

struct IntegerProduct::State {
    Spec spec;
    std::vector<std::int8_t> weights;
    Requantization after;
    std::vector<float> scaledAddend; // version 3's bias
    std::string implementation;      // of the packed product, empty where it is not used
    std::optional<PackedProducts> sums, requantized;
    std::optional<CodeProduct> own;
    RawVector<std::int32_t> tile; // sums, where what follows them is a pass of its own

    SumTerms terms() const {
        SumTerms terms;
        terms.outputs = spec.outputs;
        terms.addend = after.addend.data();
        terms.multiplier = after.multiplier.data();
        return terms;
    }

    template<class To, class Pass>
    void run(const std::uint8_t* codes, std::size_t rows, To* to, std::size_t step, const Pass& pass);
    void accumulate(const std::uint8_t* codes, std::size_t rows, std::int32_t* out);
    void prepare();
};

namespace {

DataType typeOf(IntegerProduct::Codes codes) {
    return codes == IntegerProduct::Codes::Signed ? DataType::s8 : DataType::u8;
}

/// Where oneDNN has no product at all: slow, but right.
template<class Code>
void accumulatePlainly(const Code* codes, std::size_t rows, const IntegerProduct::Spec& spec,
                       const std::int8_t* weights, std::int32_t* sums) {
    for (std::size_t m = 0; m < rows; ++m)
        for (std::size_t n = 0; n < spec.outputs; ++n) {
            std::int32_t sum = 0;
            for (std::size_t k = 0; k < spec.inputs; ++k)
                sum += std::int32_t{codes[m * spec.inputs + k]} * weights[n * spec.inputs + k];
            sums[m * spec.outputs + n] = sum;
        }
}

/// Whether the processor has instructions that multiply bytes and add in 32 bits.
bool multipliesBytes() {
    using Isa = dnnl::cpu_isa;
    switch (dnnl::get_effective_cpu_isa()) {
    case Isa::sse41:
    case Isa::avx:
    case Isa::avx2:
    case Isa::avx512_core: return false;
    default: return true;
    }
}

dnnl::post_ops postOps(const Requantization& after) {
    dnnl::post_ops ops;
    if (after.toReals) return ops;
    const ByteBounds& b = after.bounds;
    if (b.zero != 0) {
        append(ops, dnnl::algorithm::eltwise_round, 0, 0);
        append(ops, dnnl::algorithm::eltwise_linear, 1, static_cast<float>(b.zero));
    }
    if (b.lowest != 0 || b.highest != 255)
        append(ops, dnnl::algorithm::eltwise_clip, static_cast<float>(b.lowest), static_cast<float>(b.highest));
    return ops;
}

} // namespace

IntegerProduct::IntegerProduct(std::unique_ptr<State> state) : m_state(std::move(state)) {}
IntegerProduct::IntegerProduct(IntegerProduct&&) noexcept = default;
IntegerProduct::~IntegerProduct() = default;

Result<IntegerProduct> IntegerProduct::make(const Spec& spec, std::span<const std::int8_t> weights,
                                            Requantization after) {
    const bool requantizes = !after.multiplier.empty();
    if (weights.size() != spec.outputs * spec.inputs) return sizesDiffer("integer product");
    if (requantizes) {
        if (after.multiplier.size() == 1) after.multiplier.resize(spec.outputs, after.multiplier[0]);
        if (after.multiplier.size() != spec.outputs || after.addend.size() != spec.outputs)
            return sizesDiffer("integer product");
    }
    auto state = std::make_unique<State>();
    state->spec = spec;
    state->weights.assign(weights.begin(), weights.end());
    state->after = std::move(after);
    const bool isSigned = spec.codes == Codes::Signed;
    if (CodeProduct::available() && (spec.way == Way::Own || (spec.way == Way::Best && !multipliesBytes())))
        state->own.emplace(spec.outputs, spec.inputs, weights, isSigned);
    else if ((spec.way == Way::Best || spec.way == Way::Packed) && spec.outputs > 0 && spec.inputs > 0)
        state->prepare();
    return IntegerProduct(std::move(state));
}

void IntegerProduct::State::prepare() {
    Operation operation;
    operation.from = typeOf(spec.codes);
    operation.weights = DataType::s8;
    operation.to = DataType::s32;
    operation.outputs = spec.outputs;
    operation.inputs = spec.inputs;
    try {
        constexpr std::size_t someRows = 64;
        const std::string offered = describe(operation, someRows).impl_info_str();
        if (spec.way == Way::Best && offered.find("brg") == std::string::npos) return;
        implementation = offered;
    } catch (const dnnl::error&) {
        return;
    }
    sums.emplace(operation);
    if (after.multiplier.empty()) return;

    operation.to = after.toReals ? DataType::f32 : DataType::u8;
    operation.attributes = {}; // its own: a copy would be the same object
#if DNNL_VERSION_MAJOR >= 3
    for (std::size_t n = 0; n < spec.outputs; ++n)
        scaledAddend.push_back(after.multiplier[n] * static_cast<float>(after.addend[n]));
    operation.bias = scaledAddend.data();
    operation.scales = after.multiplier.data();
    operation.attributes.set_scales_mask(DNNL_ARG_WEIGHTS, 1 << 1);
#else
    operation.bias = after.addend.data();
    operation.biasType = DataType::s32;
    operation.attributes.set_output_scales(1 << 1, after.multiplier);
#endif
    operation.attributes.set_post_ops(postOps(after));
    requantized.emplace(std::move(operation));
}

void IntegerProduct::State::accumulate(const std::uint8_t* codes, std::size_t rows, std::int32_t* out) {
    if (rows == 0) return;
    if (own) {
        own->run(codes, rows, out, ProductThreads::now());
        return;
    }
    const OpenMpThreads threads(ProductThreads::now());
    if (sums && sums->run(rows, weights.data(), codes, out)) return;
    const auto m = static_cast<Dim>(rows), n = static_cast<Dim>(spec.outputs), k = static_cast<Dim>(spec.inputs);
    const std::int32_t none = 0;
    const auto* signedCodes = reinterpret_cast<const std::int8_t*>(codes);
    const bool isSigned = spec.codes == Codes::Signed;
    const dnnl_status_t status = isSigned ? dnnl_gemm_s8s8s32('N', 'T', 'F', m, n, k, 1.0f, signedCodes, k, 0,
                                                              weights.data(), k, 0, 0.0f, out, n, &none)
                                          : dnnl_gemm_u8s8s32('N', 'T', 'F', m, n, k, 1.0f, codes, k, 0, weights.data(),
                                                              k, 0, 0.0f, out, n, &none);
    if (status == dnnl_success) return;
    if (isSigned)
        accumulatePlainly(signedCodes, rows, spec, weights.data(), out);
    else
        accumulatePlainly(codes, rows, spec, weights.data(), out);
}

template<class To, class Pass>
void IntegerProduct::State::run(const std::uint8_t* codes, std::size_t rows, To* to, std::size_t step,
                                const Pass& pass) {
    assert(!after.multiplier.empty());
    if (rows == 0) return;
    if (requantized) {
        const OpenMpThreads threads(ProductThreads::now());
        if (requantized->run(rows, weights.data(), codes, to)) return;
    }
    step = std::min(step, rows);
    tile.resize(step * spec.outputs);
    for (std::size_t begin = 0; begin < rows; begin += step) {
        const std::size_t count = std::min(step, rows - begin);
        accumulate(codes + begin * spec.inputs, count, tile.data());
        pass(tile.data(), count, to + begin * spec.outputs);
    }
}

void IntegerProduct::accumulate(const std::uint8_t* codes, std::size_t rows, std::int32_t* sums) {
    m_state->accumulate(codes, rows, sums);
}

void IntegerProduct::run(const std::uint8_t* codes, std::size_t rows, std::uint8_t* bytes) {
    assert(!m_state->after.toReals);
    m_state->run(codes, rows, bytes, tileRows(), [this](const std::int32_t* sums, std::size_t count, std::uint8_t* to) {
        sumsToBytes(sums, count, m_state->terms(), m_state->after.bounds, to);
    });
}

void IntegerProduct::run(const std::uint8_t* codes, std::size_t rows, float* reals) {
    assert(m_state->after.toReals);
    m_state->run(codes, rows, reals, tileRows(), [this](const std::int32_t* sums, std::size_t count, float* to) {
        sumsToReals(sums, count, m_state->terms(), nullptr, false, to);
    });
}

std::size_t IntegerProduct::tileRows() const {
    const Spec& spec = m_state->spec;
    if (m_state->own) return m_state->own->tileRows();
    // The plain product packs the weights at each call, which has to be little beside the work.
    const std::size_t bytes = std::max(kTileBytes, m_state->sums ? 0 : 4 * spec.outputs * spec.inputs);
    return std::max<std::size_t>(1, bytes / sizeof(std::int32_t) / std::max<std::size_t>(1, spec.outputs));
}

std::string IntegerProduct::implementation() const {
    return m_state->own ? "own" : m_state->sums ? m_state->implementation : "gemm";
}

namespace {

std::string instructionsOf(dnnl::cpu_isa isa) {
    using Isa = dnnl::cpu_isa;
    switch (isa) {
    case Isa::sse41: return "SSE4.1";
    case Isa::avx: return "AVX";
    case Isa::avx2: return "AVX2";
    case Isa::avx2_vnni: return "AVX2 VNNI";
    case Isa::avx512_core: return "AVX-512";
    case Isa::avx512_core_vnni:
    case Isa::avx512_core_bf16: return "AVX-512 VNNI";
    case Isa::avx512_core_amx: return "AMX";
#if DNNL_VERSION_MAJOR >= 3
    case Isa::avx2_vnni_2: return "AVX2 VNNI";
    case Isa::avx512_core_fp16: return "AVX-512 VNNI";
    case Isa::avx512_core_amx_fp16: return "AMX";
#endif
    default: return "baseline";
    }
}

/// The extremes: all products of one sign, and signs that alternate in pairs.
bool exactWith(int limit, IntegerProduct::Codes codes) {
    const bool isSigned = codes == IntegerProduct::Codes::Signed;
    constexpr std::size_t inputs = 96, outputs = 48, mostRows = 33;
    std::vector<std::int8_t> weights(outputs * inputs);
    for (std::size_t n = 0; n < outputs; ++n)
        for (std::size_t k = 0; k < inputs; ++k)
            weights[n * inputs + k] =
                static_cast<std::int8_t>(n % 3 == 0 || (n % 3 == 1 && k / 4 % 2) ? limit : -limit);
    std::vector<std::uint8_t> bytes(mostRows * inputs);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = !isSigned ? 255 : i / inputs % 2 ? 0x80 : 127; // −128 or 127
    auto product = IntegerProduct::make({outputs, inputs, codes, IntegerProduct::Way::Best}, weights);
    if (!product) return false;
    std::vector<std::int32_t> sums(mostRows * outputs), expected(mostRows * outputs);
    const IntegerProduct::Spec spec{outputs, inputs, codes, IntegerProduct::Way::Best};
    for (const std::size_t rows : {std::size_t{1}, mostRows}) { // one row may take another kernel
        product->accumulate(bytes.data(), rows, sums.data());
        if (isSigned)
            accumulatePlainly(reinterpret_cast<const std::int8_t*>(bytes.data()), rows, spec, weights.data(),
                              expected.data());
        else
            accumulatePlainly(bytes.data(), rows, spec, weights.data(), expected.data());
        if (!std::equal(sums.begin(), sums.begin() + static_cast<std::ptrdiff_t>(rows * outputs), expected.begin()))
            return false;
    }
    return true;
}

} // namespace

const IntegerSupport& integerSupport() {
    static const IntegerSupport found = [] {
        const auto limit = [](IntegerProduct::Codes codes) { return exactWith(127, codes) ? 127 : kHalved; };
        return IntegerSupport{instructionsOf(dnnl::get_effective_cpu_isa()), limit(IntegerProduct::Codes::Unsigned),
                              limit(IntegerProduct::Codes::Signed), multipliesBytes() ? 127 : kHalved};
    }();
    return found;
}

} // namespace quantoscope
