// JSON for scripts: the keys of a tensor and of a run, as the manual lists them.
#pragma once

#include "core/study/run.h"

#include <nlohmann/json.hpp>

#include <string>

namespace quantoscope::cli {

using Json = nlohmann::ordered_json;

/// name, dtype, shape, count, nonFinite.
Json tensorJson(const PreparedTensor& data);

/// scheme, bits, requestedLevels, levels, grouping, mse, … exact, weightedMse, certificate, coarsening: all keys but
/// "tensor" and "codebook". What is infinite or undefined is null.
Json runJson(const RunResult& run, const std::string& scheme);

/// levels, thresholds, counts in the units of the data; an array of such objects where there are several groups.
/// Errors: Cancelled.
Result<Json> codebookJson(const RunResult& run, const JobControl& job);

/// A number, or null where it is not finite.
Json numberJson(double value);

/// Objects a key a line, arrays of plain values on one line, a line feed at the end.
std::string jsonText(const Json& json);

} // namespace quantoscope::cli
