// Many specs on one tensor, and which specs a comparison is made of.
#pragma once

#include "core/quant/scheme.h"
#include "core/study/run.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace quantoscope {

/// Called on the calling thread as each result arrives, in the order of the specs.
using SweepArrival = std::function<void(std::size_t index, const Result<RunPtr>& result)>;

/// Runs the specs one after the other, each on all cores. A spec that fails does not stop the others; its error arrives
/// instead. With `speed`, encoding and decoding are timed after each fit. `effort` Preview gives previews
/// (run.h). Errors: Cancelled; what has arrived by then stays valid.
Status sweep(const PreparedTensorPtr& data, std::span<const QuantSpec> specs, const SweepArrival& arrived,
             bool speed = false, const JobControl& job = {}, Effort effort = Effort::Exact);

/// The run with its speed measured (run_speed.h). Errors: Cancelled, TooLarge.
Result<RunPtr> withSpeed(const RunPtr& run, const JobControl& job = {});

/// A spec under the name that comparisons give it.
struct NamedSpec {
    QuantSpec spec;
    std::string scheme;  // id
    std::string variant; // id; empty where the scheme has no variants or the parameters are of none
    std::string name;    // "k-means", "Affine asymmetric"
};

/// A scheme that cannot do what a comparison asks of all, and why.
struct LeftOut {
    std::string scheme;
    std::string variant;
    std::string name;
    std::string reason;
};

struct Comparison {
    std::vector<NamedSpec> specs;
    std::vector<LeftOut> leftOut;
};

/// Every variant of every scheme at so many bits (0 to 31); a variant with a grouping of its own keeps it.
Comparison comparisonSpecs(int bits, const Grouping& grouping = {}, const RangeSpec& range = {});
/// The variants of one scheme. `parameters` are set on each, over the variant's own.
Comparison comparisonSpecs(const Scheme& scheme, int bits, const Grouping& grouping = {}, const RangeSpec& range = {},
                           const Parameters& parameters = {});

/// What comparisons call this spec: the variant whose parameters and grouping it has, the most particular one where
/// several fit, else the scheme itself, else (a scheme there is not) the id.
NamedSpec nameOf(const QuantSpec& spec);

} // namespace quantoscope
