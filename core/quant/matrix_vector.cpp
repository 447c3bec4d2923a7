#include "core/quant/matrix_vector.h"

#include "core/base/bit_pack.h"
#include "core/base/parallel.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>

// Vectors are members of classes here, which those of a length that is known only when they run cannot be.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/quant/matrix_vector.cpp"
#include <hwy/aligned_allocator.h>
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>

#ifndef QUANTOSCOPE_MATRIX_VECTOR_ONCE
#define QUANTOSCOPE_MATRIX_VECTOR_ONCE
namespace quantoscope {

/// What the loops read. x is arranged for them and followed by zeros.
struct ProductOperands {
    std::span<const std::uint8_t> packed;
    std::size_t rowBytes = 0, columns = 0;
    const float* tables = nullptr;
    std::size_t tableSize = 0;
    const std::uint32_t* tableOfRow = nullptr; // null: the first
    std::size_t blocks = 1, blockSize = 0;
    const float* scales = nullptr;    // by row and block; null: 1
    const float* constants = nullptr; // by row and block; null: 0
    const float* x = nullptr;
    const float* blockSums = nullptr;          // Σ x of every block
    const std::uint32_t* firstBlock = nullptr; // of each step of a row, where tables are used
    const std::int32_t* laneBlock = nullptr;   // of each lane of each step: how many blocks after that
    double common = 0;                         // added to every row
};

/// How x is to be arranged.
struct ProductSteps {
    std::size_t lanes;    // of a vector
    std::size_t together; // neighbouring columns in one lane
};

} // namespace quantoscope
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Reals = hn::CappedTag<float, 16>;
using Integers = hn::Rebind<std::int32_t, Reals>;
using Words = hn::Rebind<std::uint32_t, Reals>;
using Real = hn::Vec<Reals>;
using Word = hn::Vec<Words>;

#if HWY_TARGET == HWY_SCALAR
constexpr std::size_t kLanes = 1; // for certain
#else
constexpr std::size_t kLanes = hn::MaxLanes(Reals());
#endif

// Rows are short beside the pages at whose ends a processor ceases to read ahead by itself.
constexpr std::size_t kAhead = 8192;     // bytes
constexpr std::size_t kVectorBytes = 64; // of the longest vector used

ProductSteps stepsOf(int bits) {
    return {hn::Lanes(Reals()), bits == 2 ? std::size_t{16} : bits == 8 ? std::size_t{1} : std::size_t{8}};
}

HWY_INLINE float sumOf(Real v) { return hn::GetLane(hn::SumOfLanes(Reals(), v)); }

/// A vector's worth of bytes, or what there is of it.
template<class D>
HWY_INLINE hn::Vec<D> loadWithin(D d, const std::uint8_t* bytes, std::size_t available) {
    if (HWY_LIKELY(available >= hn::Lanes(d))) return hn::LoadU(d, bytes);
    std::uint8_t some[kVectorBytes] = {};
    std::memcpy(some, bytes, available);
    return hn::LoadU(d, some);
}

/// Numbers by the lowest bits of each lane, whatever is above them.
template<int bits>
class LevelTable {
public:
    HWY_INLINE explicit LevelTable(const float* table)
        : m_table(table),
          m_low(hn::LoadU(Reals(), table)),
          m_high(hn::LoadU(Reals(), table + (kHalves ? kLanes : 0))) {}

    HWY_INLINE Real at(Word code) const {
        const Reals d;
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
        // Four bits are used, the table repeats what fewer address, and Highway's own way would want the rest cleared.
        return hn::TableLookupLanes(m_low, decltype(hn::IndicesFromVec(d, code)){code.raw});
#else
        constexpr std::uint32_t most = (1u << bits) - 1;
        if constexpr (kLanes > most)
            return hn::TableLookupLanes(m_low, hn::IndicesFromVec(d, hn::And(code, hn::Set(Words(), most))));
        if constexpr (kHalves) {
            const auto index = hn::IndicesFromVec(d, hn::And(code, hn::Set(Words(), most / 2)));
            const auto inHigh = hn::MaskFromVec(
                hn::BitCast(d, hn::BroadcastSignBit(hn::BitCast(Integers(), hn::ShiftLeft<32 - bits>(code)))));
            return hn::IfThenElse(inHigh, hn::TableLookupLanes(m_high, index), hn::TableLookupLanes(m_low, index));
        }
        return hn::GatherIndex(d, m_table, hn::BitCast(Integers(), hn::And(code, hn::Set(Words(), most))));
#endif
    }

private:
    static constexpr bool kHalves = 2 * kLanes == (std::size_t{1} << bits);

    const float* m_table;
    Real m_low, m_high;
};

/// `together` codes in each lane, the first lowest. Of 3 bits eight take three bytes.
template<int bits>
class CodeLoader {
public:
    static constexpr std::size_t kTogether = bits == 2 ? 16 : 8;
    static constexpr std::size_t kLaneBytes = kTogether * bits / 8;

#if HWY_TARGET == HWY_SCALAR
    HWY_INLINE Word load(const std::uint8_t* from, std::size_t available) const {
        std::uint32_t word = 0;
        for (std::size_t i = 0; i < std::min(kLaneBytes, available); ++i) word |= std::uint32_t{from[i]} << (8 * i);
        return hn::Set(Words(), word);
    }
};
#else
    HWY_INLINE CodeLoader() {
        std::int32_t words[kVectorBytes / 4];
        const std::size_t lanes = hn::Lanes(Words());
        for (std::size_t i = 0; i < lanes; ++i)
            words[i] = static_cast<std::int32_t>(std::min(i / 4 * 3 + i % 4, lanes - 1));
        std::uint8_t bytes[kVectorBytes];
        for (std::size_t i = 0; i < sizeof bytes; ++i)
            bytes[i] = static_cast<std::uint8_t>(i % 4 == 3 ? 0 : i % 16 / 4 * 3 + i % 4);
        m_words = hn::SetTableIndices(Words(), words);
        m_bytes = hn::LoadU(Bytes(), bytes);
    }
    HWY_INLINE Word load(const std::uint8_t* from, std::size_t available) const {
        const auto bytes = loadWithin(Bytes(), from, available);
        if constexpr (bits != 3) return hn::BitCast(Words(), bytes);
        const auto blocks = hn::TableLookupLanes(hn::BitCast(Words(), bytes), m_words);
        return hn::BitCast(Words(), hn::TableLookupBytes(hn::BitCast(Bytes(), blocks), m_bytes));
    }

private:
    using Bytes = hn::Repartition<std::uint8_t, Words>;

    decltype(hn::SetTableIndices(Words(), static_cast<const std::int32_t*>(nullptr))) m_words;
    hn::Vec<Bytes> m_bytes;
};
#endif

/// Σ of what the constants of a row's blocks make of x.
HWY_INLINE float constantsOf(const ProductOperands& o, std::size_t row) {
    if (!o.constants) return 0;
    const Reals d;
    const float* const constants = o.constants + row * o.blocks;
    Real sum = hn::Zero(d);
    std::size_t b = 0;
    for (; b + hn::Lanes(d) <= o.blocks; b += hn::Lanes(d))
        sum = hn::MulAdd(hn::LoadU(d, constants + b), hn::LoadU(d, o.blockSums + b), sum);
    float total = sumOf(sum);
    for (; b < o.blocks; ++b) total += constants[b] * o.blockSums[b];
    return total;
}

template<int bits>
void tableRows(const ProductOperands& o, std::size_t begin, std::size_t end, float* y) {
    using Loader = CodeLoader<bits>;
    const Reals d;
    const std::size_t lanes = hn::Lanes(d), columnsAtOnce = lanes * Loader::kTogether;
    const std::size_t stepCount = (o.columns + columnsAtOnce - 1) / columnsAtOnce,
                      stepBytes = lanes * Loader::kLaneBytes;
    const Loader loader;
    for (std::size_t r = begin; r < end; ++r) {
        const LevelTable<bits> table(o.tableOfRow ? o.tables + o.tableOfRow[r] * o.tableSize : o.tables);
        const std::uint8_t* from = o.packed.data() + r * o.rowBytes;
        std::size_t available = o.packed.size() - r * o.rowBytes;
        const float* x = o.x;
        const float* const scales = o.scales ? o.scales + r * o.blocks : nullptr;
        Real sum0 = hn::Zero(d), sum1 = sum0, sum2 = sum0, sum3 = sum0, scaled = sum0;
        const auto step = [&]() HWY_ATTR {
            hwy::Prefetch(from + kAhead);
            Word codes = loader.load(from, available);
            for (std::size_t c = 0; c < Loader::kTogether; c += 4, x += 4 * lanes) {
                sum0 = hn::MulAdd(table.at(codes), hn::LoadU(d, x), sum0);
                codes = hn::ShiftRight<bits>(codes);
                sum1 = hn::MulAdd(table.at(codes), hn::LoadU(d, x + lanes), sum1);
                codes = hn::ShiftRight<bits>(codes);
                sum2 = hn::MulAdd(table.at(codes), hn::LoadU(d, x + 2 * lanes), sum2);
                codes = hn::ShiftRight<bits>(codes);
                sum3 = hn::MulAdd(table.at(codes), hn::LoadU(d, x + 3 * lanes), sum3);
                codes = hn::ShiftRight<bits>(codes);
            }
            from += stepBytes;
            available -= std::min(available, stepBytes);
        };
        if (o.blocks == 1) {
            for (std::size_t s = 0; s < stepCount; ++s) step();
            scaled = hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3));
            if (scales) scaled = hn::Mul(scaled, hn::Set(d, scales[0]));
        } else {
            for (std::size_t s = 0; s < stepCount; ++s) {
                sum0 = sum1 = sum2 = sum3 = hn::Zero(d);
                step();
                const auto block = hn::IndicesFromVec(d, hn::LoadU(Integers(), o.laneBlock + s * lanes));
                const Real scale = hn::TableLookupLanes(hn::LoadU(d, scales + o.firstBlock[s]), block);
                scaled = hn::MulAdd(hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3)), scale, scaled);
            }
        }
        y[r] = sumOf(scaled) + constantsOf(o, r) + static_cast<float>(o.common);
    }
}

/// Weights of a vector of bytes: numbers as they are, or looked up.
class ByteNumbers {
public:
    HWY_INLINE explicit ByteNumbers(const float*) {}
    HWY_INLINE Real at(hn::Vec<Integers> code) const { return hn::ConvertTo(Reals(), code); }
};
class ByteLevels {
public:
    HWY_INLINE explicit ByteLevels(const float* table) : m_table(table) {}
    HWY_INLINE Real at(hn::Vec<Integers> code) const { return hn::GatherIndex(Reals(), m_table, code); }

private:
    const float* m_table;
};

template<class Levels>
void byteRowsBy(const ProductOperands& o, std::size_t begin, std::size_t end, float* y) {
    const Reals d;
    const hn::Rebind<std::uint8_t, Reals> bytes;
    const std::size_t lanes = hn::Lanes(d);
    for (std::size_t r = begin; r < end; ++r) {
        const Levels levels(o.tableOfRow ? o.tables + o.tableOfRow[r] * o.tableSize : o.tables);
        const std::uint8_t* const row = o.packed.data() + r * o.rowBytes;
        const std::size_t available = o.packed.size() - r * o.rowBytes;
        const auto product = [&](std::size_t c, Real sum) HWY_ATTR {
            const auto codes = hn::PromoteTo(Integers(), hn::LoadU(bytes, row + c));
            return hn::MulAdd(levels.at(codes), hn::LoadU(d, o.x + c), sum);
        };
        Real total = hn::Zero(d);
        for (std::size_t b = 0; b < o.blocks; ++b) {
            std::size_t c = b * o.blockSize;
            const std::size_t last = std::min(o.columns, c + o.blockSize);
            Real sum0 = hn::Zero(d), sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (; c + 4 * lanes <= last; c += 4 * lanes) {
                hwy::Prefetch(row + c + kAhead);
                sum0 = product(c, sum0);
                sum1 = product(c + lanes, sum1);
                sum2 = product(c + 2 * lanes, sum2);
                sum3 = product(c + 3 * lanes, sum3);
            }
            for (; c < last; c += lanes) {
                const auto codes = hn::PromoteTo(Integers(), loadWithin(bytes, row + c, available - c));
                sum0 = hn::MulAdd(levels.at(codes), hn::LoadU(d, o.x + c), sum0);
            }
            const Real sum = hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3));
            total = o.scales ? hn::MulAdd(sum, hn::Set(d, o.scales[r * o.blocks + b]), total) : sum;
        }
        y[r] = sumOf(total) + constantsOf(o, r) + static_cast<float>(o.common);
    }
}

void byteRows(const ProductOperands& o, std::size_t begin, std::size_t end, float* y) {
    byteRowsBy<ByteNumbers>(o, begin, end, y);
}
void byteTableRows(const ProductOperands& o, std::size_t begin, std::size_t end, float* y) {
    byteRowsBy<ByteLevels>(o, begin, end, y);
}
void rowsOf2(const ProductOperands& o, std::size_t begin, std::size_t end, float* y) { tableRows<2>(o, begin, end, y); }
void rowsOf3(const ProductOperands& o, std::size_t begin, std::size_t end, float* y) { tableRows<3>(o, begin, end, y); }
void rowsOf4(const ProductOperands& o, std::size_t begin, std::size_t end, float* y) { tableRows<4>(o, begin, end, y); }

float dot(const float* a, const float* b, std::size_t count) {
    const Reals d;
    const std::size_t lanes = hn::Lanes(d);
    Real sum0 = hn::Zero(d), sum1 = sum0;
    std::size_t i = 0;
    for (; i + 2 * lanes <= count; i += 2 * lanes) {
        sum0 = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), sum0);
        sum1 = hn::MulAdd(hn::LoadU(d, a + i + lanes), hn::LoadU(d, b + i + lanes), sum1);
    }
    float total = sumOf(hn::Add(sum0, sum1));
    for (; i < count; ++i) total += a[i] * b[i];
    return total;
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(stepsOf);
HWY_EXPORT(rowsOf2);
HWY_EXPORT(rowsOf3);
HWY_EXPORT(rowsOf4);
HWY_EXPORT(byteRows);
HWY_EXPORT(byteTableRows);
HWY_EXPORT(dot);

namespace {

constexpr std::size_t kRowsAtOnce = 32; // a task of a thread
constexpr std::size_t kSmallTable = 16; // numbers: a vector, for codes of up to 4 bits

/// x in the order in which lanes use it, with zeros up to a whole step.
hwy::AlignedFreeUniquePtr<float[]> arranged(std::span<const float> x, ProductSteps steps) {
    const std::size_t columnsAtOnce = steps.lanes * steps.together;
    const std::size_t size = (x.size() + columnsAtOnce - 1) / columnsAtOnce * columnsAtOnce;
    auto result = hwy::AllocateAligned<float>(size);
    std::fill_n(result.get(), size, 0.0f);
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::size_t step = i / columnsAtOnce, lane = i % columnsAtOnce / steps.together, at = i % steps.together;
        result[step * columnsAtOnce + at * steps.lanes + lane] = x[i];
    }
    return result;
}

} // namespace

CodedMatrix::CodedMatrix(const QuantizedTensor& tensor) : m_tensor(&tensor) {
    const Quantizer& quantizer = *tensor.quantizer;
    m_rows = static_cast<std::size_t>(quantizer.shape[0]);
    m_columns = static_cast<std::size_t>(quantizer.shape[1]);
    if (m_rows == 0 || m_columns == 0) return;
    if (!prepareCodebooks() || !prepareScales()) m_way = Way::Decoded;
    if (m_way == Way::Decoded) m_plan = std::make_unique<CodingPlan>(quantizer);
}

Result<CodedMatrix> CodedMatrix::make(const QuantizedTensor& tensor) {
    if (tensor.quantizer->shape.size() != 2)
        return Error{ErrorCode::InvalidArgument, "matrix",
                     fmt::format("a product needs two axes, not {}", tensor.quantizer->shape.size())};
    return withinMemory("matrix", [&]() -> Result<CodedMatrix> { return CodedMatrix(tensor); });
}

bool CodedMatrix::prepareCodebooks() {
    const Quantizer& quantizer = *m_tensor->quantizer;
    const int bits = quantizer.bits;
    if (std::endian::native != std::endian::little) return false;
    if (bits != 2 && bits != 3 && bits != 4 && bits != 8) return false;
    if (m_columns * static_cast<std::size_t>(bits) % 8 != 0) return false;
    const auto isNumbers = [](const auto& codebook) {
        return codebook->integerGrid && codebook->codes.empty() && vectorGrid(*codebook, 0);
    };
    const bool numbers = bits == 8 && std::all_of(quantizer.codebooks.begin(), quantizer.codebooks.end(), isNumbers);
    m_way = bits < 8 ? Way::Table : numbers ? Way::Bytes : Way::ByteTable;
    m_tableSize = bits < 8 ? kSmallTable : 256;
    for (const auto& codebook : quantizer.codebooks) {
        const std::vector<float>& levels = codebook->levels;
        const std::size_t codes = std::size_t{1} << bits;
        float middle = 0;
        if (codebook->integerGrid) middle = numbers ? levels.front() : levels[levels.size() / 2];
        m_middle.push_back(middle);
        if (numbers) continue;
        const std::size_t begin = m_tables.size();
        m_tables.resize(begin + m_tableSize);
        for (std::size_t bin = 0; bin < levels.size(); ++bin)
            for (std::size_t i = codebook->codeOf(bin); i < m_tableSize; i += codes)
                m_tables[begin + i] = levels[bin] - middle;
    }
    return true;
}

bool CodedMatrix::prepareScales() {
    const Quantizer& quantizer = *m_tensor->quantizer;
    const GroupLayout& layout = quantizer.layout;
    const std::vector<GroupScale>& groups = quantizer.groups;
    m_byColumn = layout.grouping().kind == Grouping::Kind::Channel && layout.grouping().axis == 1;
    m_blockSize = m_columns;
    if (layout.grouping().kind == Grouping::Kind::Block) {
        m_blocks = layout.groupCount() / m_rows;
        if (m_blocks > 1) m_blockSize = static_cast<std::size_t>(layout.grouping().blockSize);
        const std::size_t multiple = quantizer.bits == 3 || quantizer.bits == 4 ? 8 : 16;
        if (m_blocks > 1 && m_blockSize % multiple != 0) return false;
    }
    // A row, or all of them, with one codebook.
    const std::size_t alike = m_byColumn ? groups.size() : m_blocks;
    for (std::size_t g = 0; g < groups.size(); ++g)
        if (groups[g].codebook != groups[g - g % alike].codebook) return false;

    const std::size_t count = m_byColumn ? m_columns : m_rows * m_blocks;
    bool constant = true;
    m_scales.reserve(count + kLanePadding);
    for (std::size_t i = 0; i < count; ++i) {
        const GroupScale& group = groups.size() == 1 ? groups[0] : groups[i];
        m_scales.push_back(group.scale);
        const double above = static_cast<double>(m_middle[group.codebook]) - group.zero;
        m_constants.push_back(static_cast<float>(group.offset + group.scale * above));
        constant = constant && m_constants.back() == 0;
    }
    m_scales.resize(count + kLanePadding); // vectors of them are read beyond the last
    if (constant) m_constants.clear();
    return true;
}

void CodedMatrix::multiply(std::span<const float> x, std::span<float> y) const {
    if (m_columns == 0)
        std::fill(y.begin(), y.end(), 0.0f);
    else if (m_way == Way::Decoded)
        multiplyDecoded(x, y);
    else
        multiplyDirectly(x, y);
    addExceptions(x, y);
}

void CodedMatrix::multiplyDirectly(std::span<const float> x, std::span<float> y) const {
    const Quantizer& quantizer = *m_tensor->quantizer;
    ProductOperands operands;
    operands.packed = m_tensor->packed;
    operands.rowBytes = packedBytes(m_columns, quantizer.bits);
    operands.columns = m_columns;
    operands.tables = m_tables.data();
    operands.tableSize = m_tableSize;
    operands.blocks = m_blocks;
    operands.blockSize = m_blockSize;

    std::vector<float> scaled;
    if (m_byColumn) {
        for (std::size_t c = 0; c < m_columns; ++c) {
            scaled.push_back(x[c] * m_scales[c]);
            if (!m_constants.empty()) operands.common += static_cast<double>(m_constants[c]) * x[c];
        }
    } else {
        operands.scales = m_scales.data();
        if (!m_constants.empty()) operands.constants = m_constants.data();
    }
    const ProductSteps steps = HWY_DYNAMIC_DISPATCH(stepsOf)(quantizer.bits);
    const auto inOrder = arranged(m_byColumn ? scaled : x, steps);
    operands.x = inOrder.get();

    std::vector<float> blockSums;
    for (std::size_t c = 0; c < m_columns; c += m_blockSize) {
        const auto block = x.subspan(c, std::min(m_blockSize, m_columns - c));
        blockSums.push_back(static_cast<float>(std::accumulate(block.begin(), block.end(), 0.0)));
    }
    operands.blockSums = blockSums.data();

    std::vector<std::uint32_t> firstBlock;
    std::vector<std::int32_t> laneBlock;
    if (m_way == Way::Table && m_blocks > 1) {
        const std::size_t columnsAtOnce = steps.lanes * steps.together;
        for (std::size_t c = 0; c < m_columns || c % columnsAtOnce != 0; c += steps.together) {
            const std::size_t block = std::min(c / m_blockSize, m_blocks - 1);
            if (c % columnsAtOnce == 0) firstBlock.push_back(static_cast<std::uint32_t>(block));
            laneBlock.push_back(static_cast<std::int32_t>(block - firstBlock.back()));
        }
    }
    operands.firstBlock = firstBlock.data();
    operands.laneBlock = laneBlock.data();

    std::vector<std::uint32_t> tableOfRow;
    if (quantizer.codebooks.size() > 1 && !m_tables.empty() && !m_byColumn) {
        for (std::size_t r = 0; r < m_rows; ++r)
            tableOfRow.push_back(quantizer.groups[quantizer.layout.groupOf(r * m_columns)].codebook);
        operands.tableOfRow = tableOfRow.data();
    }
    parallelBlocks(m_rows, kRowsAtOnce, [&](Block rows) {
        if (m_way == Way::Bytes)
            HWY_DYNAMIC_DISPATCH(byteRows)(operands, rows.begin, rows.end, y.data());
        else if (m_way == Way::ByteTable)
            HWY_DYNAMIC_DISPATCH(byteTableRows)(operands, rows.begin, rows.end, y.data());
        else if (quantizer.bits == 2)
            HWY_DYNAMIC_DISPATCH(rowsOf2)(operands, rows.begin, rows.end, y.data());
        else if (quantizer.bits == 3)
            HWY_DYNAMIC_DISPATCH(rowsOf3)(operands, rows.begin, rows.end, y.data());
        else
            HWY_DYNAMIC_DISPATCH(rowsOf4)(operands, rows.begin, rows.end, y.data());
    });
}

void CodedMatrix::multiplyDecoded(std::span<const float> x, std::span<float> y) const {
    const int bits = m_tensor->quantizer->bits;
    parallelBlocks(m_rows, kRowsAtOnce, [&](Block rows) {
        TileCoder coder(*m_plan);
        std::vector<float> part(m_plan->tileSize());
        for (std::size_t r = rows.begin; r < rows.end; ++r) {
            y[r] = 0;
            for (std::size_t c = 0; c < m_columns; c += part.size()) {
                const std::size_t count = std::min(part.size(), m_columns - c), first = r * m_columns + c;
                unpackCodes(m_tensor->packed, bits, first, coder.bins().first(count));
                coder.decode(first, first + count, part.data());
                y[r] += HWY_DYNAMIC_DISPATCH(dot)(part.data(), &x[c], count);
            }
        }
    });
}

/// Their code is 0, and they are what they were.
void CodedMatrix::addExceptions(std::span<const float> x, std::span<float> y) const {
    const Quantizer& quantizer = *m_tensor->quantizer;
    for (std::size_t i = 0; i < m_tensor->exceptions.size(); ++i) {
        const std::size_t position = m_tensor->exceptions[i], group = quantizer.layout.groupOf(position);
        const Codebook& codebook = quantizer.codebookOf(group);
        const auto bin = std::find(codebook.codes.begin(), codebook.codes.end(), 0u) - codebook.codes.begin();
        const std::size_t zero = codebook.codes.empty() || static_cast<std::size_t>(bin) == codebook.codes.size()
                                     ? 0
                                     : static_cast<std::size_t>(bin);
        const float decoded = quantizer.groups[group].decode(codebook.levels[zero]);
        y[position / m_columns] += (m_tensor->exceptionValues[i] - decoded) * x[position % m_columns];
    }
}

} // namespace quantoscope
#endif
