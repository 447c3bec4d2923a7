#include "core/study/sweep.h"

#include "core/quant/parameter.h"
#include "core/schemes/scheme_registry.h"
#include "core/study/run_speed.h"

#include <utility>

namespace quantoscope {

namespace {

const SchemeVariant kItself = {};

std::span<const SchemeVariant> variantsOf(const SchemeInfo& info) {
    return info.variants.empty() ? std::span<const SchemeVariant>(&kItself, 1)
                                 : std::span<const SchemeVariant>(info.variants);
}

std::string nameOf(const SchemeInfo& info, const SchemeVariant& variant) {
    return std::string(variant.name.empty() ? info.name : variant.name);
}

void append(Comparison& all, Comparison part) {
    std::move(part.specs.begin(), part.specs.end(), std::back_inserter(all.specs));
    std::move(part.leftOut.begin(), part.leftOut.end(), std::back_inserter(all.leftOut));
}

} // namespace

Result<RunPtr> withSpeed(const RunPtr& run, const JobControl& job) {
    auto report = measureSpeed(*run, job);
    if (!report) return report.error();
    auto timed = std::make_shared<RunResult>(*run);
    timed->speed = std::move(*report);
    return RunPtr(std::move(timed));
}

Status sweep(const PreparedTensorPtr& data, std::span<const QuantSpec> specs, const SweepArrival& arrived, bool speed,
             const JobControl& job, Effort effort) {
    for (std::size_t i = 0; i < specs.size(); ++i) {
        if (job.cancelled()) return cancelled();
        const double begin = static_cast<double>(i) / static_cast<double>(specs.size());
        job.progress(begin);
        JobControl part = job;
        if (job.report)
            part.report = [&](double fraction) { job.report(begin + fraction / static_cast<double>(specs.size())); };
        Result<RunPtr> result =
            effort == Effort::Exact ? run(data, specs[i], Effort::Exact, part) : preview(data, specs[i], 0, part);
        if (result && speed) result = withSpeed(*result, part);
        if (job.cancelled()) return cancelled();
        arrived(i, result);
    }
    job.progress(1);
    return {};
}

Comparison comparisonSpecs(const Scheme& scheme, int bits, const Grouping& grouping, const RangeSpec& range,
                           const Parameters& parameters) {
    const SchemeInfo& info = scheme.info();
    Comparison result;
    for (const SchemeVariant& variant : variantsOf(info)) {
        QuantSpec spec;
        spec.scheme = info.id;
        spec.levels = std::uint32_t{1} << bits;
        spec.parameters = variant.parameters;
        for (const auto& [id, value] : parameters) spec.parameters.insert_or_assign(id, value);
        spec.grouping = variant.grouping.value_or(grouping);
        if (info.usesRange) spec.range = range;
        if (const auto levels = scheme.requestedLevels(spec); !levels)
            result.leftOut.push_back(
                {spec.scheme, std::string(variant.id), nameOf(info, variant), levels.error().message()});
        else
            result.specs.push_back({spec, spec.scheme, std::string(variant.id), nameOf(info, variant)});
    }
    return result;
}

Comparison comparisonSpecs(int bits, const Grouping& grouping, const RangeSpec& range) {
    Comparison all;
    for (const Scheme* scheme : schemes()) append(all, comparisonSpecs(*scheme, bits, grouping, range));
    return all;
}

NamedSpec nameOf(const QuantSpec& spec) {
    NamedSpec result{spec, spec.scheme, {}, spec.scheme};
    const auto scheme = findScheme(spec.scheme);
    if (!scheme) return result;
    const SchemeInfo& info = (*scheme)->info();
    result.name = info.name;
    std::size_t best = 0;
    for (const SchemeVariant& variant : variantsOf(info)) {
        bool fits = !variant.grouping || *variant.grouping == spec.grouping;
        for (const auto& [id, value] : variant.parameters) {
            if (!fits) break;
            fits = valueOf(info.parameters, spec.parameters, id) == value;
        }
        const std::size_t particular = 1 + 2 * variant.parameters.size() + (variant.grouping ? 1 : 0);
        if (!fits || particular <= best) continue;
        best = particular;
        result.variant = variant.id;
        result.name = nameOf(info, variant);
    }
    return result;
}

} // namespace quantoscope
