// Networks as they would run in earnest, to be timed: in float32, and in int8 on the processor's integer instructions.
// What they compute is what forward passes and simulate() define; the integer executors follow the formulas of
// quantized_network.h, and give simulate's numbers exactly where oneDNN does not requantize itself (then within one
// step of a layer's output scale).
#pragma once

#include "core/nn/onednn_products.h"
#include "core/nn/quantized_network.h"

#include <cstddef>
#include <memory>

namespace quantoscope {

/// Memory is set up by the first run with a number of rows and kept for the next: time the second. For one caller at a
/// time. Runs on as many threads as ProductThreads says, one by default.
class Executor {
public:
    virtual ~Executor() = default;
    /// rows × features in, rows × outputs out. Of a dynamic network the rows of one call share their ranges.
    virtual void run(const float* inputs, std::size_t rows, float* outputs) = 0;
};

/// Errors: as outputShapes'; InvalidArgument where the network still has batch norms or its parameters do not fit.
Result<std::unique_ptr<Executor>> makeFloatExecutor(const Network& network, FloatBackend backend);

/// Errors: as outputShapes'; Unsupported where the network has no integer kernels, or where its weights are beyond what
/// this processor multiplies exactly (integerSupport); InvalidArgument where its parameters do not fit.
Result<std::unique_ptr<Executor>> makeIntegerExecutor(const QuantizedNetwork& network);

} // namespace quantoscope
