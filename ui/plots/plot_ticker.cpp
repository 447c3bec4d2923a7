#include "ui/plots/plot_ticker.h"

#include "ui/plots/plot_text.h"

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

double PlotTicker::getTickStep(const QCPRange& range) {
    const double rough = range.size() / std::max(1.0, m_length / m_spacing);
    if (!(rough > 0) || !std::isfinite(rough)) return m_step = 1;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double mantissa = rough / power;
    // Rounded in the logarithm, so that the spacing stays near what was asked for.
    const double nice = mantissa < 1.4 ? 1 : mantissa < 3.2 ? 2 : mantissa < 7.1 ? 5 : 10;
    m_step = nice * power;
    if (m_whole) m_step = std::max(1.0, m_step);
    return m_step;
}

QString PlotTicker::getTickLabel(double tick, const QLocale&, QChar, int) {
    const double exponent = std::floor(std::log10(m_step) + 1e-9);
    const double magnitude = std::max(std::abs(tick), m_step);
    if (exponent < -6 || magnitude >= 1e7) {
        // In units of the step's power of ten, so that all labels of the axis carry the same figures.
        if (std::abs(tick) < m_step / 2) return QStringLiteral("0");
        const int power = static_cast<int>(std::floor(std::log10(magnitude) + 1e-9));
        const int decimals = std::clamp(power - static_cast<int>(exponent), 0, 6);
        return numberText(tick / std::pow(10.0, power), decimals) + QStringLiteral("·10") + superscript(power);
    }
    return numberText(tick, std::max(0, -static_cast<int>(exponent)));
}

LogTicker::LogTicker() {
    setLogBase(10);
    setSubTickCount(0);
}

QVector<double> LogTicker::createTickVector(double, const QCPRange& range) {
    QVector<double> ticks;
    if (!(range.lower > 0) || !(range.upper > range.lower)) return ticks;
    const double decades = std::log10(range.upper / range.lower);
    const int every = std::max(1, static_cast<int>(std::ceil(decades * 24 / std::max(24.0, m_length))));
    const int first = static_cast<int>(std::ceil(std::log10(range.lower) - 1e-9));
    const int last = static_cast<int>(std::floor(std::log10(range.upper) + 1e-9));
    for (int e = first; e <= last; e += every) ticks.append(std::pow(10.0, e));
    // A log axis with one tick tells nothing: twos and fives fill it up.
    if (last - first < 2 && decades * 60 < m_length) {
        for (int e = first - 1; e <= last; ++e)
            for (const int m : {2, 5})
                if (const double t = m * std::pow(10.0, e); t >= range.lower && t <= range.upper) ticks.append(t);
        std::sort(ticks.begin(), ticks.end());
    }
    return ticks;
}

QString LogTicker::getTickLabel(double tick, const QLocale&, QChar, int) {
    const int exponent = static_cast<int>(std::floor(std::log10(tick) + 1e-9));
    if (exponent >= 6 || exponent < -4) return QStringLiteral("10") + superscript(exponent);
    return numberText(tick, std::max(0, -exponent));
}

} // namespace quantoscope::ui
