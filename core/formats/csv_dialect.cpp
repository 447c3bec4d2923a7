#include "core/formats/csv_dialect.h"

#include "core/formats/csv_cell.h"
#include "core/formats/csv_parser.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

namespace quantoscope {

namespace {

constexpr std::size_t kMostRows = 200;

using Row = std::vector<std::string>;

class RowCollector final : public CsvSink {
public:
    std::vector<Row> rows;

    void cell(std::string_view text) override { m_row.emplace_back(text); }
    bool endRow(std::uint64_t) override {
        rows.push_back(std::move(m_row));
        m_row.clear();
        return rows.size() < kMostRows;
    }

private:
    Row m_row;
};

std::vector<Row> rowsOf(std::string_view head, bool complete, char separator) {
    RowCollector collector;
    CsvParser parser(separator);
    // Errors are for the reader to report: the rows before them tell the dialect.
    const bool fine = parser.parse(head, collector).has_value();
    if (fine && complete) (void)parser.finish(collector);
    return std::move(collector.rows);
}

struct Score {
    bool severalColumns = false;
    bool equallyWide = false;
    double numericShare = 0; // of the cells that are not missing
    std::size_t width = 0;
    auto key() const { return std::tie(severalColumns, equallyWide, numericShare, width); }
};

Score scoreOf(const std::vector<Row>& rows, char decimalMark) {
    std::map<std::size_t, std::size_t> widths;
    for (const Row& row : rows) ++widths[row.size()];
    const auto usual = std::max_element(widths.begin(), widths.end(),
                                        [](const auto& a, const auto& b) { return a.second < b.second; });
    if (usual == widths.end()) return {};
    std::size_t numbers = 0, present = 0;
    for (const Row& row : rows) {
        for (const std::string& text : row) {
            const Cell::Kind kind = readCell(text, decimalMark).kind;
            numbers += kind == Cell::Kind::Number;
            present += kind != Cell::Kind::Missing;
        }
    }
    return {usual->first > 1, widths.size() == 1,
            present == 0 ? 0.0 : static_cast<double>(numbers) / static_cast<double>(present), usual->first};
}

bool looksLikeHeader(const std::vector<Row>& rows, char decimalMark) {
    if (rows.empty()) return false;
    const Row& first = rows.front();
    const auto kindAt = [&](const Row& row, std::size_t column) {
        return column < row.size() ? readCell(row[column], decimalMark).kind : Cell::Kind::Missing;
    };
    bool allText = true, restPresent = first.size() > 1;
    for (std::size_t column = 0; column < first.size(); ++column) {
        const Cell::Kind kind = kindAt(first, column);
        allText = allText && kind == Cell::Kind::Text;
        if (column > 0 && kind == Cell::Kind::Missing) restPresent = false;
        if (kind != Cell::Kind::Text) continue;
        std::size_t numbers = 0, texts = 0;
        for (std::size_t i = 1; i < rows.size(); ++i) {
            numbers += kindAt(rows[i], column) == Cell::Kind::Number;
            texts += kindAt(rows[i], column) == Cell::Kind::Text;
        }
        if (numbers > texts) return true; // a stray word in a column of numbers is no reason to lose its name
    }
    if (rows.size() == 1) return allText;
    // As data frames with an index are written: no name over the row numbers.
    const bool indexBelow = std::all_of(rows.begin() + 1, rows.end(), [&](const Row& row) {
        return !row.empty() && readCell(row.front(), decimalMark).whole;
    });
    return restPresent && !first.empty() && kindAt(first, 0) == Cell::Kind::Missing && indexBelow;
}

/// Whether every row but the first is one number with a decimal comma. Read with the comma as separator, such a column
/// looks like two, and only the name above it says that it is one.
bool isColumnOfDecimals(const std::vector<Row>& rows) {
    return rows.size() > 1 && rows.front().size() == 1 && std::all_of(rows.begin() + 1, rows.end(), [](const Row& row) {
               return row.size() == 1 && readCell(row.front(), ',').kind == Cell::Kind::Number;
           });
}

} // namespace

CsvDialect detectDialect(std::string_view head, bool complete, const OpenOptions& options) {
    std::vector<char> separators{';', '\t', '|', ','}; // the comma last: it may be a decimal mark or part of a sentence
    if (options.separator)
        separators = {*options.separator};
    else if (options.decimalMark == ',')
        separators.pop_back();
    std::vector<char> marks{'.', ','};
    if (options.decimalMark) marks = {*options.decimalMark};

    CsvDialect best;
    Score bestScore;
    std::vector<Row> bestRows;
    bool first = true;
    for (const char separator : separators) {
        const std::vector<Row> rows = rowsOf(head, complete, separator);
        for (const char mark : marks) {
            const Score score = scoreOf(rows, mark);
            if (!first && !(bestScore.key() < score.key())) continue;
            first = false;
            best.separator = separator;
            best.decimalMark = mark;
            bestScore = score;
            bestRows = rows;
        }
    }
    if (!options.separator && !options.decimalMark && best.separator == ',' && !bestScore.equallyWide) {
        if (std::vector<Row> rows = rowsOf(head, complete, ';'); isColumnOfDecimals(rows)) {
            best.separator = ';';
            best.decimalMark = ',';
            bestRows = std::move(rows);
        }
    }
    best.header = options.header.value_or(looksLikeHeader(bestRows, best.decimalMark));
    return best;
}

} // namespace quantoscope
