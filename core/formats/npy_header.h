// The header of NumPy's array format, versions 1 to 3: "\x93NUMPY", version, length of the rest (2 bytes, from version
// 2 on 4; little-endian), a Python dictionary {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }. Source:
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
#pragma once

#include "core/base/byte_reader.h"
#include "core/base/job_control.h"
#include "core/tensor/tensor.h"

#include <functional>

namespace quantoscope {

struct NpyHeader {
    DType dtype = DType::F32;
    ByteOrder order = ByteOrder::Little;
    bool fortranOrder = false; // and that makes a difference for this shape
    Shape shape;
    std::uint64_t count = 0;     // values
    std::uint64_t dataBegin = 0; // bytes before the first value

    std::uint64_t dataBytes() const { return count * byteWidth(dtype); } // fits 64 bits: parseNpyHeader has checked
};

inline constexpr std::string_view kNpyMagic = "\x93NUMPY";
inline constexpr std::size_t kNpyPrefix = 12; // enough to know the header's size

/// Bytes from the magic to the first value, from the first kNpyPrefix bytes of a file. Error: `where` is the byte.
Result<std::size_t> npyHeaderSize(std::span<const std::byte> prefix);
/// Errors: Malformed, Truncated, and Unsupported for dtypes without a number a cell (complex, objects, text, records).
Result<NpyHeader> parseNpyHeader(std::span<const std::byte> header);
/// The header that NumPy itself would write. Error: Unsupported for BF16 and the 8-bit floats, which NumPy does not
/// know.
Result<std::string> makeNpyHeader(const TensorInfo& info);

/// Fetches values [first, first + out.size()) in file order; raises conversionError.
using NpyReadRun = std::function<Status(std::uint64_t first, std::span<float> out)>;

/// Values [first, first + out.size()) in row-major order of an array that is stored in column-major order.
Status readFortranOrder(const Shape& shape, std::uint64_t first, std::span<float> out, const NpyReadRun& readRun,
                        const JobControl& job);

} // namespace quantoscope
