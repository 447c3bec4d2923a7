// The tables the program shows and exports: levels, values, groups, and comparisons of runs.
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/study/run.h"
#include "core/study/table.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace quantoscope {

/// index, code, lower, upper, level, count, share, binMse: a row a level, in the units of the data. `lower` of the
/// first and `upper` of the last bin are the ends of the scheme's range, or of the data where it has none. `share` is
/// of the group's values, `binMse` = Σe²/count over the bin, empty where the bin is. Without a group given: of all
/// groups, with a column `group` in front where there is more than one. Errors: InvalidArgument (no such group),
/// TooLarge (more than kMaximumTableRows), Cancelled.
Result<Table> levelTable(const RunResult& run, std::optional<std::size_t> group = {}, const JobControl& job = {});
inline constexpr std::size_t kMaximumTableRows = std::size_t{1} << 26;

/// Every value of a run in codes and back, in the order of memory.
struct DecodedRun {
    RunPtr run;
    std::vector<std::uint32_t> codes; // the format's own bit patterns; 0 where the value was left out
    std::vector<float> decoded;       // Q(x); values left out as they were
};
/// Errors: Cancelled, TooLarge (not enough memory).
Result<std::shared_ptr<const DecodedRun>> decodeRun(const RunPtr& run, const JobControl& job = {});

/// value, code, dequantizedValue, error: a row a value in the order of memory, error = value − dequantizedValue in
/// float64. The code of a value that was left out is empty.
Table valueTable(std::shared_ptr<const DecodedRun> decoded);

/// group, count, minimum, maximum, scale, zeroPoint, offset, levels, mse, sqnrDb: a row a group. Empty for a run with
/// more than kMaximumGroupResults groups.
Table groupTable(const RunPtr& run);

/// A row a run; nameOf says what it is called. Times and speeds are of this machine; boundDistanceDb is empty where no
/// bound is known (rate.h). Columns: method, scheme, variant, grouping, bits, bitsPerValue, requestedLevels, levels,
/// mse, sqnrDb, maxError, codeEntropy, entropyCodedBitsPerValue, boundDistanceDb, psnrDb, cosine, mae,
/// compressionRatio, fitMs, encodeGBps, decodeGBps, matvecUs, matvecFloatUs,
/// exact.
Table comparisonTable(const std::vector<RunPtr>& runs);

} // namespace quantoscope
