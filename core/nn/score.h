// How well outputs fit what should have come out.
#pragma once

#include "core/nn/dataset.h"
#include "core/nn/network.h"

#include <cstdint>
#include <span>
#include <vector>

namespace quantoscope {

struct Score {
    double loss = 0;       // mean cross-entropy in nats, or mean squared error
    double accuracy = 0;   // share of right classes; of regression R² = 1 − Σ(y − ŷ)²/Σ(y − ȳ)², at most 1
    std::size_t right = 0; // of classification: how many
    std::size_t count = 0; // samples
    std::vector<std::int32_t> predictions; // of classification: the class with the largest output, the first of equals
};

/// `outputs` are samples × outputs, before the softmax.
Score score(const Dataset& data, std::span<const float> outputs);

/// The gradient of the mean loss by the outputs of the samples named, and the sum of their losses and of right answers.
struct BatchLoss {
    double loss = 0;
    std::size_t right = 0;
    std::vector<float> gradient;
};
BatchLoss batchLoss(const Dataset& data, std::span<const std::size_t> samples, std::span<const float> outputs);

/// counts[truth · classes + prediction]
std::vector<std::uint32_t> confusion(const Dataset& data, std::span<const std::int32_t> predictions);

} // namespace quantoscope
