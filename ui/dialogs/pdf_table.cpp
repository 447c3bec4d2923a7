#include "ui/dialogs/pdf_table.h"

#include "core/study/text_table.h"
#include "ui/dialogs/page_flow.h"
#include "ui/dialogs/pdf_text.h"
#include "ui/dialogs/report_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/palette.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <optional>

namespace quantoscope::ui {

namespace {

constexpr double kRow = 20;
constexpr double kHeaderLine = 14;
constexpr double kGap = 14;             // between columns
constexpr double kWidestText = 210;     // of a column of texts
constexpr double kMostStretch = 40;     // added to a column where the page has room
constexpr std::size_t kRowsAtLeast = 3; // below a header

struct PdfColumn {
    QString heading;
    QStringList headingLines; // one or two
    QStringList cells;
    std::vector<bool> best;
    bool number = true;
    double width = 0; // without the gap
};

using Band = std::vector<PdfColumn>;

QFont headerFont() { return typeface(paper::caption); }
QFont bodyFont() { return typeface(paper::body); }
QFont bestFont() { return typeface(paper::body, weight::bold); }

/// The break that leaves the narrower lines, where the cells do not need the width anyway.
QStringList brokenHeading(const QString& text, double cellWidth) {
    const QFont font = headerFont();
    QStringList best{text};
    double width = textWidth(font, text);
    for (qsizetype at = text.indexOf(u' '); at > 0 && width > cellWidth; at = text.indexOf(u' ', at + 1)) {
        const QStringList lines{text.left(at), text.mid(at + 1)};
        const double broken = std::max(textWidth(font, lines.first()), textWidth(font, lines.last()));
        if (broken < width) best = lines, width = broken;
    }
    return best;
}

std::optional<double> figure(const Cell& cell) {
    if (const auto* value = std::get_if<float>(&cell)) return static_cast<double>(*value);
    if (const auto* value = std::get_if<double>(&cell)) return *value;
    return {};
}

/// Which cells hold the best figure; none where all are equal.
std::vector<bool> bestOf(const Table& table, std::size_t column) {
    std::vector<bool> best(table.rows, false);
    const Better better = table.columns[column].better;
    if (better == Better::Neither || table.rows < 2 || table.columns.front().kind != ColumnKind::Text) return best;
    std::vector<double> values;
    for (std::size_t row = 0; row < table.rows; ++row)
        values.push_back(figure(table.cell(row, column)).value_or(std::nan("")));
    double least = std::nan(""), most = std::nan("");
    for (const double value : values) least = std::fmin(least, value), most = std::fmax(most, value);
    if (!(least < most)) return best;
    for (std::size_t row = 0; row < table.rows; ++row)
        best[row] = values[row] == (better == Better::Higher ? most : least);
    return best;
}

bool isKnown(const Table& table, std::size_t column) {
    for (std::size_t row = 0; row < table.rows; ++row)
        if (!std::holds_alternative<std::monostate>(table.cell(row, column))) return true;
    return table.rows == 0;
}

PdfColumn columnFor(const Table& table, std::size_t index) {
    const ColumnKind kind = table.columns[index].kind;
    PdfColumn column;
    column.number = kind != ColumnKind::Text && kind != ColumnKind::Flag;
    column.best = bestOf(table, index);
    const QFont font = bodyFont();
    const std::vector<std::string> texts = columnTexts(table, index);
    for (std::size_t row = 0; row < texts.size(); ++row) {
        QString text = column.number ? reportNumber(texts[row]) : reportValue(texts[row]);
        const QFont& used = column.best[row] ? bestFont() : font;
        if (!column.number && textWidth(used, text) > kWidestText)
            text = QFontMetricsF(used).elidedText(text, Qt::ElideRight, kWidestText);
        column.width = std::max(column.width, textWidth(used, text));
        column.cells << text;
    }
    column.heading = reportValue(shownHeading(table.columns[index]));
    column.headingLines = brokenHeading(column.heading, column.width);
    for (const QString& line : column.headingLines)
        column.width = std::max(column.width, textWidth(headerFont(), line));
    column.width = std::ceil(column.width);
    return column;
}

double naturalWidth(const Band& band) {
    double width = -kGap;
    for (const PdfColumn& column : band) width += kGap + column.width;
    return width;
}

/// With headings on one line where there is room for them.
Band relaxed(const Band& band, double room) {
    Band wide = band;
    for (PdfColumn& column : wide) {
        column.headingLines = QStringList{column.heading};
        column.width = std::max(column.width, std::ceil(textWidth(headerFont(), column.heading)));
    }
    return naturalWidth(wide) <= room ? wide : band;
}

std::vector<Band> bandsOf(const std::vector<PdfColumn>& columns, double room) {
    std::vector<Band> bands(1);
    for (const PdfColumn& column : columns) {
        if (bands.back().size() > 1 && naturalWidth(bands.back()) + kGap + column.width > room)
            bands.push_back({columns.front()});
        bands.back().push_back(column);
    }
    for (Band& band : bands) band = relaxed(band, room);
    return bands;
}

/// Where its columns begin and end, and how it is put on pages.
class BandWriter {
public:
    BandWriter(PageFlow& pages, const Band& band) : m_pages(pages), m_band(band) {
        const double spare = std::max(0.0, pages.area().width() - naturalWidth(band));
        const double stretch =
            band.size() < 2 ? 0 : std::min(kMostStretch, spare / static_cast<double>(band.size() - 1));
        double begin = pages.area().left();
        for (const PdfColumn& column : band) {
            m_headerLines = std::max(m_headerLines, column.headingLines.size());
            m_places.push_back({begin, begin + column.width});
            begin += column.width + kGap + stretch;
        }
        m_end = m_places.back().end;
    }

    double headerHeight() const { return static_cast<double>(m_headerLines) * kHeaderLine + 8; }

    void putHeader() {
        const QRectF strip = m_pages.take(headerHeight());
        for (std::size_t c = 0; c < m_band.size(); ++c) {
            const QStringList& lines = m_band[c].headingLines;
            double y = strip.bottom() - 4 - static_cast<double>(lines.size()) * kHeaderLine;
            for (const QString& line : lines) {
                putLines(m_pages, {line}, headerFont(), lightPalette().text3, {start(c, line, headerFont()), y},
                         kHeaderLine);
                y += kHeaderLine;
            }
        }
        putRule(strip.bottom(), lightPalette().line2);
    }

    void putRow(std::size_t row) {
        const QRectF strip = m_pages.take(kRow);
        for (std::size_t c = 0; c < m_band.size(); ++c) {
            const QString& text = m_band[c].cells.at(static_cast<qsizetype>(row));
            const QFont font = m_band[c].best[row] ? bestFont() : bodyFont();
            putLines(m_pages, {text}, font, lightPalette().text, {start(c, text, font), strip.top()}, kRow);
        }
        putRule(strip.bottom(), lightPalette().line);
    }

private:
    struct Place {
        double begin, end;
    };

    double start(std::size_t column, const QString& text, const QFont& font) const {
        return m_band[column].number ? m_places[column].end - textWidth(font, text) : m_places[column].begin;
    }

    void putRule(double y, const QColor& color) {
        const QRectF rule(m_pages.area().left(), y - 0.5, m_end - m_pages.area().left(), 0.75);
        m_pages.draw([=](QPainter& painter) { painter.fillRect(rule, color); });
    }

    PageFlow& m_pages;
    const Band& m_band;
    std::vector<Place> m_places;
    qsizetype m_headerLines = 1;
    double m_end = 0;
};

} // namespace

void putTable(PageFlow& pages, const Table& whole, std::size_t limit) {
    const Table table = whole.head(limit);
    std::vector<PdfColumn> columns;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const std::string& id = table.columns[c].id;
        if (id != "scheme" && id != "variant" && isKnown(table, c)) columns.push_back(columnFor(table, c));
    }
    if (columns.empty()) return;
    const std::vector<Band> bands = bandsOf(columns, pages.area().width());
    for (std::size_t b = 0; b < bands.size(); ++b) {
        BandWriter band(pages, bands[b]);
        const double atLeast = band.headerHeight() +
                               kRow * static_cast<double>(std::min(kRowsAtLeast, std::max<std::size_t>(table.rows, 1)));
        if (b == 0) {
            putHeading(pages, reportText(table.title), atLeast);
        } else {
            pages.keep(18 + atLeast);
            pages.skip(18);
        }
        band.putHeader();
        for (std::size_t row = 0; row < table.rows; ++row) {
            if (!pages.fits(kRow)) {
                pages.breakPage();
                band.putHeader();
            }
            band.putRow(row);
        }
    }
    if (table.rows < whole.rows) {
        pages.skip(6);
        const QString note =
            QCoreApplication::translate("Report", "The first %1 of %2 rows.")
                .arg(countText(static_cast<qint64>(table.rows)), countText(static_cast<qint64>(whole.rows)));
        putLines(pages, {note}, headerFont(), lightPalette().text3, pages.take(16).topLeft(), 16);
    }
}

} // namespace quantoscope::ui
