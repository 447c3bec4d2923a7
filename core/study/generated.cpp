#include "core/study/generated.h"

#include "core/base/parallel.h"
#include "core/base/philox.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <new>
#include <vector>

namespace quantoscope {

namespace {

constexpr std::size_t kBlock = 1 << 15;
constexpr std::uint64_t kRow = 1000;

// What a stream's numbers are for; streams of different recipes differ too.
enum Purpose : std::uint32_t { Value, Choice, RowScale, Outlier };

struct Streams {
    std::uint64_t seed;
    std::uint32_t recipe;
    RandomStream operator()(Purpose purpose) const { return {seed, recipe * 16 + purpose}; }
};

// Each position of a stream yields a pair: value i is half i mod 2 of pair i / 2.
double normalAt(const RandomStream& stream, std::uint64_t i) {
    const auto [even, odd] = stream.normalPair(i / 2);
    return i % 2 == 0 ? even : odd;
}

double uniformAt(const RandomStream& stream, std::uint64_t i) {
    const auto [even, odd] = stream.uniformPair(i / 2);
    return i % 2 == 0 ? even : odd;
}

double normalValue(const Streams& streams, std::uint64_t i) { return normalAt(streams(Value), i); }

double laplaceValue(const Streams& streams, std::uint64_t i) {
    const double u = uniformAt(streams(Value), i);
    return u < 0.5 ? std::log(2.0 * u) : -std::log(2.0 * (1.0 - u));
}

double bimodalValue(const Streams& streams, std::uint64_t i) {
    const double z = normalAt(streams(Value), i);
    return uniformAt(streams(Choice), i) < 0.35 ? -2.0 + 0.5 * z : 1.5 + 0.8 * z;
}

double weightValue(const Streams& streams, std::uint64_t i) {
    const double deviation = 0.02 * std::exp(0.5 * normalAt(streams(RowScale), i / kRow));
    const double w = deviation * normalAt(streams(Value), i);
    return uniformAt(streams(Outlier), i) < 1e-3 ? 20.0 * w : w;
}

using ValueAt = double (*)(const Streams&, std::uint64_t);

constexpr std::array kRecipes = {
    GeneratedRecipe{"normal", "Normal", "The bell curve: mean 0, standard deviation 1."},
    GeneratedRecipe{"laplace", "Laplace", "A sharp peak with long tails, as many activations and residuals have."},
    GeneratedRecipe{"bimodal", "Bimodal", "Two bells of unequal width and weight."},
    GeneratedRecipe{"weights", "Weights with outliers",
                    "Rows of a thousand with scales of their own, and one value in a thousand twenty times as large."},
};
constexpr std::array<ValueAt, kRecipes.size()> kValues = {normalValue, laplaceValue, bimodalValue, weightValue};

} // namespace

std::span<const GeneratedRecipe> generatedRecipes() { return kRecipes; }

Result<Tensor> generate(std::string_view recipe, std::uint64_t n, std::uint64_t seed, const JobControl& job) {
    const auto found = std::find_if(kRecipes.begin(), kRecipes.end(), [&](const auto& r) { return r.id == recipe; });
    if (found == kRecipes.end()) {
        std::string ids;
        for (const GeneratedRecipe& known : kRecipes) ids.append(ids.empty() ? "" : ", ").append(known.id);
        return Error{ErrorCode::NotFound, std::string(recipe), "no such recipe; there are " + ids};
    }
    if (n == 0) return Error{ErrorCode::InvalidArgument, "n", "at least one value is needed"};
    if (n > kMaximumGenerated)
        return Error{ErrorCode::TooLarge, "n", fmt::format("at most {} values can be generated", kMaximumGenerated)};

    RawVector<float> values;
    try {
        values.resize(n);
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::TooLarge, "n", fmt::format("{} values do not fit into memory", n)};
    }
    const auto index = static_cast<std::size_t>(found - kRecipes.begin());
    const Streams streams{seed, static_cast<std::uint32_t>(index)};
    const ValueAt valueAt = kValues[index];
    std::atomic<std::size_t> done{0};
    const std::size_t blocks = blockCount(n, kBlock);
    parallelBlocks(n, kBlock, [&](Block block) {
        if (job.cancelled()) return;
        for (std::size_t i = block.begin; i < block.end; ++i) values[i] = static_cast<float>(valueAt(streams, i));
        job.progress(static_cast<double>(++done) / static_cast<double>(blocks));
    });
    if (job.cancelled()) return cancelled();

    const bool rows = recipe == "weights" && n % kRow == 0;
    const auto count = static_cast<std::int64_t>(n);
    const auto row = static_cast<std::int64_t>(kRow);
    return tensorOf(std::string(recipe), rows ? Shape{count / row, row} : Shape{count}, std::move(values));
}

} // namespace quantoscope
