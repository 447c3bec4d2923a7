#include "core/formats/npy_header.h"

#include "core/base/utf8.h"
#include "core/formats/file_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace quantoscope {

namespace {

constexpr std::size_t kLongestHeader = std::size_t{1}
                                       << 20; // records with thousands of fields; NumPy itself trusts 10,000

struct NumberType {
    DType dtype;
    std::string_view descr; // without byte order
};

constexpr std::array<NumberType, 12> kNumberTypes{{{DType::Bool, "b1"},
                                                   {DType::U8, "u1"},
                                                   {DType::I8, "i1"},
                                                   {DType::U16, "u2"},
                                                   {DType::I16, "i2"},
                                                   {DType::U32, "u4"},
                                                   {DType::I32, "i4"},
                                                   {DType::U64, "u8"},
                                                   {DType::I64, "i8"},
                                                   {DType::F16, "f2"},
                                                   {DType::F32, "f4"},
                                                   {DType::F64, "f8"}}};

/// Why a dtype that is not a plain number cannot be read, by the letter of its kind.
std::string unsupportedReason(std::string_view descr, char kind) {
    switch (kind) {
    case 'c': return fmt::format("complex numbers ({}) are not supported", descr);
    case 'O': return "Python objects are not supported: they could run code when read";
    case 'S':
    case 'a':
    case 'U': return fmt::format("text ({}) is not numbers", descr);
    case 'M':
    case 'm': return fmt::format("dates and times ({}) are not supported", descr);
    case 'V': return fmt::format("raw records ({}) are not supported", descr);
    case 'f': return fmt::format("floating point of this size ({}) is not supported", descr);
    default: return fmt::format("the dtype {} is not known", inQuotes(descr));
    }
}

/// Reads the dictionary: exactly the three keys, in any order.
class DictionaryReader {
public:
    DictionaryReader(std::string_view text, std::size_t begin) : m_text(text), m_begin(begin) {}

    Result<NpyHeader> read() {
        bool hasDescr = false, hasOrder = false, hasShape = false;
        if (!accept('{')) return malformed("the header is not a Python dictionary");
        while (!accept('}')) {
            const auto key = string();
            if (!key) return malformed("expected a key in quotation marks or }");
            if (!accept(':')) return malformed("expected a colon after the key");
            bool* seen = nullptr;
            if (*key == "descr")
                seen = &hasDescr;
            else if (*key == "fortran_order")
                seen = &hasOrder;
            else if (*key == "shape")
                seen = &hasShape;
            else
                return malformed(fmt::format("unknown key {}", inQuotes(*key)));
            if (*seen) return malformed(fmt::format("the key {} stands there twice", inQuotes(*key)));
            *seen = true;
            Status status = seen == &hasDescr ? descr() : seen == &hasOrder ? fortranOrder() : shape();
            if (!status) return status.error();
            if (!accept(',') && !peek('}')) return malformed("expected a comma or }");
        }
        skipSpace();
        if (m_position != m_text.size()) return malformed("text after the dictionary");
        if (!hasDescr || !hasOrder || !hasShape)
            return malformed("one of the keys descr, fortran_order and shape is missing");
        return std::move(m_header);
    }

private:
    Error malformed(std::string detail) const { return at(ErrorCode::Malformed, std::move(detail)); }
    Error at(ErrorCode code, std::string detail) const {
        return {code, fmt::format("byte {}", m_begin + m_position), std::move(detail)};
    }

    void skipSpace() {
        while (m_position < m_text.size() &&
               std::string_view(" \t\r\n").find(m_text[m_position]) != std::string_view::npos)
            ++m_position;
    }
    bool peek(char c) {
        skipSpace();
        return m_position < m_text.size() && m_text[m_position] == c;
    }
    bool accept(char c) { return peek(c) && ++m_position; }
    bool accept(std::string_view word) {
        skipSpace();
        if (m_text.substr(m_position, word.size()) != word) return false;
        m_position += word.size();
        return true;
    }
    std::optional<std::string_view> string() {
        for (const char quote : {'\'', '"'}) {
            if (!accept(quote)) continue;
            const std::size_t end = m_text.find(quote, m_position);
            if (end == std::string_view::npos) return std::nullopt;
            const std::string_view text = m_text.substr(m_position, end - m_position);
            m_position = end + 1;
            if (text.find('\\') != std::string_view::npos) return std::nullopt;
            return text;
        }
        return std::nullopt;
    }

    Status descr() {
        if (peek('['))
            return at(ErrorCode::Unsupported, "records with named fields are not supported, only plain numbers");
        const auto text = string();
        if (!text) return malformed("descr is not a string");
        const bool hasOrder = !text->empty() && std::string_view("<>|=").find(text->front()) != std::string_view::npos;
        const std::string_view type = hasOrder ? text->substr(1) : *text;
        if (type.empty()) return malformed("descr is empty");
        m_header.order = !hasOrder || text->front() == '=' ? kNativeOrder
                         : text->front() == '>'            ? ByteOrder::Big
                                                           : ByteOrder::Little;
        for (const NumberType& known : kNumberTypes) {
            if (known.descr != type) continue;
            m_header.dtype = known.dtype;
            return {};
        }
        return at(ErrorCode::Unsupported, unsupportedReason(*text, type.front()));
    }

    Status fortranOrder() {
        if (accept(std::string_view("True")))
            m_header.fortranOrder = true;
        else if (!accept(std::string_view("False")))
            return malformed("fortran_order is neither True nor False");
        return {};
    }

    Status shape() {
        if (!accept('(')) return malformed("shape is not a tuple");
        while (!accept(')')) {
            skipSpace();
            std::int64_t extent = 0;
            const char* begin = m_text.data() + m_position;
            const auto [end, failure] = std::from_chars(begin, m_text.data() + m_text.size(), extent);
            if (failure == std::errc::result_out_of_range) return malformed("an extent does not fit 63 bits");
            if (failure != std::errc() || extent < 0) return malformed("an extent is not a number of 0 or more");
            m_position += static_cast<std::size_t>(end - begin);
            accept('L'); // as Python 2 wrote it
            if (m_header.shape.size() == kMostDimensions)
                return malformed(fmt::format("more than {} dimensions", kMostDimensions));
            m_header.shape.push_back(extent);
            if (!accept(',') && !peek(')')) return malformed("expected a comma or ) in the shape");
        }
        return {};
    }

    std::string_view m_text;
    std::size_t m_begin; // of the text in the file
    std::size_t m_position = 0;
    NpyHeader m_header;
};

} // namespace

Result<std::size_t> npyHeaderSize(std::span<const std::byte> prefix) {
    ByteReader reader(prefix);
    const auto magic = reader.take(kNpyMagic.size(), "the magic");
    if (!magic) return magic.error();
    if (!std::equal(magic->begin(), magic->end(), kNpyMagic.begin(),
                    [](std::byte a, char b) { return a == static_cast<std::byte>(b); }))
        return Error{ErrorCode::Malformed, "byte 0", "does not begin with \\x93NUMPY"};
    const auto version = reader.number<std::uint16_t>(ByteOrder::Big, "the version");
    if (!version) return version.error();
    if (*version != 0x0100 && *version != 0x0200 && *version != 0x0300)
        return Error{ErrorCode::Unsupported, "byte 6",
                     fmt::format("format version {}.{}; known are 1.0, 2.0 and 3.0", *version >> 8, *version & 0xff)};
    std::uint32_t length = 0;
    if (*version == 0x0100) {
        const auto number = reader.number<std::uint16_t>(ByteOrder::Little, "the header length");
        if (!number) return number.error();
        length = *number;
    } else {
        const auto number = reader.number<std::uint32_t>(ByteOrder::Little, "the header length");
        if (!number) return number.error();
        length = *number;
    }
    if (length > kLongestHeader)
        return Error{ErrorCode::TooLarge, "byte 8",
                     fmt::format("a header of {} bytes; at most {} are read", length, kLongestHeader)};
    return reader.position() + length;
}

Result<NpyHeader> parseNpyHeader(std::span<const std::byte> header) {
    const auto size = npyHeaderSize(header);
    if (!size) return size.error();
    if (header.size() < *size)
        return Error{ErrorCode::Truncated, "byte 8",
                     fmt::format("the header ends at byte {} and the file at {}", *size, header.size())};
    const std::size_t begin = header[6] == std::byte{1} ? 10 : 12;
    const std::string_view text(reinterpret_cast<const char*>(header.data()) + begin, *size - begin);
    auto parsed = DictionaryReader(text, begin).read();
    if (!parsed) return parsed.error();
    const auto count = elementCount(parsed->shape);
    if (!count) return Error{count.error().code, "shape", count.error().detail};
    if (*count > std::numeric_limits<std::int64_t>::max() / byteWidth(parsed->dtype))
        return Error{ErrorCode::TooLarge, "shape", "the size in bytes does not fit 63 bits"};
    parsed->count = *count;
    parsed->dataBegin = *size;
    if (std::count_if(parsed->shape.begin(), parsed->shape.end(), [](std::int64_t extent) { return extent > 1; }) < 2)
        parsed->fortranOrder = false;
    return parsed;
}

Result<std::string> makeNpyHeader(const TensorInfo& info) {
    const auto* known = std::find_if(kNumberTypes.begin(), kNumberTypes.end(),
                                     [&](const NumberType& type) { return type.dtype == info.dtype; });
    if (known == kNumberTypes.end())
        return Error{
            ErrorCode::Unsupported, inQuotes(info.name),
            fmt::format("NumPy has no number type {}: write it as F32, or write safetensors", name(info.dtype))};
    std::string shape;
    for (const std::int64_t extent : info.shape) shape += fmt::format("{}, ", extent);
    if (info.shape.size() == 1)
        shape.pop_back(); // (3,)
    else if (!shape.empty())
        shape.resize(shape.size() - 2); // (2, 3)
    std::string text = fmt::format("{{'descr': '{}{}', 'fortran_order': False, 'shape': ({}), }}",
                                   byteWidth(info.dtype) == 1 ? '|' : '<', known->descr, shape);
    constexpr std::size_t before = 10; // magic, version, length
    const std::size_t total = (before + text.size() + 1 + 63) / 64 * 64;
    text.append(total - before - text.size() - 1, ' ').append("\n");
    if (text.size() > std::numeric_limits<std::uint16_t>::max())
        return Error{ErrorCode::InvalidArgument, inQuotes(info.name),
                     "its shape has too many dimensions to be written"};
    const auto length = static_cast<unsigned>(text.size());
    std::string header(kNpyMagic);
    header += {'\x01', '\x00', static_cast<char>(length & 0xff), static_cast<char>(length >> 8)};
    return header + text;
}

Status readFortranOrder(const Shape& shape, std::uint64_t first, std::span<float> out, const NpyReadRun& readRun,
                        const JobControl& job) {
    if (out.empty()) return {};
    const auto rows = static_cast<std::uint64_t>(shape[0]);
    std::uint64_t columns = 1; // in the file each column of `rows` values lies in one piece
    for (std::size_t axis = 1; axis < shape.size(); ++axis) columns *= static_cast<std::uint64_t>(shape[axis]);
    const std::uint64_t firstRow = first / columns, lastRow = (first + out.size() - 1) / columns;

    // Short columns are read whole and many at a time: that is cheaper than a system call for each.
    constexpr std::uint64_t shortColumn = 1024, valuesARun = 1 << 20;
    const bool whole = rows <= shortColumn || lastRow - firstRow + 1 == rows;
    const std::uint64_t from = whole ? 0 : firstRow, length = whole ? rows : lastRow - firstRow + 1;
    const std::uint64_t columnsARun = whole ? std::max<std::uint64_t>(1, valuesARun / rows) : 1;
    std::vector<float> buffer;
    std::vector<std::int64_t> position(shape.size(), 0); // of the column, axis 1 fastest; axis 0 is not used
    for (std::uint64_t column = 0; column < columns;) {
        if (job.cancelled()) return cancelled();
        const std::uint64_t run = std::min(columnsARun, columns - column);
        buffer.resize(static_cast<std::size_t>(run * length));
        if (Status status = readRun(column * rows + from, buffer); !status) return status;
        for (std::uint64_t k = 0; k < run; ++k) {
            std::uint64_t rowMajor = 0; // of this column within a row
            for (std::size_t axis = 1; axis < shape.size(); ++axis)
                rowMajor =
                    rowMajor * static_cast<std::uint64_t>(shape[axis]) + static_cast<std::uint64_t>(position[axis]);
            for (std::uint64_t row = firstRow; row <= lastRow; ++row) {
                const std::uint64_t target = row * columns + rowMajor;
                if (target >= first && target - first < out.size())
                    out[static_cast<std::size_t>(target - first)] =
                        buffer[static_cast<std::size_t>(k * length + row - from)];
            }
            for (std::size_t axis = 1; axis < shape.size(); ++axis) {
                if (++position[axis] < shape[axis]) break;
                position[axis] = 0;
            }
        }
        column += run;
        job.progress(static_cast<double>(column) / static_cast<double>(columns));
    }
    return {};
}

} // namespace quantoscope
