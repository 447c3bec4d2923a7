// A coarse distribution from values that come by in pieces and are not kept: two passes over them.
//
// A float's bits, with all of them flipped where it is negative and the sign otherwise, are a key that ascends with the
// value. Its first bits are a cell: nine of them are sign and exponent, so a cell is a stretch of evenly spaced values.
// The first pass counts the values of every cell (ValueCells). The second (ValueGroups) splits each cell into groups of
// evenly spaced values: where there is room down to single values, else half of the room goes by
// count^(1/3)·width^(2/3), which leaves the least Σ(x − mean of its group)² (Panter, Dite 1951), and half by count, for
// quantiles. The first pass also notes which last bits are zero in all values of a cell: integers, and whatever was
// stored in 16 bits or less, need few groups to be exact.
//
// All sums are of integers, in units of the spacing of a cell, and exact: neither the order of the values nor the
// threads that add them show in the result.
#pragma once

#include "core/base/raw_vector.h"
#include "core/tensor/distribution.h"
#include "core/tensor/tensor.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace quantoscope {

class ValueCells {
public:
    static constexpr int kLeastBits = 9, kMostBits = 16; // of a key that name its cell
    explicit ValueCells(int bits);

    int bits() const { return m_bits; }

    /// Counts values; those that are not finite by themselves.
    void add(std::span<const float> values);
    /// Counts a finite value so many times more.
    void add(float value, std::uint64_t times);
    /// Adds what another with as many bits has counted.
    void add(const ValueCells& other);

    std::uint64_t count() const; // of finite values
    const NonFiniteCount& nonFinite() const { return m_nonFinite; }
    float minimum() const { return m_minimum; } // of the finite values; 0 where there are none
    float maximum() const { return m_maximum; }

private:
    friend class ValueGroups;

    struct Cell {
        std::uint64_t count = 0;
        std::uint32_t lowBits = 0; // those of all its values, or'ed
    };

    void addFinite(std::span<const float> values);

    int m_bits;
    std::vector<Cell> m_cells;
    NonFiniteCount m_nonFinite;
    float m_minimum = 0;
    float m_maximum = 0;
    bool m_any = false;
};

class ValueGroups {
public:
    struct Sums {
        std::uint64_t count = 0;
        std::uint64_t places = 0;  // Σd, d the place of a value in its group
        std::uint64_t squares = 0; // Σd² modulo 2^64
        std::uint32_t lowest = std::numeric_limits<std::uint32_t>::max(), highest = 0; // of d
    };

    /// At most `most` groups, but at least one for every cell that holds values.
    ValueGroups(const ValueCells& cells, std::size_t most);

    std::size_t size() const { return m_size; }
    /// One entry a group, for each thread that adds values; and a last one for values that no cell has counted, which
    /// a file may hold that changes between the passes.
    std::vector<Sums> makeSums() const { return std::vector<Sums>(m_size + 1); }
    /// Adds finite values; others are passed over.
    void add(std::span<const float> values, std::span<Sums> sums) const;
    static void add(std::span<const Sums> from, std::span<Sums> to);
    /// Those that hold values, in ascending order.
    std::vector<ValueGroup> groups(std::span<const Sums> sums) const;

private:
    struct Cell {
        std::uint32_t first = 0; // group; m_size where no value was counted
        std::uint8_t shift = 0;  // bits of a place in a group
    };

    int m_lowBits; // of a key, inside a cell
    std::size_t m_size = 0;
    std::vector<Cell> m_cells;
};

} // namespace quantoscope
