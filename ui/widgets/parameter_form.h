// A form made from a scheme's declared parameters: one row each, labels 88 px wide, the declaration's help as tooltip.
#pragma once

#include "core/quant/parameter.h"

#include <QWidget>

#include <map>
#include <span>

namespace quantoscope::ui {

class ParameterEditor;

class ParameterForm : public QWidget {
    Q_OBJECT

public:
    explicit ParameterForm(QWidget* parent = nullptr);

    /// Builds the rows anew unless these are the parameters already shown. The ids and texts must outlive the form, as
    /// the registry's do.
    void setParameters(std::span<const Parameter> parameters);
    /// Shows these values (defaults for what is missing) and emits nothing.
    void setValues(const Parameters& values);
    /// Every parameter with its value. A list that cannot be read keeps its last good value.
    Parameters values() const;
    /// With a reason the parameter cannot be changed and says why; with an empty one it can.
    void setUnavailable(std::string_view id, const QString& reason);
    /// The least width of the labels' column, to stand in line with what is above.
    void setLabelWidth(int pixels);
    int count() const { return static_cast<int>(m_parameters.size()); }

signals:
    /// The user changed a value; all of them, checked against the declaration.
    void changed(const quantoscope::Parameters& values);

private:
    std::vector<Parameter> m_parameters;
    int m_labelWidth;
    std::map<std::string, ParameterEditor*, std::less<>> m_editors;
};

} // namespace quantoscope::ui
