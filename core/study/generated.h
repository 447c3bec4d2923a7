// Data made from a seed: the distributions that quantization is usually tried on.
//
//     normal    standard normal
//     laplace   density ½·exp(−|x|)
//     bimodal   35 % N(−2, 0.5²) and 65 % N(1.5, 0.8²)
//     weights   like a layer's: rows of 1,000 values, each row with a standard deviation 0.02·exp(½·z), z standard
//     normal,
//               and 0.1 % of the values twenty times as large
// Value i is a function of (seed, recipe, i) alone: the first n values do not depend on how many follow, nor on the
// number of threads. Uniform numbers come from Philox4x32-10, normal ones by Box and Muller.
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/tensor/tensor.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace quantoscope {

struct GeneratedRecipe {
    std::string_view id;      // "normal"
    std::string_view label;   // "Normal"
    std::string_view summary; // one sentence
};

/// In the order menus show them.
std::span<const GeneratedRecipe> generatedRecipes();

inline constexpr std::uint64_t kMaximumGenerated = std::uint64_t{1} << 31;

/// n values of a recipe, named by its id; weights have the shape rows × 1000 where n is a multiple of 1,000.
/// Errors: NotFound (no such recipe), InvalidArgument (n is 0), TooLarge, Cancelled.
Result<Tensor> generate(std::string_view recipe, std::uint64_t n, std::uint64_t seed, const JobControl& job = {});

} // namespace quantoscope
