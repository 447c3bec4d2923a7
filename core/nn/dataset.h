// Samples to learn from: what goes in, and the class or the numbers that should come out; how they are split into a
// part to learn from and a part to judge by, and how they are normalised.
#pragma once

#include "core/base/result.h"
#include "core/tensor/tensor.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quantoscope {

struct Dataset {
    std::string name;                  // "digits", or the name of the file
    Shape sampleShape;                 // {features}, or {height, width, channels} of pictures, channels last
    std::vector<float> inputs;         // count × features, a sample after the other
    std::vector<std::int32_t> labels;  // the class of each sample; empty where numbers are to be predicted
    std::vector<std::string> classes;  // their names
    std::vector<float> targets;        // count × outputs where numbers are to be predicted
    std::vector<std::string> features; // the names of the inputs; may be empty

    bool isClassification() const { return !labels.empty(); }
    bool isPicture() const { return sampleShape.size() == 3; }
    std::size_t featureCount() const;
    std::size_t outputCount() const; // classes, or numbers a sample
    std::size_t count() const;
    std::span<const float> sample(std::size_t index) const;
};

/// Offsets and scales come from the training part alone, so that nothing of the test part leaks into it.
enum class Normalisation {
    None,
    Range,    // all features together to [0, 1]
    Standard, // each feature to mean 0 and deviation 1
};
std::string_view name(Normalisation normalisation); // "none", "range", "standard"
/// Errors: InvalidArgument.
Result<Normalisation> parseNormalisation(std::string_view text);

struct SplitSpec {
    double testShare = 0.25; // in (0, 1)
    std::uint64_t seed = 1;
    Normalisation normalisation = Normalisation::Standard;
    friend bool operator==(const SplitSpec&, const SplitSpec&) = default;
};

struct SplitDataset {
    SplitSpec spec;
    Dataset train, test;                   // normalised; targets of regression too, by targetOffset and targetScale
    std::vector<std::size_t> trainIndices; // into the whole
    std::vector<std::size_t> testIndices;
    std::vector<float> offset, scale;             // normalised = (x − offset) · scale, one of each a feature
    std::vector<float> targetOffset, targetScale; // of regression, one of each an output
};

/// Shuffled by the seed; each class gives the same share of its samples to the test, rounded.
/// Errors: InvalidArgument (a share outside (0, 1), fewer than two samples on either side, fewer than two classes).
Result<SplitDataset> split(const Dataset& whole, const SplitSpec& spec);

} // namespace quantoscope
