// CSV and TSV: tables in text. Each column of numbers is a tensor, and all of them together the matrix "*".
// A row with a missing cell is dropped from the matrix, the cell alone from its column; both are counted.
#include "core/base/output_file.h"
#include "core/base/utf8.h"
#include "core/formats/csv_reader.h"
#include "core/formats/csv_table.h"
#include "core/formats/file_source.h"
#include "core/formats/known_formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>

namespace quantoscope {

namespace {

constexpr std::size_t kBytesARun = std::size_t{1} << 20;

std::string_view textOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class CsvSource final : public FileSource {
public:
    using FileSource::FileSource;

    Status readAll(const OpenOptions& options, const JobControl& job) {
        const auto layout = detectLayout(file(), options);
        if (!layout) return layout.error();
        CsvTable table(layout->dialect);
        if (Status status = readRows(file(), *layout, table, job); !status) return status;
        const std::size_t rows = table.rows();
        if (rows == 0)
            return error(ErrorCode::Unsupported, {},
                         layout->dialect.header ? "a header and no rows: there is nothing to read"
                                                : "there are no rows in it");
        m_columns = table.takeColumns(m_leftOut);
        if (m_columns.empty())
            return error(ErrorCode::Unsupported, {},
                         "no column of numbers: " + fmt::format("{}", fmt::join(m_leftOut, ", ")));
        describeEntries(rows);
        return {};
    }

    Result<Tensor> load(std::size_t index, const JobControl& job) const override {
        auto tensor = FileSource::load(index, job);
        if (!tensor) return tensor;
        tensor->missing = index < m_columns.size() ? m_columns[index].missingCount : m_droppedRows;
        return tensor;
    }

private:
    void describeEntries(std::size_t rows) {
        bool whole = true, complete = true;
        for (const CsvColumn& column : m_columns) {
            TensorInfo& info = m_entries.emplace_back();
            info.name = column.name;
            info.dtype = column.whole ? DType::I64 : DType::F64;
            info.shape = {static_cast<std::int64_t>(rows - column.missingCount)};
            whole = whole && column.whole;
            complete = complete && column.missingCount == 0;
        }
        if (m_columns.size() == 1) return;
        if (!complete) {
            for (std::size_t row = 0; row < rows; ++row) {
                const bool lacks = std::any_of(m_columns.begin(), m_columns.end(),
                                               [&](const CsvColumn& column) { return column.isMissing(row); });
                if (!lacks) m_completeRows.push_back(row);
            }
            m_droppedRows = rows - m_completeRows.size();
        }
        TensorInfo& info = m_entries.emplace_back();
        info.name = "*";
        info.dtype = whole ? DType::I64 : DType::F64;
        info.shape = {static_cast<std::int64_t>(rows - m_droppedRows), static_cast<std::int64_t>(m_columns.size())};
        info.kind = TensorKind::Table;
    }

    Status fetch(std::size_t index, std::uint64_t first, std::span<float> out, double& conversionError,
                 const JobControl&) const override {
        if (index < m_columns.size()) {
            const CsvColumn& column = m_columns[index];
            conversionError = std::max(conversionError, column.conversionError);
            if (column.missingCount == 0) {
                std::copy_n(column.values.begin() + static_cast<std::ptrdiff_t>(first), out.size(), out.begin());
                return {};
            }
            for (std::size_t row = 0, position = 0; row < column.values.size() && position < first + out.size();
                 ++row) {
                if (column.isMissing(row)) continue;
                if (position >= first) out[position - first] = column.values[row];
                ++position;
            }
            return {};
        }
        const std::size_t width = m_columns.size();
        for (const CsvColumn& column : m_columns) conversionError = std::max(conversionError, column.conversionError);
        for (std::size_t i = 0; i < out.size(); ++i) {
            const auto position = static_cast<std::size_t>(first) + i;
            const std::size_t row = m_droppedRows == 0 ? position / width : m_completeRows[position / width];
            out[i] = m_columns[position % width].values[row];
        }
        return {};
    }

    std::vector<CsvColumn> m_columns;
    std::vector<std::size_t> m_completeRows; // only where some are not
    std::uint64_t m_droppedRows = 0;
};

bool isTextExtension(std::string_view extension) {
    constexpr std::array<std::string_view, 6> known{"csv", "tsv", "tab", "txt", "dat", "data"};
    return std::find(known.begin(), known.end(), extension) != known.end();
}

/// Text that either says by its name that it is a table, or has a number for a cell.
bool isTable(std::span<const std::byte> head, std::string_view extension) {
    const std::string_view text = textOf(head);
    if (isUtf16(text)) return isTextExtension(extension);
    const bool control = std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && std::string_view("\t\r\n\f\v").find(c) == std::string_view::npos;
    });
    if (control) return false;
    if (isTextExtension(extension)) return true;
    const CsvDialect dialect = detectDialect(text, false, {});
    CsvTable table({dialect.separator, dialect.decimalMark, dialect.header});
    CsvParser parser(dialect.separator);
    if (!parser.parse(text, table) || table.rows() == 0) return false;
    std::vector<std::string> leftOut;
    return !table.takeColumns(leftOut).empty();
}

bool sniffTabs(std::span<const std::byte> head, std::string_view extension) {
    return (extension == "tsv" || extension == "tab") && isTable(head, extension);
}

Result<std::unique_ptr<TensorSource>> open(const std::filesystem::path& path, const OpenOptions& options,
                                           const JobControl& job) {
    auto file = InputFile::open(path);
    if (!file) return file.error();
    auto source = std::make_unique<CsvSource>(std::move(*file));
    if (Status status = source->readAll(options, job); !status) return status.error();
    return source;
}

/// A column to be written: every stride-th value of a tensor.
struct OutputColumn {
    std::string name;
    DType dtype;
    const float* values;
    std::size_t stride;
};

void appendQuoted(std::string& text, std::string_view cell, char separator) {
    const bool plain = cell.find_first_of("\"\r\n") == std::string_view::npos &&
                       cell.find(separator) == std::string_view::npos && cell.front() != ' ' && cell.back() != ' ';
    if (plain) {
        text += cell;
        return;
    }
    text += '"';
    for (const char c : cell) text.append(c == '"' ? 2 : 1, c);
    text += '"';
}

/// The shortest digits that read back as the same float32; a floating-point column shows that it is one.
void appendNumber(std::string& text, float value, bool floating) {
    std::array<char, 64> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    const std::string_view number(digits.data(), static_cast<std::size_t>(end - digits.data()));
    if (!floating && number.find('e') != std::string_view::npos) {
        fmt::format_to(std::back_inserter(text), "{:.0f}", value);
        return;
    }
    text += number;
    if (floating && number.find_first_of(".en") == std::string_view::npos) text += ".0";
}

Result<std::vector<OutputColumn>> outputColumns(std::span<const Tensor> tensors, std::size_t& rows) {
    std::vector<OutputColumn> columns;
    for (const Tensor& tensor : tensors) {
        const TensorInfo& info = tensor.info;
        if (Status status = checkValues(tensor); !status) return status.error();
        if (info.shape.size() > 2)
            return Error{ErrorCode::Unsupported, inQuotes(info.name),
                         fmt::format("a table has no place for {} dimensions: write .npy", info.shape.size())};
        if (tensor.values.empty())
            return Error{ErrorCode::Unsupported, inQuotes(info.name), "a table cannot hold a tensor without values"};
        const std::size_t width = info.shape.size() == 2 ? static_cast<std::size_t>(info.shape[1]) : 1;
        const std::size_t height = tensor.values.size() / width;
        if (!columns.empty() && height != rows)
            return Error{ErrorCode::InvalidArgument, inQuotes(info.name),
                         fmt::format("has {} rows and the columns before it {}", height, rows)};
        rows = height;
        const bool unnamed = info.name.empty() || info.name == "*";
        for (std::size_t i = 0; i < width; ++i) {
            std::string name = unnamed                  ? fmt::format("column {}", columns.size() + 1)
                               : info.shape.size() == 2 ? fmt::format("{} {}", info.name, i + 1)
                                                        : info.name;
            columns.push_back({std::move(name), info.dtype, tensor.values.data() + i, width});
        }
    }
    if (columns.empty()) return Error{ErrorCode::InvalidArgument, {}, "there is nothing to write"};
    return columns;
}

Status writeTable(const std::filesystem::path& path, std::span<const Tensor> tensors, char separator,
                  const JobControl& job) {
    std::size_t rows = 0;
    const auto columns = outputColumns(tensors, rows);
    if (!columns) return columns.error();
    for (const Tensor& tensor : tensors) {
        if (isFloatingPoint(tensor.info.dtype)) continue;
        const auto odd = std::find_if(tensor.values.begin(), tensor.values.end(),
                                      [](float value) { return !std::isfinite(value) || value != std::trunc(value); });
        if (odd != tensor.values.end())
            return Error{ErrorCode::InvalidArgument,
                         fmt::format("{}: value {}", inQuotes(tensor.info.name), odd - tensor.values.begin()),
                         fmt::format("{} cannot be stored as {}", *odd, name(tensor.info.dtype))};
    }
    auto file = OutputFile::create(path);
    if (!file) return file.error();
    std::string text;
    for (std::size_t i = 0; i < columns->size(); ++i) {
        if (i > 0) text += separator;
        appendQuoted(text, (*columns)[i].name, separator);
    }
    text += '\n';
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t i = 0; i < columns->size(); ++i) {
            const OutputColumn& column = (*columns)[i];
            if (i > 0) text += separator;
            appendNumber(text, column.values[row * column.stride], isFloatingPoint(column.dtype));
        }
        text += '\n';
        if (text.size() < kBytesARun) continue;
        if (job.cancelled()) return cancelled();
        if (Status status = file->write(text); !status) return status;
        text.clear();
        job.progress(static_cast<double>(row) / static_cast<double>(rows));
    }
    if (job.cancelled()) return cancelled();
    if (Status status = file->write(text); !status) return status;
    job.progress(1);
    return file->commit();
}

Status writeCommas(const std::filesystem::path& path, std::span<const Tensor> tensors, const JobControl& job) {
    return writeTable(path, tensors, ',', job);
}

Status writeTabs(const std::filesystem::path& path, std::span<const Tensor> tensors, const JobControl& job) {
    return writeTable(path, tensors, '\t', job);
}

} // namespace

Format csvFormat() {
    return {"csv", "CSV table", {"csv", "txt", "dat", "data"}, isTable, open, writeCommas, false, true};
}
Format tsvFormat() { return {"tsv", "TSV table", {"tsv", "tab"}, sniffTabs, open, writeTabs, false, true}; }

} // namespace quantoscope
