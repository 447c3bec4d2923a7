// The model laboratory: one network on one dataset, and what each way of quantizing it costs and gives. A network is
// trained once; every method starts from it. Results are values; whoever shows them computes nothing.
#pragma once

#include "core/base/job_control.h"
#include "core/base/phrase.h"
#include "core/measure/proportion.h"
#include "core/measure/speed.h"
#include "core/nn/quantization_aware.h"
#include "core/nn/score.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quantoscope {

enum class LabMethod {
    Float,        // as trained
    FloatTrained, // trained on for as long as quantization-aware training takes
    WeightOnly,   // weights in codes, decoded before use; arithmetic in float32
    Dynamic,      // activation ranges at run time
    Static,       // post-training: activation ranges from calibration
    Qat,          // fake quantization while training, then the same integers as static
};
std::string_view name(LabMethod method);  // "fp32", "fp32-trained", "weight-only", "dynamic", "static", "qat"
std::string_view label(LabMethod method); // "FP32", "FP32, trained on", "Weight-only", "Dynamic", "Static (PTQ)", "QAT"
/// Errors: InvalidArgument.
Result<LabMethod> parseLabMethod(std::string_view text);
/// All of them, in the order of tables.
std::span<const LabMethod> labMethods();

/// A row to be made: a method and its widths, which float methods do not have.
struct LabRowSpec {
    LabMethod method = LabMethod::Float;
    int weightBits = 8;
    int activationBits = 8;
    friend bool operator==(const LabRowSpec&, const LabRowSpec&) = default;
};

struct LabSpec {
    SplitSpec split;
    std::string hidden = "256, 128"; // as parseNetwork reads it
    Activation activation = Activation::Relu;
    TrainingSpec training;
    // How rows are quantized.
    std::size_t calibrationSamples = 256;
    RangeObserver observer = RangeObserver::MinMax; // of static; QAT fits its ranges by squared error
    bool perChannel = false;
    bool symmetricWeights = true;
    bool symmetricActivations = false;
    std::string weightScheme = "affine"; // or a codebook's; QAT keeps integers
    bool biasCorrection = false;
    int qatEpochs = 10;
    bool learnedSteps = false;
    // How they are timed.
    std::size_t batch = 256;
    int threads = 1;
    friend bool operator==(const LabSpec&, const LabSpec&) = default;
};

/// FP32, FP32 trained on, weight-only, dynamic, static and QAT at 8 bits, and the last three at other widths of
/// weights.
std::vector<LabRowSpec> usualRows(int weightBits = 8, int activationBits = 8, bool alsoFour = true);

/// The network that all methods start from.
struct LabBase {
    SplitDataset data;
    Network trained;                // as trained, with its batch norms
    Network network;                // the same with batch norms folded
    std::vector<EpochReport> curve; // of its training; empty where it came from a file
    double seconds = 0;             // of training
    Calibration calibration;        // of the spec's number of samples, and what flowed
    Score score;                    // on the test part, in float32
};
using LabBasePtr = std::shared_ptr<const LabBase>;

/// Splits, initialises, trains. Errors: as split's, parseNetwork's and train's.
Result<LabBasePtr> trainBase(const Dataset& data, const LabSpec& spec, const TrainingHooks& hooks = {},
                             const JobControl& job = {});
/// With a network that is trained already. Errors: as split's; InvalidArgument where it does not fit the data.
Result<LabBasePtr> baseFrom(Network network, const Dataset& data, const LabSpec& spec, const JobControl& job = {});

/// Seconds, of one sample.
struct LabTime {
    Spread spread;
    int runs = 0;
};

enum class EnergySource { Measured, Estimated };

struct LabRow {
    LabRowSpec spec;
    std::string label;                          // "Static (PTQ)"
    Score score;                                // on the test part
    std::optional<Interval> interval;           // of the accuracy, 95 % (Wilson); of classification only
    std::optional<PairedDifference> difference; // accuracy less that of FP32, with its interval; classification only
    double mcNemar = 1;                         // p of the differences to FP32
    bool simulated = false;         // evaluated exactly, but not by kernels of this width: no time is claimed
    std::optional<LabTime> single;  // at batch 1
    std::optional<LabTime> batched; // at the spec's batch, a sample
    std::uint64_t bytes = 0;        // weights, scales, zero points, biases, codebooks
    std::optional<double> joules;   // a sample at batch 1; empty where simulated
    EnergySource energySource = EnergySource::Estimated;
    std::string implementation;                      // whose kernels ran: "oneDNN", "Eigen", "int8, AVX2"
    Phrase note;                                     // what a person should know of this row; may be empty
    std::vector<EpochReport> curve;                  // where it was trained on
    std::shared_ptr<const QuantizedNetwork> network; // empty for float rows
    std::shared_ptr<const Network> floatNetwork;     // of float rows

    bool isFloat() const { return spec.method == LabMethod::Float || spec.method == LabMethod::FloatTrained; }
    bool integers() const { return network && !simulated && network->hasIntegerKernels(); }
};
using LabRowPtr = std::shared_ptr<const LabRow>;

/// One method evaluated on the test part; its times are still to be measured. Errors: as quantizeNetwork's and
/// trainQuantized's; Cancelled.
Result<LabRow> evaluateRow(const LabBase& base, const LabSpec& spec, const LabRowSpec& wanted,
                           const TrainingHooks& hooks = {}, const JobControl& job = {});

/// What the times were taken with.
struct LabMachine {
    int threads = 1;
    std::string instructions; // "AVX2"
    std::string energy;       // "RAPL: package-0", or why it is estimated
};
/// Times and energy of all rows that are not simulated, in turns, so that drift hits all alike. Errors: Cancelled.
Result<LabMachine> timeRows(const LabBase& base, const LabSpec& spec, std::span<LabRow> rows,
                            const JobControl& job = {});

/// The variant of static that shows what a better observer and finer scales win back.
inline constexpr std::string_view kBetterVariant = "least squared error, per channel";

/// A point of accuracy against bits.
struct LabPoint {
    LabRowSpec spec;
    std::string variant; // kBetterVariant; empty for the spec's own
    double accuracy = 0;
    std::optional<Interval> interval;
};

/// What quantizing one layer's weights alone loses.
struct LabSensitivity {
    std::size_t layer = 0;
    std::string name;  // "fc1"
    std::string shape; // "64 → 256"
    int bits = 8;
    double lost = 0;   // accuracy in float32 less accuracy with it
    double sqnrDb = 0; // of the layer's weights
};

struct LabResult {
    LabSpec spec;
    std::string dataset;
    LabBasePtr base;
    std::vector<LabRowPtr> rows;
    LabMachine machine;
    std::vector<LabPoint> points;
    std::vector<LabSensitivity> sensitivities;
};

inline constexpr int kSensitivityBits[] = {2, 3, 4};

/// Accuracy of dynamic, static and QAT at 2 to 8 bits of weights (activations as wide as `activationBits`), and of
/// static by the least squared error and per channel where the spec has neither. `arrived` is called from several
/// threads, one at a time. Errors: Cancelled.
Result<std::vector<LabPoint>> accuracyByBits(const LabBase& base, const LabSpec& spec, int activationBits,
                                             const std::function<void(const LabPoint&)>& arrived = {},
                                             const JobControl& job = {});
/// Each layer at each of kSensitivityBits, the rest in float32. Errors: Cancelled.
Result<std::vector<LabSensitivity>> layerSensitivity(const LabBase& base, const LabSpec& spec,
                                                     const JobControl& job = {});

/// Values that flowed at one place in the calibration samples, and the range that codes cover.
struct ActivationHistogram {
    std::string place;           // "input", "fc1"
    double lower = 0, upper = 0; // of the histogram
    std::vector<std::uint64_t> counts;
    double rangeLower = 0, rangeUpper = 0; // the codes' range of a static network; equal where there is none
};
/// Of each place that a static row has a grid for. `row` must be static or QAT.
std::vector<ActivationHistogram> activationHistograms(const LabBase& base, const LabRow& row, std::size_t bins = 128);

} // namespace quantoscope
