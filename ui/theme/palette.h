// The colours of the interface, by role. Chrome is monochrome: colour means data (ui/theme/scheme_look.h).
#pragma once

#include <QColor>

namespace quantoscope::ui {

struct Palette {
    QColor win;     // status bar
    QColor surface; // panels, plots, tables
    QColor raised;  // hover; fields in the dark theme
    QColor sel;     // selected tree row, advice
    QColor line;    // dividers, bar tracks
    QColor line2;   // borders of fields and cards, axes
    QColor grid;    // plot grid, rules between rows
    QColor text;
    QColor text2;
    QColor text3; // 4.5:1 on surface, not on sel or win: there use text2
    QColor ink;   // primary button, chosen tab, checked box
    QColor onInk;
    QColor histogramFill; // with its alpha
    QColor histogramOutline;
    QColor impossible; // beyond the rate–distortion limit
    QColor exact;      // the check mark of an exact result

    QColor field;             // background of fields and plain buttons
    QColor card;              // floating cards, menus, tooltips
    QColor track;             // behind a segmented switch
    QColor segment;           // the chosen segment
    QColor disabled;          // text and glyphs that cannot be used
    QColor sparkline;         // the small histograms of the data tree
    QColor sparklineSelected; // the same, in the selected row
    QColor warning;           // glyph of the message bar
    QColor error;             // glyph of the message bar
    QColor shadow;            // of cards and menus, with its alpha
};

const Palette& lightPalette();
const Palette& darkPalette();

/// The WCAG 2.1 contrast ratio of two opaque colours, 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);
/// What `over` with its alpha times `opacity` looks like on the opaque `base`.
QColor blended(const QColor& base, const QColor& over, double opacity);

} // namespace quantoscope::ui
