#include "tests/support/samples.h"

#include "tests/support/datasets.h"

#include <cmath>
#include <limits>

namespace quantoscope::test {

std::vector<Sample> hardSamples() {
    using Limits = std::numeric_limits<float>;
    const auto scaled = [](std::vector<float> values, float factor) {
        for (float& value : values) value *= factor;
        return values;
    };
    const auto with = [](std::vector<float> values, std::initializer_list<float> more) {
        values.insert(values.end(), more);
        return values;
    };
    std::vector<float> integers(200), subnormals(100), wide, steps(256);
    Random random(7);
    for (float& value : integers) value = static_cast<float>(random.below(40)) - 20;
    for (float& value : subnormals) value = Limits::denorm_min() * (static_cast<float>(random.below(1000)) - 500);
    for (int exponent = -38; exponent <= 38; ++exponent)
        for (const float sign : {-1.0f, 1.0f}) wide.push_back(sign * std::pow(10.0f, static_cast<float>(exponent)));
    for (std::size_t i = 0; i < steps.size(); ++i) steps[i] = static_cast<float>(i);
    const std::vector<float> normal = normalValues(300, 1);
    return {
        {"nothing", {}},
        {"one value", {3.5f}},
        {"one zero", {0.0f}},
        {"one negative value", {-7.25f}},
        {"two values", {1.0f, 2.0f}},
        {"two signs", {-1.0f, 2.0f}},
        {"zeros of both signs", {0.0f, -0.0f, 0.0f, -0.0f}},
        {"a constant", std::vector<float>(50, 2.25f)},
        {"a huge constant", std::vector<float>(5, Limits::max())},
        {"a subnormal constant", std::vector<float>(5, 3 * Limits::denorm_min())},
        {"integers with ties", integers},
        {"every integer of 8 bits", steps},
        {"a bell", normal},
        {"a bell, all positive", normalValues(200, 2, 20)},
        {"a bell far from zero", normalValues(300, 3, 1e4)},
        {"a bell so far from zero that few values differ", normalValues(200, 4, 3e7, 4)},
        {"a bell with outliers", with(normal, {250.0f, -300.0f, 1000.0f})},
        {"a huge bell", scaled(normal, 5e37f)},
        {"the whole range of float32", {Limits::lowest(), -1.0f, 0.0f, 1.0f, Limits::max()}},
        {"both ends of float32", {Limits::lowest(), Limits::max()}},
        {"a tiny bell", scaled(normal, 1e-36f)},
        {"subnormal numbers", subnormals},
        {"the smallest numbers", {-Limits::denorm_min(), 0.0f, Limits::denorm_min()}},
        {"seventy-six orders of magnitude", wide},
        {"mostly zeros", with(std::vector<float>(90, 0.0f), {1.0f, 2.0f, 3.0f, -0.5f})},
        {"mostly the largest", with(std::vector<float>(90, 6.0f), {1.0f, 2.0f, 3.0f})},
        {"two neighbours", {1.0f, std::nextafter(1.0f, 2.0f)}},
    };
}

} // namespace quantoscope::test
