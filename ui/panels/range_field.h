// Where the range of a scheme comes from, with the number or the two ends that some ways need.
#pragma once

#include "core/quant/quant_spec.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLineEdit;

namespace quantoscope::ui {

class RangeField : public QWidget {
    Q_OBJECT

public:
    explicit RangeField(QWidget* parent = nullptr);

    /// Emits nothing.
    void setRange(const RangeSpec& range);
    const RangeSpec& range() const { return m_range; }
    /// What the user's own range starts from when it is chosen first.
    void setDataRange(float lower, float upper);
    /// A scheme without a range disables the field; `reason` is what it shows instead.
    void setUsed(bool used, const QString& reason);
    QComboBox* combo() const { return m_combo; }

signals:
    void rangeChosen(const quantoscope::RangeSpec& range);

private:
    void choose(const RangeSpec& range);
    void readOwnEnds();
    void updateFields();

    QComboBox* m_combo;
    QDoubleSpinBox* m_number;
    QWidget* m_ends;
    QLineEdit* m_lower;
    QLineEdit* m_upper;
    RangeSpec m_range;
    float m_dataLower = 0;
    float m_dataUpper = 1;
    bool m_used = true;
};

} // namespace quantoscope::ui
