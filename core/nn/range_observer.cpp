#include "core/nn/range_observer.h"

#include "core/schemes/scheme_registry.h"

#include <fmt/format.h>

#include <array>

namespace quantoscope {

namespace {

constexpr double kPercentile = 99.9;
constexpr std::array kObservers = {RangeObserver::MinMax, RangeObserver::Percentile, RangeObserver::Mse,
                                   RangeObserver::Entropy, RangeObserver::Histogram};
constexpr std::array<std::string_view, 5> kNames = {"minmax", "percentile", "mse", "entropy", "histogram"};
constexpr std::array<std::string_view, 5> kLabels = {"Min–max", "Percentile 99.9", "Least squared error", "Entropy",
                                                     "Histogram search"};

RangeSpec activationRange(RangeObserver observer) {
    switch (observer) {
    case RangeObserver::Percentile: return {.kind = RangeSpec::Kind::Percentile, .parameter = kPercentile};
    case RangeObserver::Mse: return {.kind = RangeSpec::Kind::Mse};
    case RangeObserver::Entropy: return {.kind = RangeSpec::Kind::Entropy};
    case RangeObserver::Histogram: return {.kind = RangeSpec::Kind::Histogram};
    default: return {};
    }
}

} // namespace

std::string_view name(RangeObserver observer) { return kNames[static_cast<std::size_t>(observer)]; }
std::string_view label(RangeObserver observer) { return kLabels[static_cast<std::size_t>(observer)]; }
std::span<const RangeObserver> rangeObservers() { return kObservers; }

Result<RangeObserver> parseRangeObserver(std::string_view text) {
    for (const RangeObserver observer : kObservers)
        if (name(observer) == text) return observer;
    return Error{ErrorCode::InvalidArgument, "observer",
                 fmt::format("\"{}\" is none of {}", text, fmt::join(kNames, ", "))};
}

RangeSpec weightRange(RangeObserver observer) {
    return observer == RangeObserver::Entropy ? RangeSpec{} : activationRange(observer);
}

Result<CodeGrid> observeGrid(std::span<const float> values, RangeObserver observer, int bits, bool symmetric,
                             const JobControl& job) {
    QuantSpec spec;
    spec.scheme = "affine";
    spec.levels = 1u << bits;
    spec.parameters["mode"] = std::string(symmetric ? "symmetric-restricted" : "asymmetric");
    spec.range = activationRange(observer);
    const auto fit = (*findScheme("affine"))->fit(GroupData(values), spec, Effort::Exact, job);
    if (!fit) return fit.error();
    CodeGrid grid;
    grid.scale = fit->scale;
    grid.zero = fit->zero;
    grid.lowest = symmetric ? 1 - (1 << (bits - 1)) : 0;
    grid.highest = symmetric ? (1 << (bits - 1)) - 1 : (1 << bits) - 1;
    return grid;
}

} // namespace quantoscope
