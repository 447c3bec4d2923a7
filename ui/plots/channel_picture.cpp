#include "ui/plots/channel_picture.h"

#include "core/base/parallel.h"
#include "core/quant/quantized_tensor.h"
#include "ui/plots/marks.h"

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

double sqnr(double signal, double noise) {
    if (signal == 0) return std::nan("");
    return noise == 0 ? INFINITY : 10 * std::log10(signal / noise);
}

} // namespace

Result<ChannelPicturePtr> prepareChannels(const RunPtr& run, int axis, const JobControl& job) {
    const Grouping grouping = Grouping::channel(axis);
    const auto layout = GroupLayout::make(run->data->tensor().info.shape, grouping);
    if (!layout) return layout.error();
    const auto sorted = run->data->sorted(grouping, job);
    if (!sorted) return sorted.error();

    auto picture = std::make_shared<ChannelPicture>();
    const auto rank = static_cast<int>(run->data->tensor().info.shape.size());
    picture->axis = axis < 0 ? axis + rank : axis;
    picture->lookId = lookIdOf(run->spec());
    picture->sqnrDb = run->errors.sqnrDb;
    picture->channels.resize(layout->groupCount());
    const Quantizer& quantizer = *run->quantizer;
    const Grouping& own = quantizer.spec.grouping;
    const int ownAxis = own.axis < 0 ? own.axis + rank : own.axis;
    const bool same = own.kind == Grouping::Kind::Channel && ownAxis == picture->axis;

    std::vector<float> decoded;
    const auto values = run->data->values();
    const bool held = run->data->resident();
    if (!same && held) {
        decoded.resize(values.size());
        if (const Status status = quantize(quantizer, values, decoded, job); !status) return status.error();
    }
    parallelBlocks(picture->channels.size(), 1, [&](Block block) {
        if (job.cancelled()) return;
        const std::size_t c = block.index;
        ChannelFigures& figures = picture->channels[c];
        const Distribution& data = *(*sorted)->groups[c];
        figures.sqnrDb = std::nan("");
        figures.count = data.count();
        if (data.empty()) return;
        figures.minimum = data.minimum();
        figures.maximum = data.maximum();
        figures.percentile1 = data.quantile(0.01);
        figures.percentile25 = data.quantile(0.25);
        figures.median = data.quantile(0.5);
        figures.percentile75 = data.quantile(0.75);
        figures.percentile99 = data.quantile(0.99);
        if (same || own.kind == Grouping::Kind::Tensor) {
            const std::size_t group = same ? c : 0;
            const GroupScale scale = quantizer.groups[group];
            const Codebook& book = quantizer.codebookOf(group);
            figures.scaleLower = scale.decode(book.levels.front());
            figures.scaleUpper = scale.decode(book.levels.back());
        }
        if (same && c < run->groups.size()) {
            figures.sqnrDb = run->groups[c].sqnrDb;
        } else if (same || (!held && own.kind == Grouping::Kind::Tensor)) {
            const std::size_t group = same ? c : 0;
            const ErrorSums sums = measure(data, valueCodebook(quantizer, group), quantizer.clipRanges[group].lower,
                                           quantizer.clipRanges[group].upper);
            figures.sqnrDb = sqnr(sums.sumXX, sums.squaredError);
        } else if (held) {
            double signal = 0;
            double noise = 0;
            const GroupLayout::Runs runs = layout->runsOf(c);
            for (std::size_t k = 0; k < runs.count; ++k) {
                const GroupLayout::Run piece = layout->run(runs.first + k * runs.stride);
                for (std::size_t i = piece.begin; i < piece.end; ++i) {
                    const double x = values[i];
                    if (!std::isfinite(x)) continue;
                    const double e = x - static_cast<double>(decoded[i]);
                    signal += x * x;
                    noise += e * e;
                }
            }
            figures.sqnrDb = sqnr(signal, noise);
        }
    });
    if (job.cancelled()) return cancelled();
    return ChannelPicturePtr(std::move(picture));
}

} // namespace quantoscope::ui
