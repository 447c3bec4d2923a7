// The colour and mark of each scheme: the same in every view, safe for colour-blind eyes (hue = family, shape =
// member). Colours after Okabe and Ito, Color Universal Design (2008).
#pragma once

#include <QColor>
#include <QStringView>

namespace quantoscope::ui {

enum class MarkShape { Disc, Ring, Square, Diamond, Triangle, HollowTriangle };

struct SchemeLook {
    QColor color;
    MarkShape shape = MarkShape::Disc;
    bool dashed = false; // lines 4, 2.5
    friend bool operator==(const SchemeLook&, const SchemeLook&) = default;
};

/// The look of a scheme by its id ("kmeans", "lloyd-max", ...), in the current theme. A member of a scheme has a colon:
/// "affine:asymmetric". The model laboratory's methods: "lab:" and their names, "lab:fp32", "lab:dynamic", ...
/// An id that is not known gets a look of its own, always the same one.
SchemeLook schemeLook(QStringView id);
SchemeLook schemeLook(QStringView id, bool dark);

/// The tint of a selected table row, opaque, over `surface`: the colour at 9 %, in the dark theme at 18 %.
QColor rowTint(const QColor& color);

} // namespace quantoscope::ui
