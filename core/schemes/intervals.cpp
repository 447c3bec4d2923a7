#include "core/schemes/intervals.h"

#include "core/base/float_edges.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

constexpr std::array<ParameterChoice, 3> kChoices{{{"midpoint", "Midpoint"}, {"mean", "Mean"}, {"median", "Median"}}};

float levelOf(IndexRange interval, Representative representative, const Distribution* data, float midpoint) {
    if (!data || interval.empty()) return midpoint;
    if (representative == Representative::Mean) return static_cast<float>(data->meanOf(interval));
    if (representative == Representative::Median) return static_cast<float>(data->medianOf(interval));
    return midpoint;
}

Codebook codebookOf(std::span<const double> edges, Representative representative, const Distribution* data) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    constexpr double largest = std::numeric_limits<float>::max();
    const auto edge = [&](std::size_t i) { return std::clamp(edges[i], -largest, largest); };
    Codebook codebook;
    float begin = firstFloatFrom(edge(0));
    std::size_t first = 0;
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        const bool last = i + 2 == edges.size();
        // One past the interval; the last one is closed.
        const float end = last ? std::nextafter(lastFloatTo(edge(i + 1)), infinity) : firstFloatFrom(edge(i + 1));
        if (!(begin < end) && !(last && codebook.levels.empty())) continue;
        const std::size_t next = data && !last ? data->indexOf(end) : data ? data->distinct() : 0;
        const auto midpoint = static_cast<float>(edge(i) + (edge(i + 1) - edge(i)) / 2);
        const float inside = begin < end ? std::clamp(midpoint, begin, std::nextafter(end, -infinity)) : midpoint;
        if (!codebook.levels.empty()) codebook.thresholds.push_back(begin);
        codebook.levels.push_back(levelOf({first, next}, representative, data, inside) + 0.0f);
        begin = end;
        first = next;
    }
    return codebook;
}

} // namespace

Parameter representativeParameter(const std::vector<Representative>& choices) {
    Parameter parameter{"representative", "Level", ParameterKind::Choice, std::string(),
                        "What stands for the values of an interval."};
    for (const Representative each : choices) parameter.choices.push_back(kChoices[static_cast<std::size_t>(each)]);
    parameter.defaultValue = std::string(parameter.choices.front().id);
    return parameter;
}

Representative representativeOf(std::string_view id) {
    const auto known =
        std::find_if(kChoices.begin(), kChoices.end(), [&](const ParameterChoice& choice) { return choice.id == id; });
    return static_cast<Representative>(known - kChoices.begin());
}

Codebook intervalCodebook(std::span<const double> edges, Representative representative, const Distribution& data) {
    return codebookOf(edges, representative, &data);
}

Codebook intervalCodebook(std::span<const double> edges) {
    return codebookOf(edges, Representative::Midpoint, nullptr);
}

} // namespace quantoscope
