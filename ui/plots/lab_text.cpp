#include "ui/plots/lab_text.h"

#include "ui/plots/plot_text.h"
#include "ui/widgets/core_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

struct LabText {
    Q_DECLARE_TR_FUNCTIONS(LabText)
};

} // namespace

QString AccuracyScale::axisTitle() const { return m_classes ? LabText::tr("accuracy, %") : QStringLiteral("R²"); }

QString AccuracyScale::lossAxisTitle() const {
    return m_classes ? LabText::tr("accuracy lost, percentage points") : LabText::tr("R² lost");
}

QString AccuracyScale::text(double accuracy) const {
    return m_classes ? percentText(accuracy, 1) : numberText(accuracy, 3);
}

QString AccuracyScale::text(const Interval& interval) const {
    if (!m_classes) return numberText(interval.low, 3) + QStringLiteral(" … ") + numberText(interval.high, 3);
    return numberText(100 * interval.low, 1) + QStringLiteral(" … ") + percentText(interval.high, 1);
}

QString AccuracyScale::pointsText(double difference) const {
    return m_classes ? LabText::tr("%1 points").arg(numberText(100 * difference, 1)) : numberText(difference, 3);
}

ValueRange AccuracyScale::axis(double lowest, double highest) const {
    const ValueRange data = showable(shown(lowest), shown(highest));
    ValueRange axis = padded(data, 0.1);
    // Ticks beyond what can be would ask what they mean.
    const double most = shown(1);
    axis.upper = std::min(axis.upper, std::max(most, data.upper) + 0.04 * data.size());
    if (m_classes) axis.lower = std::max(axis.lower, -0.04 * data.size());
    return axis;
}

QString methodText(LabMethod method) { return coreText(label(method)); }

QString widthText(const LabRowSpec& spec) {
    switch (spec.method) {
    case LabMethod::Float:
    case LabMethod::FloatTrained: return QStringLiteral("float32");
    case LabMethod::WeightOnly: return LabText::tr("%1-bit weights").arg(spec.weightBits);
    case LabMethod::Dynamic:
    case LabMethod::Static:
    case LabMethod::Qat: break;
    }
    return LabText::tr("%1 / %2 bits").arg(spec.weightBits).arg(spec.activationBits);
}

QString bitsText(int bits) { return bits == 1 ? LabText::tr("1 bit") : LabText::tr("%1 bits").arg(bits); }

QString microsecondsText(double seconds) {
    const double microseconds = 1e6 * seconds;
    const int decimals = microseconds < 9.995 ? 2 : microseconds < 99.95 ? 1 : 0;
    return LabText::tr("%1 µs").arg(numberText(microseconds, decimals));
}

} // namespace quantoscope::ui
