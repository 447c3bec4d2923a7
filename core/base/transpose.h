// Matrices of bytes or 32-bit numbers turned on their side.
#pragma once

#include <cstddef>
#include <cstdint>

namespace quantoscope {

/// to[c · toStride + r] = from[r · fromStride + c] for all r < rows, c < columns; nothing else is read or written.
void transpose(const std::uint8_t* from, std::size_t fromStride, std::size_t rows, std::size_t columns,
               std::uint8_t* to, std::size_t toStride);
void transpose(const float* from, std::size_t fromStride, std::size_t rows, std::size_t columns, float* to,
               std::size_t toStride);
void transpose(const std::uint32_t* from, std::size_t fromStride, std::size_t rows, std::size_t columns,
               std::uint32_t* to, std::size_t toStride);

} // namespace quantoscope
