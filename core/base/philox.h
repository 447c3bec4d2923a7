// Philox4x32-10, a counter-based generator: block c of stream s under key k is a function of (k, s, c) alone, so values
// come out the same whatever the order or the number of threads. (Salmon, Moraes, Dror, Shaw: Parallel random numbers:
// as easy as 1, 2, 3. SC 2011. The known answers of their Random123 library are in the test.)
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>

namespace quantoscope {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

constexpr PhiloxCounter philox4x32(PhiloxCounter counter, PhiloxKey key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t p0 = std::uint64_t{0xD2511F53} * counter[0];
        const std::uint64_t p1 = std::uint64_t{0xCD9E8D57} * counter[2];
        counter = {static_cast<std::uint32_t>(p1 >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(p1),
                   static_cast<std::uint32_t>(p0 >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(p0)};
        key[0] += 0x9E3779B9;
        key[1] += 0xBB67AE85;
    }
    return counter;
}

/// Random numbers by position. Streams of one seed are independent of each other.
class RandomStream {
public:
    constexpr RandomStream(std::uint64_t seed, std::uint32_t stream)
        : m_key{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}, m_stream(stream) {}

    /// Two independent uniform numbers, multiples of 2^-53, in the open interval (0, 1).
    constexpr std::pair<double, double> uniformPair(std::uint64_t position) const {
        const PhiloxCounter r = philox4x32(
            {static_cast<std::uint32_t>(position), static_cast<std::uint32_t>(position >> 32), m_stream, 0}, m_key);
        return {toUniform(r[0], r[1]), toUniform(r[2], r[3])};
    }

    /// Two independent standard normal numbers (Box and Muller 1958).
    std::pair<double, double> normalPair(std::uint64_t position) const {
        const auto [u, v] = uniformPair(position);
        const double radius = std::sqrt(-2.0 * std::log(u));
        const double angle = 2.0 * std::numbers::pi * v;
        return {radius * std::cos(angle), radius * std::sin(angle)};
    }

private:
    static constexpr double toUniform(std::uint32_t high, std::uint32_t low) {
        const std::uint64_t bits = (std::uint64_t{high} << 32 | low) >> 12; // 52, and a half keeps 0 and 1 out
        return (static_cast<double>(bits) + 0.5) * 0x1p-52;
    }

    PhiloxKey m_key;
    std::uint32_t m_stream;
};

} // namespace quantoscope
