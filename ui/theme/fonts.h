// The typeface: Inter with tabular figures ("Inter Tab", compiled in), sizes in device-independent pixels.
#pragma once

#include <QFont>

class QFontMetricsF;

namespace quantoscope::ui {

namespace type {
inline constexpr qreal caption = 11;   // axes, captions, table headers
inline constexpr qreal table = 12;     // tables, properties
inline constexpr qreal name = 12.5;    // names in tables and trees
inline constexpr qreal control = 13;   // controls, tabs
inline constexpr qreal title = 15;     // titles, weight 600
inline constexpr qreal figure = 20;    // MSE and bits per value, weight 600
inline constexpr qreal start = 28;     // the start page's title, weight 600
inline constexpr qreal bigFigure = 36; // SQNR, weight 600
inline constexpr qreal bigSmall = 28;  // SQNR in a small window
} // namespace type

namespace weight {
inline constexpr int regular = 400;
inline constexpr int medium = 500; // 400 in the dark theme, where light text looks heavier
inline constexpr int semiBold = 600;
inline constexpr int bold = 700; // the best value of a column
} // namespace weight

void loadFonts();

/// The interface's typeface without hinting. Ask anew after Theme::changed.
QFont typeface(qreal pixels, int fontWeight = weight::regular);
/// The same at weight 600, with letters set at 96 % of their spacing.
QFont figureFont(qreal pixels);

} // namespace quantoscope::ui
