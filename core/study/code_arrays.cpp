#include "core/study/code_arrays.h"

#include "core/base/parallel.h"
#include "core/base/text_width.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <new>
#include <span>
#include <utility>

namespace quantoscope {

namespace {

constexpr std::size_t kBlock = 1 << 16;

DType codeType(int bits) { return bits <= 8 ? DType::U8 : bits <= 16 ? DType::U16 : DType::U32; }

// Codes and zero points have at most 24 bits, which float32 holds exactly.
template<class T>
RawVector<float> asFloats(std::span<const T> numbers) {
    RawVector<float> floats(numbers.size());
    parallelBlocks(numbers.size(), kBlock, [&](Block block) {
        for (std::size_t i = block.begin; i < block.end; ++i) floats[i] = static_cast<float>(numbers[i]);
    });
    return floats;
}

template<class Field>
Tensor perGroup(const Quantizer& quantizer, std::string name, DType dtype, Field field) {
    RawVector<float> values;
    values.reserve(quantizer.groups.size());
    for (const GroupScale group : quantizer.groups) values.push_back(static_cast<float>(group.*field));
    const auto count = static_cast<std::int64_t>(values.size());
    return tensorOf(std::move(name), {count}, std::move(values), dtype);
}

Tensor one(std::string name, std::int64_t value) {
    return makeTensor(std::move(name), Shape{1}, {static_cast<float>(value)}, DType::I32);
}

Result<std::vector<Tensor>> tooLarge(const DecodedRun& run) {
    return Error{ErrorCode::TooLarge, run.run->data->tensor().info.name, "its arrays do not fit into memory"};
}

} // namespace

CodeTable codeTableOf(const Quantizer& quantizer) {
    CodeTable table;
    std::uint32_t largest = 0;
    for (const auto& codebook : quantizer.codebooks)
        for (std::size_t bin = 0; bin < codebook->size(); ++bin) largest = std::max(largest, codebook->codeOf(bin));
    table.codes = std::size_t{largest} + 1;
    table.bits = std::max(quantizer.bits, static_cast<int>(std::bit_width(largest)));
    table.levels.assign(quantizer.codebooks.size() * table.codes, std::numeric_limits<float>::quiet_NaN());
    for (std::size_t k = 0; k < quantizer.codebooks.size(); ++k) {
        const Codebook& codebook = *quantizer.codebooks[k];
        for (std::size_t bin = 0; bin < codebook.size(); ++bin)
            table.levels[k * table.codes + codebook.codeOf(bin)] = codebook.levels[bin];
    }
    return table;
}

Result<std::vector<Tensor>> codeArrays(const DecodedRun& run, const JobControl& job) try {
    const Quantizer& quantizer = *run.run->quantizer;
    const PreparedTensor& data = *run.run->data;
    CodeTable table = codeTableOf(quantizer);
    std::vector<Tensor> arrays;
    arrays.push_back(tensorOf("codes", quantizer.shape, asFloats(std::span(run.codes)), codeType(table.bits)));
    if (job.cancelled()) return cancelled();
    arrays.push_back(makeTensor("dequantized", quantizer.shape, run.decoded));
    const auto codebooks = static_cast<std::int64_t>(quantizer.codebooks.size());
    arrays.push_back(makeTensor("codebook", {codebooks, static_cast<std::int64_t>(table.codes)}, table.levels));
    arrays.push_back(perGroup(quantizer, "scale", DType::F32, &GroupScale::scale));
    arrays.push_back(perGroup(quantizer, "offset", DType::F32, &GroupScale::offset));
    arrays.push_back(perGroup(quantizer, "zero_point", DType::I32, &GroupScale::zero));
    arrays.push_back(perGroup(quantizer, "codebook_index", DType::I32, &GroupScale::codebook));
    arrays.push_back(one("bits", table.bits));
    const Grouping& grouping = quantizer.layout.grouping();
    if (grouping.kind == Grouping::Kind::Channel) arrays.push_back(one("axis", grouping.axis));
    if (grouping.kind == Grouping::Kind::Block) arrays.push_back(one("block_size", grouping.blockSize));
    if (!data.exceptions().empty()) {
        RawVector<float> kept(run.codes.size(), 0.0f);
        for (const std::size_t position : data.exceptions()) kept[position] = 1;
        arrays.push_back(tensorOf("kept", quantizer.shape, std::move(kept), DType::Bool));
    }
    if (job.cancelled()) return cancelled();
    return arrays;
} catch (const std::bad_alloc&) {
    return tooLarge(run);
}

Result<std::vector<Tensor>> valueArrays(const DecodedRun& run, const JobControl& job) try {
    const std::span<const float> original = run.run->data->tensor().values;
    RawVector<float> error(original.size());
    parallelBlocks(original.size(), kBlock, [&](Block block) {
        for (std::size_t i = block.begin; i < block.end; ++i) error[i] = original[i] - run.decoded[i];
    });
    if (job.cancelled()) return cancelled();
    const Shape shape = {static_cast<std::int64_t>(original.size())};
    std::vector<Tensor> arrays;
    arrays.push_back(tensorOf("value", shape, {original.begin(), original.end()}));
    arrays.push_back(
        tensorOf("code", shape, asFloats(std::span(run.codes)), codeType(codeTableOf(*run.run->quantizer).bits)));
    arrays.push_back(makeTensor("dequantizedValue", shape, run.decoded));
    arrays.push_back(tensorOf("error", shape, std::move(error)));
    return arrays;
} catch (const std::bad_alloc&) {
    return tooLarge(run);
}

std::string describeArrays(const std::vector<Tensor>& arrays) {
    std::size_t names = 0, shapes = 0;
    for (const Tensor& array : arrays) {
        names = std::max(names, textWidth(array.info.name));
        shapes = std::max(shapes, textWidth(describe(array.info.shape)));
    }
    std::string lines;
    for (const Tensor& array : arrays)
        lines.append(padRight(array.info.name, names))
            .append("  ")
            .append(padRight(describe(array.info.shape), shapes))
            .append("  ")
            .append(name(array.info.dtype))
            .append("\n");
    return lines;
}

} // namespace quantoscope
