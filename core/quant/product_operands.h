// What the loops of a product with a matrix in codes are given: between matrix_vector.cpp and product_rows-inl.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

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
