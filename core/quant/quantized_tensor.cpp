#include "core/quant/quantized_tensor.h"

#include "core/base/bit_pack.h"
#include "core/base/parallel.h"
#include "core/quant/tile_coder.h"

#include <fmt/format.h>
#include <hwy/cache_control.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <numeric>

namespace quantoscope {

namespace {

/// Values that are more than the second caches of some cores hold, whose places are not worth to be fetched to be
/// written.
constexpr std::size_t kStreamed = std::size_t{1} << 21;

Status checkSize(std::size_t size, const Quantizer& quantizer) {
    if (size == quantizer.layout.valueCount()) return {};
    return Error{ErrorCode::InvalidArgument, "values",
                 fmt::format("there are {}, but the quantizer is for {}", size, quantizer.layout.valueCount())};
}

/// One coder a thread, kept from block to block: their memory may take longer to get than a block takes.
template<class Code>
class Coders {
public:
    explicit Coders(const CodingPlan& plan) : m_plan(plan) {}

    std::unique_ptr<TileCoder<Code>> take() {
        const std::scoped_lock lock(m_mutex);
        if (m_idle.empty()) return std::make_unique<TileCoder<Code>>(m_plan);
        auto coder = std::move(m_idle.back());
        m_idle.pop_back();
        return coder;
    }
    void giveBack(std::unique_ptr<TileCoder<Code>> coder) {
        const std::scoped_lock lock(m_mutex);
        m_idle.push_back(std::move(coder));
    }

private:
    const CodingPlan& m_plan;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<TileCoder<Code>>> m_idle;
};

/// Calls body(coder, tile, block) for all tiles, those of a block in order. False where the job was cancelled.
template<class Code, class Body>
bool forTilesIn(const CodingPlan& plan, std::size_t count, const JobControl& job, const Body& body) {
    std::atomic<std::size_t> done{0};
    Coders<Code> coders(plan);
    parallelBlocks(plan.tileCount(), plan.tilesAtOnce(), [&](Block block) {
        if (job.cancelled()) return;
        auto coder = coders.take();
        std::size_t values = 0;
        for (std::size_t i = block.begin; i < block.end; ++i) {
            const Tile tile = plan.tile(i);
            body(*coder, tile, block.index);
            values += tile.size();
        }
        hwy::FlushStream();
        done += values; // at last: to add for all threads waits for all that was written
        coders.giveBack(std::move(coder));
        job.progress(static_cast<double>(done) / static_cast<double>(count));
    });
    return !job.cancelled();
}

template<class Body>
bool forTiles(const CodingPlan& plan, const Quantizer& quantizer, const JobControl& job, const Body& body) {
    return withCodes(quantizer.bits, [&](auto code) {
        return forTilesIn<decltype(code)>(plan, quantizer.layout.valueCount(), job, body);
    });
}

} // namespace

Result<QuantizedTensor> encode(const QuantizerPtr& quantizer, std::span<const float> values,
                               std::span<const std::size_t> exceptions, const JobControl& job) {
    QuantizedTensor result;
    if (auto done = encodeInto(result, quantizer, values, exceptions, nullptr, job); !done) return done.error();
    return result;
}

Status encodeInto(QuantizedTensor& tensor, const QuantizerPtr& quantizer, std::span<const float> values,
                  std::span<const std::size_t> exceptions, double* squaredError, const JobControl& job) {
    if (auto fits = checkSize(values.size(), *quantizer); !fits) return fits;
    return withinMemory("codes", [&]() -> Status {
        tensor.quantizer = quantizer;
        tensor.exceptions.assign(exceptions.begin(), exceptions.end());
        tensor.exceptionValues.clear();
        for (const std::size_t position : exceptions) tensor.exceptionValues.push_back(values[position]);
        tensor.packed.resize(packedBytes(values.size(), quantizer->bits));
        const CodingPlan plan(*quantizer, CodingPlan::Direction::Encode);
        std::vector<double> partial(blockCount(plan.tileCount(), plan.tilesAtOnce()));
        const bool finished = forTiles(plan, *quantizer, job, [&](auto& coder, const Tile& tile, std::size_t block) {
            if (squaredError)
                partial[block] += coder.encodeAndMeasure(values, tile, exceptions, tensor.packed);
            else
                coder.encode(values, tile, tensor.packed);
            coder.pack(exceptions, tensor.packed);
        });
        if (!finished) return cancelled();
        if (squaredError) *squaredError = std::accumulate(partial.begin(), partial.end(), 0.0);
        return {};
    });
}

Status decode(const QuantizedTensor& tensor, std::span<float> out, const JobControl& job) {
    const Quantizer& quantizer = *tensor.quantizer;
    if (auto fits = checkSize(out.size(), quantizer); !fits) return fits;
    return withinMemory("values", [&]() -> Status {
        const CodingPlan plan(quantizer, CodingPlan::Direction::Decode);
        const bool finished = forTiles(plan, quantizer, job, [&](auto& coder, const Tile& tile, std::size_t) {
            coder.decode(tensor.packed, tile, &out[tile.begin], tile.stride, out.size() >= kStreamed);
        });
        if (!finished) return cancelled();
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
        const CodingPlan plan(quantizer, CodingPlan::Direction::Encode);
        const bool finished = forTiles(plan, quantizer, job, [&](auto& coder, const Tile& tile, std::size_t) {
            coder.encode(values, tile);
            coder.writeValues(values, out);
        });
        if (!finished) return cancelled();
        return {};
    });
}

std::vector<std::uint32_t> codesOf(const QuantizedTensor& tensor) {
    constexpr std::size_t kBlock = 1 << 15; // a multiple of 8, so that every block starts on a byte
    std::vector<std::uint32_t> codes(tensor.size());
    parallelBlocks(codes.size(), kBlock, [&](Block block) {
        unpackCodes(tensor.packed, tensor.quantizer->bits, block.begin,
                    std::span(codes).subspan(block.begin, block.end - block.begin));
    });
    return codes;
}

} // namespace quantoscope
