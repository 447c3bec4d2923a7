#include "ui/plots/image_picture.h"

#include "core/measure/ssim.h"
#include "core/quant/quantized_tensor.h"
#include "ui/plots/marks.h"

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr std::int64_t kLargestSide = 32767; // of a QImage that can be painted

struct Samples {
    double lower = 0;
    double range = 255; // lower + range is white
};

Samples samplesOf(const PreparedTensor& data) {
    switch (data.tensor().info.dtype) {
    case DType::U8: return {0, 255};
    case DType::U16: return {0, 65535};
    default: break;
    }
    const double range = static_cast<double>(data.maximum()) - static_cast<double>(data.minimum());
    return {data.minimum(), range > 0 ? range : 1};
}

QImage toImage(std::span<const float> values, const ImageShape& shape, const Samples& samples) {
    QImage image(static_cast<int>(shape.width), static_cast<int>(shape.height), QImage::Format_RGBA8888);
    const double scale = 255 / samples.range;
    const auto byte = [&](float value) {
        return std::isfinite(value)
                   ? static_cast<uchar>(std::lround(std::clamp((value - samples.lower) * scale, 0.0, 255.0)))
                   : uchar(0);
    };
    for (std::size_t y = 0; y < shape.height; ++y) {
        uchar* line = image.scanLine(static_cast<int>(y));
        const float* from = values.data() + y * shape.width * shape.channels;
        for (std::size_t x = 0; x < shape.width; ++x, line += 4, from += shape.channels) {
            const bool color = shape.channels >= 3;
            line[0] = byte(from[0]);
            line[1] = color ? byte(from[1]) : line[0];
            line[2] = color ? byte(from[2]) : line[0];
            line[3] = shape.channels == 2 ? byte(from[1]) : shape.channels == 4 ? byte(from[3]) : 255;
        }
    }
    return image;
}

} // namespace

bool showsAsImage(const TensorInfo& info) {
    if (info.kind != TensorKind::Image || info.shape.size() < 2 || info.shape.size() > 3) return false;
    const bool channels = info.shape.size() == 2 || (info.shape[2] >= 1 && info.shape[2] <= 4);
    return channels && info.shape[0] >= 1 && info.shape[1] >= 1 && info.shape[0] <= kLargestSide &&
           info.shape[1] <= kLargestSide;
}

Result<ImagePicturePtr> prepareImage(const RunPtr& run, const JobControl& job) {
    const TensorInfo& info = run->data->tensor().info;
    if (!showsAsImage(info)) return Error{ErrorCode::InvalidArgument, info.name, "this is not an image"};
    const ImageShape shape{static_cast<std::size_t>(info.shape[0]), static_cast<std::size_t>(info.shape[1]),
                           info.shape.size() == 3 ? static_cast<std::size_t>(info.shape[2]) : 1};
    if (const Status held = run->data->needsValues("this picture"); !held) return held.error();
    const auto values = run->data->values();
    std::vector<float> decoded(values.size());
    if (const Status status = quantize(*run->quantizer, values, decoded, job); !status) return status.error();
    const Samples samples = samplesOf(*run->data);
    auto picture = std::make_shared<ImagePicture>();
    picture->before = toImage(values, shape, samples);
    if (job.cancelled()) return cancelled();
    picture->after = toImage(decoded, shape, samples);
    picture->psnrDb = run->errors.psnrDb;
    picture->lookId = lookIdOf(run->spec());
    const auto similarity = ssim(values, decoded, shape, samples.range, job);
    if (!similarity && similarity.error().code == ErrorCode::Cancelled) return similarity.error();
    picture->ssim = similarity ? *similarity : std::nan("");
    return ImagePicturePtr(std::move(picture));
}

} // namespace quantoscope::ui
