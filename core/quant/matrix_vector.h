// y = W·x straight from the codes of W, which are never decoded to memory: a product that is bound by memory then
// takes as much less time as the codes take less room.
//
// With one scale a row, or one a block of its columns (s, o, z: scale, offset, zero point):
//     y[r] = Σ_b s[r,b] · Σ_{c in b} (level[code[r,c]] − m)·x[c]  +  Σ_b (o[r,b] + s[r,b]·(m − z[r,b])) · Σ_{c in b}
//     x[c]
// and with one a column x is multiplied by it beforehand. m is the first level of an integer grid of 8 bits, whose
// codes are then numbers themselves; the middle level of a smaller one; else 0.
//
// All in float32, in an order that depends on the vectors: with S = Σ_c (|o| + s·(|level| + |z| + |m|))·|x[c]|, y[r] is
// within (columns/8 + 16)·2^-24·S of the exact product of the decoded W.
#pragma once

#include "core/base/result.h"
#include "core/quant/quantized_tensor.h"
#include "core/quant/tile_coder.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace quantoscope {

/// A matrix in codes, ready to be multiplied with vectors. Packed codes of 2, 3, 4 and 8 bits are used as they are
/// where every row begins on a byte, the codebook is one a row, and blocks are of multiples of 16 columns (of 8, for 3
/// and 4 bits). Others are decoded a piece at a time.
class CodedMatrix {
public:
    /// The tensor must outlive the matrix. Errors: InvalidArgument where it has not two axes.
    static Result<CodedMatrix> make(const QuantizedTensor& tensor);

    std::size_t rows() const { return m_rows; }
    std::size_t columns() const { return m_columns; }
    /// Whether packed codes are used as they are.
    bool direct() const { return m_way != Way::Decoded; }

    /// y = W·x on all threads; as many numbers as columns and as rows.
    void multiply(std::span<const float> x, std::span<float> y) const;

private:
    enum class Way { Table, Bytes, ByteTable, Decoded };

    explicit CodedMatrix(const QuantizedTensor& tensor);
    bool prepareCodebooks();
    bool prepareScales();
    void multiplyDirectly(std::span<const float> x, std::span<float> y) const;
    void multiplyDecoded(std::span<const float> x, std::span<float> y) const;
    void addExceptions(std::span<const float> x, std::span<float> y) const;

    const QuantizedTensor* m_tensor;
    std::size_t m_rows = 0, m_columns = 0;
    Way m_way = Way::Decoded;
    std::size_t m_tableSize = 0;    // numbers a table takes
    std::vector<float> m_tables;    // by codebook: level − m by code, repeated to fill a vector
    std::vector<float> m_middle;    // by codebook: m
    std::size_t m_blocks = 1;       // of a row
    std::size_t m_blockSize = 0;    // columns
    std::vector<float> m_scales;    // by row and block, or by column
    std::vector<float> m_constants; // as many; none where all are 0
    bool m_byColumn = false;
    std::unique_ptr<CodingPlan> m_plan; // of Decoded
};

} // namespace quantoscope
