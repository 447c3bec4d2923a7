#include "ui/widgets/real_spin.h"

#include "ui/widgets/number_text.h"

#include <QLocale>

#include <cmath>
#include <limits>
#include <optional>

namespace quantoscope::ui {

namespace {

// Both minus signs, the user's locale or the plain English one.
std::optional<double> parsed(QString text) {
    text.replace(QChar(0x2212), u'-');
    text = text.trimmed();
    bool ok = false;
    double value = QLocale().toDouble(text, &ok);
    if (!ok) value = QLocale::c().toDouble(text, &ok);
    if (!ok || !std::isfinite(value)) return std::nullopt;
    return value;
}

} // namespace

RealSpin::RealSpin(QWidget* parent) : QDoubleSpinBox(parent) {
    QDoubleSpinBox::setDecimals(300); // values are not rounded to what is shown
    setRange(-std::numeric_limits<double>::max(), std::numeric_limits<double>::max());
    setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    setKeyboardTracking(false);
    setAccelerated(true);
}

QString RealSpin::textFromValue(double value) const { return withTrueMinus(QLocale().toString(value, 'g', 6)); }

double RealSpin::valueFromText(const QString& text) const {
    QString number = text;
    if (!suffix().isEmpty() && number.endsWith(suffix())) number.chop(suffix().size());
    if (!prefix().isEmpty() && number.startsWith(prefix())) number.remove(0, prefix().size());
    return qBound(minimum(), parsed(number).value_or(value()), maximum());
}

QValidator::State RealSpin::validate(QString& text, int&) const {
    QString number = text;
    if (!suffix().isEmpty() && number.endsWith(suffix())) number.chop(suffix().size());
    if (const std::optional<double> value = parsed(number))
        return *value >= minimum() && *value <= maximum() ? QValidator::Acceptable : QValidator::Intermediate;
    // Anything that may still become a number.
    for (const QChar c : number)
        if (!c.isDigit() && !QStringLiteral("+-−.,eE' \u00A0\u202F").contains(c)) return QValidator::Invalid;
    return QValidator::Intermediate;
}

} // namespace quantoscope::ui
