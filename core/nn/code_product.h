// The integer product for processors without int8 instructions (x86-64 with AVX2, or AVX-512 without VNNI). What they
// have multiplies unsigned by signed bytes and adds pairs of products in 16 bits, where they saturate: 255 · 127 · 2 is
// beyond 2¹⁵. Hence two kernels, both exact:
//     narrow   weights of 7 bits and unsigned codes: pairs fit into 16 bits, and are added in 32 bits four at a time
//     wide     any weights: codes are widened to 16 bits, and products added in pairs in 32 bits
// Weights are packed in panels of 16 outputs: panel, group of 4 (narrow) or 2 (wide) inputs, output, one of the group;
// zeros fill what is over. A group of codes is 32 bits in either form.
#pragma once

#include "core/base/raw_vector.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace quantoscope {

class CodeProduct {
public:
    /// Whether there is one for this processor.
    static bool available();

    /// Codes that come are unsigned, or signed in two's complement.
    CodeProduct(std::size_t outputs, std::size_t inputs, std::span<const std::int8_t> weights, bool isSigned);

    /// sums[m][n] = Σ_k codes[m][k]·w[n][k]
    void run(const std::uint8_t* codes, std::size_t rows, std::int32_t* sums, int threads);
    /// How many rows to pass at a time, so that the next pass finds their sums in the cache.
    std::size_t tileRows() const;

private:
    std::size_t groupCount() const { return (m_inputs + m_grouped - 1) / m_grouped; }

    std::size_t m_outputs, m_inputs;
    bool m_signed;
    bool m_narrow;
    std::size_t m_grouped; // inputs in a group
    std::vector<std::int8_t> m_panels;
    RawVector<std::uint8_t> m_groups; // codes of some rows, widened or filled up
};

} // namespace quantoscope
