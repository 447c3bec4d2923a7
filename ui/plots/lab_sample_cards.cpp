#include "ui/plots/lab_sample_cards.h"

#include "ui/widgets/core_text.h"

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

std::vector<std::size_t> disagreeing(std::span<const LabRowPtr> rows, std::size_t most) {
    std::vector<const std::vector<std::int32_t>*> answers;
    for (const LabRowPtr& row : rows)
        if (!row->score.predictions.empty()) answers.push_back(&row->score.predictions);
    std::vector<std::size_t> result;
    if (answers.size() < 2) return result;
    std::size_t count = answers.front()->size();
    for (const auto* each : answers) count = std::min(count, each->size());
    for (std::size_t i = 0; i < count && result.size() < most; ++i)
        if (std::any_of(answers.begin() + 1, answers.end(),
                        [&](const auto* each) { return (*each)[i] != (*answers.front())[i]; }))
            result.push_back(i);
    return result;
}

std::vector<std::size_t> samplesOfCell(const Dataset& data, const LabRow& row, int truth, int prediction,
                                       std::size_t most) {
    std::vector<std::size_t> result;
    const std::size_t count = std::min(data.labels.size(), row.score.predictions.size());
    for (std::size_t i = 0; i < count && result.size() < most; ++i)
        if (data.labels[i] == truth && row.score.predictions[i] == prediction) result.push_back(i);
    return result;
}

std::vector<ComparedSample> sampleCards(const Dataset& data, std::span<const LabRowPtr> rows,
                                        std::span<const std::size_t> samples) {
    std::vector<ComparedSample> cards;
    cards.reserve(samples.size());
    for (const std::size_t index : samples) {
        if (index >= data.labels.size()) continue;
        ComparedSample card{index, data.labels[index], {}};
        for (const LabRowPtr& row : rows)
            if (index < row->score.predictions.size())
                card.answers.push_back({row->spec.method, coreText(row->label), row->score.predictions[index]});
        cards.push_back(std::move(card));
    }
    return cards;
}

ValueRange inputRange(const Dataset& data) {
    double low = INFINITY;
    double high = -INFINITY;
    for (const float value : data.inputs) {
        if (!std::isfinite(value)) continue;
        low = std::min<double>(low, value);
        high = std::max<double>(high, value);
    }
    return showable(low, high);
}

QImage sampleImage(const Dataset& data, std::size_t index, ValueRange range) {
    if (!data.isPicture() || index >= data.count()) return {};
    const auto values = data.sample(index);
    const auto height = static_cast<int>(data.sampleShape[0]);
    const auto width = static_cast<int>(data.sampleShape[1]);
    const auto channels = static_cast<std::size_t>(data.sampleShape[2]);
    const double scale = range.size() > 0 ? 255 / range.size() : 0;
    const auto level = [&](std::size_t at) {
        const double shown = (static_cast<double>(values[at]) - range.lower) * scale;
        return std::isnan(shown) ? 0 : static_cast<int>(std::lround(std::clamp(shown, 0.0, 255.0)));
    };
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < width; ++x) {
            const std::size_t at =
                (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) *
                channels;
            line[x] =
                channels == 3 ? qRgb(level(at), level(at + 1), level(at + 2)) : qRgb(level(at), level(at), level(at));
        }
    }
    return image;
}

} // namespace quantoscope::ui
