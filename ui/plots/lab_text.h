// Figures of the model laboratory as its plots write them, and the axis that accuracies are drawn on: percent for
// classes, R² for numbers.
#pragma once

#include "core/study/lab.h"
#include "ui/plots/plot_widget.h"

#include <QString>

namespace quantoscope::ui {

class AccuracyScale {
public:
    explicit AccuracyScale(bool classes = true) : m_classes(classes) {}

    bool isPercent() const { return m_classes; }
    /// From [0, 1] to what the axis shows.
    double shown(double accuracy) const { return m_classes ? 100 * accuracy : accuracy; }
    QString axisTitle() const;                    // "accuracy, %"
    QString lossAxisTitle() const;                // "accuracy lost, percentage points"
    QString text(double accuracy) const;          // "97.5 %", "0.975"
    QString text(const Interval& interval) const; // "95.9 … 98.5 %"
    QString pointsText(double difference) const;  // "−1.4 points"
    /// Around these accuracies, as shown: never far beyond 100 %, and room for marks at either end.
    ValueRange axis(double lowest, double highest) const;

    friend bool operator==(const AccuracyScale&, const AccuracyScale&) = default;

private:
    bool m_classes;
};

/// "Static (PTQ)", in the user's language.
QString methodText(LabMethod method);
/// "8 / 8 bits" of weights and activations; "float32" where nothing is quantized, "8-bit weights" where they alone are.
QString widthText(const LabRowSpec& spec);
/// "4 bits"
QString bitsText(int bits);
/// "0.93 µs", of seconds.
QString microsecondsText(double seconds);

} // namespace quantoscope::ui
