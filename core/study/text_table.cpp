#include "core/study/text_table.h"

#include "core/base/text_width.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

constexpr int kDigits = 5; // significant ones of a real number
constexpr int kMaximumPlaces = 9;

/// How all numbers of a column are written, so that their points stand below each other.
struct NumberStyle {
    int places = 0;
    bool scientific = false;
    bool own = false; // each number has the places that five of its own digits need
};

int exponentOf(double magnitude) { return static_cast<int>(std::floor(std::log10(magnitude))); }

/// For real numbers whose magnitudes lie in [smallest, largest]: as many places as the smallest needs for four of its
/// digits, powers of ten where that would be too many.
NumberStyle realStyle(double smallest, double largest) {
    if (largest == 0) return {};
    const int top = exponentOf(largest);
    const int places = std::max({0, kDigits - 1 - top, std::min(kDigits - 2 - exponentOf(smallest), 6)});
    if (top > 9 || places > kMaximumPlaces || exponentOf(smallest) < -6) return {kDigits - 2, true};
    return {places, false};
}

std::string numberText(double value, NumberStyle style) {
    if (std::isnan(value)) return "–";
    if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
    if (style.own && value != 0) {
        const int top = exponentOf(std::abs(value));
        style = {std::max(0, kDigits - 1 - top), false, false};
        if (top > 9 || top < -5) style = {kDigits - 2, true, false};
    }
    std::string text =
        style.scientific ? fmt::format("{:.{}e}", value, style.places) : fmt::format("{:.{}f}", value, style.places);
    // What rounds to nothing has no sign.
    if (text.starts_with('-') && text.find_first_of("123456789") == std::string::npos) text.erase(0, 1);
    if (text.starts_with('-')) text.replace(0, 1, "−");
    return text;
}

double shown(double value, ColumnKind kind) { return kind == ColumnKind::Share ? 100 * value : value; }

const double* finiteFigure(const Cell& cell, double& held) {
    if (const auto* value = std::get_if<float>(&cell))
        held = static_cast<double>(*value);
    else if (const auto* figure = std::get_if<double>(&cell))
        held = *figure;
    else
        return nullptr;
    return std::isfinite(held) ? &held : nullptr;
}

NumberStyle styleFor(const Column& column, const std::vector<Cell>& cells) {
    switch (column.kind) {
    case ColumnKind::Decibels:
    case ColumnKind::Share:
    case ColumnKind::Ratio: return {2, false};
    case ColumnKind::Bits: return {3, false};
    case ColumnKind::Figure: return {0, false, true};
    default: break;
    }
    double smallest = std::numeric_limits<double>::infinity(), largest = 0, held = 0;
    bool whole = true;
    for (const Cell& cell : cells) {
        const double* value = finiteFigure(cell, held);
        if (!value || *value == 0) continue;
        smallest = std::min(smallest, std::abs(*value));
        largest = std::max(largest, std::abs(*value));
        whole = whole && *value == std::trunc(*value);
    }
    if (whole && largest < 1e9) return {};
    if (column.kind == ColumnKind::Time || column.kind == ColumnKind::Throughput)
        return {std::clamp(3 - 1 - exponentOf(largest), 0, 4), false};
    return realStyle(column.better == Better::Neither ? largest : smallest, largest);
}

std::string cellText(const Cell& cell, const Column& column, NumberStyle style) {
    if (const auto* flag = std::get_if<bool>(&cell)) return *flag ? "yes" : "no";
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
        const auto bits = static_cast<std::uint64_t>(*integer);
        const std::string digits = countText(*integer < 0 ? 0 - bits : bits);
        return *integer < 0 ? "−" + digits : digits;
    }
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* value = std::get_if<float>(&cell))
        return numberText(shown(static_cast<double>(*value), column.kind), style);
    if (const auto* figure = std::get_if<double>(&cell)) return numberText(shown(*figure, column.kind), style);
    return "–";
}

} // namespace

std::string countText(std::uint64_t count) {
    std::string text = fmt::format("{}", count);
    for (std::size_t i = text.size(); i > 3;) text.insert(i -= 3, 1, ',');
    return text;
}

std::string figureText(double value, ColumnKind kind) {
    const Column column{{}, {}, kind, {}, Better::Lower, {}};
    std::string text = cellText(Cell(value), column, styleFor(column, {Cell(value)}));
    return kind == ColumnKind::Share && std::isfinite(value) ? text + " %" : text;
}

namespace {

/// Fills up behind the point, so that points stand below each other where texts end at the same column.
void alignPoints(std::vector<std::string>& texts) {
    const auto places = [](const std::string& text) {
        const std::size_t point = text.find('.');
        return point == std::string::npos ? 0 : text.size() - point;
    };
    std::size_t most = 0;
    for (const std::string& text : texts) most = std::max(most, places(text));
    for (std::string& text : texts) text.append(most - places(text), ' ');
}

} // namespace

std::string shownHeading(const Column& column) {
    return column.kind == ColumnKind::Share ? column.label + ", %" : column.heading();
}

std::vector<std::string> columnTexts(const Table& table, std::size_t column) {
    std::vector<Cell> cells;
    cells.reserve(table.rows);
    for (std::size_t row = 0; row < table.rows; ++row) cells.push_back(table.cell(row, column));
    const NumberStyle style = styleFor(table.columns[column], cells);
    std::vector<std::string> texts;
    texts.reserve(cells.size());
    for (const Cell& cell : cells) texts.push_back(cellText(cell, table.columns[column], style));
    if (style.own) alignPoints(texts);
    return texts;
}

std::string textTable(const Table& table) {
    std::vector<std::vector<std::string>> columns; // by column, the heading first
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        std::vector<std::string> texts = columnTexts(table, c);
        texts.insert(texts.begin(), shownHeading(table.columns[c]));
        std::size_t width = 0;
        for (const std::string& text : texts) width = std::max(width, textWidth(text));
        columns.push_back(std::move(texts));
        widths.push_back(width);
    }

    std::string lines;
    for (std::size_t row = 0; row <= table.rows; ++row) {
        std::string line;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const bool text = table.columns[c].kind == ColumnKind::Text || table.columns[c].kind == ColumnKind::Flag;
            line += c > 0 ? "  " : "";
            line += text ? padRight(columns[c][row], widths[c]) : padLeft(columns[c][row], widths[c]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        lines += line + '\n';
        if (row > 0) continue;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            lines += c > 0 ? "  " : "";
            for (std::size_t i = 0; i < widths[c]; ++i) lines += "─";
        }
        lines += '\n';
    }
    return lines;
}

} // namespace quantoscope
