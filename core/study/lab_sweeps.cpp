#include "core/base/parallel.h"
#include "core/nn/pass.h"
#include "core/study/lab.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>

namespace quantoscope {

namespace {

constexpr int kFewestBits = 2, kMostBits = 8;

std::string shapeText(const LabBase& base, const std::vector<Shape>& shapes, std::size_t layer) {
    return fmt::format("{} → {}", fanIn(base.network.spec, shapes, layer), base.network.spec.layers[layer].outputs);
}

double sqnr(std::span<const float> from, std::span<const float> to) {
    double signal = 0, noise = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        signal += static_cast<double>(from[i]) * from[i];
        noise += (static_cast<double>(from[i]) - to[i]) * (static_cast<double>(from[i]) - to[i]);
    }
    return 10 * std::log10(signal / noise);
}

/// Runs body(i) for i in [0, count) on all cores; the first error ends it.
Status inParallel(std::size_t count, const JobControl& job, const std::function<Status(std::size_t)>& body) {
    std::mutex mutex;
    Status outcome;
    std::size_t done = 0;
    parallelBlocks(count, 1, [&](Block block) {
        {
            const std::lock_guard lock(mutex);
            if (!outcome) return;
        }
        Status status = job.cancelled() ? Status(cancelled()) : body(block.index);
        const std::lock_guard lock(mutex);
        if (!status && outcome) outcome = std::move(status);
        job.progress(static_cast<double>(++done) / static_cast<double>(count));
    });
    return outcome;
}

} // namespace

Result<std::vector<LabPoint>> accuracyByBits(const LabBase& base, const LabSpec& spec, int activationBits,
                                             const std::function<void(const LabPoint&)>& arrived,
                                             const JobControl& job) {
    struct Wanted {
        LabSpec spec;
        LabPoint point;
    };
    std::vector<Wanted> wanted;
    LabSpec better = spec;
    better.observer = RangeObserver::Mse;
    better.perChannel = true;
    // The slowest first, so that no core waits for it at the end.
    for (int bits = kFewestBits; bits <= kMostBits; ++bits)
        wanted.push_back({spec, {{LabMethod::Qat, bits, activationBits}, {}, 0, {}}});
    for (int bits = kFewestBits; bits <= kMostBits; ++bits) {
        wanted.push_back({spec, {{LabMethod::Dynamic, bits, activationBits}, {}, 0, {}}});
        wanted.push_back({spec, {{LabMethod::Static, bits, activationBits}, {}, 0, {}}});
        if (better == spec || spec.weightScheme != "affine") continue;
        wanted.push_back({better, {{LabMethod::Static, bits, activationBits}, std::string(kBetterVariant), 0, {}}});
    }
    std::mutex mutex;
    const Status status = inParallel(wanted.size(), job, [&](std::size_t i) -> Status {
        LabPoint& point = wanted[i].point;
        const auto row = evaluateRow(base, wanted[i].spec, point.spec, {}, job);
        if (!row) return row.error();
        const std::lock_guard lock(mutex);
        point.accuracy = row->score.accuracy;
        point.interval = row->interval;
        if (arrived) arrived(point);
        return {};
    });
    if (!status) return status.error();
    std::vector<LabPoint> points;
    points.reserve(wanted.size());
    for (Wanted& it : wanted) points.push_back(std::move(it.point));
    return points;
}

Result<std::vector<LabSensitivity>> layerSensitivity(const LabBase& base, const LabSpec& spec, const JobControl& job) {
    const auto shapes = outputShapes(base.network.spec);
    if (!shapes) return shapes.error();
    const auto names = layerNames(base.network.spec);
    std::vector<LabSensitivity> wanted;
    for (std::size_t i = 0; i < names.size(); ++i)
        for (const int bits : kSensitivityBits)
            if (base.network.spec.layers[i].multiplies())
                wanted.push_back({i, names[i], shapeText(base, *shapes, i), bits, 0, 0});
    const Dataset& test = base.data.test;
    const Status status = inParallel(wanted.size(), job, [&](std::size_t at) -> Status {
        LabSensitivity& it = wanted[at];
        WeightSpec weights;
        weights.scheme = spec.weightScheme;
        weights.bits = it.bits;
        weights.perChannel = spec.perChannel;
        weights.symmetric = spec.symmetricWeights;
        weights.observer = spec.observer;
        QuantizedLayer layer;
        Network network = base.network;
        auto& weight = network.layers[it.layer].weight;
        const auto outputs = static_cast<std::size_t>(network.spec.layers[it.layer].outputs);
        if (Status done = quantizeWeights(weight, outputs, weights, layer, job); !done) return done;
        it.sqnrDb = sqnr(weight, layer.decoded);
        weight = layer.decoded;
        it.lost = base.score.accuracy - score(test, infer(network, test.inputs, test.count())).accuracy;
        return {};
    });
    if (!status) return status.error();
    return wanted;
}

std::vector<ActivationHistogram> activationHistograms(const LabBase& base, const LabRow& row, std::size_t bins) {
    std::vector<ActivationHistogram> result;
    if (!row.network || row.network->arithmetic != QuantizedNetwork::Arithmetic::Static || bins == 0) return result;
    const auto add = [&](std::string place, const std::vector<float>& values, const CodeGrid& grid) {
        if (values.empty()) return;
        ActivationHistogram histogram;
        histogram.place = std::move(place);
        const auto [least, largest] = std::minmax_element(values.begin(), values.end());
        histogram.rangeLower = grid.decode(grid.lowest);
        histogram.rangeUpper = grid.decode(grid.highest);
        histogram.lower = std::min<double>(*least, histogram.rangeLower);
        histogram.upper = std::max<double>(*largest, histogram.rangeUpper);
        histogram.counts.resize(bins);
        const double width = histogram.upper - histogram.lower;
        for (const float value : values) {
            const double at = width > 0 ? (value - histogram.lower) / width * static_cast<double>(bins) : 0;
            ++histogram.counts[std::min(static_cast<std::size_t>(at), bins - 1)];
        }
        result.push_back(std::move(histogram));
    };
    const auto names = layerNames(base.network.spec);
    bool first = true;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!base.network.spec.layers[i].multiplies()) continue;
        const QuantizedLayer& layer = row.network->layers[i];
        if (first) add("input", base.calibration.input, layer.input);
        first = false;
        if (i + 1 == names.size()) continue;
        if (const auto seen = base.calibration.beforeTable.find(i); seen != base.calibration.beforeTable.end())
            add(names[i] + ", before the activation", seen->second, layer.beforeTable);
        add(names[i], base.calibration.output.at(i), layer.output);
    }
    return result;
}

} // namespace quantoscope
