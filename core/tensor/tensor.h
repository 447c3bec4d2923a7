// A tensor in memory: values in float32, row-major, with the shape and number type they had in their file.
#pragma once

#include "core/base/raw_vector.h"
#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quantoscope {

enum class DType { Bool, U8, I8, U16, I16, U32, I32, U64, I64, F8E4M3, F8E5M2, F16, BF16, F32, F64 };

std::size_t byteWidth(DType dtype);
/// The short name as safetensors writes it: "F32", "BF16", "F8_E4M3", "U8", "BOOL".
std::string_view name(DType dtype);
bool isFloatingPoint(DType dtype);

/// Row-major extents, slowest first; empty is a scalar of one value.
using Shape = std::vector<std::int64_t>;

/// The number of elements; an error when an extent is negative or the product does not fit 63 bits.
Result<std::uint64_t> elementCount(const Shape& shape);
/// "256 × 64"; "scalar" for an empty shape.
std::string describe(const Shape& shape);

enum class TensorKind {
    Values, // numbers without further meaning
    Table,  // all numeric columns of a table as one rows × columns matrix
    Image,  // height × width, or height × width × channels; samples 0 to 255 (U8) or 0 to 65535 (U16)
    Signal, // frames, or frames × channels
};

struct TensorInfo {
    std::string name;
    DType dtype = DType::F32;
    Shape shape;
    TensorKind kind = TensorKind::Values;
    double sampleRate = 0; // Hz, of a Signal; 0 where unknown
    friend bool operator==(const TensorInfo&, const TensorInfo&) = default;
};

struct Tensor {
    TensorInfo info;
    RawVector<float> values;    // row-major, elementCount(info.shape) of them
    std::string file;           // the path it came from; empty for generated data
    double conversionError = 0; // largest |original − float32| over the values that float32 cannot hold exactly
    std::uint64_t missing = 0;  // cells of a table that held no number and were dropped
};

using TensorPtr = std::shared_ptr<const Tensor>;

Tensor tensorOf(std::string name, Shape shape, RawVector<float> values, DType dtype = DType::F32);
/// Of a copy of the values.
Tensor makeTensor(std::string name, Shape shape, const std::vector<float>& values, DType dtype = DType::F32);
/// One-dimensional and F32.
Tensor makeTensor(std::string name, const std::vector<float>& values);

struct NonFiniteCount {
    std::uint64_t nan = 0, positiveInfinity = 0, negativeInfinity = 0;
    std::uint64_t total() const { return nan + positiveInfinity + negativeInfinity; }
};

NonFiniteCount countNonFinite(std::span<const float> values);

} // namespace quantoscope
