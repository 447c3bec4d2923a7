// Data sets that tests share: each is hard on something.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace quantoscope::test {

/// Random numbers that are the same on every platform: xorshift64*, and sums of uniform ones for a bell.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_state(seed * 0x9e3779b97f4a7c15u + 1) {}
    std::uint64_t next();
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
    double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    double normal(); // nearly: the sum of twelve uniform numbers less six

private:
    std::uint64_t m_state;
};

std::vector<float> normalValues(std::size_t count, std::uint64_t seed, double mean = 0, double deviation = 1);

struct Sample {
    std::string name; // reads as the end of a sentence
    std::vector<float> values;
};

/// Empty, constant, tied, huge, tiny, subnormal, offset, with outliers, ...: no more than a few hundred values each.
std::vector<Sample> hardSamples();

} // namespace quantoscope::test
