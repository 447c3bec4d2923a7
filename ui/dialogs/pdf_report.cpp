#include "ui/dialogs/pdf_report.h"

#include "core/base/utf8.h"
#include "ui/dialogs/page_flow.h"
#include "ui/dialogs/pdf_table.h"
#include "ui/dialogs/pdf_text.h"
#include "ui/dialogs/report_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/palette.h"
#include "ui/widgets/core_text.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>

#include <algorithm>

namespace quantoscope::ui {

namespace {

constexpr int kDotsPerInch = 96;
constexpr QMarginsF kMargins{68, 60, 68, 84}; // 18 mm at the sides; the footer stands in the lower one
constexpr double kFooterAt = 52;              // above the lower edge
constexpr double kColumnGap = 32;             // between two lists
constexpr double kFactLine = 15;
constexpr double kFactPadding = 5; // of a row, above and below together
constexpr qsizetype kLongestFact = 600;

QString shown(const std::string& text) { return QString::fromStdString(toUtf8(text)); }

bool isHeadline(const std::string& name) { return std::ranges::find(kHeadlines, name) != kHeadlines.end(); }

void putRule(PageFlow& pages, const QRectF& strip, const QColor& color) {
    const QRectF rule(strip.left(), strip.bottom() - 0.5, strip.width(), 0.75);
    pages.draw([=](QPainter& painter) { painter.fillRect(rule, color); });
}

void putTitle(PageFlow& pages, const Report& report) {
    const double width = pages.area().width();
    putLines(pages, {QCoreApplication::translate("Report", "Quantization report")}, typeface(paper::body),
             lightPalette().text3, pages.take(20).topLeft(), 16);
    const auto paragraph = [&](const QString& text, const QFont& font, const QColor& color, double lineHeight) {
        const QStringList lines = brokenLines(font, text, width);
        const QRectF strip = pages.take(static_cast<double>(lines.size()) * lineHeight);
        putLines(pages, lines, font, color, strip.topLeft(), lineHeight);
    };
    paragraph(coreText(report.title), figureFont(paper::title), lightPalette().text, 32);
    if (!report.summary.empty()) {
        pages.skip(4);
        paragraph(coreText(report.summary), typeface(12), lightPalette().text2, 18);
    }
    putRule(pages, pages.take(12), lightPalette().line2);
}

/// SQNR, MSE and bits per value, on one baseline.
void putHeadlines(PageFlow& pages, const ReportFacts& results) {
    std::vector<std::pair<QString, QString>> headlines;
    for (const std::string_view name : kHeadlines)
        for (const auto& [each, value] : results)
            if (each == name && !value.empty()) headlines.emplace_back(reportText(each), reportValue(value));
    if (headlines.empty()) return;
    pages.skip(20);
    const QRectF strip = pages.take(64);
    const double width = strip.width() / static_cast<double>(kHeadlines.size());
    for (std::size_t i = 0; i < headlines.size(); ++i) {
        const double left = strip.left() + static_cast<double>(i) * width;
        putLines(pages, {headlines[i].first}, typeface(paper::body), lightPalette().text3, {left, strip.top()}, 16);
        const QFont large = figureFont(i == 0 ? type::bigFigure : 24);
        QString figure = headlines[i].second, unit;
        if (const qsizetype space = figure.lastIndexOf(u' '); space > 0 && figure.at(space + 1).isLetter()) {
            unit = figure.mid(space + 1);
            figure.truncate(space);
        }
        if (figure == u"–") unit.clear();
        const double bearing = QFontMetricsF(large).leftBearing(figure.front());
        const QPointF baseline(left - bearing, strip.top() + 54);
        const QPointF after = baseline + QPointF(textWidth(large, figure) + 5, 0);
        pages.draw([=](QPainter& painter) {
            painter.setFont(large);
            painter.setPen(lightPalette().text);
            painter.drawText(baseline, figure);
            painter.setFont(typeface(type::control));
            painter.setPen(lightPalette().text2);
            painter.drawText(after, unit);
        });
    }
}

/// Names and values in two columns, a rule below each row.
class FactList {
public:
    enum class Values { Translated, Verbatim };

    FactList(const QString& heading, const ReportFacts& facts, Values values, double width)
        : m_heading(heading), m_width(width) {
        const QFont font = typeface(paper::body);
        for (const auto& [name, value] : facts) m_nameWidth = std::max(m_nameWidth, textWidth(font, reportText(name)));
        m_nameWidth = std::min(m_nameWidth + 16, width / 2);
        for (const auto& [name, value] : facts) {
            QString text = values == Values::Translated ? reportValue(value) : shown(value);
            if (text.size() > kLongestFact) text = text.left(kLongestFact) + u'…';
            m_rows.push_back(
                {brokenLines(font, reportText(name), m_nameWidth - 8), brokenLines(font, text, width - m_nameWidth)});
        }
    }

    bool isEmpty() const { return m_rows.empty(); }
    double height() const {
        double sum = 0;
        for (const Row& row : m_rows) sum += row.height();
        return sum;
    }

    /// On this page, its top left corner there.
    void putAt(PageFlow& pages, QPointF place) const {
        for (const Row& row : m_rows) {
            putRow(pages, row, place);
            place.ry() += row.height();
        }
    }

    /// Down the pages.
    void put(PageFlow& pages) const {
        if (isEmpty()) return;
        putHeading(pages, m_heading, std::min(height(), 4 * m_rows.front().height()));
        for (const Row& row : m_rows) putRow(pages, row, pages.take(row.height()).topLeft());
    }

    const QString& heading() const { return m_heading; }

private:
    struct Row {
        QStringList name, value;
        double height() const {
            return static_cast<double>(std::max(name.size(), value.size())) * kFactLine + kFactPadding;
        }
    };

    void putRow(PageFlow& pages, const Row& row, const QPointF& place) const {
        const QFont font = typeface(paper::body);
        const QPointF text = place + QPointF(0, kFactPadding / 2);
        putLines(pages, row.name, font, lightPalette().text3, text, kFactLine);
        putLines(pages, row.value, font, lightPalette().text, text + QPointF(m_nameWidth, 0), kFactLine);
        putRule(pages, QRectF(place, QSizeF(m_width, row.height())), lightPalette().line);
    }

    QString m_heading;
    double m_width;
    double m_nameWidth = 0;
    std::vector<Row> m_rows;
};

/// Beside each other, unless one is so long that it would not be read so.
void putSettingsAndResults(PageFlow& pages, const Report& report) {
    ReportFacts others;
    for (const auto& fact : report.results)
        if (!isHeadline(fact.first)) others.push_back(fact);
    using Values = FactList::Values;
    const double width = (pages.area().width() - kColumnGap) / 2;
    const FactList left(QCoreApplication::translate("Report", "Settings"), report.settings, Values::Translated, width);
    const FactList right(QCoreApplication::translate("Report", "Results"), others, Values::Translated, width);
    const double height = std::max(left.height(), right.height());
    if (left.isEmpty() || right.isEmpty() || height > pages.area().height() / 2) {
        FactList(left.heading(), report.settings, Values::Translated, pages.area().width()).put(pages);
        FactList(right.heading(), others, Values::Translated, pages.area().width()).put(pages);
        return;
    }
    putHeading(pages, left.heading(), height);
    const QRectF strip = pages.take(height);
    const QPointF second = strip.topLeft() + QPointF(width + kColumnGap, 0);
    putLines(pages, {right.heading()}, typeface(paper::heading, weight::semiBold), lightPalette().text,
             second - QPointF(0, 30), 20);
    left.putAt(pages, strip.topLeft());
    right.putAt(pages, second);
}

void putFigure(PageFlow& pages, const PdfFigure& figure) {
    if (figure.size.isEmpty()) return;
    const QRectF area = pages.area();
    const QStringList caption =
        figure.caption.isEmpty() ? QStringList() : brokenLines(typeface(paper::caption), figure.caption, area.width());
    const double captionHeight = static_cast<double>(caption.size()) * 14;
    const double scale =
        std::min(area.width() / figure.size.width(), (area.height() - captionHeight - 60) / figure.size.height());
    const double height = figure.size.height() * scale;
    putHeading(pages, figure.title, height + captionHeight);
    const QRectF strip = pages.take(height);
    const QPicture picture = figure.picture;
    pages.draw([=](QPainter& painter) {
        painter.translate(strip.topLeft());
        painter.scale(scale, scale);
        painter.drawPicture(0, 0, picture);
    });
    if (!caption.isEmpty())
        putLines(pages, caption, typeface(paper::caption), lightPalette().text3, pages.take(captionHeight).topLeft(),
                 14);
}

void paintFooter(QPainter& painter, const PageFlow& pages, int page, const QString& title) {
    const QFont font = typeface(paper::caption);
    const QFontMetricsF metrics(font);
    const double y = pages.pageSize().height() - kFooterAt;
    const QRectF area = pages.area();
    painter.fillRect(QRectF(area.left(), y, area.width(), 0.75), lightPalette().line2);
    painter.setFont(font);
    painter.setPen(lightPalette().text3);
    const QString program = QStringLiteral("Quantoscope " QUANTOSCOPE_VERSION);
    const QString number = QCoreApplication::translate("Report", "Page %1 of %2").arg(page + 1).arg(pages.count());
    const double baseline = y + 8 + metrics.ascent();
    const double numberWidth = metrics.horizontalAdvance(number);
    painter.drawText(QPointF(area.left(), baseline), program);
    painter.drawText(QPointF(area.right() - numberWidth, baseline), number);
    const double from = area.left() + metrics.horizontalAdvance(program) + 24;
    const double room = area.right() - numberWidth - 24 - from;
    const QString middle = metrics.elidedText(title, Qt::ElideMiddle, room);
    painter.drawText(QPointF(from + (room - metrics.horizontalAdvance(middle)) / 2, baseline), middle);
}

PageFlow composed(const Report& report, const std::vector<PdfFigure>& figures, const QSizeF& page) {
    PageFlow pages(page, kMargins);
    putTitle(pages, report);
    putHeadlines(pages, report.results);
    putSettingsAndResults(pages, report);
    for (const PdfFigure& figure : figures) putFigure(pages, figure);
    for (const Table& table : report.tables) putTable(pages, table, kReportRows);
    FactList(QCoreApplication::translate("Report", "Provenance"), report.provenance, FactList::Values::Verbatim,
             pages.area().width())
        .put(pages);
    return pages;
}

} // namespace

Status writePdfReport(const QString& path, const Report& report, const std::vector<PdfFigure>& figures) {
    QSaveFile file(path);
    const auto failed = [&] {
        return Error{ErrorCode::WriteFailed, path.toStdString(), file.errorString().toStdString()};
    };
    if (!file.open(QIODevice::WriteOnly)) return failed();
    // Painted into memory first: QPdfWriter does not report a device that is full.
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setResolution(kDotsPerInch);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins({});
        writer.setTitle(coreText(report.title));
        writer.setCreator(QStringLiteral("Quantoscope " QUANTOSCOPE_VERSION));
        const PageFlow pages = composed(report, figures, QSizeF(writer.width(), writer.height()));
        QPainter painter(&writer);
        for (int page = 0; page < pages.count(); ++page) {
            if (page > 0) writer.newPage();
            pages.paint(painter, page);
            paintFooter(painter, pages, page, coreText(report.title));
        }
    }
    if (file.write(buffer.data()) != buffer.data().size() || !file.commit()) return failed();
    return {};
}

} // namespace quantoscope::ui
