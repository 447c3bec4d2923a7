// Data that tests share: easy data, and data that breaks careless arithmetic. The same bits on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace quantoscope::test {

struct DataSet {
    std::string name; // reads as the row of a test
    std::vector<float> values;
};

/// Uniform in [0, 1), from splitmix64 (Steele, Lea, Flood 2014).
class Random {
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t next();
    double uniform();
    double normal(); // by Box and Muller
    /// 0 to bound − 1.
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }

private:
    std::uint64_t m_state;
};

std::vector<float> normalValues(std::size_t count, std::uint64_t seed = 1, double mean = 0, double deviation = 1);

/// One of each kind, from one value to some thousands: ties, offsets of ten million times the spread, outliers,
/// subnormals, magnitudes 1e30 apart and the largest floats. Finite, never empty.
const std::vector<DataSet>& dataSets();

} // namespace quantoscope::test
