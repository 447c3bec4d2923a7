// Samples out of a table in text: a row each. The columns of numbers come in one pass; where the label is text, a
// second one collects its words.
#include "core/base/utf8.h"
#include "core/formats/csv_cell.h"
#include "core/formats/csv_reader.h"
#include "core/formats/csv_table.h"
#include "core/formats/file_source.h"
#include "core/study/lab_labels.h"
#include "core/study/lab_sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <unordered_map>

namespace quantoscope {

namespace {

struct Table {
    CsvLayout layout;
    std::size_t rows = 0;
    std::vector<CsvColumn> columns;

    bool isEmpty(std::size_t column) const { return !columns[column].isText() && columns[column].missingCount == rows; }
};

Result<Table> readTable(const InputFile& file, const OpenOptions& options, const JobControl& job) {
    auto layout = detectLayout(file, options);
    if (!layout) return layout.error();
    CsvTable reader(layout->dialect);
    if (Status status = readRows(file, *layout, reader, job); !status) return status.error();
    if (reader.rows() == 0) return Error{ErrorCode::Unsupported, file.at(), "there are no rows in it"};
    const std::size_t rows = reader.rows();
    return Table{*layout, rows, reader.takeAllColumns()};
}

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

/// The column that most people would mean; the number of columns where none holds a value.
std::size_t suggestedLabel(const Table& table) {
    constexpr std::array<std::string_view, 12> usual{"label",   "labels",   "class", "classes", "target",  "targets",
                                                     "species", "category", "y",     "digit",   "outcome", "diagnosis"};
    std::size_t best = table.columns.size(), bestRank = usual.size();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.isEmpty(i)) continue;
        const auto* const found = std::find(usual.begin(), usual.end(), lowerCase(table.columns[i].name));
        const auto rank = static_cast<std::size_t>(found - usual.begin());
        if (rank < bestRank || (rank == usual.size() && bestRank == usual.size())) {
            best = i;
            bestRank = rank;
        }
    }
    return best;
}

Result<std::size_t> findLabel(const InputFile& file, const Table& table, std::string_view wanted) {
    const std::size_t count = table.columns.size();
    if (wanted.empty()) {
        const std::size_t suggested = suggestedLabel(table);
        if (suggested < count) return suggested;
        return Error{ErrorCode::Unsupported, file.at(), "no column holds a value"};
    }
    const auto named = std::find_if(table.columns.begin(), table.columns.end(),
                                    [&](const CsvColumn& column) { return column.name == wanted; });
    if (named != table.columns.end()) return static_cast<std::size_t>(named - table.columns.begin());
    std::size_t number = 0;
    const char* const end = wanted.data() + wanted.size();
    const auto parsed = std::from_chars(wanted.data(), end, number);
    if (parsed.ec == std::errc() && parsed.ptr == end && number >= 1 && number <= count) return number - 1;
    std::string names;
    for (std::size_t i = 0; i < count && i < 20; ++i)
        names.append(names.empty() ? "" : ", ").append(inQuotes(table.columns[i].name));
    return Error{ErrorCode::NotFound, file.at("column " + inQuotes(wanted)),
                 fmt::format("there is none; there are {} columns: {}{}", count, names, count > 20 ? ", …" : "")};
}

/// 0, 1, 2, ... or 1, 2, 3, ... under a name that means no more.
bool countsRows(const Table& table, std::size_t index) {
    constexpr std::array<std::string_view, 9> names{"column 1", "unnamed: 0", "id", "index", "row",
                                                    "no",       "nr",         "#",  "n"};
    const CsvColumn& column = table.columns[index];
    if (index != 0 || !table.layout.dialect.header || column.isText() || column.missingCount > 0) return false;
    if (std::find(names.begin(), names.end(), lowerCase(column.name)) == names.end()) return false;
    const float first = column.values[0];
    if (table.rows < 3 || (first != 0 && first != 1)) return false;
    for (std::size_t row = 0; row < table.rows; ++row)
        if (column.values[row] != static_cast<float>(row) + first) return false;
    return true;
}

/// The words of one column, a row each.
class WordCollector final : public CsvSink {
public:
    static constexpr std::uint32_t kMissing = ~std::uint32_t{0};

    WordCollector(const CsvDialect& dialect, std::size_t column, std::size_t most)
        : m_dialect(dialect), m_column(column), m_most(most), m_inHeader(dialect.header) {}

    void cell(std::string_view text) override {
        if (m_next++ != m_column || m_inHeader) return;
        if (readCell(text, m_dialect.decimalMark).kind == Cell::Kind::Missing) {
            codes.push_back(kMissing);
            return;
        }
        const std::size_t begin = text.find_first_not_of(" \t"), end = text.find_last_not_of(" \t");
        const auto [place, added] = m_codes.emplace(toUtf8(text.substr(begin, end - begin + 1)), words.size());
        if (added) words.push_back(place->first);
        codes.push_back(place->second);
    }

    bool endRow(std::uint64_t) override {
        m_next = 0;
        m_inHeader = false;
        return words.size() <= m_most;
    }

    std::vector<std::string> words;
    std::vector<std::uint32_t> codes; // into words, or kMissing

private:
    CsvDialect m_dialect;
    std::size_t m_column, m_most, m_next = 0;
    bool m_inHeader;
    std::unordered_map<std::string, std::uint32_t> m_codes;
};

class TableLoader {
public:
    TableLoader(const InputFile& file, const Table& table, std::size_t label)
        : m_file(file), m_table(table), m_label(label), m_labels(table.columns[label]) {}

    Result<LabData> load(const LabDataOptions& options, const JobControl& job) {
        if (m_table.isEmpty(m_label)) return labelError(ErrorCode::InvalidArgument, "holds no value");
        chooseFeatures();
        if (m_features.empty()) {
            const std::string notes = Phrase::joined(m_loaded.notes, " ").english();
            return Error{ErrorCode::Unsupported, m_file.at(),
                         "no column of numbers is left to learn from: " + notes.substr(0, notes.rfind('.'))};
        }
        if (m_labels.isText())
            if (Status status = readWords(options.task, job); !status) return status.error();
        if (Status status = chooseRows(job); !status) return status.error();
        if (Status status = fillInputs(job); !status) return status.error();
        if (Status status = fillLabels(options.task); !status) return status.error();
        m_loaded.label = m_labels.name;
        return std::move(m_loaded);
    }

private:
    void note(Phrase phrase) { m_loaded.notes.push_back(std::move(phrase)); }

    Error labelError(ErrorCode code, std::string detail) const {
        return {code, m_file.at("column " + inQuotes(m_labels.name)), std::move(detail)};
    }

    void chooseFeatures() {
        for (std::size_t i = 0; i < m_table.columns.size(); ++i) {
            if (i == m_label) continue;
            const CsvColumn& column = m_table.columns[i];
            const std::string name = inQuotes(column.name);
            if (column.isText())
                note(Phrase("Column {0} holds text, such as {1}.", name, column.text));
            else if (m_table.isEmpty(i))
                note(Phrase("Column {0} holds no value.", name));
            else if (countsRows(m_table, i))
                note(Phrase("Column {0} only counts the rows.", name));
            else
                m_features.push_back(i);
        }
    }

    Status readWords(LabTask task, const JobControl& job) {
        if (task == LabTask::Regression)
            return labelError(ErrorCode::InvalidArgument,
                              fmt::format("holds text, such as {}: only numbers can be predicted", m_labels.text));
        const std::size_t most = task == LabTask::Auto ? kMostAutoClasses : kMostClasses;
        WordCollector collector(m_table.layout.dialect, m_label, most);
        if (Status status = readRows(m_file, m_table.layout, collector, {job.stop, {}}); !status) return status;
        if (collector.words.size() > most)
            return labelError(
                ErrorCode::InvalidArgument,
                fmt::format("holds more than {} different words, such as {}: {}", most, m_labels.text,
                            task == LabTask::Auto ? "classes only if they are asked for" : "too many for classes"));
        if (collector.codes.size() != m_table.rows)
            return Error{ErrorCode::Truncated, m_file.at(), "the file changed while it was read"};
        m_words = std::move(collector.words);
        m_codes = std::move(collector.codes);
        return {};
    }

    bool lacksLabel(std::size_t row) const {
        return m_labels.isText() ? m_codes[row] == WordCollector::kMissing : m_labels.isMissing(row);
    }

    Error nonFinite(std::size_t row, const CsvColumn& column) const {
        return {ErrorCode::NonFinite, m_file.at(fmt::format("row {}, column {}", row + 1, inQuotes(column.name))),
                fmt::format("{} is no number to learn from", column.values[row])};
    }

    Status chooseRows(const JobControl& job) {
        for (std::size_t row = 0; row < m_table.rows; ++row) {
            if (row % 4096 == 0 && job.cancelled()) return cancelled();
            const bool lacks = lacksLabel(row) || std::any_of(m_features.begin(), m_features.end(), [&](std::size_t i) {
                                   return m_table.columns[i].isMissing(row);
                               });
            if (!lacks) m_rows.push_back(row);
        }
        m_loaded.dropped = m_table.rows - m_rows.size();
        if (m_rows.empty()) return Error{ErrorCode::Unsupported, m_file.at(), "every row lacks a cell"};
        if (m_loaded.dropped == 1)
            note(Phrase("1 row lacks a cell and was dropped."));
        else if (m_loaded.dropped > 1)
            note(Phrase("{0} rows lack a cell and were dropped.", m_loaded.dropped));
        return {};
    }

    Status fillInputs(const JobControl& job) {
        Dataset& data = m_loaded.data;
        data.sampleShape = {static_cast<std::int64_t>(m_features.size())};
        for (const std::size_t i : m_features) data.features.push_back(m_table.columns[i].name);
        const std::uint64_t count = std::uint64_t{m_rows.size()} * m_features.size();
        const auto made = withinMemory(m_file.at(), [&]() -> Status {
            data.inputs.resize(static_cast<std::size_t>(count));
            return {};
        });
        if (!made) return made;
        auto next = data.inputs.begin();
        for (std::size_t k = 0; k < m_rows.size(); ++k) {
            if (k % 4096 == 0 && job.cancelled()) return cancelled();
            for (const std::size_t i : m_features) {
                const CsvColumn& column = m_table.columns[i];
                *next = column.values[m_rows[k]];
                if (!std::isfinite(*next++)) return nonFinite(m_rows[k], column);
            }
        }
        return {};
    }

    Status fillLabels(LabTask task) {
        Dataset& data = m_loaded.data;
        if (m_labels.isText()) {
            std::vector<std::uint32_t> codes;
            for (const std::size_t row : m_rows) codes.push_back(m_codes[row]);
            return located(nameClasses(m_words, codes, data));
        }
        std::vector<float> numbers;
        for (const std::size_t row : m_rows) {
            numbers.push_back(m_labels.values[row]);
            if (!std::isfinite(numbers.back())) return nonFinite(row, m_labels);
        }
        if (task == LabTask::Auto)
            task = areFewWholeNumbers(numbers, kMostAutoClasses) ? LabTask::Classification : LabTask::Regression;
        if (task == LabTask::Regression) {
            data.targets = std::move(numbers);
            return {};
        }
        if (m_labels.whole && m_labels.conversionError > 0)
            return labelError(ErrorCode::InvalidArgument, "holds numbers too large to be told apart as classes");
        return located(nameClasses(numbers, data));
    }

    Status located(Status status) const {
        if (status) return status;
        return labelError(status.error().code, status.error().detail);
    }

    const InputFile& m_file;
    const Table& m_table;
    std::size_t m_label;
    const CsvColumn& m_labels;
    std::vector<std::size_t> m_features, m_rows; // what is taken
    std::vector<std::string> m_words;            // of a label in text
    std::vector<std::uint32_t> m_codes;
    LabData m_loaded;
};

} // namespace

Result<LabData> loadLabTable(const std::filesystem::path& path, const LabDataOptions& options, const JobControl& job) {
    const auto file = InputFile::open(path);
    if (!file) return file.error();
    const auto table = readTable(*file, options.open, job);
    if (!table) return table.error();
    const auto label = findLabel(*file, *table, options.label);
    if (!label) return label.error();
    return TableLoader(*file, *table, *label).load(options, job);
}

Result<LabelColumns> labelColumnsOfTable(const std::filesystem::path& path, const OpenOptions& options,
                                         const JobControl& job) {
    const auto file = InputFile::open(path);
    if (!file) return file.error();
    const auto table = readTable(*file, options, job);
    if (!table) return table.error();
    const std::size_t suggested = suggestedLabel(*table);
    LabelColumns found;
    for (std::size_t i = 0; i < table->columns.size(); ++i) {
        if (table->isEmpty(i)) continue;
        const CsvColumn& column = table->columns[i];
        std::vector<float> present;
        for (std::size_t row = 0; row < column.values.size(); ++row)
            if (!column.isMissing(row)) present.push_back(column.values[row]);
        const bool classes = column.isText() || areFewWholeNumbers(present, kMostAutoClasses);
        if (i == suggested) found.suggested = found.columns.size();
        found.columns.push_back(
            {column.name, column.isText(), classes ? LabTask::Classification : LabTask::Regression});
    }
    if (found.columns.empty()) return Error{ErrorCode::Unsupported, file->at(), "no column holds a value"};
    return found;
}

} // namespace quantoscope
