// Light and dark values of every colour role; contrast after WCAG 2.1, "contrast ratio" and "relative luminance".
#include "ui/theme/palette.h"

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

QColor withAlpha(QRgb rgb, double alpha) {
    QColor color(rgb);
    color.setAlphaF(static_cast<float>(alpha));
    return color;
}

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

const Palette& lightPalette() {
    static const Palette palette{
        .win = 0xF4F6F8,
        .surface = 0xFFFFFF,
        .raised = 0xF4F6F8,
        .sel = 0xEEF1F5,
        .line = 0xE3E7EC,
        .line2 = 0xC9D0D8,
        .grid = 0xEDF0F3,
        .text = 0x16202B,
        .text2 = 0x4A5765,
        .text3 = 0x687585,
        .ink = 0x1B2733,
        .onInk = 0xFFFFFF,
        .histogramFill = withAlpha(0xD5DCE4, 0.85),
        .histogramOutline = 0x93A1B0,
        .impossible = 0xE9EDF1,
        .exact = 0x00805E,
        .field = 0xFFFFFF,
        .card = 0xFFFFFF,
        .track = 0xE9EDF0,
        .segment = 0xFFFFFF,
        .disabled = 0xA9B2BC,
        .sparkline = 0x93A1B0,
        .sparklineSelected = 0x798795,
        .warning = 0x9A6700,
        .error = 0xB3261E,
        .shadow = withAlpha(0x16202B, 0.16),
    };
    return palette;
}

const Palette& darkPalette() {
    static const Palette palette{
        .win = 0x101418,
        .surface = 0x171C22,
        .raised = 0x20272E,
        .sel = 0x222A32,
        .line = 0x2A323A,
        .line2 = 0x3D4853,
        .grid = 0x222A31,
        .text = 0xE6EBF0,
        .text2 = 0xAEB9C4,
        .text3 = 0x8895A2,
        .ink = 0xE6EBF0,
        .onInk = 0x12171C,
        .histogramFill = 0x333E49,
        .histogramOutline = 0x66747F,
        .impossible = 0x222930,
        .exact = 0x22BD92,
        .field = 0x20272E,
        .card = 0x20272E,
        .track = 0x1E242B,
        .segment = 0x343E47,
        .disabled = 0x58646F,
        .sparkline = 0x66747F,
        .sparklineSelected = 0x7F8C97,
        .warning = 0xE0B15C,
        .error = 0xF28B82,
        .shadow = withAlpha(0x000000, 0.45),
    };
    return palette;
}

double contrastRatio(const QColor& a, const QColor& b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor blended(const QColor& base, const QColor& over, double opacity) {
    const double alpha = over.alphaF() * opacity;
    const auto mix = [alpha](float from, float to) { return static_cast<float>(from + (to - from) * alpha); };
    return QColor::fromRgbF(mix(base.redF(), over.redF()), mix(base.greenF(), over.greenF()),
                            mix(base.blueF(), over.blueF()));
}

} // namespace quantoscope::ui
