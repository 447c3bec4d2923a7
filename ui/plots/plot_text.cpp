#include "ui/plots/plot_text.h"

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

QString scientificText(double value, int digits) {
    if (value == 0 || !std::isfinite(value)) return numberText(value, 0);
    int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
    double mantissa = value / std::pow(10.0, exponent);
    if (!std::isfinite(mantissa)) mantissa = value * 1e10 / std::pow(10.0, exponent + 10); // subnormal
    const double limit = 10 - 0.5 * std::pow(10.0, 1 - digits);
    if (std::abs(mantissa) >= limit) {
        mantissa /= 10;
        ++exponent;
    }
    return numberText(mantissa, digits - 1) + QStringLiteral(" × 10") + superscript(exponent);
}

int decimalsForSpan(double span) {
    if (!(span > 0) || !std::isfinite(span)) return 4;
    return std::max(0, 4 - static_cast<int>(std::floor(std::log10(span))));
}

QString valueText(double value, double span) {
    if (!(span > 0) || !std::isfinite(span)) span = value == 0 ? 1 : std::abs(value);
    if (span < 1e-3 || span >= 1e8) return scientificText(value);
    return numberText(value, decimalsForSpan(span));
}

QString errorText(double error, double span) {
    if (error == 0 || !std::isfinite(error)) return numberText(error, 0);
    const int figures = 2 - static_cast<int>(std::floor(std::log10(std::abs(error))));
    const int decimals = std::max(span > 0 && std::isfinite(span) ? decimalsForSpan(span) : 0, figures);
    return decimals > 8 || std::abs(error) >= 1e8 ? scientificText(error, 3) : numberText(error, decimals);
}

QString percentText(double share, int decimals) {
    if (share > 0 && share < 0.5 * std::pow(10.0, -decimals - 2))
        return QStringLiteral("< ") + numberText(std::pow(10.0, -decimals), decimals) + QStringLiteral(" %");
    return numberText(share * 100, decimals) + QStringLiteral(" %");
}

QString decibelText(double value) {
    return std::isnan(value) ? QStringLiteral("–") : numberText(value, 2) + QStringLiteral(" dB");
}

QString bitPattern(std::uint32_t code, int bits) {
    QString result;
    for (int bit = std::clamp(bits, 0, 32) - 1; bit >= 0; --bit) result += (code >> bit) & 1u ? u'1' : u'0';
    return result;
}

QString fromView(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

} // namespace quantoscope::ui
