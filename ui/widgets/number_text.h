// Numbers as the screen shows them: by the user's locale, with a true minus (U+2212). Never for files.
#pragma once

#include <QLocale>
#include <QString>

namespace quantoscope::ui {

/// A fixed number of decimals: "−0.8065", "16,384". "–" for NaN, "∞" and "−∞".
QString numberText(double value, int decimals);
/// As few digits as carry `significant` figures, in exponents where needed: "0.1126", "1.2 × 10⁻⁷".
QString compactText(double value, int significant = 4);
QString countText(qint64 value);
/// Replaces every hyphen-minus before a digit or infinity sign by the true minus.
QString withTrueMinus(QString text);
/// "⁻⁴": for powers of ten in headers.
QString superscript(int value);
/// "199 KiB", "44.7 MiB"
QString byteText(qint64 bytes);

} // namespace quantoscope::ui
