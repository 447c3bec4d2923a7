// Fitting the parameters of a network to data, batch by batch. One thread: a seed gives the same network every time.
#pragma once

#include "core/base/job_control.h"
#include "core/nn/dataset.h"
#include "core/nn/network.h"
#include "core/nn/pass.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string_view>
#include <vector>

namespace quantoscope {

enum class Optimizer {
    Adam, // with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019)
    Sgd,  // with momentum
};
std::string_view name(Optimizer optimizer); // "adam", "sgd"

struct TrainingSpec {
    Optimizer optimizer = Optimizer::Adam;
    int epochs = 40;
    int batchSize = 32;
    double learningRate = 2e-3;
    double momentum = 0.9;     // of Sgd
    double weightDecay = 1e-2; // of weights, not of biases and batch norms; a step takes off learningRate · weightDecay
    bool cosine = true;        // the rate falls to 0 along half a cosine; constant otherwise
    std::uint64_t seed = 1;    // of the order of the samples
    friend bool operator==(const TrainingSpec&, const TrainingSpec&) = default;
};

/// Errors: InvalidArgument naming the number that is out of bounds.
Status checkTraining(const TrainingSpec& spec);

struct EpochReport {
    int epoch = 0;                           // 1 for the first
    double trainLoss = 0, trainAccuracy = 0; // over the epoch, while the parameters moved
    double testLoss = 0, testAccuracy = 0;   // after it
};

/// How a person halts a training: paused it waits, stopped it ends after the batch at hand and keeps what it has.
class TrainingSwitch {
public:
    void pause();
    void resume();
    void stop();
    bool paused() const;
    bool stopped() const;
    /// Returns when training may go on or must end, also when the job is cancelled.
    void wait(const JobControl& job);

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_paused = false, m_stopped = false;
};

/// What else happens during a training; all may be empty.
struct TrainingHooks {
    TrainingSwitch* control = nullptr;
    std::function<void(const EpochReport&)> epochDone;
    std::function<Status(const Network&, int epoch)> epochBegins; // counted from 0; an error ends the training
    std::function<void(double rate)> stepped;                     // after each batch, the rate as a share of the first
    PlaceObserver* observer = nullptr;                            // of every pass, those that judge the test part too
};

/// The network after the epochs, or after as many as ran before it was stopped.
/// Errors: InvalidArgument (the data does not fit the network, a number out of bounds, a loss that is not finite: the
/// rate is too high), Cancelled, and what epochBegins returns.
Result<Network> train(Network network, const SplitDataset& data, const TrainingSpec& spec,
                      const TrainingHooks& hooks = {}, const JobControl& job = {});

} // namespace quantoscope
