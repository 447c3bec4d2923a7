// A network in integers: dynamic and static, and what training with fake quantization is converted to.
//
// A product of codes is exact: acc[n] = Σ_k (x_k − zx)·(w_nk − zw_n), in int32.
//     weight-only   weights are decoded, everything else is float32
//     dynamic       real[n] = (sx·sw[n])·acc[n] + bias[n]; sx and zx are found from each batch, at every layer
//     static        real[n] = (sx·sw[n])·float(acc[n] + biasCode[n]); what follows is in codes of the next grid:
//                   y = clamp(rint(real[n]·fl32(1/sy)) + zy), halves to even
//                   (kernels multiply by sx·sw[n]/sy at once, which may round to the neighbouring code)
// ReLU is the clamp at the zero point; other activations are tables from the codes before them to the codes after them.
// The last layer of a static network gives real numbers. (Jacob et al. 2018, arXiv 1712.05877; the zero point is inside
// the padding, so that a padded pixel is a real 0.)
#pragma once

#include "core/base/job_control.h"
#include "core/nn/network.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace quantoscope {

/// real = scale · (code − zero); codes run from lowest to highest.
struct CodeGrid {
    float scale = 1;
    std::int32_t zero = 0;
    std::int32_t lowest = 0;
    std::int32_t highest = 255;
    friend bool operator==(const CodeGrid&, const CodeGrid&) = default;

    /// clamp(rint(x · fl32(1/scale)) + zero): the affine scheme's codes.
    std::int32_t encode(float x) const;
    float decode(std::int32_t code) const { return scale * static_cast<float>(code - zero); }
};

struct QuantizedLayer {
    std::vector<std::int8_t> codes;      // outputs × fanIn, as the weights; empty where codebooks decode them
    std::vector<float> scales;           // one, or one an output
    std::vector<std::int32_t> zeros;     // as many; all 0 where weights are symmetric
    std::vector<float> decoded;          // the weights as they decode; of every scheme
    std::vector<float> bias;             // real, outputs of them
    std::vector<std::int32_t> biasCodes; // static: bias / (input.scale · scales[n]), rounded
    CodeGrid input;                      // static: of what comes in
    CodeGrid beforeTable;                // static: of what the table takes, where there is one
    CodeGrid output;                     // static: of what goes out; the last layer has none
    std::vector<std::int32_t> table;     // static: output codes by beforeTable code − lowest; empty for none and ReLU
    std::uint64_t weightBytes = 0;       // packed codes
    std::uint64_t sideBytes = 0;         // scales, zero points, codebooks, biases, grids

    float scaleOf(std::size_t n) const { return scales.size() == 1 ? scales[0] : scales[n]; }
    std::int32_t zeroOf(std::size_t n) const { return zeros.size() == 1 ? zeros[0] : zeros[n]; }
    bool symmetric() const;
};

struct QuantizedNetwork {
    enum class Arithmetic { WeightOnly, Dynamic, Static };
    Arithmetic arithmetic = Arithmetic::Static;
    NetworkSpec spec; // without batch norms
    int weightBits = 8;
    int activationBits = 8;             // 32 where weight-only
    bool spareBit = false;              // weights use one bit less, for processors whose int8 sums would saturate
    bool symmetricActivations = false;  // dynamic: signed codes about 0
    std::vector<QuantizedLayer> layers; // one a layer of the spec; empty for those that do not multiply

    /// Whether int8 kernels run it: 8-bit codes on both sides, no codebook.
    bool hasIntegerKernels() const;
    std::uint64_t bytes() const;
};

/// The outputs of the network, rows × outputs, computed exactly as the formulas above say: integer sums are exact.
/// `batch` rows share a dynamic range. Errors: Cancelled; InvalidArgument where inputs are not rows × features.
Result<std::vector<float>> simulate(const QuantizedNetwork& network, std::span<const float> inputs,
                                    std::size_t batch = 256, const JobControl& job = {});

} // namespace quantoscope
