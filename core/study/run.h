// The heart of the program: a tensor and a spec in, everything there is to know of the quantization out. A pure
// function.
#pragma once

#include "core/measure/error_metrics.h"
#include "core/measure/speed.h"
#include "core/measure/storage_cost.h"
#include "core/quant/quantizer.h"
#include "core/study/group_sample.h"
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

/// Where values were known by groups only, as their tensor stays in its file (Distribution::isCoarse).
struct RunCoarsening {
    Coarsening values; // all channels together: levels fitted to groups have an RMSE at most 2·rmsSpread above the best
    double mseBound = 0; // how far the run's MSE may be off; 0 where every value was measured
};

struct RunResult {
    PreparedTensorPtr data; // what was fitted and measured
    GroupSamplePtr sample;  // where that is a sample of groups, for which the figures stand; null otherwise
    QuantizerPtr quantizer;
    ErrorMetrics errors;
    StorageCost storage;
    BinErrors bins;                   // of all groups, bin for bin
    std::vector<GroupResult> groups;  // one a group; empty for more than kMaximumGroupResults
    double fitSeconds = 0;            // from the float32 tensor in memory to the codebook, sorting included
    std::uint64_t measuredValues = 0; // how many values the figures come from
    bool exact = true;                // every value measured, and the scheme's own answer, not an approximation of it
    std::optional<RunCoarsening> coarsening; // where levels or figures come from groups of values
    std::optional<SpeedReport> speed;        // where it was asked for
    std::optional<double> weightedMse;       // Σ w·e²/Σw over the importance w of the values, where they have one

    const QuantSpec& spec() const { return quantizer->spec; }
    /// The tensor that was asked about.
    const PreparedTensorPtr& whole() const { return sample ? sample->whole : data; }
    std::size_t groupCount() const { return sample ? sample->layout.groupCount() : quantizer->groupCount(); } // of it
    /// Where one of its groups is among the quantizer's.
    std::optional<std::size_t> indexOf(std::size_t group) const;
    bool sampled() const { return measuredValues < whole()->finiteCount(); }
};

inline constexpr std::size_t kMaximumGroupResults = 1 << 20;

using RunPtr = std::shared_ptr<const RunResult>;

/// Fits and measures. A preview may fit an approximation, and says so; its figures too come from every value. What
/// `known` has fitted already and the spec asks for again is not fitted anew. Of a tensor that stays in its file a
/// preview is fitted to, and measured by, groups of values at once, with a stated bound; an exact run fits them too,
/// and then measures every value in one more pass over the file. Errors: NonFinite (blocked tensor), InvalidArgument
/// (the scheme cannot do what the spec asks, an empty tensor), Cancelled, TooLarge (not enough memory).
Result<RunPtr> run(const PreparedTensorPtr& data, const QuantSpec& spec, Effort effort = Effort::Exact,
                   const JobControl& job = {}, const RunPtr& known = nullptr);

/// The same for a sample of the tensor's groups: a preview, whose size in bits is an estimate for the whole.
Result<RunPtr> run(const GroupSamplePtr& sample, const QuantSpec& spec, const JobControl& job = {});

/// A quick answer that shows one of the groups: `known` where it is one already; for many groups from a sample of them,
/// `sample` where it serves (null is welcome) and a smaller one where that would take longer than a frame leaves;
/// otherwise a preview of every value. Errors: as run.
Result<RunPtr> preview(const PreparedTensorPtr& data, const QuantSpec& spec, std::size_t group,
                       const JobControl& job = {}, const RunPtr& known = nullptr,
                       const GroupSamplePtr& sample = nullptr);

/// The codebook of one group in the units of the data with counts and squared errors by bin, for tables and plots.
struct GroupLevels {
    Codebook codebook; // in the units of the data
    BinErrors bins;
    std::uint64_t count = 0;
};
/// Errors: InvalidArgument (no such group), Cancelled, TooLarge.
Result<GroupLevels> groupLevels(const RunResult& run, std::size_t group, const JobControl& job = {});

} // namespace quantoscope
