// How sure a share of right answers is, and the difference of two shares on the same samples.
//   wilson    (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n), p = k/n   (Wilson 1927; Newcombe 1998, Statistics in
//             Medicine 17:857, method 3)
//   mcNemar   min(1, 2·P(X ≤ min(b, c))), X binomial of b + c draws at ½     (McNemar 1947, the exact form)
//   difference  Newcombe 1998, Statistics in Medicine 17:2635, method 10: Wilson's intervals of both shares, squared
//   and
//             added, with their correlation φ corrected for continuity
#pragma once

#include <cstdint>

namespace quantoscope {

/// The normal quantile of two-sided 95 %.
inline constexpr double kZ95 = 1.959963984540054;

struct Interval {
    double low = 0, high = 1;
};

/// Of the share k/n in the population that n samples were drawn from. Of no samples: everything, 0 to 1. k ≤ n.
Interval wilson(std::uint64_t k, std::uint64_t n, double z = kZ95);

/// What two methods made of the same samples.
struct PairedCounts {
    std::uint64_t bothRight = 0, onlyFirstRight = 0, onlySecondRight = 0, bothWrong = 0;
    std::uint64_t total() const { return bothRight + onlyFirstRight + onlySecondRight + bothWrong; }
};

/// The probability of a disagreement at least so uneven between methods that are equally good; 1 where they never
/// disagree. Within 1e-12 of itself (checked up to a million disagreements).
double mcNemar(std::uint64_t onlyFirstRight, std::uint64_t onlySecondRight);

struct PairedDifference {
    double value = 0; // share of the first − share of the second
    Interval interval{-1, 1};
};

/// Of no samples: 0, from −1 to 1.
PairedDifference pairedDifference(const PairedCounts& counts, double z = kZ95);

} // namespace quantoscope
