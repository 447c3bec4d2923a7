// Text on paper: the typeface, the light theme's colours and broken lines.
#pragma once

#include <QColor>
#include <QFont>
#include <QPointF>
#include <QString>
#include <QStringList>

class QPainter;

namespace quantoscope::ui {

class PageFlow;

namespace paper {
inline constexpr int caption = 10; // table headers, captions, footers
inline constexpr int body = 11;    // tables and properties
inline constexpr int heading = 14;
inline constexpr int title = 24;
} // namespace paper

double textWidth(const QFont& font, const QString& text);
/// At spaces where it can be, anywhere else where not.
QStringList brokenLines(const QFont& font, const QString& text, double width);

/// Lines one below the other, the first one's top at `place`.
void putLines(PageFlow& pages, const QStringList& lines, const QFont& font, const QColor& color, const QPointF& place,
              double lineHeight);
/// A section's heading, on a new page unless so much fits below it.
void putHeading(PageFlow& pages, const QString& text, double below);

} // namespace quantoscope::ui
