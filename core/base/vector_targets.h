// The sets of instructions that loops in vectors are compiled for. To be included before Highway's headers, wherever
// its choice of them matters.
#pragma once

// Vectors are members of classes here, which those of a length that is known only when they run cannot be. And whatever
// has SSSE3 but not SSE4 is older than 2008 and has the baseline.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV | HWY_SSSE3)
