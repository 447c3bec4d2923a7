#include "core/formats/image_source.h"

#include "core/base/utf8.h"
#include "core/formats/number_codec.h"

#include <fmt/format.h>

namespace quantoscope {

Status ImageSource::describe(std::uint64_t width, std::uint64_t height, int channels, DType dtype,
                             std::uint64_t mostBytes) {
    if (width == 0 || height == 0) return error(ErrorCode::Malformed, "header", "an image without pixels");
    if (height > kMostPixels / width)
        return error(ErrorCode::TooLarge, "header",
                     fmt::format("{} × {} pixels; at most {} are read", width, height, kMostPixels));
    if (width * height * static_cast<std::uint64_t>(channels) * byteWidth(dtype) > mostBytes)
        return error(
            ErrorCode::Malformed, "header",
            fmt::format("{} × {} pixels cannot be packed in a file of {} bytes", width, height, file().size()));
    TensorInfo& info = m_entries.emplace_back();
    info.name = "pixels";
    info.dtype = dtype;
    info.kind = TensorKind::Image;
    info.shape = {static_cast<std::int64_t>(height), static_cast<std::int64_t>(width)};
    if (channels > 1) info.shape.push_back(channels);
    return {};
}

Result<std::vector<std::byte>> ImageSource::decodeAll(const JobControl& job) const {
    const auto count = elementCount(m_entries.front().shape);
    if (!count) return count.error();
    std::vector<std::byte> samples(static_cast<std::size_t>(*count) * byteWidth(m_entries.front().dtype));
    if (Status status = decode(samples, job); !status) return status.error();
    return samples;
}

Status ImageSource::fetch(std::size_t, std::uint64_t first, std::span<float> out, double&,
                          const JobControl& job) const {
    if (out.empty()) return {};
    const DType dtype = m_entries.front().dtype;
    const std::size_t width = byteWidth(dtype), bytes = out.size() * width;
    const auto count = elementCount(m_entries.front().shape);
    if (count && out.size() == *count) {
        const auto samples = decodeAll(job);
        if (!samples) return samples.error();
        decodeNumbers(dtype, kNativeOrder, *samples, out);
        return {};
    }
    const std::scoped_lock lock(m_mutex);
    if (m_samples.empty()) {
        auto samples = decodeAll(job);
        if (!samples) return samples.error();
        m_samples = std::move(*samples);
    }
    decodeNumbers(dtype, kNativeOrder, std::span(m_samples).subspan(static_cast<std::size_t>(first) * width, bytes),
                  out);
    return {};
}

Result<ImageExtents> imageExtents(std::span<const Tensor> tensors, int mostChannels, std::string_view format) {
    if (tensors.size() != 1)
        return Error{ErrorCode::InvalidArgument, {}, fmt::format("{} holds one image, not {}", format, tensors.size())};
    const Tensor& tensor = tensors.front();
    if (Status status = checkValues(tensor); !status) return status.error();
    const Shape& shape = tensor.info.shape;
    const std::int64_t channels = shape.size() == 3 ? shape[2] : 1;
    if (shape.size() < 2 || shape.size() > 3 || channels > mostChannels || tensor.values.empty())
        return Error{ErrorCode::Unsupported, inQuotes(tensor.info.name),
                     fmt::format("{} is not an image that {} holds: height × width, or height × width × at most {}",
                                 describe(shape), format, mostChannels)};
    return ImageExtents{static_cast<std::size_t>(shape[1]), static_cast<std::size_t>(shape[0]),
                        static_cast<int>(channels)};
}

} // namespace quantoscope
