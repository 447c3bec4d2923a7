#include "ui/dialogs/pdf_text.h"

#include "ui/dialogs/page_flow.h"
#include "ui/theme/fonts.h"
#include "ui/theme/palette.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>

namespace quantoscope::ui {

double textWidth(const QFont& font, const QString& text) { return QFontMetricsF(font).horizontalAdvance(text); }

QStringList brokenLines(const QFont& font, const QString& text, double width) {
    QStringList lines;
    for (const QString& paragraph : text.split(u'\n')) {
        QTextLayout layout(paragraph, font);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(width);
            lines << paragraph.mid(line.textStart(), line.textLength()).trimmed();
        }
        layout.endLayout();
    }
    return lines;
}

void putLines(PageFlow& pages, const QStringList& lines, const QFont& font, const QColor& color, const QPointF& place,
              double lineHeight) {
    const QFontMetricsF metrics(font);
    const double baseline = (lineHeight - metrics.height()) / 2 + metrics.ascent();
    pages.draw([=](QPainter& painter) {
        painter.setFont(font);
        painter.setPen(color);
        for (qsizetype i = 0; i < lines.size(); ++i)
            painter.drawText(place + QPointF(0, static_cast<double>(i) * lineHeight + baseline), lines.at(i));
    });
}

void putHeading(PageFlow& pages, const QString& text, double below) {
    constexpr double above = 22;
    constexpr double height = 30;
    pages.keep(above + height + below);
    pages.skip(above);
    const QRectF strip = pages.take(height);
    putLines(pages, {text}, typeface(paper::heading, weight::semiBold), lightPalette().text, strip.topLeft(), 20);
}

} // namespace quantoscope::ui
