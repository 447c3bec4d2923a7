#include "core/quant/matrix_vector.h"

#include "core/base/bit_pack.h"
#include "core/base/parallel.h"
#include "core/base/vector_targets.h"
#include "core/quant/product_operands.h"

#include <fmt/format.h>
#include <hwy/aligned_allocator.h>

#include <algorithm>
#include <bit>
#include <numeric>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/quant/matrix_vector.cpp"
// clang-format off
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>
#include "core/quant/product_rows-inl.h"
// clang-format on

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

constexpr std::size_t kTallColumns = 32, kWideColumns = 2048; // of tiles
constexpr std::size_t kRowsAtOnce = 32, kTallRows = 256;      // a task of a thread
constexpr std::size_t kSmallTable = 16;                       // numbers: a vector, for codes of up to 4 bits

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
    if (m_way == Way::Decoded) m_plan = std::make_unique<CodingPlan>(quantizer, CodingPlan::Direction::Decode);
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
    const GroupScales& groups = quantizer.groups;
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
        if (groups.codebooks()[g] != groups.codebooks()[g - g % alike]) return false;

    const std::size_t count = m_byColumn ? m_columns : m_rows * m_blocks;
    bool constant = true;
    m_scales.reserve(count + kLanePadding);
    for (std::size_t i = 0; i < count; ++i) {
        const GroupScale group = groups[groups.size() == 1 ? 0 : i];
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
            tableOfRow.push_back(quantizer.groups.codebooks()[quantizer.layout.groupOf(r * m_columns)]);
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
    std::fill(y.begin(), y.end(), 0.0f);
    if (m_rows == 0 || m_columns == 0) return;
    const bool tall = m_plan->columnwise() && m_columns % kLine == 0; // tiles are of whole lines
    const std::size_t width = tall ? kTallColumns : kWideColumns;
    const auto multiply = [&](auto& coder, Block rows) {
        const std::size_t height = tall ? rows.end - rows.begin : 1;
        std::vector<float> part(height * std::min(width, m_columns));
        for (std::size_t first = rows.begin; first < rows.end; first += height)
            for (std::size_t c = 0; c < m_columns; c += width) {
                const Tile tile{first * m_columns + c, std::min(width, m_columns - c), height, tall ? m_columns : 0};
                coder.decode(m_tensor->packed, tile, part.data(), tile.width, false);
                for (std::size_t r = 0; r < height; ++r)
                    y[first + r] += HWY_DYNAMIC_DISPATCH(dot)(&part[r * tile.width], &x[c], tile.width);
            }
    };
    withCodes(m_tensor->quantizer->bits, [&](auto code) {
        parallelBlocks(m_rows, tall ? kTallRows : kRowsAtOnce, [&](Block rows) {
            TileCoder<decltype(code)> coder(*m_plan);
            multiply(coder, rows);
        });
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
