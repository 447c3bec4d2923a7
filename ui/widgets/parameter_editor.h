// One editor a kind of parameter: spin boxes for numbers, a combo box for choices, a line of text for lists.
#pragma once

#include "core/quant/parameter.h"

#include <QObject>

class QWidget;

namespace quantoscope::ui {

class ParameterEditor : public QObject {
    Q_OBJECT

public:
    static ParameterEditor* make(const Parameter& parameter, QWidget* parent);

    virtual QWidget* widget() const = 0;
    virtual ParameterValue value() const = 0;
    /// Emits nothing.
    virtual void setValue(const ParameterValue& value) = 0;

signals:
    void edited();

protected:
    using QObject::QObject;
};

} // namespace quantoscope::ui
