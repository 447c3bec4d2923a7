#include "ui/plots/color_map.h"

#include <QColor>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace quantoscope::ui {

namespace {

// OKLCh to sRGB. (Ottosson 2020, A perceptual color space for image processing)
QRgb fromOklch(double lightness, double chroma, double degrees) {
    const double hue = degrees * std::numbers::pi / 180;
    const double a = chroma * std::cos(hue);
    const double b = chroma * std::sin(hue);
    const double l = std::pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    const double m = std::pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    const double s = std::pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
    const auto channel = [](double linear) {
        linear = std::clamp(linear, 0.0, 1.0);
        const double encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
        return static_cast<int>(std::lround(encoded * 255));
    };
    return qRgb(channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
}

} // namespace

DivergingMap::DivergingMap(bool dark) {
    const double middle = dark ? 0.24 : 0.975;
    const double end = dark ? 0.80 : 0.42;
    for (int step = -kSteps; step <= kSteps; ++step) {
        const double t = std::abs(step) / static_cast<double>(kSteps);
        const double chroma = 0.125 * std::min(1.0, 1.6 * t);
        const int entry = step + kSteps;
        m_table[static_cast<std::size_t>(entry)] = fromOklch(middle + (end - middle) * t, chroma, step < 0 ? 248 : 50);
    }
}

const DivergingMap& divergingMap(bool dark) {
    static const DivergingMap light(false);
    static const DivergingMap night(true);
    return dark ? night : light;
}

} // namespace quantoscope::ui
