// At what rate a run is to be judged, and how far it is from the limit there.
#pragma once

#include "core/study/run.h"

namespace quantoscope {

/// Bits a value of the codes alone: log2 of the levels asked for, or the code entropy of a scheme whose codes are made
/// to be entropy-coded.
double codeRate(const RunResult& run);

/// Bits a value of everything stored where an ideal memoryless entropy coder packs the codes: storage.bitsPerValue with
/// the code entropy in place of the width of a code.
double entropyCodedBits(const RunResult& run);

/// The bits a value at which a run stands in a plot of rate and error: as many as it stores, with codes at their
/// entropy where its scheme is made for that.
double storedBits(const RunResult& run);

/// SQNR of the rate–distortion limit at codeRate() minus the run's SQNR, in dB. NaN where either is infinite or
/// undefined, or while nobody has asked the tensor for its limit. Negative only where groups know more of their values
/// than the limit of the whole supposes.
double boundDistanceDb(const RunResult& run);

} // namespace quantoscope
