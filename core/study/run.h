// The heart of the program: a tensor and a spec in, everything there is to know of the quantization out. A pure
// function.
#pragma once

#include "core/measure/error_metrics.h"
#include "core/measure/speed.h"
#include "core/measure/storage_cost.h"
#include "core/quant/quantizer.h"
#include "core/study/prepared_tensor.h"

#include <memory>
#include <optional>

namespace quantoscope {

struct GroupResult {
    std::uint64_t count = 0;
    double mse = 0;
    double sqnrDb = 0;
    float minimum = 0; // of the group's values
    float maximum = 0;
};

struct RunResult {
    PreparedTensorPtr data;
    QuantizerPtr quantizer;
    ErrorMetrics errors;
    StorageCost storage;
    BinErrors bins;                    // of all groups, bin for bin
    std::vector<GroupResult> groups;   // one a group; empty for more than kMaximumGroupResults
    double fitSeconds = 0;             // from the float32 tensor in memory to the codebook, sorting included
    std::uint64_t measuredValues = 0;  // how many values the figures come from
    bool exact = true;                 // every value measured, and the scheme's own answer, not an approximation of it
    std::optional<SpeedReport> speed;  // where it was asked for
    std::optional<double> weightedMse; // Σ w·e²/Σw over the importance w of the values, where they have one

    const QuantSpec& spec() const { return quantizer->spec; }
    bool sampled() const { return measuredValues < data->finiteCount(); }
};

inline constexpr std::size_t kMaximumGroupResults = 1 << 20;

using RunPtr = std::shared_ptr<const RunResult>;

/// Fits and measures. A preview may fit an approximation, and says so; its figures too come from every value. What
/// `known` has fitted already and the spec asks for again is not fitted anew. Errors: NonFinite (blocked tensor),
/// InvalidArgument (the scheme cannot do what the spec asks, an empty tensor), Cancelled, TooLarge (not enough memory).
Result<RunPtr> run(const PreparedTensorPtr& data, const QuantSpec& spec, Effort effort = Effort::Exact,
                   const JobControl& job = {}, const RunPtr& known = nullptr);

/// The codebook of one group in the units of the data with counts and squared errors by bin, for tables and plots.
struct GroupLevels {
    Codebook codebook; // in the units of the data
    BinErrors bins;
    std::uint64_t count = 0;
};
/// Errors: InvalidArgument (no such group), Cancelled, TooLarge.
Result<GroupLevels> groupLevels(const RunResult& run, std::size_t group, const JobControl& job = {});

} // namespace quantoscope
