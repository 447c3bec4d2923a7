#include "core/study/rate.h"

#include "core/schemes/scheme_registry.h"

#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

bool isEntropyCoded(const RunResult& run) {
    const auto scheme = findScheme(run.spec().scheme);
    return scheme && (*scheme)->info().entropyCoded;
}

} // namespace

double codeRate(const RunResult& run) {
    return isEntropyCoded(run) ? run.errors.codeEntropy
                               : std::log2(static_cast<double>(run.quantizer->requestedLevels));
}

double entropyCodedBits(const RunResult& run) {
    const PreparedTensor& whole = *run.whole();
    if (whole.valueCount() == 0) return 0;
    const auto values = static_cast<double>(whole.valueCount());
    const double codes = run.errors.codeEntropy * static_cast<double>(whole.finiteCount());
    return (codes + static_cast<double>(run.storage.sideBits + run.storage.exceptionBits)) / values;
}

double storedBits(const RunResult& run) {
    return isEntropyCoded(run) ? entropyCodedBits(run) : run.storage.bitsPerValue;
}

double boundDistanceDb(const RunResult& run) {
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    const RateBoundPtr bound = run.whole()->knownRateBound();
    if (!bound) return unknown;
    const double distance = bound->sqnrDb(codeRate(run)) - run.errors.sqnrDb;
    return std::isfinite(distance) ? distance : unknown;
}

} // namespace quantoscope
