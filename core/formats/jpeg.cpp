// JPEG by libjpeg-turbo: grey and colour (as RGB), 8 bits a sample. Written at quality 95 without subsampling of
// colour.
#include "core/base/output_file.h"
#include "core/base/utf8.h"
#include "core/formats/image_source.h"
#include "core/formats/known_formats.h"
#include "core/formats/number_codec.h"

#include <fmt/format.h>
#include <turbojpeg.h>

#include <algorithm>

namespace quantoscope {

namespace {

constexpr int kQuality = 95;
constexpr std::size_t kMostExtent = 65500; // libjpeg's
// A block of 64 samples takes a bit at least; arithmetic coding, which hardly anyone uses, gets some leave beyond that.
constexpr std::uint64_t kBestRatio = 1 << 14;
constexpr std::uint64_t kLongestFile = std::uint64_t{1} << 30;

struct HandleCloser {
    void operator()(void* handle) const { tjDestroy(handle); }
};
using Handle = std::unique_ptr<void, HandleCloser>;

class JpegSource final : public ImageSource {
public:
    using ImageSource::ImageSource;

    Status readHeader() {
        const Handle handle(tjInitDecompress());
        const auto bytes = readFile();
        if (!bytes) return bytes.error();
        int width = 0, height = 0, subsampling = 0, colours = 0;
        if (!handle ||
            tjDecompressHeader3(handle.get(), data(*bytes), size(*bytes), &width, &height, &subsampling, &colours) != 0)
            return error(ErrorCode::Malformed, "header", tjGetErrorStr2(handle.get()));
        if (colours == TJCS_CMYK || colours == TJCS_YCCK)
            return error(ErrorCode::Unsupported, "header", "an image in printing colours (CMYK), not grey or RGB");
        m_grey = colours == TJCS_GRAY;
        return describe(static_cast<std::uint64_t>(width), static_cast<std::uint64_t>(height), m_grey ? 1 : 3,
                        DType::U8, file().size() * kBestRatio);
    }

private:
    static const unsigned char* data(const std::vector<std::byte>& bytes) {
        return reinterpret_cast<const unsigned char*>(bytes.data());
    }
    static unsigned long size(const std::vector<std::byte>& bytes) { return static_cast<unsigned long>(bytes.size()); }

    Result<std::vector<std::byte>> readFile() const {
        if (file().size() > kLongestFile)
            return error(ErrorCode::TooLarge, {},
                         fmt::format("a JPEG of {} bytes; at most {} are read", file().size(), kLongestFile));
        return file().readUpTo(0, static_cast<std::size_t>(file().size()));
    }

    Status decode(std::span<std::byte> samples, const JobControl& job) const override {
        if (job.cancelled()) return cancelled();
        const Handle handle(tjInitDecompress());
        const auto bytes = readFile();
        if (!bytes) return bytes.error();
        const Shape& shape = m_entries.front().shape;
        const int failed =
            tjDecompress2(handle.get(), data(*bytes), size(*bytes), reinterpret_cast<unsigned char*>(samples.data()),
                          static_cast<int>(shape[1]), 0, static_cast<int>(shape[0]), m_grey ? TJPF_GRAY : TJPF_RGB,
                          TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS);
        if (failed == 0) return {};
        const std::string_view reason = tjGetErrorStr2(handle.get());
        // Cameras leave stray bytes between segments: the image is whole all the same.
        if (tjGetErrorCode(handle.get()) == TJERR_WARNING && reason.find("extraneous bytes") != std::string_view::npos)
            return {};
        const bool cut = reason.find("Premature end") != std::string_view::npos;
        return error(cut ? ErrorCode::Truncated : ErrorCode::Malformed, {}, std::string(reason));
    }

    bool m_grey = false;
};

bool sniff(std::span<const std::byte> head, std::string_view) {
    return head.size() >= 3 && head[0] == std::byte{0xff} && head[1] == std::byte{0xd8} && head[2] == std::byte{0xff};
}

Result<std::unique_ptr<TensorSource>> open(const std::filesystem::path& path, const OpenOptions&, const JobControl&) {
    auto file = InputFile::open(path);
    if (!file) return file.error();
    auto source = std::make_unique<JpegSource>(std::move(*file));
    if (Status status = source->readHeader(); !status) return status.error();
    return source;
}

Status write(const std::filesystem::path& path, std::span<const Tensor> tensors, const JobControl& job) {
    const auto extents = imageExtents(tensors, 3, "JPEG");
    if (!extents) return extents.error();
    const Tensor& tensor = tensors.front();
    if (tensor.info.dtype != DType::U8 || extents->channels == 2)
        return Error{ErrorCode::Unsupported, inQuotes(tensor.info.name),
                     "JPEG holds U8 in one or three channels: write .png"};
    if (extents->width > kMostExtent || extents->height > kMostExtent)
        return Error{ErrorCode::TooLarge, inQuotes(tensor.info.name),
                     fmt::format("JPEG holds at most {} pixels a side: write .png", kMostExtent)};
    std::vector<std::byte> samples;
    samples.reserve(tensor.values.size());
    const Status encoded = encodeTensor(tensor, job, [&](std::span<const std::byte> bytes) {
        samples.insert(samples.end(), bytes.begin(), bytes.end());
        return Status();
    });
    if (!encoded) return encoded;

    const Handle handle(tjInitCompress());
    unsigned char* packed = nullptr;
    unsigned long packedSize = 0;
    const bool grey = extents->channels == 1;
    const int failed =
        tjCompress2(handle.get(), reinterpret_cast<const unsigned char*>(samples.data()),
                    static_cast<int>(extents->width), 0, static_cast<int>(extents->height), grey ? TJPF_GRAY : TJPF_RGB,
                    &packed, &packedSize, grey ? TJSAMP_GRAY : TJSAMP_444, kQuality, TJFLAG_ACCURATEDCT);
    const std::unique_ptr<unsigned char, void (*)(unsigned char*)> owner(packed, tjFree);
    if (failed != 0) return Error{ErrorCode::WriteFailed, toUtf8(path.native()), tjGetErrorStr2(handle.get())};
    auto file = OutputFile::create(path);
    if (!file) return file.error();
    if (Status status = file->write({reinterpret_cast<const std::byte*>(packed), packedSize}); !status) return status;
    if (job.cancelled()) return cancelled();
    job.progress(1);
    return file->commit();
}

} // namespace

Format jpegFormat() {
    Format format{"jpeg", "JPEG image", {"jpg", "jpeg"}, sniff, open, write};
    format.lossy = true;
    return format;
}

} // namespace quantoscope
