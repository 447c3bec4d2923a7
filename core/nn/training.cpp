#include "core/nn/training.h"

#include "core/base/philox.h"
#include "core/nn/optimizer.h"
#include "core/nn/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace quantoscope {

namespace {

constexpr std::uint32_t kOrderStream = 0x6f726465; // apart from the streams that initialise layers

/// Fisher and Yates's shuffle, another one for every epoch.
void shuffle(std::vector<std::size_t>& order, std::uint64_t seed, int epoch) {
    const RandomStream random(seed, kOrderStream + static_cast<std::uint32_t>(epoch));
    for (std::size_t i = order.size(); i-- > 1;) {
        const auto j = static_cast<std::size_t>(random.uniformPair(i).first * static_cast<double>(i + 1));
        std::swap(order[i], order[j]);
    }
}

class Trainer {
public:
    Trainer(Network network, const SplitDataset& data, const TrainingSpec& spec, const TrainingHooks& hooks)
        : m_network(std::move(network)),
          m_data(data),
          m_spec(spec),
          m_hooks(hooks),
          m_pass(m_network.spec),
          m_steps(m_network.layers.size()) {}

    Result<Network> run(const JobControl& job) {
        std::vector<std::size_t> order(m_data.train.count());
        for (int epoch = 0; epoch < m_spec.epochs && !stopped(); ++epoch) {
            if (m_hooks.epochBegins)
                if (Status status = m_hooks.epochBegins(m_network, epoch); !status) return status.error();
            std::iota(order.begin(), order.end(), std::size_t{0});
            shuffle(order, m_spec.seed, epoch);
            EpochReport report;
            report.epoch = epoch + 1;
            if (Status status = runEpoch(order, epoch, report, job); !status) return status.error();
            judge(report);
            if (m_hooks.epochDone) m_hooks.epochDone(report);
            job.progress(static_cast<double>(epoch + 1) / m_spec.epochs);
        }
        return std::move(m_network);
    }

private:
    bool stopped() const { return m_hooks.control && m_hooks.control->stopped(); }

    Status runEpoch(const std::vector<std::size_t>& order, int epoch, EpochReport& report, const JobControl& job) {
        const auto batch = static_cast<std::size_t>(m_spec.batchSize);
        const std::size_t features = m_data.train.featureCount(), batches = (order.size() + batch - 1) / batch;
        std::size_t seen = 0, right = 0;
        for (std::size_t b = 0; b < batches; ++b) {
            if (m_hooks.control) m_hooks.control->wait(job);
            if (job.cancelled()) return cancelled();
            if (stopped()) break;
            const std::span<const std::size_t> samples =
                std::span(order).subspan(b * batch, std::min(batch, order.size() - b * batch));
            m_inputs.resize(samples.size() * features);
            for (std::size_t i = 0; i < samples.size(); ++i)
                std::ranges::copy(m_data.train.sample(samples[i]),
                                  m_inputs.begin() + static_cast<std::ptrdiff_t>(i * features));
            const auto outputs =
                m_pass.forward(m_network, m_inputs, samples.size(), Pass::Mode::Training, m_hooks.observer);
            const BatchLoss loss = batchLoss(m_data.train, samples, outputs);
            if (!std::isfinite(loss.loss))
                return Error{
                    ErrorCode::InvalidArgument, "training",
                    fmt::format("the loss is not finite in epoch {}: the learning rate is too high", epoch + 1)};
            m_pass.backward(m_network, loss.gradient, m_gradients, m_hooks.observer);
            m_pass.updateStatistics(m_network);
            const double done = (epoch + static_cast<double>(b) / static_cast<double>(batches)) / m_spec.epochs;
            const double share = m_spec.cosine ? 0.5 * (1 + std::cos(std::numbers::pi * done)) : 1.0;
            step(m_spec.learningRate * share);
            if (m_hooks.stepped) m_hooks.stepped(share);
            report.trainLoss += loss.loss;
            right += loss.right;
            seen += samples.size();
        }
        if (seen > 0) {
            report.trainLoss /= static_cast<double>(seen);
            report.trainAccuracy = static_cast<double>(right) / static_cast<double>(seen);
        }
        return {};
    }

    void step(double rate) {
        for (std::size_t i = 0; i < m_network.layers.size(); ++i) {
            LayerParameters &layer = m_network.layers[i], &gradient = m_gradients[i];
            LayerSteps& steps = m_steps[i];
            steps.weight.apply(m_spec, rate, m_spec.weightDecay, layer.weight, gradient.weight);
            steps.bias.apply(m_spec, rate, 0, layer.bias, gradient.bias);
            steps.gamma.apply(m_spec, rate, 0, layer.gamma, gradient.gamma);
            steps.beta.apply(m_spec, rate, 0, layer.beta, gradient.beta);
        }
    }

    /// The test part by the network as it is, rounded as the training is.
    void judge(EpochReport& report) {
        const Dataset& test = m_data.test;
        const std::size_t features = test.featureCount(), chunk = 256;
        std::vector<float> outputs;
        for (std::size_t begin = 0; begin < test.count(); begin += chunk) {
            const std::size_t count = std::min(chunk, test.count() - begin);
            const auto out =
                m_pass.forward(m_network, std::span(test.inputs).subspan(begin * features, count * features), count,
                               Pass::Mode::Inference, m_hooks.observer);
            outputs.insert(outputs.end(), out.begin(), out.end());
        }
        const Score result = score(test, outputs);
        report.testLoss = result.loss;
        report.testAccuracy = result.accuracy;
    }

    struct LayerSteps {
        ParameterStep weight, bias, gamma, beta;
    };

    Network m_network;
    const SplitDataset& m_data;
    const TrainingSpec& m_spec;
    const TrainingHooks& m_hooks;
    Pass m_pass;
    std::vector<LayerSteps> m_steps;
    std::vector<LayerParameters> m_gradients;
    std::vector<float> m_inputs;
};

} // namespace

std::string_view name(Optimizer optimizer) { return optimizer == Optimizer::Adam ? "adam" : "sgd"; }

Status checkTraining(const TrainingSpec& spec) {
    const auto wrong = [](std::string_view what, auto value, std::string_view bounds) {
        return Error{ErrorCode::InvalidArgument, std::string(what), fmt::format("{} is not {}", value, bounds)};
    };
    if (spec.epochs < 1 || spec.epochs > 100'000) return wrong("epochs", spec.epochs, "between 1 and 100,000");
    if (spec.batchSize < 1) return wrong("batch size", spec.batchSize, "at least 1");
    if (!(spec.learningRate > 0 && spec.learningRate <= 100))
        return wrong("learning rate", spec.learningRate, "in (0, 100]");
    if (!(spec.momentum >= 0 && spec.momentum < 1)) return wrong("momentum", spec.momentum, "in [0, 1)");
    if (!(spec.weightDecay >= 0 && spec.weightDecay <= 100))
        return wrong("weight decay", spec.weightDecay, "in [0, 100]");
    return {};
}

void TrainingSwitch::pause() {
    const std::lock_guard lock(m_mutex);
    m_paused = true;
}

void TrainingSwitch::resume() {
    {
        const std::lock_guard lock(m_mutex);
        m_paused = false;
    }
    m_changed.notify_all();
}

void TrainingSwitch::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
    }
    m_changed.notify_all();
}

bool TrainingSwitch::paused() const {
    const std::lock_guard lock(m_mutex);
    return m_paused;
}

bool TrainingSwitch::stopped() const {
    const std::lock_guard lock(m_mutex);
    return m_stopped;
}

void TrainingSwitch::wait(const JobControl& job) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, job.stop, [this] { return !m_paused || m_stopped; });
}

Result<Network> train(Network network, const SplitDataset& data, const TrainingSpec& spec, const TrainingHooks& hooks,
                      const JobControl& job) {
    if (Status status = checkTraining(spec); !status) return status.error();
    const auto shapes = outputShapes(network.spec);
    if (!shapes) return shapes.error();
    if (network.spec.input != data.train.sampleShape)
        return Error{ErrorCode::InvalidArgument, "training",
                     fmt::format("the network takes {} and a sample has {}", describe(network.spec.input),
                                 describe(data.train.sampleShape))};
    const Shape wanted = {static_cast<std::int64_t>(data.train.outputCount())};
    if (shapes->back() != wanted)
        return Error{ErrorCode::InvalidArgument, "training",
                     fmt::format("the network gives {} outputs and the data asks for {}", describe(shapes->back()),
                                 describe(wanted))};
    return Trainer(std::move(network), data, spec, hooks).run(job);
}

} // namespace quantoscope
