// A spin box for real numbers of any size: shows six significant figures, not a fixed number of decimals.
#pragma once

#include <QDoubleSpinBox>

namespace quantoscope::ui {

class RealSpin : public QDoubleSpinBox {
    Q_OBJECT

public:
    explicit RealSpin(QWidget* parent = nullptr);

    QString textFromValue(double value) const override;
    double valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& position) const override;
};

} // namespace quantoscope::ui
