// Labels out of a file made into classes: words in the order of the alphabet, numbers by their value.
#pragma once

#include "core/nn/dataset.h"

namespace quantoscope {

/// The classes that whole numbers name, into data.labels and data.classes.
/// Errors, without a place: InvalidArgument (a fraction, a single class, more than kMostClasses).
Status nameClasses(std::span<const float> numbers, Dataset& data);

/// The same of words: sample i has the word words[codes[i]].
Status nameClasses(const std::vector<std::string>& words, std::span<const std::uint32_t> codes, Dataset& data);

/// Whether all are whole and at most so many different.
bool areFewWholeNumbers(std::span<const float> numbers, std::size_t most);

} // namespace quantoscope
