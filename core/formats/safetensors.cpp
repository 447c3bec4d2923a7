// safetensors: the length of the header (8 bytes, little-endian), the header in JSON, the tensors' bytes back to back.
//   {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ..., "__metadata__": {"key": "text"}}
// Source: the specification and the checks of the reference reader, https://github.com/huggingface/safetensors: the
// tensors must cover the data from its first to its last byte, without overlap and without holes.
#include "core/formats/safetensors.h"

#include "core/base/utf8.h"
#include "core/formats/file_source.h"
#include "core/formats/known_formats.h"
#include "core/formats/number_codec.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <unordered_set>

namespace quantoscope {

namespace {

constexpr std::uint64_t kLengthBytes = 8;
constexpr std::uint64_t kLongestHeader = 100'000'000; // the reference reader's limit
constexpr std::string_view kMetadata = "__metadata__";

struct HeaderEntry {
    std::string name;
    std::string dtype;
    Shape shape;
    std::vector<std::uint64_t> offsets;
    bool hasDType = false, hasShape = false, hasOffsets = false;
};

std::optional<DType> dtypeFromName(std::string_view text) {
    for (int i = 0; i <= static_cast<int>(DType::F64); ++i)
        if (name(static_cast<DType>(i)) == text) return static_cast<DType>(i);
    return std::nullopt;
}

/// Reads the header event by event: a document tree would hide that a key stands there twice.
class HeaderReader final : public nlohmann::json_sax<nlohmann::json> {
public:
    std::vector<HeaderEntry> entries;
    Metadata metadata;
    Error failure; // of the file's header; `where` is the place in it

    bool null() override { return value("null"); }
    bool boolean(bool) override { return value("a boolean"); }
    bool number_integer(number_integer_t) override { return value("a negative number"); }
    bool number_float(number_float_t, const string_t&) override {
        return value("a number with a fraction or exponent");
    }
    bool binary(binary_t&) override { return value("binary data"); }

    bool number_unsigned(number_unsigned_t number) override {
        if (m_field == Field::Shape && m_arrayDepth == 1 && m_skipDepth == 0) {
            if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
                return refuse(fmt::format("extent {} does not fit 63 bits", number));
            if (entries.back().shape.size() == kMostDimensions)
                return refuse(fmt::format("has more than {} dimensions", kMostDimensions));
            entries.back().shape.push_back(static_cast<std::int64_t>(number));
            return true;
        }
        if (m_field == Field::Offsets && m_arrayDepth == 1 && m_skipDepth == 0) {
            if (entries.back().offsets.size() == 2) return refuse("\"data_offsets\" holds more than 2 numbers");
            entries.back().offsets.push_back(number);
            return true;
        }
        return value("a number");
    }

    bool string(string_t& text) override {
        if (m_level == Level::Metadata) return metadata[m_metadataKey] = std::move(text), true;
        if (m_field == Field::DType && m_arrayDepth == 0 && m_skipDepth == 0) {
            entries.back().dtype = text;
            return true;
        }
        return value("a string");
    }

    bool start_object(std::size_t) override {
        if (m_skipDepth > 0 || (m_level == Level::Tensor && m_field == Field::Unknown)) return ++m_skipDepth, true;
        switch (m_level) {
        case Level::Outside: m_level = Level::Header; return true;
        case Level::Header: m_level = m_key == kMetadata ? Level::Metadata : Level::Tensor; break;
        default: return value("an object");
        }
        if (m_level == Level::Tensor) {
            entries.emplace_back().name = m_key;
            m_field = Field::None;
        }
        return true;
    }

    bool end_object() override {
        if (m_skipDepth > 0) return --m_skipDepth, true;
        if (m_level == Level::Header) return m_level = Level::Outside, true;
        const bool wasTensor = m_level == Level::Tensor;
        m_level = Level::Header;
        m_fieldNames.clear();
        if (!wasTensor) return true;
        const HeaderEntry& entry = entries.back();
        if (!entry.hasDType) return refuse("has no \"dtype\"");
        if (!entry.hasShape) return refuse("has no \"shape\"");
        if (!entry.hasOffsets) return refuse("has no \"data_offsets\"");
        if (entry.offsets.size() != 2)
            return refuse(fmt::format("\"data_offsets\" holds {} numbers, not 2", entry.offsets.size()));
        return true;
    }

    bool key(string_t& text) override {
        if (m_skipDepth > 0) return true;
        if (m_level == Level::Header) {
            m_key = text;
            return m_names.insert(text).second || refuse("stands in the header twice");
        }
        if (!m_fieldNames.insert(text).second) return refuse(fmt::format("has {} twice", inQuotes(text)));
        if (m_level == Level::Metadata) return m_metadataKey = text, true;
        HeaderEntry& entry = entries.back();
        if (text == "dtype") return m_field = Field::DType, entry.hasDType = true;
        if (text == "shape") return m_field = Field::Shape, entry.hasShape = true;
        if (text == "data_offsets") return m_field = Field::Offsets, entry.hasOffsets = true;
        m_field = Field::Unknown; // what later versions may add is skipped, as the reference reader does
        return true;
    }

    bool start_array(std::size_t) override {
        if (m_skipDepth > 0 || (m_level == Level::Tensor && m_field == Field::Unknown)) return ++m_skipDepth, true;
        const bool expected = m_level == Level::Tensor && (m_field == Field::Shape || m_field == Field::Offsets);
        if (!expected || m_arrayDepth > 0) return value("an array");
        ++m_arrayDepth;
        return true;
    }

    bool end_array() override {
        if (m_skipDepth > 0) return --m_skipDepth, true;
        --m_arrayDepth;
        m_field = Field::None;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) override {
        failure = {ErrorCode::Malformed, fmt::format("byte {}", kLengthBytes + (position > 0 ? position - 1 : 0)),
                   "the header is not valid JSON here"};
        return false;
    }

private:
    enum class Level { Outside, Header, Metadata, Tensor };
    enum class Field { None, DType, Shape, Offsets, Unknown };

    /// A value at a place that wants another kind, unless nobody looks at that place.
    bool value(std::string_view kind) {
        if (m_skipDepth > 0 || (m_level == Level::Tensor && m_field == Field::Unknown)) return true;
        return refuse(fmt::format("{} stands where the format has none", kind));
    }

    bool refuse(std::string detail) {
        failure = {ErrorCode::Malformed, m_level == Level::Outside ? "header" : "key " + inQuotes(m_key),
                   std::move(detail)};
        return false;
    }

    Level m_level = Level::Outside;
    Field m_field = Field::None;
    int m_arrayDepth = 0;
    std::size_t m_skipDepth = 0;
    std::string m_key, m_metadataKey;
    std::unordered_set<std::string> m_names, m_fieldNames;
};

class SafetensorsSource final : public FileSource {
public:
    using FileSource::FileSource;

    Status readHeader() {
        auto lengthBytes = file().readUpTo(0, kLengthBytes);
        if (!lengthBytes) return lengthBytes.error();
        const auto length = ByteReader(*lengthBytes).number<std::uint64_t>(ByteOrder::Little, "the header length");
        if (!length) return error(length.error().code, length.error().where, length.error().detail);
        if (*length > kLongestHeader)
            return error(ErrorCode::TooLarge, "byte 0",
                         fmt::format("a header of {} bytes; the format allows {}", *length, kLongestHeader));
        if (*length > file().size() - kLengthBytes)
            return error(ErrorCode::Truncated, "byte 0",
                         fmt::format("a header of {} bytes in a file of {}", *length, file().size()));
        auto text = file().readUpTo(kLengthBytes, static_cast<std::size_t>(*length));
        if (!text) return text.error();
        if (text->empty() || text->front() != std::byte{'{'})
            return error(ErrorCode::Malformed, fmt::format("byte {}", kLengthBytes),
                         "the header does not begin with {");
        m_dataBegin = kLengthBytes + *length;

        HeaderReader reader;
        const auto* begin = reinterpret_cast<const char*>(text->data());
        if (!nlohmann::json::sax_parse(begin, begin + text->size(), &reader))
            return error(reader.failure.code, reader.failure.where, reader.failure.detail);
        m_metadata = std::move(reader.metadata);
        if (Status status = checkCoverage(reader.entries); !status) return status;
        for (HeaderEntry& entry : reader.entries)
            if (Status status = accept(entry); !status) return status;
        if (m_entries.empty() && !m_leftOut.empty())
            return error(ErrorCode::Unsupported, {},
                         "holds no tensor of a kind that can be read: " + m_leftOut.front());
        return {};
    }

    Metadata metadata() const override { return m_metadata; }

private:
    /// From the first to the last byte of the data, no overlap, no hole.
    Status checkCoverage(const std::vector<HeaderEntry>& entries) const {
        std::vector<std::size_t> order(entries.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(),
                  [&](std::size_t a, std::size_t b) { return entries[a].offsets < entries[b].offsets; });
        const std::uint64_t available = file().size() - m_dataBegin;
        std::uint64_t end = 0;
        for (const std::size_t index : order) {
            const HeaderEntry& entry = entries[index];
            const auto refuse = [&](ErrorCode code, std::string detail) {
                return error(code, "key " + inQuotes(entry.name), std::move(detail));
            };
            const std::uint64_t from = entry.offsets[0], to = entry.offsets[1];
            if (to < from) return refuse(ErrorCode::Malformed, fmt::format("its data ends at {} before it begins", to));
            if (from < end) return refuse(ErrorCode::Malformed, fmt::format("its data overlaps another's at {}", from));
            if (from > end)
                return refuse(ErrorCode::Malformed, fmt::format("data bytes {} to {} belong to no tensor", end, from));
            if (to > available)
                return refuse(ErrorCode::Truncated,
                              fmt::format("its data ends at {} and the file holds {} bytes of data", to, available));
            end = to;
        }
        if (end < available)
            return error(ErrorCode::Malformed, fmt::format("byte {}", m_dataBegin + end),
                         fmt::format("the last {} bytes belong to no tensor", available - end));
        return {};
    }

    Status accept(HeaderEntry& entry) {
        const std::string place = "key " + inQuotes(entry.name);
        const auto dtype = dtypeFromName(entry.dtype);
        if (!dtype) {
            m_leftOut.push_back(fmt::format("{} has the dtype {}", inQuotes(entry.name), inQuotes(entry.dtype)));
            return {};
        }
        const auto count = elementCount(entry.shape);
        if (!count) return error(count.error().code, place, count.error().detail);
        const std::uint64_t bytes = entry.offsets[1] - entry.offsets[0];
        if (*count != bytes / byteWidth(*dtype) || bytes % byteWidth(*dtype) != 0)
            return error(ErrorCode::Malformed, place,
                         fmt::format("{} values of {} do not fill its {} bytes", *count, entry.dtype, bytes));
        TensorInfo& info = m_entries.emplace_back();
        info.name = std::move(entry.name);
        info.dtype = *dtype;
        info.shape = std::move(entry.shape);
        m_offsets.push_back(m_dataBegin + entry.offsets[0]);
        return {};
    }

    Status fetch(std::size_t index, std::uint64_t first, std::span<float> out, double& conversionError,
                 const JobControl& job) const override {
        const DType dtype = m_entries[index].dtype;
        return readNumbers(file(), m_offsets[index] + first * byteWidth(dtype), dtype, ByteOrder::Little, out,
                           conversionError, job);
    }

    Metadata m_metadata;
    std::uint64_t m_dataBegin = 0;
    std::vector<std::uint64_t> m_offsets; // of each entry's first byte in the file
};

bool sniff(std::span<const std::byte> head, std::string_view extension) {
    if (extension == "safetensors") return true; // so that a damaged one is told what is wrong with it
    ByteReader reader(head);
    const auto length = reader.number<std::uint64_t>(ByteOrder::Little, {});
    return length && *length >= 2 && *length <= kLongestHeader && reader.remaining() >= 1 && head[8] == std::byte{'{'};
}

Result<std::unique_ptr<TensorSource>> open(const std::filesystem::path& path, const OpenOptions&, const JobControl&) {
    auto file = InputFile::open(path);
    if (!file) return file.error();
    auto source = std::make_unique<SafetensorsSource>(std::move(*file));
    if (Status status = source->readHeader(); !status) return status.error();
    return source;
}

Status write(const std::filesystem::path& path, std::span<const Tensor> tensors, const JobControl& job) {
    return writeSafetensors(path, tensors, {}, job);
}

} // namespace

Status writeSafetensors(const std::filesystem::path& path, std::span<const Tensor> tensors, const Metadata& metadata,
                        const JobControl& job) {
    std::unordered_set<std::string> names;
    for (const Tensor& tensor : tensors) {
        if (Status status = checkValues(tensor); !status) return status;
        if (tensor.info.name == kMetadata || !names.insert(toUtf8(tensor.info.name)).second)
            return Error{ErrorCode::InvalidArgument, inQuotes(tensor.info.name),
                         "a file cannot hold this name, or not twice"};
    }
    // Widest numbers first, so that each tensor is aligned; the header keeps the order that was asked for.
    std::vector<std::size_t> order(tensors.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return byteWidth(tensors[a].info.dtype) > byteWidth(tensors[b].info.dtype);
    });
    std::vector<std::uint64_t> offsets(tensors.size());
    std::uint64_t total = 0;
    for (const std::size_t index : order) {
        offsets[index] = total;
        total += tensors[index].values.size() * byteWidth(tensors[index].info.dtype);
    }
    auto header = nlohmann::ordered_json::object();
    for (const auto& [key, text] : metadata) {
        if (!isUtf8(key) || !isUtf8(text))
            return Error{ErrorCode::InvalidArgument, "metadata " + inQuotes(key), "is not UTF-8"};
        header[kMetadata][key] = text;
    }
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const TensorInfo& info = tensors[i].info;
        header[toUtf8(info.name)] = {
            {"dtype", name(info.dtype)},
            {"shape", info.shape},
            {"data_offsets", {offsets[i], offsets[i] + tensors[i].values.size() * byteWidth(info.dtype)}}};
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');

    auto file = OutputFile::create(path);
    if (!file) return file.error();
    std::array<std::byte, kLengthBytes> length;
    storeNumber<std::uint64_t>(length.data(), text.size(), ByteOrder::Little);
    if (Status status = file->write(length); !status) return status;
    if (Status status = file->write(text); !status) return status;
    std::uint64_t done = 0;
    for (const std::size_t index : order) {
        const Status status = encodeTensor(tensors[index], job, [&](std::span<const std::byte> bytes) {
            done += bytes.size();
            job.progress(static_cast<double>(done) / static_cast<double>(total));
            return file->write(bytes);
        });
        if (!status) return status;
    }
    if (job.cancelled()) return cancelled();
    return file->commit();
}

Format safetensorsFormat() { return {"safetensors", "safetensors", {"safetensors"}, sniff, open, write}; }

} // namespace quantoscope
