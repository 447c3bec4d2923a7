#include "tests/ui/plot_gallery/gallery.h"
#include "tests/ui/plots/plot_fixture.h"
#include "ui/plots/distribution_plot.h"

using namespace quantoscope;
using namespace quantoscope::ui;

namespace gallery {

namespace {

// Lloyd's iteration from quantiles: good enough a picture, without a scheme.
std::vector<float> centroids(const Distribution& data, std::size_t count) {
    std::vector<float> levels;
    for (std::size_t i = 0; i < count; ++i)
        levels.push_back(
            static_cast<float>(data.quantile((static_cast<double>(i) + 0.5) / static_cast<double>(count))));
    for (int round = 0; round < 300; ++round) {
        const Codebook book = *nearestLevelCodebook(levels);
        levels.clear();
        std::size_t begin = 0;
        for (std::size_t i = 0; i < book.size(); ++i) {
            const std::size_t end = i + 1 < book.size() ? data.indexOf(book.thresholds[i]) : data.distinct();
            if (begin < end) levels.push_back(static_cast<float>(data.meanOf({begin, end})));
            begin = end;
        }
    }
    return levels;
}

} // namespace

void renderDistribution(const Gallery& gallery) {
    const Tensor weights = sample(QStringLiteral("digits-mlp.safetensors"), QStringLiteral("fc1.weight"));
    const DistributionPtr data = *Distribution::build(weights.values);
    for (const std::size_t levels : {16u, 256u}) {
        const RunPtr run = test::nearestLevelRun(weights, centroids(*data, levels));
        for (const QSize size : {QSize(874, 435), QSize(558, 360), QSize(480, 300), QSize(1400, 800)}) {
            gallery.render(QStringLiteral("distribution-%1").arg(levels), size, [&] {
                auto* plot = new DistributionPlot;
                plot->setLevels(test::levelsOf(run));
                plot->setData(test::levelsOf(run)->data, QStringLiteral("weight"));
                plot->setBins(size.width() > 1000 ? 2048 : size.width() > 700 ? 128 : 96);
                plot->setLevels(test::levelsOf(run));
                plot->setSelectedBin(levels == 16 ? 11 : 100);
                return plot;
            });
        }
        gallery.render(QStringLiteral("distribution-log-%1").arg(levels), {874, 435}, [&] {
            auto* plot = new DistributionPlot;
            plot->setLevels(test::levelsOf(run));
            plot->setLogCounts(true);
            return plot;
        });
    }
}

} // namespace gallery
