// Times of networks as they run: every network in turn, many times round, so that a processor that slows down or speeds
// up does so for all of them.
#include "core/measure/energy.h"
#include "core/nn/executor.h"
#include "core/study/lab.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <numeric>

namespace quantoscope {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRuns = 9;
constexpr double kSecondsOfRun = 2e-3;    // at least: the clock and a stray interrupt are small beside it
constexpr double kSecondsOfEnergy = 0.25; // counters move once a millisecond

double seconds(Clock::time_point from) { return std::chrono::duration<double>(Clock::now() - from).count(); }

/// One way to run the network of one row.
struct Runner {
    std::size_t row = 0;
    std::string implementation;
    std::unique_ptr<Executor> executor;
    std::vector<double> times[2]; // of a sample, at batch 1 and at the large batch
    std::size_t repeats[2] = {1, 1};
};

class Stopwatch {
public:
    Stopwatch(const LabBase& base, std::size_t batch) : m_batch{1, batch} {
        const Dataset& test = base.data.test;
        m_features = test.featureCount();
        m_outputs.resize(batch * test.outputCount());
        // The test part over and over, so that a large batch is full.
        while (m_inputs.size() < (batch + 1) * m_features)
            m_inputs.insert(m_inputs.end(), test.inputs.begin(), test.inputs.end());
    }

    /// Seconds a sample over so many runs.
    double run(Runner& runner, int size) {
        const std::size_t samples = m_batch[size], repeats = runner.repeats[size];
        const auto began = Clock::now();
        for (std::size_t i = 0; i < repeats; ++i) {
            // Another sample each time: a network may not know what comes.
            const std::size_t first = samples == 1 ? i % (m_inputs.size() / m_features) : 0;
            runner.executor->run(m_inputs.data() + first * m_features, samples, m_outputs.data());
        }
        return seconds(began) / static_cast<double>(repeats * samples);
    }

    void warmUp(Runner& runner) {
        for (int size = 0; size < 2; ++size) {
            run(runner, size);
            const double once = run(runner, size) * static_cast<double>(m_batch[size]);
            runner.repeats[size] = static_cast<std::size_t>(std::clamp(kSecondsOfRun / std::max(once, 1e-9), 1.0, 1e6));
            run(runner, size);
        }
    }

private:
    std::size_t m_batch[2];
    std::size_t m_features = 0;
    std::vector<float> m_inputs, m_outputs;
};

LabTime summary(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return {{times[times.size() / 2], times.front(), times.back()}, static_cast<int>(times.size())};
}

/// Products, additions and bytes of one sample through the network of a row.
OperationCounts operationsOf(const LabRow& row) {
    const NetworkSpec& spec = row.network ? row.network->spec : row.floatNetwork->spec;
    const auto shapes = *outputShapes(spec);
    const auto elements = [](const Shape& shape) {
        return static_cast<std::uint64_t>(
            std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>()));
    };
    OperationCounts counts;
    const bool integers = row.integers();
    std::uint64_t activations = elements(spec.input);
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        const std::uint64_t in = elements(i == 0 ? spec.input : shapes[i - 1]), out = elements(shapes[i]);
        activations += out;
        if (!spec.layers[i].multiplies()) continue;
        (integers ? counts.int8MultiplyAdds : counts.floatMultiplyAdds) += out * fanIn(spec, shapes, i);
        if (!integers) continue;
        counts.floatMultiplies += out; // rescaled
        counts.floatAdds += out;
        if (row.network->arithmetic == QuantizedNetwork::Arithmetic::Dynamic) {
            counts.floatAdds += 2 * in; // compared to both ends of the range
            counts.floatMultiplies += in;
        }
    }
    const bool dynamic = row.network && row.network->arithmetic == QuantizedNetwork::Arithmetic::Dynamic;
    const std::uint64_t weights =
        integers ? row.bytes : 4 * (row.floatNetwork ? row.floatNetwork->parameterCount() : 0);
    counts.bytesMoved = weights + activations * (integers && !dynamic ? 1 : 4);
    counts.workingSetBytes = counts.bytesMoved;
    return counts;
}

} // namespace

Result<LabMachine> timeRows(const LabBase& base, const LabSpec& spec, std::span<LabRow> rows, const JobControl& job) {
    const ProductThreads limit(std::max(spec.threads, 1));
    Stopwatch watch(base, spec.batch);
    std::vector<Runner> runners;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].simulated) continue;
        const auto add = [&](Result<std::unique_ptr<Executor>> executor, std::string implementation) {
            if (!executor) return; // such a row was evaluated by simulation
            runners.push_back({i, std::move(implementation), std::move(*executor), {}, {1, 1}});
        };
        if (rows[i].floatNetwork) {
            for (const FloatBackend backend : {FloatBackend::OneDnn, FloatBackend::Eigen})
                add(makeFloatExecutor(*rows[i].floatNetwork, backend), fmt::format("float32, {}", name(backend)));
        } else {
            add(makeIntegerExecutor(*rows[i].network), fmt::format("int8, oneDNN, {}", integerSupport().instructions));
        }
    }
    for (Runner& runner : runners) {
        if (job.cancelled()) return cancelled();
        watch.warmUp(runner);
    }
    for (int run = 0; run < kRuns; ++run)
        for (int size = 0; size < 2; ++size)
            for (Runner& runner : runners) {
                if (job.cancelled()) return cancelled();
                runner.times[size].push_back(watch.run(runner, size));
                job.progress(static_cast<double>(run) / kRuns);
            }
    for (Runner& runner : runners) {
        LabRow& row = rows[runner.row];
        const LabTime single = summary(runner.times[0]), batched = summary(runner.times[1]);
        // Of two ways to run a float network the faster counts, at each batch.
        if (!row.single || single.spread.median < row.single->spread.median) row.single = single;
        if (!row.batched || batched.spread.median < row.batched->spread.median) {
            row.batched = batched;
            row.implementation = runner.implementation;
        }
    }

    LabMachine machine{std::max(spec.threads, 1), integerSupport().instructions, {}};
    const auto meter = EnergyMeter::open();
    machine.energy = meter ? "RAPL: " + meter->packages() : "estimated: " + meter.error().message();
    for (Runner& runner : runners) {
        LabRow& row = rows[runner.row];
        if (row.floatNetwork && row.implementation != runner.implementation) continue;
        row.joules = estimateEnergy(operationsOf(row)).joules();
        row.energySource = EnergySource::Estimated;
        if (!meter) continue;
        const auto from = meter->read();
        const auto began = Clock::now();
        std::size_t samples = 0;
        while (seconds(began) < kSecondsOfEnergy) {
            if (job.cancelled()) return cancelled();
            watch.run(runner, 0);
            samples += runner.repeats[0];
        }
        const auto to = meter->read();
        if (!from || !to) continue;
        row.joules = meter->joules(*from, *to) / static_cast<double>(samples);
        row.energySource = EnergySource::Measured;
    }
    return machine;
}

} // namespace quantoscope
