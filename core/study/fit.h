// Fits a scheme to a whole tensor, group by group.
#pragma once

#include "core/quant/quantizer.h"
#include "core/quant/scheme.h"
#include "core/study/prepared_tensor.h"

namespace quantoscope {

struct TensorFit {
    QuantizerPtr quantizer;
    double seconds = 0; // from the values in memory to the codebooks, sorting included even where it was done before
};

/// Groups set by hand (QuantSpec::byHand) are fitted by their own scheme, which the registry knows by its id, all
/// others by `scheme`. `known` is a fit of the same data: where its spec differs in some groups set by hand only, the
/// fits of all other groups are taken over from it. Errors: InvalidArgument (from a scheme, the grouping, or a group
/// that there is not), NotFound (a scheme set by hand), Cancelled.
Result<TensorFit> fitTensor(const PreparedTensor& data, const Scheme& scheme, const QuantSpec& spec, Effort effort,
                            const JobControl& job, const TensorFit* known = nullptr);

} // namespace quantoscope
