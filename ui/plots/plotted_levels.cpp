#include "ui/plots/plotted_levels.h"

#include "ui/plots/marks.h"

#include <algorithm>

namespace quantoscope::ui {

Result<PlottedLevelsPtr> prepareLevels(const RunPtr& run, std::size_t group, const JobControl& job) {
    const Quantizer& quantizer = *run->quantizer;
    if (group >= quantizer.groupCount()) return Error{ErrorCode::InvalidArgument, "group", "there is no such group"};
    auto result = std::make_shared<PlottedLevels>();
    auto data = run->data->distributionOf(quantizer.layout, group, job);
    if (!data) return data.error();
    result->data = std::move(*data);
    if (result->data->empty()) return Error{ErrorCode::InvalidArgument, "group", "it has no finite values"};
    const ClipRange& clip = quantizer.clipRanges[group];
    result->codebook = valueCodebook(quantizer, group);
    result->lower = clip.lower;
    result->upper = clip.upper;
    result->bins = measure(*result->data, result->codebook, clip.lower, clip.upper).bins;
    result->codeBits = quantizer.bits;
    result->lookId = lookIdOf(quantizer.spec.ofGroup(group));
    return PlottedLevelsPtr(std::move(result));
}

std::pair<float, float> binEnds(const Codebook& codebook, const Distribution& data, std::size_t bin) {
    const bool first = bin == 0;
    const bool last = bin + 1 >= codebook.size();
    const float lower = first ? data.minimum() : codebook.thresholds[bin - 1];
    const float upper = last ? data.maximum() : codebook.thresholds[bin];
    // An end bin that holds no data still has a place: at its own boundary.
    if (first && !last) return {std::min(lower, upper), upper};
    if (last && !first) return {lower, std::max(lower, upper)};
    return {lower, upper};
}

BinFigures binFigures(const Codebook& codebook, const Distribution& data, std::size_t bin) {
    const std::size_t begin = bin == 0 ? 0 : data.indexOf(codebook.thresholds[bin - 1]);
    const std::size_t end = bin + 1 >= codebook.size() ? data.distinct() : data.indexOf(codebook.thresholds[bin]);
    const IndexRange range{begin, end};
    return {data.countOf(range), data.squaredError(range, codebook.levels[bin])};
}

} // namespace quantoscope::ui
