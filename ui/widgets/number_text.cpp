#include "ui/widgets/number_text.h"

#include <cmath>

namespace quantoscope::ui {

namespace {

QString special(double value) {
    if (std::isnan(value)) return QStringLiteral("–");
    if (std::isinf(value)) return value < 0 ? QStringLiteral("−∞") : QStringLiteral("∞");
    return {};
}

} // namespace

QString withTrueMinus(QString text) {
    for (qsizetype i = 0; i + 1 < text.size(); ++i)
        if (text.at(i) == u'-' && (text.at(i + 1).isDigit() || text.at(i + 1) == u'∞' || text.at(i + 1) == u'.'))
            text[i] = QChar(0x2212);
    return text;
}

QString numberText(double value, int decimals) {
    if (!std::isfinite(value)) return special(value);
    // "−0.00" says something that "0.00" does not, but nothing that is meant.
    if (std::abs(value) < 0.5 * std::pow(10.0, -decimals)) value = 0;
    return withTrueMinus(QLocale().toString(value, 'f', decimals));
}

QString compactText(double value, int significant) {
    if (!std::isfinite(value)) return special(value);
    if (value == 0) return QLocale().toString(0);
    const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
    if (exponent >= -4 && exponent < significant + 3)
        return numberText(value, qBound(0, significant - 1 - exponent, significant + 3));
    const double mantissa = value / std::pow(10.0, exponent);
    return numberText(mantissa, significant - 1) + QStringLiteral(" × 10") + superscript(exponent);
}

QString countText(qint64 value) { return withTrueMinus(QLocale().toString(value)); }

QString superscript(int value) {
    static const QString digits = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    QString result;
    for (const QChar c : QString::number(value)) result += c == u'-' ? QChar(0x207B) : digits.at(c.digitValue());
    return result;
}

QString byteText(qint64 bytes) {
    // Three figures: "44.7 MiB", "212 MiB", and no ".0".
    double scaled = static_cast<double>(bytes);
    while (scaled >= 1024) scaled /= 1024;
    const bool whole = bytes < 1024 || scaled >= 99.95 || std::abs(scaled - std::round(scaled)) < 0.05;
    return QLocale().formattedDataSize(bytes, whole ? 0 : 1, QLocale::DataSizeIecFormat);
}

} // namespace quantoscope::ui
