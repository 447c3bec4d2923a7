// PNG by libpng: grey and colour, with alpha or without, 8 or 16 bits a sample. A palette becomes its colours, grey of
// fewer bits is scaled to 0 to 255, transparency by colour becomes alpha.
#include "core/base/output_file.h"
#include "core/base/utf8.h"
#include "core/formats/image_source.h"
#include "core/formats/known_formats.h"
#include "core/formats/number_codec.h"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>
#include <optional>

namespace quantoscope {

namespace {

constexpr std::array<std::byte, 8> kMagic{std::byte{0x89}, std::byte{'P'},  std::byte{'N'},  std::byte{'G'},
                                          std::byte{'\r'}, std::byte{'\n'}, std::byte{0x1a}, std::byte{'\n'}};

/// What libpng's call-backs share with whoever called it. libpng leaves a failure by longjmp, which skips destructors:
/// between a setjmp and libpng's calls stand only plain values.
struct Session {
    png_structp png = nullptr;
    png_infop info = nullptr;
    std::array<char, 160> message{}; // of libpng
    std::optional<Error> error;      // of a file

    static void onError(png_structp png, png_const_charp message) {
        auto& session = *static_cast<Session*>(png_get_error_ptr(png));
        std::strncpy(session.message.data(), message, session.message.size() - 1);
        png_longjmp(png, 1);
    }
    static void onWarning(png_structp, png_const_charp) {}
};

struct Reading : Session {
    const InputFile& file;
    std::uint64_t position = 0;

    explicit Reading(const InputFile& input) : file(input) {}
    ~Reading() { png_destroy_read_struct(&png, &info, nullptr); }
    Reading(const Reading&) = delete;

    static void onRead(png_structp png, png_bytep data, std::size_t size) {
        auto& reading = *static_cast<Reading*>(png_get_io_ptr(png));
        if (!reading.fill(data, size)) png_error(png, "cannot read");
    }
    bool fill(png_bytep data, std::size_t size) {
        Status status = file.read(position, {reinterpret_cast<std::byte*>(data), size});
        if (!status) error = std::move(status.error());
        position += size;
        return error == std::nullopt;
    }

    Error failure() const {
        if (error) return *error;
        return {ErrorCode::Malformed, file.at(fmt::format("before byte {}", position)), message.data()};
    }

    /// Up to the pixels, with the transformations that the file's kind of image asks for.
    bool start() {
        png = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, onError, onWarning);
        if (png == nullptr) return false;
        if (setjmp(png_jmpbuf(png))) return false;
        info = png_create_info_struct(png);
        if (info == nullptr) return false;
        png_set_read_fn(png, this, onRead);
        png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX); // the number of pixels is what counts
        png_read_info(png, info);
        const png_byte type = png_get_color_type(png, info);
        if (type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
        if (type == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png, info) < 8) png_set_expand_gray_1_2_4_to_8(png);
        if (png_get_valid(png, info, PNG_INFO_tRNS) != 0) png_set_tRNS_to_alpha(png);
        if (png_get_bit_depth(png, info) == 16 && kNativeOrder == ByteOrder::Little) png_set_swap(png);
        return true;
    }

    /// Settles the layout of the rows: libpng reserves memory for them here.
    bool update(int& passes) {
        if (setjmp(png_jmpbuf(png))) return false;
        passes = png_set_interlace_handling(png);
        png_read_update_info(png, info);
        return true;
    }

    bool readRow(std::byte* row) {
        if (setjmp(png_jmpbuf(png))) return false;
        png_read_row(png, reinterpret_cast<png_bytep>(row), nullptr);
        return true;
    }

    bool finish() {
        if (setjmp(png_jmpbuf(png))) return false;
        png_read_end(png, nullptr);
        return true;
    }
};

class PngSource final : public ImageSource {
public:
    using ImageSource::ImageSource;

    Status readHeader() {
        Reading reading(file());
        if (!reading.start()) return reading.failure();
        const png_byte type = png_get_color_type(reading.png, reading.info);
        const bool alpha =
            (type & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(reading.png, reading.info, PNG_INFO_tRNS) != 0;
        const int channels = ((type & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1) + (alpha ? 1 : 0);
        const int bits = png_get_bit_depth(reading.png, reading.info);
        // Deflate packs at best 1032 to 1; a palette's index of one bit becomes up to four bytes, a grey bit one.
        const std::uint64_t unpacked = type == PNG_COLOR_TYPE_PALETTE ? 32 : bits < 8 ? 16 : 2;
        return describe(png_get_image_width(reading.png, reading.info), png_get_image_height(reading.png, reading.info),
                        channels, bits == 16 ? DType::U16 : DType::U8, file().size() * 1032 * unpacked);
    }

private:
    Status decode(std::span<std::byte> samples, const JobControl& job) const override {
        Reading reading(file());
        int passes = 0;
        if (!reading.start() || !reading.update(passes)) return reading.failure();
        const std::size_t rowBytes = png_get_rowbytes(reading.png, reading.info);
        const std::size_t height = png_get_image_height(reading.png, reading.info);
        if (rowBytes * height != samples.size())
            return error(ErrorCode::Malformed, "header", "the image was changed while it was read");
        for (int pass = 0; pass < passes; ++pass) {
            for (std::size_t y = 0; y < height; ++y) {
                if (y % 64 == 0) {
                    if (job.cancelled()) return cancelled();
                    job.progress((pass + static_cast<double>(y) / static_cast<double>(height)) / passes);
                }
                if (!reading.readRow(samples.data() + y * rowBytes)) return reading.failure();
            }
        }
        if (!reading.finish()) return reading.failure();
        return {};
    }
};

bool sniff(std::span<const std::byte> head, std::string_view) {
    return head.size() >= kMagic.size() && std::equal(kMagic.begin(), kMagic.end(), head.begin());
}

Result<std::unique_ptr<TensorSource>> open(const std::filesystem::path& path, const OpenOptions&, const JobControl&) {
    auto file = InputFile::open(path);
    if (!file) return file.error();
    auto source = std::make_unique<PngSource>(std::move(*file));
    if (Status status = source->readHeader(); !status) return status.error();
    return source;
}

struct Writing : Session {
    OutputFile& file;

    explicit Writing(OutputFile& output) : file(output) {}
    ~Writing() { png_destroy_write_struct(&png, &info); }
    Writing(const Writing&) = delete;

    static void onWrite(png_structp png, png_bytep data, std::size_t size) {
        auto& writing = *static_cast<Writing*>(png_get_io_ptr(png));
        if (!writing.put(data, size)) png_error(png, "cannot write");
    }
    static void onFlush(png_structp) {}
    bool put(png_bytep data, std::size_t size) {
        Status status = file.write({reinterpret_cast<const std::byte*>(data), size});
        if (!status) error = std::move(status.error());
        return error == std::nullopt;
    }

    Error failure() const {
        if (error) return *error;
        return {ErrorCode::WriteFailed, file.name(), message.data()};
    }

    bool start(const ImageExtents& extents, DType dtype) {
        constexpr std::array<int, 5> types{0, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                                           PNG_COLOR_TYPE_RGB_ALPHA};
        png = png_create_write_struct(PNG_LIBPNG_VER_STRING, this, onError, onWarning);
        if (png == nullptr) return false;
        if (setjmp(png_jmpbuf(png))) return false;
        info = png_create_info_struct(png);
        if (info == nullptr) return false;
        png_set_write_fn(png, this, onWrite, onFlush);
        png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
        png_set_IHDR(png, info, static_cast<png_uint_32>(extents.width), static_cast<png_uint_32>(extents.height),
                     dtype == DType::U16 ? 16 : 8, types[static_cast<std::size_t>(extents.channels)],
                     PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
        png_write_info(png, info);
        if (dtype == DType::U16) png_set_swap(png); // rows come little-endian
        return true;
    }

    bool writeRow(const std::byte* row) {
        if (setjmp(png_jmpbuf(png))) return false;
        png_write_row(png, reinterpret_cast<png_const_bytep>(row));
        return true;
    }

    bool finish() {
        if (setjmp(png_jmpbuf(png))) return false;
        png_write_end(png, nullptr);
        return true;
    }
};

Status write(const std::filesystem::path& path, std::span<const Tensor> tensors, const JobControl& job) {
    const auto extents = imageExtents(tensors, 4, "PNG");
    if (!extents) return extents.error();
    const Tensor& tensor = tensors.front();
    const DType dtype = tensor.info.dtype;
    if (dtype != DType::U8 && dtype != DType::U16)
        return Error{ErrorCode::Unsupported, inQuotes(tensor.info.name),
                     fmt::format("PNG holds U8 and U16, not {}", name(dtype))};
    if (extents->width > kMostPixels || extents->height > kMostPixels / extents->width)
        return Error{ErrorCode::TooLarge, inQuotes(tensor.info.name), "more pixels than are read back"};
    auto file = OutputFile::create(path);
    if (!file) return file.error();
    Writing writing(*file);
    if (!writing.start(*extents, dtype)) return writing.failure();
    const std::size_t rowValues = extents->width * static_cast<std::size_t>(extents->channels);
    std::vector<std::byte> row(rowValues * byteWidth(dtype));
    for (std::size_t y = 0; y < extents->height; ++y) {
        if (job.cancelled()) return cancelled();
        const auto values = std::span(tensor.values).subspan(y * rowValues, rowValues);
        const std::size_t fitting = encodeNumbers(dtype, values, row);
        if (fitting < values.size())
            return Error{ErrorCode::InvalidArgument,
                         fmt::format("{}: value {}", inQuotes(tensor.info.name), y * rowValues + fitting),
                         fmt::format("{} cannot be stored as {}", values[fitting], name(dtype))};
        if (!writing.writeRow(row.data())) return writing.failure();
        job.progress(static_cast<double>(y + 1) / static_cast<double>(extents->height));
    }
    if (!writing.finish()) return writing.failure();
    if (job.cancelled()) return cancelled();
    return file->commit();
}

} // namespace

Format pngFormat() { return {"png", "PNG image", {"png"}, sniff, open, write}; }

} // namespace quantoscope
