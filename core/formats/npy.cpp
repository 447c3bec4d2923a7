// NPY: one NumPy array. See npy_header.h for the layout.
#include "core/formats/file_source.h"
#include "core/formats/known_formats.h"
#include "core/formats/npy_header.h"
#include "core/formats/number_codec.h"

#include <fmt/format.h>

#include <algorithm>

namespace quantoscope {

namespace {

class NpySource final : public FileSource {
public:
    using FileSource::FileSource;

    Slices slices(std::size_t) const override { return m_header.fortranOrder ? Slices::Costly : Slices::Anywhere; }

    Status readHeader() {
        const auto located = [this](const Error& e) { return error(e.code, e.where, e.detail); };
        const auto prefix = file().readUpTo(0, kNpyPrefix);
        if (!prefix) return prefix.error();
        const auto size = npyHeaderSize(*prefix);
        if (!size) return located(size.error());
        const auto bytes = file().readUpTo(0, *size);
        if (!bytes) return bytes.error();
        auto header = parseNpyHeader(*bytes);
        if (!header) return located(header.error());
        m_header = std::move(*header);
        const std::uint64_t available = file().size() - m_header.dataBegin;
        if (m_header.dataBytes() > available)
            return error(ErrorCode::Truncated, fmt::format("byte {}", file().size()),
                         fmt::format("the shape {} needs {} bytes of data and the file has {}",
                                     describe(m_header.shape), m_header.dataBytes(), available));
        if (m_header.dataBytes() < available)
            return error(ErrorCode::Malformed, fmt::format("byte {}", m_header.dataBegin + m_header.dataBytes()),
                         fmt::format("{} bytes follow the array; a file holds one", available - m_header.dataBytes()));
        TensorInfo& info = m_entries.emplace_back();
        info.name = stemOf(file().path());
        info.dtype = m_header.dtype;
        info.shape = m_header.shape;
        return {};
    }

private:
    Status fetch(std::size_t, std::uint64_t first, std::span<float> out, double& conversionError,
                 const JobControl& job) const override {
        const auto read = [&](std::uint64_t from, std::span<float> run, const JobControl& control) {
            return readNumbers(file(), m_header.dataBegin + from * byteWidth(m_header.dtype), m_header.dtype,
                               m_header.order, run, conversionError, control);
        };
        if (!m_header.fortranOrder) return read(first, out, job);
        const JobControl quiet{job.stop, {}};
        return readFortranOrder(
            m_header.shape, first, out,
            [&](std::uint64_t from, std::span<float> run) { return read(from, run, quiet); }, job);
    }

    NpyHeader m_header;
};

bool sniff(std::span<const std::byte> head, std::string_view) {
    return head.size() >= kNpyMagic.size() &&
           std::equal(kNpyMagic.begin(), kNpyMagic.end(), head.begin(),
                      [](char a, std::byte b) { return static_cast<std::byte>(a) == b; });
}

Result<std::unique_ptr<TensorSource>> open(const std::filesystem::path& path, const OpenOptions&, const JobControl&) {
    auto file = InputFile::open(path);
    if (!file) return file.error();
    auto source = std::make_unique<NpySource>(std::move(*file));
    if (Status status = source->readHeader(); !status) return status.error();
    return source;
}

Status write(const std::filesystem::path& path, std::span<const Tensor> tensors, const JobControl& job) {
    if (tensors.size() != 1)
        return Error{ErrorCode::InvalidArgument,
                     {},
                     fmt::format("an .npy file holds one array, not {}: write .npz", tensors.size())};
    const Tensor& tensor = tensors.front();
    if (Status status = checkValues(tensor); !status) return status;
    const auto header = makeNpyHeader(tensor.info);
    if (!header) return header.error();
    auto file = OutputFile::create(path);
    if (!file) return file.error();
    if (Status status = file->write(*header); !status) return status;
    const auto total = static_cast<double>(tensor.values.size() * byteWidth(tensor.info.dtype));
    double done = 0;
    const Status status = encodeTensor(tensor, job, [&](std::span<const std::byte> bytes) {
        done += static_cast<double>(bytes.size());
        job.progress(done / total);
        return file->write(bytes);
    });
    if (!status) return status;
    if (job.cancelled()) return cancelled();
    return file->commit();
}

} // namespace

Format npyFormat() { return {"npy", "NumPy array", {"npy"}, sniff, open, write}; }

} // namespace quantoscope
