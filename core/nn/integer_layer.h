// A layer that multiplies codes: the integer product with what comes before it (gathering windows, and in a dynamic
// network ranges and codes) and after it (scales, activation), some rows at a time, so that what one pass has written
// the next finds in the cache.
#pragma once

#include "core/base/raw_vector.h"
#include "core/nn/onednn_products.h"
#include "core/nn/quantized_network.h"
#include "core/nn/windows.h"

#include <array>
#include <optional>

namespace quantoscope {

class IntegerLayer {
public:
    struct Spec {
        LayerSpec layer;
        std::size_t inputs = 0;                // columns of the weights
        std::size_t in = 0, out = 0;           // numbers a sample
        std::optional<Windows> windows;        // of a convolution
        std::optional<CodeGrid> input, output; // static; the last layer has no output grid, and gives real numbers
        bool symmetric = false;                // dynamic: codes about 0
    };
    /// Errors: InvalidArgument where parameters do not fit; Unsupported where weights are beyond the processor's limit.
    static Result<IntegerLayer> make(Spec spec, const QuantizedLayer& layer);

    // Static: bytes in.
    void run(const std::uint8_t* bytes, std::size_t samples, std::uint8_t* out);
    void run(const std::uint8_t* bytes, std::size_t samples, float* out);
    // Dynamic.
    void run(const float* values, std::size_t samples, float* out);

private:
    IntegerLayer(Spec spec, IntegerProduct product) : m_spec(std::move(spec)), m_product(std::move(product)) {}

    std::size_t rowsOf(std::size_t samples) const {
        return m_spec.windows ? samples * m_spec.windows->count() : samples;
    }
    template<class Body>
    void forEachTile(std::size_t samples, bool fused, const Body& body);
    template<class To>
    void runStatic(const std::uint8_t* bytes, std::size_t samples, To* out);
    const std::uint8_t* windowsOf(const std::uint8_t* bytes, std::size_t samples, std::uint8_t zero);
    void sumUp(const std::uint8_t* rows, std::size_t count, std::int32_t* sums);
    SumTerms terms() const;

    Spec m_spec;
    IntegerProduct m_product;
    std::size_t m_outputs = 0;
    std::vector<float> m_scales, m_bias;                  // of the weights, and real: one an output
    std::vector<std::int32_t> m_weightSums;               // Σ_k w[n][k]
    std::vector<std::int32_t> m_weightZeros;              // empty where all are 0
    std::vector<std::int32_t> m_addend;                   // what is added to the sums: biases and zero points
    std::vector<float> m_multiplier;                      // of the sums
    ByteBounds m_bounds;                                  // static: of the output, or of what the table takes
    std::optional<std::array<std::uint8_t, 256>> m_table; // from bytes to bytes
    RawVector<std::uint8_t> m_bytes, m_columns;           // a tile's codes and gathered windows
    RawVector<std::int32_t> m_sums, m_rowSums;
};

} // namespace quantoscope
