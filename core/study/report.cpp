#include "core/study/report.h"

#include "core/base/utf8.h"
#include "core/schemes/scheme_registry.h"
#include "core/study/sweep.h"
#include "core/study/table_writer.h"
#include "core/study/text_table.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string_view>

namespace quantoscope {

namespace {

constexpr std::string_view kStyle = R"(
:root{--surface:#fff;--line:#e3e7ec;--text:#16202b;--text2:#4a5765;--text3:#687585;--rule:#edf0f3}
@media(prefers-color-scheme:dark){:root{--surface:#171c22;--line:#2a323a;--text:#e6ebf0;--text2:#aeb9c4;--text3:#8895a2;--rule:#222a31}
figure img{background:#fff;border-radius:8px}}
body{margin:0 auto;padding:48px 24px 64px;max-width:960px;background:var(--surface);color:var(--text);
font:15px/1.55 Inter,"Segoe UI",system-ui,sans-serif;font-variant-numeric:tabular-nums}
h1{font-size:28px;font-weight:600;margin:0 0 8px;letter-spacing:-.01em}
h2{font-size:17px;font-weight:600;margin:40px 0 12px}
p{margin:0 0 16px;color:var(--text2)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 24px;margin:0}
dt{color:var(--text3)}dd{margin:0;overflow-wrap:anywhere}
figure{margin:0 0 24px;break-inside:avoid}figure img{max-width:100%;height:auto;display:block}
figcaption{color:var(--text3);font-size:13px;margin-top:8px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:13px;width:100%}
th{text-align:left;font-weight:500;color:var(--text3);white-space:nowrap;border-bottom:1px solid var(--line);padding:6px 16px 6px 0}
td{border-bottom:1px solid var(--rule);padding:5px 16px 5px 0;white-space:nowrap}
th.n,td.n{text-align:right}
footer{margin-top:48px;color:var(--text3);font-size:13px}
@media print{body{padding:0;max-width:none}tr{break-inside:avoid}}
)";

std::string escaped(std::string_view raw) {
    const std::string text = toUtf8(raw);
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '&': result += "&amp;"; break;
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        case '"': result += "&quot;"; break;
        case '\'': result += "&#39;"; break;
        default: result += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
        }
    }
    return result;
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t word = 0;
        for (std::size_t k = 0; k < 3; ++k)
            word = word << 8 | (k < have ? static_cast<std::uint8_t>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k) text += k <= have ? digits[word >> (18 - 6 * k) & 63] : '=';
    }
    return text;
}

void appendFacts(std::string& html, std::string_view heading, const ReportFacts& facts) {
    if (facts.empty()) return;
    html += fmt::format("<section>\n<h2>{}</h2>\n<dl>\n", heading);
    for (const auto& [name, value] : facts)
        html += fmt::format("<dt>{}</dt><dd>{}</dd>\n", escaped(name), escaped(value));
    html += "</dl>\n</section>\n";
}

std::string cellHtml(const Cell& cell) {
    if (const auto* flag = std::get_if<bool>(&cell)) return *flag ? "yes" : "no";
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *integer);
    if (const auto* text = std::get_if<std::string>(&cell)) return escaped(*text);
    double number = 0;
    std::string digits;
    if (const auto* value = std::get_if<float>(&cell))
        number = static_cast<double>(*value), digits = numberText(*value);
    else if (const auto* figure = std::get_if<double>(&cell))
        number = *figure, digits = fmt::format("{:.7g}", *figure);
    else
        return "–";
    if (std::isnan(number)) return "–";
    if (std::isinf(number)) return number > 0 ? "∞" : "−∞";
    if (digits.starts_with('-')) digits.replace(0, 1, "−");
    return digits;
}

void appendTable(std::string& html, const Table& table) {
    const auto cssClass = [&](std::size_t column) {
        const ColumnKind kind = table.columns[column].kind;
        return kind == ColumnKind::Text || kind == ColumnKind::Flag ? "" : " class=\"n\"";
    };
    html += fmt::format("<section>\n<h2>{}</h2>\n<div class=\"scroll\"><table>\n<thead><tr>", escaped(table.title));
    for (std::size_t column = 0; column < table.columns.size(); ++column)
        html += fmt::format("<th{} title=\"{}\">{}</th>", cssClass(column), escaped(table.columns[column].help),
                            escaped(table.columns[column].heading()));
    html += "</tr></thead>\n<tbody>\n";
    for (std::size_t row = 0; row < table.rows; ++row) {
        html += "<tr>";
        for (std::size_t column = 0; column < table.columns.size(); ++column)
            html += fmt::format("<td{}>{}</td>", cssClass(column), cellHtml(table.cell(row, column)));
        html += "</tr>\n";
    }
    html += "</tbody>\n</table></div>\n</section>\n";
}

} // namespace

ReportFacts settingsOf(const RunResult& run) {
    const QuantSpec& spec = run.spec();
    ReportFacts facts = {{"Method", nameOf(spec).name},
                         {"Levels requested", countText(run.quantizer->requestedLevels)},
                         {"Bits", fmt::format("{}", run.quantizer->bits)},
                         {"Grouping", formatGrouping(spec.grouping)}};
    if (const auto scheme = findScheme(spec.scheme)) {
        const SchemeInfo& info = (*scheme)->info();
        if (info.usesRange) facts.emplace_back("Range", formatRange(spec.range));
        for (const Parameter& parameter : info.parameters) {
            const std::string text = formatParameter(valueOf(info.parameters, spec.parameters, parameter.id));
            if (!text.empty()) facts.emplace_back(parameter.label, text);
        }
    }
    if (!spec.byHand.empty()) facts.emplace_back("Groups set by hand", countText(spec.byHand.size()));
    if (run.data->nonFinite().total() > 0)
        facts.emplace_back("Non-finite values", fmt::format("{} ({})", countText(run.data->nonFinite().total()),
                                                            run.data->policy() == NonFinitePolicy::Clamp
                                                                ? "infinities clamped, NaN kept as it was"
                                                                : "kept as they were"));
    return facts;
}

ReportFacts resultsOf(const RunResult& run) {
    const ErrorMetrics& errors = run.errors;
    ReportFacts facts = {
        {"Levels that occur", countText(errors.occupied)},
        {"MSE", figureText(errors.mse, ColumnKind::Real)},
        {"SQNR", figureText(errors.sqnrDb, ColumnKind::Decibels) + " dB"},
        {"PSNR", figureText(errors.psnrDb, ColumnKind::Decibels) + " dB"},
        {"Largest error", figureText(errors.maxError, ColumnKind::Real) + " at x = " + numberText(errors.maxErrorAt)},
        {"Mean absolute error", figureText(errors.mae, ColumnKind::Real)},
        {"Cosine", fmt::format("{:.6f}", errors.cosine)},
        {"Code entropy", figureText(errors.codeEntropy, ColumnKind::Bits) + " bit"},
        {"Bits per value", figureText(run.storage.bitsPerValue, ColumnKind::Bits)},
        {"Compression", figureText(run.storage.compressionRatio, ColumnKind::Ratio) + " ×"}};
    if (const double clipped = errors.clippedBelow + errors.clippedAbove; clipped > 0)
        facts.emplace_back("Clipped",
                           fmt::format("{} below, {} above", figureText(errors.clippedBelow, ColumnKind::Share),
                                       figureText(errors.clippedAbove, ColumnKind::Share)));
    facts.emplace_back("Values measured", countText(run.measuredValues) + (run.sampled() ? " (a sample)" : " (all)"));
    return facts;
}

ReportFacts provenanceOf(const Tensor& tensor, const std::string& sha256, const std::string& date) {
    ReportFacts facts = {{"Tensor", tensor.info.name},
                         {"Shape", describe(tensor.info.shape)},
                         {"Number type", std::string(name(tensor.info.dtype))}};
    if (!tensor.file.empty()) facts.emplace_back("File", tensor.file);
    if (!sha256.empty()) facts.emplace_back("SHA-256", sha256);
    facts.emplace_back("Made with", "Quantoscope " QUANTOSCOPE_VERSION);
    if (!date.empty()) facts.emplace_back("Date", date);
    return facts;
}

std::string reportHtml(const Report& report) {
    std::string html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
                       "style-src 'unsafe-inline'\">\n";
    html += fmt::format("<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<h1>{}</h1>\n",
                        escaped(report.title.english()), kStyle, escaped(report.title.english()));
    if (!report.summary.empty()) html += fmt::format("<p>{}</p>\n", escaped(report.summary.english()));
    appendFacts(html, "Results", report.results);
    for (const ReportFigure& figure : report.figures) {
        html += fmt::format("<figure>\n<h2>{0}</h2>\n<img alt=\"{0}\" src=\"data:{1};base64,", escaped(figure.title),
                            escaped(figure.mediaType));
        html += base64(figure.bytes);
        html += fmt::format("\">\n<figcaption>{}</figcaption>\n</figure>\n", escaped(figure.caption));
    }
    for (const Table& table : report.tables) appendTable(html, table.head(kReportRows));
    appendFacts(html, "Settings", report.settings);
    appendFacts(html, "Provenance", report.provenance);
    html += "<footer>Quantoscope " QUANTOSCOPE_VERSION "</footer>\n</body>\n</html>\n";
    return html;
}

} // namespace quantoscope
