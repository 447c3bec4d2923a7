#include "core/tensor/tensor.h"

#include "core/base/parallel.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

struct DTypeFacts {
    std::string_view name;
    std::size_t bytes;
    bool floating;
};

constexpr std::array<DTypeFacts, 15> kDTypes{{{"BOOL", 1, false},
                                              {"U8", 1, false},
                                              {"I8", 1, false},
                                              {"U16", 2, false},
                                              {"I16", 2, false},
                                              {"U32", 4, false},
                                              {"I32", 4, false},
                                              {"U64", 8, false},
                                              {"I64", 8, false},
                                              {"F8_E4M3", 1, true},
                                              {"F8_E5M2", 1, true},
                                              {"F16", 2, true},
                                              {"BF16", 2, true},
                                              {"F32", 4, true},
                                              {"F64", 8, true}}};
static_assert(kDTypes.size() == static_cast<std::size_t>(DType::F64) + 1);

const DTypeFacts& facts(DType dtype) { return kDTypes[static_cast<std::size_t>(dtype)]; }

} // namespace

std::size_t byteWidth(DType dtype) { return facts(dtype).bytes; }
std::string_view name(DType dtype) { return facts(dtype).name; }
bool isFloatingPoint(DType dtype) { return facts(dtype).floating; }

Result<std::uint64_t> elementCount(const Shape& shape) {
    constexpr auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    std::uint64_t count = 1;
    bool empty = false;
    for (const std::int64_t extent : shape) {
        if (extent < 0) return Error{ErrorCode::Malformed, "shape", fmt::format("extent {} is negative", extent)};
        if (extent == 0) {
            empty = true;
            continue;
        }
        if (count > limit / static_cast<std::uint64_t>(extent))
            return Error{ErrorCode::TooLarge, "shape", "the product of the extents does not fit 63 bits"};
        count *= static_cast<std::uint64_t>(extent);
    }
    return empty ? 0 : count;
}

std::string describe(const Shape& shape) {
    return shape.empty() ? std::string("scalar") : fmt::format("{}", fmt::join(shape, " × "));
}

Tensor makeTensor(std::string name, const std::vector<float>& values) {
    const auto count = static_cast<std::int64_t>(values.size());
    return makeTensor(std::move(name), Shape{count}, values);
}

Tensor makeTensor(std::string name, Shape shape, const std::vector<float>& values, DType dtype) {
    return tensorOf(std::move(name), std::move(shape), RawVector<float>(values.begin(), values.end()), dtype);
}

Tensor tensorOf(std::string name, Shape shape, RawVector<float> values, DType dtype) {
    Tensor tensor;
    tensor.info.name = std::move(name);
    tensor.info.dtype = dtype;
    tensor.info.shape = std::move(shape);
    tensor.values = std::move(values);
    return tensor;
}

NonFiniteCount countNonFinite(std::span<const float> values) {
    constexpr std::size_t blockSize = 1 << 18;
    std::vector<NonFiniteCount> partial(blockCount(values.size(), blockSize));
    parallelBlocks(values.size(), blockSize, [&](Block block) {
        // x·0 is NaN for every non-finite x: one multiplication and addition a value, then a closer look only if
        // needed.
        float poison = 0;
        for (std::size_t i = block.begin; i < block.end; ++i) poison += values[i] * 0.0f;
        if (poison == 0.0f) return;
        NonFiniteCount& count = partial[block.index];
        for (std::size_t i = block.begin; i < block.end; ++i) {
            if (std::isnan(values[i]))
                ++count.nan;
            else if (std::isinf(values[i]))
                ++(values[i] > 0 ? count.positiveInfinity : count.negativeInfinity);
        }
    });
    NonFiniteCount total;
    for (const NonFiniteCount& count : partial) {
        total.nan += count.nan;
        total.positiveInfinity += count.positiveInfinity;
        total.negativeInfinity += count.negativeInfinity;
    }
    return total;
}

} // namespace quantoscope
