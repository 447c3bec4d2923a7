// Numbers as plots and cards write them, over ui/widgets/number_text.h: decimals from the span of what is shown.
#pragma once

#include "ui/widgets/number_text.h"

#include <QString>

#include <cstdint>
#include <string_view>

namespace quantoscope::ui {

/// "1.866 × 10⁻⁴": `digits` significant figures.
QString scientificText(double value, int digits = 4);
/// As many figures after the point as tell values of this span apart (four figures), scientific where that is
/// unreadable.
QString valueText(double value, double span);
/// An error beside values of this span: as many decimals as they have, and at least three figures.
QString errorText(double error, double span);
int decimalsForSpan(double span);
/// "8.54 %"
QString percentText(double share, int decimals = 2);
/// "19.66 dB"; "∞ dB", or "–" where undefined.
QString decibelText(double value);
/// The lowest `bits` bits of a code, highest first: "1011".
QString bitPattern(std::uint32_t code, int bits);

QString fromView(std::string_view text);

} // namespace quantoscope::ui
