#include "ui/widgets/parameter_form.h"

#include "ui/widgets/core_text.h"
#include "ui/widgets/parameter_editor.h"
#include "ui/widgets/text_label.h"

#include <QGridLayout>

#include <algorithm>

namespace quantoscope::ui {

namespace {

constexpr int kLabelWidth = 88;

bool sameDeclaration(std::span<const Parameter> a, std::span<const Parameter> b) {
    return std::ranges::equal(a, b, [](const Parameter& x, const Parameter& y) {
        return x.id == y.id && x.label == y.label && x.kind == y.kind && x.minimum == y.minimum &&
               x.maximum == y.maximum;
    });
}

} // namespace

ParameterForm::ParameterForm(QWidget* parent) : QWidget(parent), m_labelWidth(kLabelWidth) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ParameterForm::setParameters(std::span<const Parameter> parameters) {
    if (layout() && sameDeclaration(parameters, m_parameters)) return;
    m_parameters.assign(parameters.begin(), parameters.end());
    m_editors.clear();
    delete layout();
    qDeleteAll(findChildren<QWidget*>(Qt::FindDirectChildrenOnly));

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(8);
    grid->setColumnMinimumWidth(0, m_labelWidth);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const Parameter& parameter : m_parameters) {
        auto* editor = ParameterEditor::make(parameter, this);
        QWidget* field = editor->widget();
        auto* label = new TextLabel(TextStyle::Label, coreText(parameter.label), this);
        label->setBuddy(field);
        label->setToolTip(coreText(parameter.help));
        field->setObjectName(QString::fromUtf8(parameter.id.data(), static_cast<qsizetype>(parameter.id.size())));
        field->setAccessibleName(coreText(parameter.label));
        field->setAccessibleDescription(coreText(parameter.help));
        field->setToolTip(coreText(parameter.help));
        editor->setValue(parameter.defaultValue);
        connect(editor, &ParameterEditor::edited, this, [this] { emit changed(values()); });
        grid->addWidget(label, row, 0);
        grid->addWidget(field, row, 1);
        m_editors.emplace(parameter.id, editor);
        ++row;
    }
    updateGeometry();
}

void ParameterForm::setLabelWidth(int pixels) {
    m_labelWidth = pixels;
    if (auto* grid = static_cast<QGridLayout*>(layout())) grid->setColumnMinimumWidth(0, pixels);
}

void ParameterForm::setValues(const Parameters& values) {
    for (const Parameter& parameter : m_parameters)
        m_editors.find(parameter.id)->second->setValue(valueOf(m_parameters, values, parameter.id));
}

Parameters ParameterForm::values() const {
    Parameters values;
    for (const auto& [id, editor] : m_editors) values.emplace(id, editor->value());
    return values;
}

void ParameterForm::setUnavailable(std::string_view id, const QString& reason) {
    const auto found = m_editors.find(id);
    if (found == m_editors.end()) return;
    QWidget* field = found->second->widget();
    field->setEnabled(reason.isEmpty());
    for (const Parameter& parameter : m_parameters)
        if (parameter.id == id) field->setToolTip(reason.isEmpty() ? coreText(parameter.help) : reason);
}

} // namespace quantoscope::ui
