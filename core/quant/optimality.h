// The proof that comes with an optimal codebook.
#pragma once

namespace quantoscope {

/// Why a partition is optimal. Errors are Σ w·(x − mean)².
struct OptimalityCertificate {
    double penalty = 0;       // λ: with this price a bin, no partition of any number of bins is cheaper
    double lowerBound = 0;    // min over partitions of error + λ · bins, minus λk: no k levels have a smaller error
    double relativeGap = 0;   // how far the partition's error lies above that bound, as a part of itself
    double roundingBound = 0; // as much of relativeGap may come from rounding in float64

    bool holds() const { return relativeGap <= roundingBound; }
};

} // namespace quantoscope
