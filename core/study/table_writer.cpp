#include "core/study/table_writer.h"

#include "core/base/utf8.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace quantoscope {

namespace {

constexpr std::size_t kPiece = 1 << 16;       // characters handed to the sink at a time
constexpr std::size_t kRowsPerLook = 1 << 12; // between looks at whether to stop

template<class T>
void appendNumber(std::string& out, T value) {
    fmt::format_to(std::back_inserter(out), "{}", value);
}

// fmt's "{}" has the shortest digits, no locale, and signs NaN, which has none to show.
void appendReal(std::string& out, auto value) {
    if (std::isnan(value))
        out += "nan";
    else
        appendNumber(out, value);
}

std::string jsonText(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string csvText(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
    return quoted += '"';
}

std::string tsvText(std::string_view text) {
    std::string plain(text);
    std::replace_if(
        plain.begin(), plain.end(), [](char c) { return c == '\t' || c == '\r' || c == '\n'; }, ' ');
    return plain;
}

std::string markdownText(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '\n' || c == '\r') {
            escaped += ' ';
            continue;
        }
        if (std::string_view("\\`*_[]<>|~&").find(c) != std::string_view::npos) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string latexText(std::string_view text) {
    static constexpr std::pair<std::string_view, std::string_view> kReplacements[] = {
        {"\\", "\\textbackslash{}"},
        {"~", "\\textasciitilde{}"},
        {"^", "\\textasciicircum{}"},
        {"&", "\\&"},
        {"%", "\\%"},
        {"$", "\\$"},
        {"#", "\\#"},
        {"_", "\\_"},
        {"{", "\\{"},
        {"}", "\\}"},
        {"<", "$<$"},
        {">", "$>$"},
        {"|", "$|$"},
        {"\"", "\\textquotedbl{}"},
        {"\n", " "},
        {"\r", " "},
        {"µ", "$\\mu$"},
        {"μ", "$\\mu$"},
        {"σ", "$\\sigma$"},
        {"×", "$\\times$"},
        {"−", "$-$"},
        {"∞", "$\\infty$"},
        {"–", "--"},
    };
    std::string escaped;
    while (!text.empty()) {
        const auto* found = std::find_if(std::begin(kReplacements), std::end(kReplacements),
                                         [&](const auto& pair) { return text.starts_with(pair.first); });
        if (found == std::end(kReplacements)) {
            escaped += text.front();
            text.remove_prefix(1);
        } else {
            escaped += found->second;
            text.remove_prefix(found->first.size());
        }
    }
    return escaped;
}

/// How one format writes rows and cells.
struct Style {
    std::string_view begin, end;       // of the whole
    std::string_view rowBegin, rowEnd; // around a row of cells
    std::string_view rowSeparator;     // between two rows
    std::string_view separator;        // between two cells
    std::string (*text)(std::string_view);
    std::string_view empty;
    std::string_view yes, no;
};

constexpr Style kStyles[] = {
    {"", "", "", "\n", "", ",", csvText, "", "true", "false"},
    {"", "", "", "\n", "", "\t", tsvText, "", "true", "false"},
    {"[", "\n]\n", "\n  {", "}", ",", ", ", jsonText, "null", "true", "false"},
    {"", "", "| ", " |\n", "", " | ", markdownText, "–", "yes", "no"},
    {"", "\\hline\n\\end{tabular}\n", "", " \\\\\n", "", " & ", latexText, "--", "yes", "no"},
};

bool rightAligned(const Column& column) { return column.kind != ColumnKind::Text && column.kind != ColumnKind::Flag; }

void appendHeader(std::string& out, const Table& table, TableFormat format, const Style& style) {
    if (format == TableFormat::Json) return;
    const bool labels = format == TableFormat::Markdown || format == TableFormat::Latex;
    if (format == TableFormat::Latex) {
        out += "\\begin{tabular}{";
        for (const Column& column : table.columns) out += rightAligned(column) ? 'r' : 'l';
        out += "}\n\\hline\n";
    }
    out += style.rowBegin;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (i > 0) out += style.separator;
        out += style.text(labels ? table.columns[i].heading() : table.columns[i].id);
    }
    out += style.rowEnd;
    if (format == TableFormat::Latex) out += "\\hline\n";
    if (format == TableFormat::Markdown) {
        out += '|';
        for (const Column& column : table.columns) out += rightAligned(column) ? " ---: |" : " --- |";
        out += '\n';
    }
}

void appendReal(std::string& out, auto value, TableFormat format) {
    if (std::isfinite(value)) {
        if (format == TableFormat::Json)
            appendNumber(out, static_cast<double>(value));
        else
            appendNumber(out, value);
    } else if (format == TableFormat::Json) {
        out += "null";
    } else if (format == TableFormat::Csv || format == TableFormat::Tsv) {
        appendReal(out, value);
    } else if (std::isnan(value)) {
        out += "NaN";
    } else if (format == TableFormat::Markdown) {
        out += value > 0 ? "∞" : "−∞";
    } else {
        out += value > 0 ? "$\\infty$" : "$-\\infty$";
    }
}

void appendCell(std::string& out, const Cell& cell, TableFormat format, const Style& style) {
    if (const bool* flag = std::get_if<bool>(&cell))
        out += *flag ? style.yes : style.no;
    else if (const std::int64_t* integer = std::get_if<std::int64_t>(&cell))
        appendNumber(out, *integer);
    else if (const float* value = std::get_if<float>(&cell))
        appendReal(out, *value, format);
    else if (const double* figure = std::get_if<double>(&cell))
        appendReal(out, *figure, format);
    else if (const std::string* text = std::get_if<std::string>(&cell))
        out += style.text(*text);
    else
        out += style.empty;
}

} // namespace

std::optional<TableFormat> tableFormatForExtension(std::string_view extension) {
    if (extension == "csv") return TableFormat::Csv;
    if (extension == "tsv") return TableFormat::Tsv;
    if (extension == "json") return TableFormat::Json;
    if (extension == "md") return TableFormat::Markdown;
    if (extension == "tex") return TableFormat::Latex;
    return std::nullopt;
}

Status writeTable(const Table& table, TableFormat format, const std::function<Status(std::string_view)>& sink,
                  const JobControl& job) {
    const Style& style = kStyles[static_cast<std::size_t>(format)];
    std::vector<std::string> keys;
    for (const Column& column : table.columns)
        keys.push_back(format == TableFormat::Json ? jsonText(column.id) + ": " : std::string());

    std::string piece(style.begin);
    appendHeader(piece, table, format, style);
    for (std::size_t row = 0; row < table.rows; ++row) {
        if (row % kRowsPerLook == 0) {
            if (job.cancelled()) return cancelled();
            job.progress(static_cast<double>(row) / static_cast<double>(table.rows));
        }
        if (row > 0) piece += style.rowSeparator;
        piece += style.rowBegin;
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
            if (column > 0) piece += style.separator;
            piece += keys[column];
            appendCell(piece, table.cell(row, column), format, style);
        }
        piece += style.rowEnd;
        if (piece.size() >= kPiece) {
            if (const Status status = sink(piece); !status) return status.error();
            piece.clear();
        }
    }
    piece += style.end;
    return sink(piece);
}

std::string tableText(const Table& table, TableFormat format) {
    std::string text;
    (void)writeTable(table, format, [&](std::string_view piece) {
        text += piece;
        return Status();
    });
    return text;
}

std::string numberText(double value) {
    std::string text;
    appendReal(text, value);
    return text;
}

std::string numberText(float value) {
    std::string text;
    appendReal(text, value);
    return text;
}

} // namespace quantoscope
