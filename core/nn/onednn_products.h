// Matrix products by oneDNN, versions 2 and 3, and the float product by Eigen beside it. The one place that speaks to
// oneDNN: nothing of it shows here.
//
// Matrices are row-major; weights are outputs × inputs. Products are for one caller at a time each.
#pragma once

#include "core/base/result.h"
#include "core/nn/activation_codes.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quantoscope {

/// How many threads the products below use when the calling thread starts them, while this lives; otherwise one. oneDNN
/// has threads of its own (OpenMP), which would fight with those of core/base/parallel.h.
class ProductThreads {
public:
    explicit ProductThreads(int threads);
    ~ProductThreads();
    ProductThreads(const ProductThreads&) = delete;
    ProductThreads& operator=(const ProductThreads&) = delete;
    static int now();

private:
    int m_before;
};

/// C = op(A)·op(B) + beta·C; C is rows × columns and op(A) is rows × depth. Always on one thread, so that the same
/// numbers give the same bits.
void multiply(bool transposeA, bool transposeB, std::size_t rows, std::size_t columns, std::size_t depth,
              const float* a, const float* b, float beta, float* c);

enum class FloatBackend { OneDnn, Eigen };
std::string_view name(FloatBackend backend); // "oneDNN", "Eigen"

/// y = x·Wᵀ + bias, and not below 0 with relu.
class FloatProduct {
public:
    struct Spec {
        std::size_t outputs = 0, inputs = 0;
        FloatBackend backend = FloatBackend::OneDnn;
        bool relu = false;
    };
    /// Errors: InvalidArgument where sizes do not agree.
    static Result<FloatProduct> make(const Spec& spec, std::span<const float> weights, std::span<const float> bias);
    FloatProduct(FloatProduct&&) noexcept;
    ~FloatProduct();

    void run(const float* x, std::size_t rows, float* y);

private:
    struct State;
    explicit FloatProduct(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// What follows the sums of an integer product inside it:
///     to bytes: clamp(rint(multiplier[n] · float(acc[n] + addend[n])) + zero, lowest, highest)
///     to reals: multiplier[n] · float(acc[n] + addend[n])
struct Requantization {
    bool toReals = false;
    std::vector<float> multiplier;    // one, or one an output
    std::vector<std::int32_t> addend; // one an output: the bias, and what the zero points of activations take off
    ByteBounds bounds;
};

/// Sums of products of codes: acc[m][n] = Σ_k x[m][k]·w[n][k] in int32. Exact where no weight is beyond the processor's
/// limit (integerSupport) and inputs are few enough for int32: 66,000 of the largest codes.
class IntegerProduct {
public:
    enum class Codes { Unsigned, Signed }; // of activations, in bytes; signed ones in two's complement
    /// Best is oneDNN's product where the processor has int8 instructions, with weights packed beforehand if oneDNN has
    /// kernels for that, and otherwise our own (code_product.h). The others are for comparison.
    enum class Way {
        Best,
        Packed, // oneDNN's, weights packed beforehand
        Plain,  // oneDNN's, weights as they are
        Own,    // where there is one; else as Plain
    };

    struct Spec {
        std::size_t outputs = 0, inputs = 0;
        Codes codes = Codes::Unsigned;
        Way way = Way::Best;
    };
    /// Errors: InvalidArgument where sizes do not agree.
    static Result<IntegerProduct> make(const Spec& spec, std::span<const std::int8_t> weights,
                                       Requantization after = {});
    IntegerProduct(IntegerProduct&&) noexcept;
    ~IntegerProduct();

    void accumulate(const std::uint8_t* codes, std::size_t rows, std::int32_t* sums);
    /// By what was given to make to come after; one of the two, as that says.
    void run(const std::uint8_t* codes, std::size_t rows, std::uint8_t* bytes);
    void run(const std::uint8_t* codes, std::size_t rows, float* reals);

    /// How many rows to pass at a time, so that their sums are still in the cache when the next pass reads them.
    std::size_t tileRows() const;
    /// "brg:avx512_core_vnni" or the like, as oneDNN calls what it runs; "gemm" for its plain product, "own" for ours.
    std::string implementation() const;

private:
    struct State;
    explicit IntegerProduct(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

struct IntegerSupport {
    std::string instructions; // that oneDNN uses: "AVX2", "AVX-512 VNNI"
    /// The largest magnitude of a weight with which the best way's sums are exact whatever the activations are: 127, or
    /// 63 where pairs of products are added in 16 bits, which saturate. Found by multiplying.
    int weightLimit = 127;       // with unsigned codes
    int signedWeightLimit = 127; // with signed codes
    /// Up to which magnitude products are fastest: 63 where larger weights need wider sums.
    int fastWeightLimit = 127;
};
const IntegerSupport& integerSupport();

} // namespace quantoscope
