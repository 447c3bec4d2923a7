// A line of numbers, as "0, 25, 50, 75, 100". What cannot be read is marked and says why; the last good list stays.
#pragma once

#include "core/quant/parameter.h"

#include <QLineEdit>

#include <vector>

namespace quantoscope::ui {

class ListField : public QLineEdit {
    Q_OBJECT

public:
    explicit ListField(const Parameter& parameter, QWidget* parent = nullptr);

    const std::vector<double>& values() const { return m_values; }
    /// Emits nothing.
    void setValues(const std::vector<double>& values);
    /// The reason why the text is no list; empty when it is one.
    QString error() const { return m_error; }

signals:
    void valuesChanged();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void read();
    void setError(const QString& reason);

    Parameter m_parameter;
    std::vector<double> m_values;
    QString m_error;
    QString m_help;
};

} // namespace quantoscope::ui
