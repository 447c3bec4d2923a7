// Audio by libsndfile: one entry "samples", frames or frames × channels, with its sample rate. Integer samples are
// scaled to [-1, 1): the integer divided by 2^(bits - 1); floating-point ones are as they are stored. The dtype is the
// file's: U8, I8, I16, I32 (24 bits too), F32, F64; what is packed with loss in 16 bits (µ-law, ADPCM) is I16, Vorbis
// and MPEG are F32.
#include "core/base/byte_reader.h"
#include "core/base/output_file.h"
#include "core/base/utf8.h"
#include "core/formats/file_source.h"
#include "core/formats/known_formats.h"

#include <fmt/format.h>
#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <mutex>
#include <optional>

namespace quantoscope {

namespace {

constexpr std::size_t kSamplesARun = std::size_t{1} << 18;

struct HandleCloser {
    void operator()(SNDFILE* handle) const { sf_close(handle); }
};
using Handle = std::unique_ptr<SNDFILE, HandleCloser>;

/// fseek's arithmetic; nullopt where that would be before the beginning.
std::optional<sf_count_t> seekTo(sf_count_t offset, int whence, sf_count_t position, sf_count_t size) {
    const sf_count_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? position : size;
    sf_count_t to = 0;
    if (__builtin_add_overflow(base, offset, &to) || to < 0) return std::nullopt;
    return to;
}

struct ReadingFile {
    const InputFile& file;
    sf_count_t position = 0;

    static ReadingFile& of(void* self) { return *static_cast<ReadingFile*>(self); }
    static sf_count_t length(void* self) { return static_cast<sf_count_t>(of(self).file.size()); }
    static sf_count_t tell(void* self) { return of(self).position; }
    static sf_count_t seek(sf_count_t offset, int whence, void* self) {
        const auto to = seekTo(offset, whence, of(self).position, length(self));
        return to ? of(self).position = *to : -1;
    }
    static sf_count_t read(void* out, sf_count_t count, void* self) {
        const sf_count_t wanted = std::min(count, std::max<sf_count_t>(0, length(self) - of(self).position));
        if (wanted <= 0) return 0;
        const std::span bytes(static_cast<std::byte*>(out), static_cast<std::size_t>(wanted));
        if (!of(self).file.read(static_cast<std::uint64_t>(of(self).position), bytes)) return 0;
        of(self).position += wanted;
        return wanted;
    }
    static sf_count_t write(const void*, sf_count_t, void*) { return 0; }
};

SF_VIRTUAL_IO readingCalls() {
    return {ReadingFile::length, ReadingFile::seek, ReadingFile::read, ReadingFile::write, ReadingFile::tell};
}

DType dtypeOf(int format) {
    switch (format & SF_FORMAT_SUBMASK) {
    case SF_FORMAT_PCM_S8: return DType::I8;
    case SF_FORMAT_PCM_U8: return DType::U8;
    case SF_FORMAT_PCM_24:
    case SF_FORMAT_PCM_32:
    case SF_FORMAT_ALAC_20:
    case SF_FORMAT_ALAC_24:
    case SF_FORMAT_ALAC_32: return DType::I32;
    case SF_FORMAT_FLOAT:
    case SF_FORMAT_VORBIS:
    case SF_FORMAT_OPUS:
    case SF_FORMAT_MPEG_LAYER_I:
    case SF_FORMAT_MPEG_LAYER_II:
    case SF_FORMAT_MPEG_LAYER_III: return DType::F32;
    case SF_FORMAT_DOUBLE: return DType::F64;
    default: return DType::I16;
    }
}

class AudioSource final : public FileSource {
public:
    using FileSource::FileSource;

    Slices slices(std::size_t) const override { return Slices::Forward; }

    Status readHeader() {
        if (Status status = checkLength(); !status) return status;
        if (Status status = reopen(); !status) return status;
        if (m_format.channels < 1 || m_format.frames < 0 || m_format.samplerate < 1)
            return error(ErrorCode::Malformed, "header",
                         fmt::format("{} frames of {} channels at {} Hz", m_format.frames, m_format.channels,
                                     m_format.samplerate));
        TensorInfo& info = m_entries.emplace_back();
        info.name = "samples";
        info.dtype = dtypeOf(m_format.format);
        info.kind = TensorKind::Signal;
        info.sampleRate = m_format.samplerate;
        info.shape = {m_format.frames};
        if (m_format.channels > 1) info.shape.push_back(m_format.channels);
        const auto count = elementCount(info.shape);
        if (!count) return error(count.error().code, "header", count.error().detail);
        return {};
    }

    Result<Tensor> load(std::size_t index, const JobControl& job) const override {
        if (index >= m_entries.size()) return FileSource::load(index, job);
        // What is packed can claim any length in a few bytes: memory grows with what is really there.
        const std::uint64_t count = *elementCount(m_entries.front().shape);
        if (count / 8 <= file().size()) return FileSource::load(index, job);
        Tensor tensor;
        tensor.info = m_entries.front();
        tensor.file = file().path().native();
        while (tensor.values.size() < count) {
            const std::size_t begin = tensor.values.size();
            const auto run = static_cast<std::size_t>(std::min<std::uint64_t>(count - begin, kSamplesARun));
            if (Status room = checkMemory(begin + run, file().at(inQuotes(tensor.info.name))); !room)
                return room.error();
            tensor.values.resize(begin + run);
            const JobControl quiet{job.stop, {}};
            const Status status =
                fetch(index, begin, std::span(tensor.values).subspan(begin), tensor.conversionError, quiet);
            if (!status) return status.error();
            job.progress(static_cast<double>(tensor.values.size()) / static_cast<double>(count));
        }
        return tensor;
    }

private:
    /// libsndfile takes a WAV or AIFF file that was cut short for a shorter one.
    Status checkLength() const {
        const auto head = file().readUpTo(0, 8);
        if (!head) return head.error();
        if (head->size() < 8) return error(ErrorCode::Truncated, "header", "the file ends before its header does");
        const std::string_view magic(reinterpret_cast<const char*>(head->data()), 4);
        if (magic != "RIFF" && magic != "RIFX" && magic != "FORM") return {};
        const auto size =
            loadNumber<std::uint32_t>(head->data() + 4, magic == "RIFF" ? ByteOrder::Little : ByteOrder::Big);
        constexpr std::uint32_t endless =
            0x7ffff000; // who writes to a pipe cannot know, and writes the most or nothing
        if (size < endless && file().size() < std::uint64_t{size} + 8)
            return error(ErrorCode::Truncated, fmt::format("byte {}", file().size()),
                         fmt::format("the header promises {} bytes", std::uint64_t{size} + 8));
        return {};
    }

    Status reopen() const {
        m_handle.reset();
        m_reading.position = 0;
        m_frame = 0;
        SF_VIRTUAL_IO calls = readingCalls();
        m_format = {};
        m_handle.reset(sf_open_virtual(&calls, SFM_READ, &m_format, &m_reading));
        if (!m_handle) return error(ErrorCode::Malformed, "header", sf_strerror(nullptr));
        if (!m_entries.empty() && m_format.channels != channelCount()) {
            m_handle.reset();
            return error(ErrorCode::Malformed, "header", "the file was changed while it was read");
        }
        return {};
    }

    int channelCount() const {
        const Shape& shape = m_entries.front().shape;
        return shape.size() == 2 ? static_cast<int>(shape[1]) : 1;
    }

    Status moveTo(sf_count_t frame) const {
        if (frame == m_frame) return {};
        if (m_format.seekable != 0 && sf_seek(m_handle.get(), frame, SEEK_SET) == frame) {
            m_frame = frame;
            return {};
        }
        if (frame < m_frame) {
            if (Status status = reopen(); !status) return status;
        }
        std::vector<float> skipped(kSamplesARun);
        const sf_count_t channels = channelCount();
        while (m_frame < frame) {
            const sf_count_t wanted = std::min(frame - m_frame, static_cast<sf_count_t>(kSamplesARun) / channels);
            const sf_count_t got = sf_readf_float(m_handle.get(), skipped.data(), wanted);
            if (got <= 0) return endsTooSoon();
            m_frame += got;
        }
        return {};
    }

    Error endsTooSoon() const {
        return error(ErrorCode::Truncated, fmt::format("frame {}", m_frame),
                     fmt::format("the header promises {} frames ({})", m_entries.front().shape[0],
                                 sf_error(m_handle.get()) == 0 ? "the data ends here" : sf_strerror(m_handle.get())));
    }

    Status fetch(std::size_t, std::uint64_t first, std::span<float> out, double& conversionError,
                 const JobControl& job) const override {
        const std::scoped_lock lock(m_mutex);
        Status status = fetchFrames(first, out, conversionError, job);
        // Where libsndfile stands after a failure nobody knows, and it might go on as if nothing had been.
        if (!status && !job.cancelled()) m_handle.reset();
        return status;
    }

    Status fetchFrames(std::uint64_t first, std::span<float> out, double& conversionError,
                       const JobControl& job) const {
        const auto channels = static_cast<std::uint64_t>(channelCount());
        if (!m_handle) { // since a failed attempt to begin anew
            if (Status status = reopen(); !status) return status;
        }
        // Only double holds the samples of 32 and 64 bits, and so shows what float32 loses.
        const DType dtype = m_entries.front().dtype;
        const bool wide = dtype == DType::I32 || dtype == DType::F64;
        std::vector<float> frames;
        std::vector<double> wideFrames;
        for (std::size_t begin = 0; begin < out.size();) {
            if (job.cancelled()) return cancelled();
            const std::uint64_t position = first + begin;
            const auto frame = static_cast<sf_count_t>(position / channels);
            const auto offset = static_cast<std::size_t>(position % channels); // within the frame
            if (Status status = moveTo(frame); !status) return status;
            const std::size_t run =
                std::min(out.size() - begin, std::max<std::size_t>(kSamplesARun, channels) - offset);
            const auto wanted = static_cast<sf_count_t>((offset + run + channels - 1) / channels);
            const std::size_t samples = static_cast<std::size_t>(wanted) * channels;
            sf_count_t got = 0;
            if (wide) {
                wideFrames.resize(samples);
                got = sf_readf_double(m_handle.get(), wideFrames.data(), wanted);
            } else {
                frames.resize(samples);
                got = sf_readf_float(m_handle.get(), frames.data(), wanted);
            }
            m_frame += std::max<sf_count_t>(0, got);
            if (got != wanted) return endsTooSoon();
            for (std::size_t i = 0; i < run; ++i) {
                float& value = out[begin + i];
                if (wide) {
                    const double sample = wideFrames[offset + i];
                    value = static_cast<float>(sample);
                    const double difference = std::fabs(sample - static_cast<double>(value));
                    if (difference > conversionError) conversionError = difference;
                } else {
                    value = frames[offset + i];
                }
            }
            begin += run;
            job.progress(static_cast<double>(begin) / static_cast<double>(out.size()));
        }
        return {};
    }

    mutable std::mutex m_mutex; // of the decoder and its place
    mutable ReadingFile m_reading{file()};
    mutable SF_INFO m_format = {};
    mutable Handle m_handle; // after m_reading, which it uses until it is closed
    mutable sf_count_t m_frame = 0;
};

Result<std::unique_ptr<TensorSource>> open(const std::filesystem::path& path, const OpenOptions&, const JobControl&) {
    auto file = InputFile::open(path);
    if (!file) return file.error();
    auto source = std::make_unique<AudioSource>(std::move(*file));
    if (Status status = source->readHeader(); !status) return status.error();
    return source;
}

std::string_view textAt(std::span<const std::byte> head, std::size_t offset, std::size_t size) {
    if (offset + size > head.size()) return {};
    return {reinterpret_cast<const char*>(head.data()) + offset, size};
}

bool sniffWav(std::span<const std::byte> head, std::string_view) {
    const std::string_view magic = textAt(head, 0, 4);
    if (magic == "riff") return textAt(head, 4, 4) == "\x2e\x91\xcf\x11"; // Sony Wave64
    return (magic == "RIFF" || magic == "RIFX" || magic == "RF64") && textAt(head, 8, 4) == "WAVE";
}

bool sniffFlac(std::span<const std::byte> head, std::string_view) { return textAt(head, 0, 4) == "fLaC"; }

bool sniffOther(std::span<const std::byte> head, std::string_view extension) {
    const std::string_view magic = textAt(head, 0, 4);
    if (magic == "FORM") return textAt(head, 8, 3) == "AIF";
    if (magic == "OggS" || magic == ".snd" || magic == "caff") return true;
    const bool mpegFrame =
        head.size() >= 2 && head[0] == std::byte{0xff} && (head[1] & std::byte{0xe0}) == std::byte{0xe0};
    return extension == "mp3" && (mpegFrame || magic.substr(0, 3) == "ID3");
}

struct WritingFile {
    OutputFile& file;
    sf_count_t position = 0, size = 0;
    std::optional<Error> error;

    static WritingFile& of(void* self) { return *static_cast<WritingFile*>(self); }
    static sf_count_t length(void* self) { return of(self).size; }
    static sf_count_t tell(void* self) { return of(self).position; }
    static sf_count_t seek(sf_count_t offset, int whence, void* self) {
        const auto to = seekTo(offset, whence, of(self).position, of(self).size);
        return to ? of(self).position = *to : -1;
    }
    static sf_count_t read(void* out, sf_count_t count, void* self) {
        const std::span bytes(static_cast<std::byte*>(out), static_cast<std::size_t>(count));
        const auto got = of(self).file.readAt(static_cast<std::uint64_t>(of(self).position), bytes);
        if (!got) return 0;
        of(self).position += static_cast<sf_count_t>(*got);
        return static_cast<sf_count_t>(*got);
    }
    static sf_count_t write(const void* from, sf_count_t count, void* self) {
        const std::span bytes(static_cast<const std::byte*>(from), static_cast<std::size_t>(count));
        Status status = of(self).file.writeAt(static_cast<std::uint64_t>(of(self).position), bytes);
        if (!status) {
            of(self).error = status.error();
            return 0;
        }
        of(self).position += count;
        of(self).size = std::max(of(self).size, of(self).position);
        return count;
    }
};

/// Bits of an integer sample, or 0 for floating point; nullopt where the container has no such samples.
struct SampleType {
    int subtype;
    int bits;
};

std::optional<SampleType> sampleType(DType dtype, bool flac) {
    switch (dtype) {
    case DType::I8:
        if (flac) return SampleType{SF_FORMAT_PCM_S8, 8};
        return std::nullopt;
    case DType::U8:
        if (!flac) return SampleType{SF_FORMAT_PCM_U8, 8};
        return std::nullopt;
    case DType::I16: return SampleType{SF_FORMAT_PCM_16, 16};
    case DType::I32: return flac ? SampleType{SF_FORMAT_PCM_24, 24} : SampleType{SF_FORMAT_PCM_32, 32};
    case DType::F32:
        if (!flac) return SampleType{SF_FORMAT_FLOAT, 0};
        return std::nullopt;
    case DType::F64:
        if (!flac) return SampleType{SF_FORMAT_DOUBLE, 0};
        return std::nullopt;
    default: return std::nullopt;
    }
}

Status checkSignal(std::span<const Tensor> tensors) {
    if (tensors.size() != 1)
        return Error{
            ErrorCode::InvalidArgument, {}, fmt::format("an audio file holds one signal, not {}", tensors.size())};
    const Tensor& tensor = tensors.front();
    if (Status status = checkValues(tensor); !status) return status;
    const Shape& shape = tensor.info.shape;
    const std::string where = inQuotes(tensor.info.name);
    if (shape.empty() || shape.size() > 2 || (shape.size() == 2 && (shape[1] < 2 || shape[1] > 1024)) ||
        tensor.values.empty())
        return Error{ErrorCode::Unsupported, where,
                     fmt::format("{} is not a signal: frames, or frames × channels (2 to 1024)", describe(shape))};
    if (!(tensor.info.sampleRate >= 1 && tensor.info.sampleRate <= 655350))
        return Error{ErrorCode::InvalidArgument, where,
                     fmt::format("a sample rate of {} Hz cannot be written", tensor.info.sampleRate)};
    return {};
}

Status writeAudio(const std::filesystem::path& path, std::span<const Tensor> tensors, bool flac,
                  const JobControl& job) {
    if (Status status = checkSignal(tensors); !status) return status;
    const Tensor& tensor = tensors.front();
    const TensorInfo& info = tensor.info;
    const auto type = sampleType(info.dtype, flac);
    if (!type)
        return Error{ErrorCode::Unsupported, inQuotes(info.name),
                     fmt::format("{} cannot hold samples of {}: {}", flac ? "FLAC" : "WAV", name(info.dtype),
                                 flac ? "I8, I16 and I32 (in 24 bits); write .wav" : "U8, I16, I32, F32 and F64")};
    auto file = OutputFile::create(path);
    if (!file) return file.error();
    WritingFile writing{*file, 0, 0, {}};
    SF_VIRTUAL_IO calls{WritingFile::length, WritingFile::seek, WritingFile::read, WritingFile::write,
                        WritingFile::tell};
    SF_INFO format = {};
    format.samplerate = static_cast<int>(std::lround(info.sampleRate));
    format.channels = info.shape.size() == 2 ? static_cast<int>(info.shape[1]) : 1;
    constexpr std::uint64_t wavLimit = 0xf0000000; // its sizes have 32 bits
    const bool large = tensor.values.size() * byteWidth(info.dtype) > wavLimit;
    format.format = (flac ? SF_FORMAT_FLAC : large ? SF_FORMAT_RF64 : SF_FORMAT_WAV) | type->subtype;
    const auto failure = [&](const char* reason) -> Error {
        if (writing.error) return *writing.error;
        return {ErrorCode::WriteFailed, file->name(), reason};
    };
    Handle handle(sf_open_virtual(&calls, SFM_WRITE, &format, &writing));
    if (!handle) return failure(sf_strerror(nullptr));
    sf_command(handle.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE); // it holds the time: equal data, equal file

    const std::size_t frameValues = static_cast<std::size_t>(format.channels);
    const std::size_t run = kSamplesARun / frameValues * frameValues;
    std::vector<int> integers;
    for (std::size_t begin = 0; begin < tensor.values.size(); begin += run) {
        if (job.cancelled()) return cancelled();
        const auto values = std::span(tensor.values).subspan(begin, std::min(run, tensor.values.size() - begin));
        const auto count = static_cast<sf_count_t>(values.size());
        sf_count_t put = 0;
        if (type->bits == 0) {
            put = sf_write_float(handle.get(), values.data(), count);
        } else {
            // Not by libsndfile's own conversion, which scales by 2^(bits - 1) - 1 and so does not undo its reading.
            const double scale = std::ldexp(1.0, type->bits - 1);
            integers.clear();
            for (const float value : values) {
                if (!(value >= -1.0f && value <= 1.0f))
                    return Error{ErrorCode::InvalidArgument,
                                 fmt::format("{}: value {}", inQuotes(info.name), begin + integers.size()),
                                 fmt::format("{} is outside the range of samples, -1 to 1", value)};
                const double sample = std::min(std::nearbyint(static_cast<double>(value) * scale), scale - 1);
                integers.push_back(static_cast<int>(std::ldexp(sample, 32 - type->bits)));
            }
            put = sf_write_int(handle.get(), integers.data(), count);
        }
        if (put != count) return failure(sf_strerror(handle.get()));
        job.progress(static_cast<double>(begin + values.size()) / static_cast<double>(tensor.values.size()));
    }
    if (sf_close(handle.release()) != 0 || writing.error) return failure("cannot finish the file");
    if (job.cancelled()) return cancelled();
    return file->commit();
}

Status writeWav(const std::filesystem::path& path, std::span<const Tensor> tensors, const JobControl& job) {
    return writeAudio(path, tensors, false, job);
}

Status writeFlac(const std::filesystem::path& path, std::span<const Tensor> tensors, const JobControl& job) {
    return writeAudio(path, tensors, true, job);
}

} // namespace

Format wavFormat() { return {"wav", "WAV audio", {"wav", "w64", "rf64"}, sniffWav, open, writeWav}; }
Format flacFormat() { return {"flac", "FLAC audio", {"flac"}, sniffFlac, open, writeFlac}; }
Format otherAudioFormat() {
    return {"audio",
            "AIFF, AU, CAF, Ogg and MP3 audio",
            {"aiff", "aif", "au", "caf", "ogg", "oga", "opus", "mp3"},
            sniffOther,
            open};
}

} // namespace quantoscope
