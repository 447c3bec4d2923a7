#include "tests/support/datasets.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace quantoscope::test {

std::uint64_t Random::next() {
    std::uint64_t z = m_state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

double Random::uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

double Random::normal() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
}

std::vector<float> normalValues(std::size_t count, std::uint64_t seed, double mean, double deviation) {
    Random random(seed);
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(mean + deviation * random.normal());
    return values;
}

namespace {

template<class Make>
std::vector<float> made(std::size_t count, std::uint64_t seed, const Make& make) {
    Random random(seed);
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(make(random));
    return values;
}

} // namespace

const std::vector<DataSet>& dataSets() {
    constexpr float kLargest = std::numeric_limits<float>::max();
    static const std::vector<DataSet> all{
        {"one value", {3.25f}},
        {"two values", {-1.5f, 2.0f}},
        {"all equal", std::vector<float>(1000, 0.1f)},
        {"only zeros of both signs", {0.0f, -0.0f, 0.0f, -0.0f}},
        {"scores from the example", {18.2f, 45.7f, 22.1f, 51.3f, 88.0f, 64.5f, 30.9f, 72.4f}},
        {"standard normal", normalValues(20000, 2)},
        {"small integers with many ties", made(5000, 3, [](Random& r) { return std::round(3 * r.normal()); })},
        {"laplace",
         made(10000, 4, [](Random& r) { return (r.uniform() < 0.5 ? -1 : 1) * -std::log(1 - r.uniform()); })},
        {"mean 1e4, deviation 1", normalValues(10000, 5, 1e4, 1)},
        {"offset ten million times the spread", normalValues(5000, 6, 1e7, 1)},
        {"negative and far from zero", normalValues(5000, 7, -3e5, 0.5)},
        {"a few outliers of 1e5",
         made(10000, 8, [](Random& r) { return r.below(2000) == 0 ? 1e5 * r.normal() : r.normal(); })},
        {"mostly zero with one outlier",
         made(10000, 9, [](Random& r) { return r.below(5000) == 0 ? -1e5 * (1 + r.uniform()) : 0.0; })},
        {"subnormals", made(3000, 10, [](Random& r) { return 1e-42 * r.normal(); })},
        {"1e30 with 1e-30", made(4000, 11, [](Random& r) { return r.normal() * (r.below(2) ? 1e30 : 1e-30); })},
        {"every magnitude",
         made(8000, 12, [](Random& r) { return (r.below(2) ? 1 : -1) * std::pow(10, 75 * r.uniform() - 37); })},
        {"up to the largest floats", made(2000, 13, [](Random& r) { return (2 * r.uniform() - 1) * kLargest; })},
        {"positive only", made(6000, 14, [](Random& r) { return std::exp(r.normal()); })},
    };
    return all;
}

} // namespace quantoscope::test
