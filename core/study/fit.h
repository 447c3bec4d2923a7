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

/// Errors: InvalidArgument (from the scheme or the grouping), Cancelled.
Result<TensorFit> fitTensor(const PreparedTensor& data, const Scheme& scheme, const QuantSpec& spec, Effort effort,
                            const JobControl& job);

} // namespace quantoscope
