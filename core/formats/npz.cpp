// NPZ: a zip archive with one .npy member an array, stored or deflated. The array is named as the member without
// ".npy".
#include "core/base/utf8.h"
#include "core/formats/file_source.h"
#include "core/formats/known_formats.h"
#include "core/formats/npy_header.h"
#include "core/formats/number_codec.h"
#include "core/formats/zip_archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace quantoscope {

namespace {

constexpr std::string_view kSuffix = ".npy";

class NpzSource final : public FileSource {
public:
    using FileSource::FileSource;

    Slices slices(std::size_t index) const override { // members may be packed
        return m_arrays[index].header.fortranOrder ? Slices::Costly : Slices::Forward;
    }

    Status readHeaders() {
        auto zip = ZipReader::open(file());
        if (!zip) return zip.error();
        m_zip = std::move(*zip);
        std::unordered_set<std::string_view> names;
        for (std::size_t i = 0; i < m_zip->members().size(); ++i) {
            const ZipMember& member = m_zip->members()[i];
            if (!names.insert(member.name).second)
                return error(ErrorCode::Malformed, "member " + inQuotes(member.name), "stands in the archive twice");
            if (!member.name.ends_with(kSuffix)) {
                m_leftOut.push_back(fmt::format("member {} is not an array", inQuotes(member.name)));
                continue;
            }
            if (Status status = addMember(i); !status) return status;
        }
        if (m_entries.empty() && !m_leftOut.empty())
            return error(ErrorCode::Unsupported, {},
                         "a zip archive without an array that can be read: " + m_leftOut.front());
        return {};
    }

private:
    struct Array {
        std::size_t member;
        NpyHeader header;
    };

    Status addMember(std::size_t index) {
        const ZipMember& member = m_zip->members()[index];
        const std::string place = "member " + inQuotes(member.name);
        const auto leaveOut = [&](std::string_view reason) {
            m_leftOut.push_back(fmt::format("{}: {}", place, reason));
            return Status();
        };
        if (!member.unreadable.empty()) return leaveOut(member.unreadable);
        const auto located = [&](const Error& e) { return error(e.code, place + ": " + e.where, e.detail); };

        std::vector<std::byte> bytes(static_cast<std::size_t>(std::min<std::uint64_t>(kNpyPrefix, member.size)));
        if (Status status = m_zip->read(index, 0, bytes); !status) return status;
        const auto size = npyHeaderSize(bytes);
        if (!size) return located(size.error());
        bytes.resize(static_cast<std::size_t>(std::min<std::uint64_t>(*size, member.size)));
        if (Status status = m_zip->read(index, 0, bytes); !status) return status;
        auto header = parseNpyHeader(bytes);
        if (!header && header.error().code == ErrorCode::Unsupported) return leaveOut(header.error().detail);
        if (!header) return located(header.error());
        const std::uint64_t available = member.size - header->dataBegin;
        if (header->dataBytes() != available)
            return error(header->dataBytes() > available ? ErrorCode::Truncated : ErrorCode::Malformed, place,
                         fmt::format("the shape {} needs {} bytes of data and the member has {}",
                                     describe(header->shape), header->dataBytes(), available));
        TensorInfo& info = m_entries.emplace_back();
        info.name = member.name.substr(0, member.name.size() - kSuffix.size());
        info.dtype = header->dtype;
        info.shape = header->shape;
        m_arrays.push_back({index, std::move(*header)});
        return {};
    }

    Status fetch(std::size_t index, std::uint64_t first, std::span<float> out, double& conversionError,
                 const JobControl& job) const override {
        const Array& array = m_arrays[index];
        const NpyHeader& header = array.header;
        const bool all = out.size() == header.count;
        const auto readBytes = [&](std::uint64_t offset, std::span<std::byte> bytes) {
            return m_zip->read(array.member, offset, bytes);
        };
        const auto read = [&](std::uint64_t from, std::span<float> run, const JobControl& control) {
            return readNumbers(readBytes, header.dataBegin + from * byteWidth(header.dtype), header.dtype, header.order,
                               run, conversionError, control);
        };
        const JobControl quiet{job.stop, {}};
        const Status status =
            header.fortranOrder
                ? readFortranOrder(
                      header.shape, first, out,
                      [&](std::uint64_t from, std::span<float> run) { return read(from, run, quiet); }, job)
                : read(first, out, job);
        if (!status || !all) return status;
        return m_zip->checkEnd(array.member);
    }

    std::unique_ptr<ZipReader> m_zip;
    std::vector<Array> m_arrays; // one an entry
};

bool sniff(std::span<const std::byte> head, std::string_view) {
    const std::string_view text(reinterpret_cast<const char*>(head.data()), head.size());
    return text.starts_with("PK\x03\x04") || text.starts_with("PK\x05\x06");
}

Result<std::unique_ptr<TensorSource>> open(const std::filesystem::path& path, const OpenOptions&, const JobControl&) {
    auto file = InputFile::open(path);
    if (!file) return file.error();
    auto source = std::make_unique<NpzSource>(std::move(*file));
    if (Status status = source->readHeaders(); !status) return status.error();
    return source;
}

/// Gives the header, then the values.
class ArrayProducer {
public:
    ArrayProducer(std::string header, const Tensor& tensor, JobControl job)
        : m_header(std::move(header)),
          m_encoder(tensor),
          m_job(std::move(job)),
          m_pending(std::as_bytes(std::span(m_header))) {}

    Result<std::size_t> operator()(std::span<std::byte> out) {
        std::size_t done = 0;
        while (done < out.size()) {
            if (m_pending.empty()) {
                if (m_encoder.atEnd()) break;
                if (m_job.cancelled()) return cancelled();
                const auto run = m_encoder.next();
                if (!run) return run.error();
                m_pending = *run;
            }
            const std::size_t step = std::min(out.size() - done, m_pending.size());
            std::copy_n(m_pending.begin(), step, out.begin() + static_cast<std::ptrdiff_t>(done));
            m_pending = m_pending.subspan(step);
            done += step;
        }
        return done;
    }

private:
    std::string m_header;
    TensorEncoder m_encoder;
    JobControl m_job;
    std::span<const std::byte> m_pending;
};

Status write(const std::filesystem::path& path, std::span<const Tensor> tensors, const JobControl& job) {
    std::vector<ZipOutput> outputs;
    std::unordered_set<std::string> names;
    std::uint64_t total = 0, done = 0;
    for (const Tensor& tensor : tensors) {
        if (Status status = checkValues(tensor); !status) return status;
        auto header = makeNpyHeader(tensor.info);
        if (!header) return header.error();
        const std::string name = toUtf8(tensor.info.name);
        if (name.empty() || name.find('\0') != std::string::npos || !names.insert(name).second)
            return Error{ErrorCode::InvalidArgument, inQuotes(name), "an archive cannot hold this name, or not twice"};
        const std::uint64_t size = header->size() + tensor.values.size() * byteWidth(tensor.info.dtype);
        total += size;
        const auto producer = std::make_shared<ArrayProducer>(std::move(*header), tensor, job);
        outputs.push_back({name + std::string(kSuffix), size, [&, producer](std::span<std::byte> out) {
                               auto got = (*producer)(out);
                               if (got) done += *got;
                               job.progress(std::min(1.0, static_cast<double>(done) / static_cast<double>(total)));
                               return got;
                           }});
    }
    auto file = OutputFile::create(path);
    if (!file) return file.error();
    if (Status status = writeZip(*file, std::move(outputs)); !status) return status;
    if (job.cancelled()) return cancelled();
    return file->commit();
}

} // namespace

Format npzFormat() { return {"npz", "NumPy arrays in a zip archive", {"npz"}, sniff, open, write}; }

} // namespace quantoscope
