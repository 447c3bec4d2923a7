// The levels of one group as plots show them: its data, its codebook in the units of the data, and what each bin holds.
#pragma once

#include "core/study/run.h"

#include <QString>

#include <memory>

namespace quantoscope::ui {

struct PlottedLevels {
    DistributionPtr data; // the values of the group; never empty
    Codebook codebook;    // thresholds decide by x < t
    BinErrors bins;
    float lower = 0; // values outside [lower, upper] are clipped; infinite where none can be
    float upper = 0;
    int codeBits = 0;
    QString lookId; // of schemeLook()
};
using PlottedLevelsPtr = std::shared_ptr<const PlottedLevels>;

/// For a job: O(levels · log n), for a block a sort of its values. Errors: InvalidArgument (no such group, or an empty
/// one), Cancelled.
Result<PlottedLevelsPtr> prepareLevels(const RunPtr& run, std::size_t group, const JobControl& job = {});

/// The ends of a bin among the data: the outermost bins reach to the smallest and largest value.
std::pair<float, float> binEnds(const Codebook& codebook, const Distribution& data, std::size_t bin);

/// Counts and Σe² of one bin, in O(log n).
struct BinFigures {
    std::uint64_t count = 0;
    double squaredError = 0;
};
BinFigures binFigures(const Codebook& codebook, const Distribution& data, std::size_t bin);

} // namespace quantoscope::ui
