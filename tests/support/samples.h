// Small data sets for tests that try many settings on each: every one is hard on something.
#pragma once

#include <string>
#include <vector>

namespace quantoscope::test {

struct Sample {
    std::string name; // reads as the end of a sentence
    std::vector<float> values;
};

/// Empty, constant, tied, huge, tiny, subnormal, offset, with outliers, ...: no more than a few hundred values each.
std::vector<Sample> hardSamples();

} // namespace quantoscope::test
