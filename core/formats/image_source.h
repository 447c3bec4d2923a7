// What the readers of images share: one entry "pixels", height × width (grey) or height × width × channels (grey and
// alpha, RGB, RGB and alpha), the samples as they are stored, without any correction for gamma or colour profile.
#pragma once

#include "core/formats/file_source.h"

#include <memory>
#include <mutex>

namespace quantoscope {

/// Larger ones are refused: a few kilobytes can claim any size (a decompression bomb). 134 megapixels.
inline constexpr std::uint64_t kMostPixels = std::uint64_t{1} << 27;

class ImageSource : public FileSource {
public:
    using FileSource::FileSource;

protected:
    /// Sets the entry. `mostBytes` are all the samples' bytes that a file of this size can hold in this format.
    /// Errors: TooLarge above kMostPixels, Malformed for what the file cannot hold.
    Status describe(std::uint64_t width, std::uint64_t height, int channels, DType dtype, std::uint64_t mostBytes);

    /// All samples in native byte order, row by row.
    virtual Status decode(std::span<std::byte> samples, const JobControl& job) const = 0;

private:
    Status fetch(std::size_t index, std::uint64_t first, std::span<float> out, double& conversionError,
                 const JobControl& job) const override;
    Result<std::vector<std::byte>> decodeAll(const JobControl& job) const;

    // A packed image can only be unpacked from its beginning: who reads slices gets them from here, after the first.
    mutable std::mutex m_mutex;
    mutable std::vector<std::byte> m_samples;
};

/// The extents of a tensor that is to be written as an image.
struct ImageExtents {
    std::size_t width = 0, height = 0;
    int channels = 1;
};

/// The only tensor as an image of at most so many channels. Errors: InvalidArgument, Unsupported.
Result<ImageExtents> imageExtents(std::span<const Tensor> tensors, int mostChannels, std::string_view format);

} // namespace quantoscope
