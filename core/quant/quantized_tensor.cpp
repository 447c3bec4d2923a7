#include "core/quant/quantized_tensor.h"

#include "core/base/bit_pack.h"
#include "core/base/parallel.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>

namespace quantoscope {

namespace {

constexpr std::size_t kBlock = 1 << 15; // a multiple of 8, so that every block starts on a byte whatever the width

/// Code to bin where the format's bit patterns do not ascend with the levels; bin 0 where no bin has the code.
std::vector<std::uint32_t> binsByCode(const Codebook& codebook, int bits) {
    std::vector<std::uint32_t> bins;
    if (codebook.codes.empty()) return bins;
    bins.resize(std::size_t{1} << bits);
    for (std::size_t bin = 0; bin < codebook.codes.size(); ++bin)
        bins[codebook.codes[bin]] = static_cast<std::uint32_t>(bin);
    return bins;
}

/// The encoders of all groups. Where a group comes in many pieces (channels along the last axis: pieces of one value)
/// they are set up once; where it is one piece, when it is its turn.
class Encoders {
public:
    explicit Encoders(const Quantizer& quantizer) : m_quantizer(quantizer) {
        const GroupLayout& layout = quantizer.layout;
        if (layout.runCount() <= layout.groupCount()) return;
        for (std::size_t g = 0; g < layout.groupCount(); ++g) m_known.emplace_back(quantizer, g);
    }
    GroupEncoder of(std::size_t group) const {
        return m_known.empty() ? GroupEncoder(m_quantizer, group) : m_known[group];
    }

private:
    const Quantizer& m_quantizer;
    std::vector<GroupEncoder> m_known;
};

Status checkSize(std::size_t size, const Quantizer& quantizer) {
    if (size == quantizer.layout.valueCount()) return {};
    return Error{ErrorCode::InvalidArgument, "values",
                 fmt::format("there are {}, but the quantizer is for {}", size, quantizer.layout.valueCount())};
}

void encodeBlock(const Quantizer& quantizer, const Encoders& encoders, std::span<const float> values, Block block,
                 std::span<std::uint32_t> codes) {
    quantizer.layout.forEachPiece(block.begin, block.end, [&](std::size_t group, std::size_t begin, std::size_t end) {
        const auto piece = codes.subspan(begin - block.begin, end - begin);
        const GroupEncoder encoder = encoders.of(group);
        if (piece.size() == 1)
            piece[0] = static_cast<std::uint32_t>(encoder.bin(values[begin]));
        else
            encoder.bins(values.subspan(begin, end - begin), piece);
        const Codebook& codebook = quantizer.codebookOf(group);
        if (!codebook.codes.empty())
            for (std::uint32_t& code : piece) code = codebook.codes[code];
    });
}

} // namespace

Result<QuantizedTensor> encode(const QuantizerPtr& quantizer, std::span<const float> values,
                               std::span<const std::size_t> exceptions, const JobControl& job) {
    if (auto fits = checkSize(values.size(), *quantizer); !fits) return fits.error();
    return withinMemory("codes", [&]() -> Result<QuantizedTensor> {
        QuantizedTensor result;
        result.quantizer = quantizer;
        result.exceptions.assign(exceptions.begin(), exceptions.end());
        for (const std::size_t position : exceptions) result.exceptionValues.push_back(values[position]);
        result.packed.resize(packedBytes(values.size(), quantizer->bits));
        const Encoders encoders(*quantizer);
        std::atomic<std::size_t> done{0};
        parallelBlocks(values.size(), kBlock, [&](Block block) {
            if (job.cancelled()) return;
            std::vector<std::uint32_t> codes(block.end - block.begin);
            encodeBlock(*quantizer, encoders, values, block, codes);
            auto exception = std::lower_bound(exceptions.begin(), exceptions.end(), block.begin);
            for (; exception != exceptions.end() && *exception < block.end; ++exception)
                codes[*exception - block.begin] = 0;
            packCodes(codes, quantizer->bits, block.begin, result.packed);
            job.progress(static_cast<double>(done += codes.size()) / static_cast<double>(values.size()));
        });
        if (job.cancelled()) return cancelled();
        return result;
    });
}

Status decode(const QuantizedTensor& tensor, std::span<float> out, const JobControl& job) {
    const Quantizer& quantizer = *tensor.quantizer;
    if (auto fits = checkSize(out.size(), quantizer); !fits) return fits;
    return withinMemory("values", [&]() -> Status {
        std::vector<std::vector<std::uint32_t>> bins;
        for (const auto& codebook : quantizer.codebooks) bins.push_back(binsByCode(*codebook, quantizer.bits));
        parallelBlocks(out.size(), kBlock, [&](Block block) {
            if (job.cancelled()) return;
            std::vector<std::uint32_t> codes(block.end - block.begin);
            unpackCodes(tensor.packed, quantizer.bits, block.begin, codes);
            quantizer.layout.forEachPiece(block.begin, block.end,
                                          [&](std::size_t group, std::size_t begin, std::size_t end) {
                                              const GroupScale scale = quantizer.groups[group];
                                              const float* levels = quantizer.codebookOf(group).levels.data();
                                              const std::uint32_t* code = &codes[begin - block.begin];
                                              if (const auto& binOfCode = bins[scale.codebook]; binOfCode.empty())
                                                  for (std::size_t i = begin; i < end; ++i)
                                                      out[i] = scale.decode(levels[*code++]);
                                              else
                                                  for (std::size_t i = begin; i < end; ++i)
                                                      out[i] = scale.decode(levels[binOfCode[*code++]]);
                                          });
        });
        if (job.cancelled()) return cancelled();
        for (std::size_t i = 0; i < tensor.exceptions.size(); ++i)
            out[tensor.exceptions[i]] = tensor.exceptionValues[i];
        return {};
    });
}

Status quantize(const Quantizer& quantizer, std::span<const float> values, std::span<float> out,
                const JobControl& job) {
    for (const std::size_t size : {values.size(), out.size()})
        if (auto fits = checkSize(size, quantizer); !fits) return fits;
    return withinMemory("values", [&]() -> Status {
        const Encoders encoders(quantizer);
        parallelBlocks(values.size(), kBlock, [&](Block block) {
            if (job.cancelled()) return;
            std::vector<std::uint32_t> bins(block.end - block.begin);
            quantizer.layout.forEachPiece(
                block.begin, block.end, [&](std::size_t group, std::size_t begin, std::size_t end) {
                    const GroupEncoder encoder = encoders.of(group);
                    const auto piece = std::span(bins).subspan(begin - block.begin, end - begin);
                    encoder.bins(values.subspan(begin, end - begin), piece);
                    for (std::size_t i = begin; i < end; ++i)
                        out[i] = std::isfinite(values[i]) ? encoder.decode(piece[i - begin]) : values[i];
                });
        });
        if (job.cancelled()) return cancelled();
        return {};
    });
}

std::vector<std::uint32_t> codesOf(const QuantizedTensor& tensor) {
    std::vector<std::uint32_t> codes(tensor.size());
    parallelBlocks(codes.size(), kBlock, [&](Block block) {
        unpackCodes(tensor.packed, tensor.quantizer->bits, block.begin,
                    std::span(codes).subspan(block.begin, block.end - block.begin));
    });
    return codes;
}

} // namespace quantoscope
