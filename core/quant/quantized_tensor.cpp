#include "core/quant/quantized_tensor.h"

#include "core/base/bit_pack.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <cmath>

namespace quantoscope {

namespace {

constexpr std::size_t kBlock = 1 << 15; // a multiple of 8, so that every block starts on a byte whatever the width

/// Code to bin where the format's bit patterns do not ascend with the levels.
std::vector<std::uint32_t> binsByCode(const Codebook& codebook) {
    std::vector<std::uint32_t> bins;
    for (std::size_t bin = 0; bin < codebook.codes.size(); ++bin) {
        bins.resize(std::max<std::size_t>(bins.size(), codebook.codes[bin] + 1));
        bins[codebook.codes[bin]] = static_cast<std::uint32_t>(bin);
    }
    return bins;
}

} // namespace

Result<QuantizedTensor> encode(const QuantizerPtr& quantizer, std::span<const float> values,
                               std::span<const std::size_t> exceptions, const JobControl& job) {
    QuantizedTensor result;
    result.quantizer = quantizer;
    result.exceptions.assign(exceptions.begin(), exceptions.end());
    for (const std::size_t position : exceptions) result.exceptionValues.push_back(values[position]);
    result.packed.resize(packedBytes(values.size(), quantizer->bits));
    std::atomic<std::size_t> done{0};
    parallelBlocks(values.size(), kBlock, [&](Block block) {
        if (job.cancelled()) return;
        std::vector<std::uint32_t> codes(block.end - block.begin);
        quantizer->layout.forEachPiece(
            block.begin, block.end, [&](std::size_t group, std::size_t begin, std::size_t end) {
                const Codebook& codebook = quantizer->codebookOf(group);
                const GroupEncoder encoder(*quantizer, group);
                for (std::size_t i = begin; i < end; ++i)
                    codes[i - block.begin] = std::isfinite(values[i]) ? codebook.codeOf(encoder.bin(values[i])) : 0;
            });
        packCodes(codes, quantizer->bits, block.begin, result.packed);
        job.progress(static_cast<double>(done += codes.size()) / static_cast<double>(values.size()));
    });
    if (job.cancelled()) return cancelled();
    return result;
}

Status decode(const QuantizedTensor& tensor, std::span<float> out, const JobControl& job) {
    const Quantizer& quantizer = *tensor.quantizer;
    std::vector<std::vector<std::uint32_t>> bins;
    for (const auto& codebook : quantizer.codebooks) bins.push_back(binsByCode(*codebook));
    parallelBlocks(out.size(), kBlock, [&](Block block) {
        if (job.cancelled()) return;
        quantizer.layout.forEachPiece(
            block.begin, block.end, [&](std::size_t group, std::size_t begin, std::size_t end) {
                const GroupScale& scale = quantizer.groups[group];
                const Codebook& codebook = quantizer.codebookOf(group);
                const std::vector<std::uint32_t>& binOfCode = bins[scale.codebook];
                for (std::size_t i = begin; i < end; ++i) {
                    const std::uint32_t code = unpackCode(tensor.packed, quantizer.bits, i);
                    out[i] = scale.decode(codebook.levels[binOfCode.empty() ? code : binOfCode[code]]);
                }
            });
    });
    if (job.cancelled()) return cancelled();
    for (std::size_t i = 0; i < tensor.exceptions.size(); ++i) out[tensor.exceptions[i]] = tensor.exceptionValues[i];
    return {};
}

Status quantize(const Quantizer& quantizer, std::span<const float> values, std::span<float> out,
                const JobControl& job) {
    parallelBlocks(values.size(), kBlock, [&](Block block) {
        if (job.cancelled()) return;
        quantizer.layout.forEachPiece(
            block.begin, block.end, [&](std::size_t group, std::size_t begin, std::size_t end) {
                const GroupEncoder encoder(quantizer, group);
                for (std::size_t i = begin; i < end; ++i)
                    out[i] = std::isfinite(values[i]) ? encoder.decode(encoder.bin(values[i])) : values[i];
            });
    });
    if (job.cancelled()) return cancelled();
    return {};
}

std::vector<std::uint32_t> codesOf(const QuantizedTensor& tensor) {
    std::vector<std::uint32_t> codes(tensor.size());
    parallelBlocks(codes.size(), kBlock, [&](Block block) {
        for (std::size_t i = block.begin; i < block.end; ++i)
            codes[i] = unpackCode(tensor.packed, tensor.quantizer->bits, i);
    });
    return codes;
}

} // namespace quantoscope
