#include "core/nn/score.h"

#include <algorithm>
#include <cmath>

namespace quantoscope {

namespace {

std::int32_t largest(std::span<const float> row) {
    return static_cast<std::int32_t>(std::max_element(row.begin(), row.end()) - row.begin());
}

/// −ln softmax(row)[label]; the probabilities replace the row where wanted.
double crossEntropy(std::span<const float> row, std::int32_t label, float* probabilities = nullptr) {
    const double peak = *std::max_element(row.begin(), row.end());
    double sum = 0;
    for (const float value : row) sum += std::exp(value - peak);
    if (probabilities)
        for (std::size_t n = 0; n < row.size(); ++n)
            probabilities[n] = static_cast<float>(std::exp(row[n] - peak) / sum);
    return std::log(sum) + peak - row[static_cast<std::size_t>(label)];
}

} // namespace

Score score(const Dataset& data, std::span<const float> outputs) {
    const std::size_t width = data.outputCount();
    Score result;
    result.count = data.count();
    if (result.count == 0) return result;
    if (data.isClassification()) {
        for (std::size_t i = 0; i < result.count; ++i) {
            const auto row = outputs.subspan(i * width, width);
            result.loss += crossEntropy(row, data.labels[i]);
            result.predictions.push_back(largest(row));
            if (result.predictions.back() == data.labels[i]) ++result.right;
        }
        result.loss /= static_cast<double>(result.count);
        result.accuracy = static_cast<double>(result.right) / static_cast<double>(result.count);
        return result;
    }
    double residual = 0, total = 0;
    for (std::size_t n = 0; n < width; ++n) {
        double mean = 0;
        for (std::size_t i = 0; i < result.count; ++i) mean += data.targets[i * width + n];
        mean /= static_cast<double>(result.count);
        for (std::size_t i = 0; i < result.count; ++i) {
            const double target = data.targets[i * width + n], error = outputs[i * width + n] - target;
            residual += error * error;
            total += (target - mean) * (target - mean);
        }
    }
    result.loss = residual / static_cast<double>(result.count * width);
    result.accuracy = total > 0 ? 1 - residual / total : residual == 0 ? 1 : 0;
    return result;
}

BatchLoss batchLoss(const Dataset& data, std::span<const std::size_t> samples, std::span<const float> outputs) {
    const std::size_t width = data.outputCount();
    BatchLoss result;
    result.gradient.resize(samples.size() * width);
    const float share = 1.0f / static_cast<float>(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const auto row = outputs.subspan(i * width, width);
        float* gradient = result.gradient.data() + i * width;
        if (data.isClassification()) {
            const std::int32_t label = data.labels[samples[i]];
            result.loss += crossEntropy(row, label, gradient);
            gradient[label] -= 1;
            if (largest(row) == label) ++result.right;
        } else {
            for (std::size_t n = 0; n < width; ++n) {
                const float error = row[n] - data.targets[samples[i] * width + n];
                result.loss += static_cast<double>(error) * error / static_cast<double>(width);
                gradient[n] = 2 * error / static_cast<float>(width);
            }
        }
        for (std::size_t n = 0; n < width; ++n) gradient[n] *= share;
    }
    return result;
}

std::vector<std::uint32_t> confusion(const Dataset& data, std::span<const std::int32_t> predictions) {
    const std::size_t classes = data.classes.size();
    std::vector<std::uint32_t> counts(classes * classes);
    for (std::size_t i = 0; i < predictions.size(); ++i)
        ++counts[static_cast<std::size_t>(data.labels[i]) * classes + static_cast<std::size_t>(predictions[i])];
    return counts;
}

} // namespace quantoscope
