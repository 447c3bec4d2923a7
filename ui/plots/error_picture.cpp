#include "ui/plots/error_picture.h"

#include "core/quant/quantized_tensor.h"
#include "ui/plots/marks.h"

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr std::size_t kAskEvery = 1 << 20; // values between two looks at whether to stop

} // namespace

Result<ErrorPicturePtr> prepareErrors(const RunPtr& run, const JobControl& job) {
    if (const Status held = run->data->needsValues("this picture"); !held) return held.error();
    const auto values = run->data->values();
    std::vector<float> decoded(values.size());
    if (const Status status = quantize(*run->quantizer, values, decoded, job); !status) return status.error();

    auto picture = std::make_shared<ErrorPicture>();
    picture->lookId = lookIdOf(run->spec());
    picture->lowerX = run->data->minimum();
    picture->upperX = run->data->maximum();
    const double scale = picture->upperX > picture->lowerX ? kErrorColumns / (picture->upperX - picture->lowerX) : 0;
    picture->columns.resize(kErrorColumns);
    const std::size_t stride = std::max<std::size_t>(1, (values.size() + kErrorPoints - 1) / kErrorPoints);
    picture->points.reserve(values.size() / stride + 1);
    double squares = 0;
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i % kAskEvery == 0 && job.cancelled()) return cancelled();
        const float x = values[i];
        const float e = x - decoded[i];
        decoded[i] = e; // from here on the errors; NaN where x is not finite
        if (!std::isfinite(e)) continue;
        const float magnitude = std::abs(e);
        const auto at = std::min(kErrorColumns - 1, static_cast<std::size_t>((x - picture->lowerX) * scale));
        ErrorPicture::Column& column = picture->columns[at];
        ++column.count;
        const double square = static_cast<double>(e) * static_cast<double>(e);
        column.squares += square;
        column.largest = std::max(column.largest, magnitude);
        picture->largest = std::max(picture->largest, magnitude);
        squares += square;
        sum += e;
        ++picture->count;
        if (i % stride == 0) picture->points.emplace_back(x, magnitude);
    }
    const auto n = static_cast<double>(std::max<std::uint64_t>(1, picture->count));
    picture->rmse = std::sqrt(squares / n);
    picture->mean = sum / n;

    // Symmetric about zero, up to where all but a few errors lie: an outlier's error must not press the rest into one
    // bin.
    const double reach = picture->largest == 0 ? 1 : std::min<double>(picture->largest, 8 * picture->rmse);
    picture->errors = {-reach, reach, std::vector<std::uint64_t>(kErrorBins)};
    const double inverse = kErrorBins / (2 * reach);
    for (std::size_t i = 0; i < decoded.size(); ++i) {
        if (i % kAskEvery == 0 && job.cancelled()) return cancelled();
        if (!std::isfinite(decoded[i])) continue;
        const double at = (decoded[i] + reach) * inverse;
        if (at < 0 || at > kErrorBins) continue;
        ++picture->errors.counts[std::min(kErrorBins - 1, static_cast<std::size_t>(at))];
    }
    return ErrorPicturePtr(std::move(picture));
}

} // namespace quantoscope::ui
