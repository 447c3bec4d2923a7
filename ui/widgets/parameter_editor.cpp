#include "ui/widgets/parameter_editor.h"

#include "ui/widgets/core_text.h"
#include "ui/widgets/list_field.h"
#include "ui/widgets/real_spin.h"

#include <QComboBox>
#include <QSpinBox>

#include <cmath>

namespace quantoscope::ui {

namespace {

class IntegerEditor : public ParameterEditor {
public:
    IntegerEditor(const Parameter& parameter, QWidget* parent) : ParameterEditor(parent), m_spin(new QSpinBox(parent)) {
        const auto clamped = [](double bound) {
            return static_cast<int>(
                qBound(double(std::numeric_limits<int>::min()), bound, double(std::numeric_limits<int>::max())));
        };
        m_spin->setRange(clamped(parameter.minimum), clamped(parameter.maximum));
        m_spin->setKeyboardTracking(false);
        m_spin->setAccelerated(true);
        m_spin->setGroupSeparatorShown(true);
        if (!parameter.unit.empty()) m_spin->setSuffix(u' ' + coreText(parameter.unit));
        connect(m_spin, &QSpinBox::valueChanged, this, &ParameterEditor::edited);
    }
    QWidget* widget() const override { return m_spin; }
    ParameterValue value() const override { return static_cast<std::int64_t>(m_spin->value()); }
    void setValue(const ParameterValue& value) override {
        const QSignalBlocker quiet(m_spin);
        if (const auto* number = std::get_if<std::int64_t>(&value)) m_spin->setValue(static_cast<int>(*number));
    }

private:
    QSpinBox* m_spin;
};

class RealEditor : public ParameterEditor {
public:
    RealEditor(const Parameter& parameter, QWidget* parent) : ParameterEditor(parent), m_spin(new RealSpin(parent)) {
        m_spin->setRange(parameter.minimum, parameter.maximum);
        if (!parameter.unit.empty()) m_spin->setSuffix(u' ' + coreText(parameter.unit));
        connect(m_spin, &RealSpin::valueChanged, this, &ParameterEditor::edited);
    }
    QWidget* widget() const override { return m_spin; }
    ParameterValue value() const override { return m_spin->value(); }
    void setValue(const ParameterValue& value) override {
        const QSignalBlocker quiet(m_spin);
        if (const auto* number = std::get_if<double>(&value)) m_spin->setValue(*number);
    }

private:
    RealSpin* m_spin;
};

class ChoiceEditor : public ParameterEditor {
public:
    ChoiceEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parent), m_combo(new QComboBox(parent)) {
        for (const ParameterChoice& choice : parameter.choices)
            m_combo->addItem(coreText(choice.label),
                             QString::fromUtf8(choice.id.data(), static_cast<qsizetype>(choice.id.size())));
        m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_combo->setMinimumContentsLength(6);
        connect(m_combo, &QComboBox::currentIndexChanged, this, &ParameterEditor::edited);
    }
    QWidget* widget() const override { return m_combo; }
    ParameterValue value() const override { return m_combo->currentData().toString().toStdString(); }
    void setValue(const ParameterValue& value) override {
        const QSignalBlocker quiet(m_combo);
        if (const auto* id = std::get_if<std::string>(&value))
            m_combo->setCurrentIndex(m_combo->findData(QString::fromStdString(*id)));
    }

private:
    QComboBox* m_combo;
};

class ListEditor : public ParameterEditor {
public:
    ListEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parent), m_field(new ListField(parameter, parent)) {
        connect(m_field, &ListField::valuesChanged, this, &ParameterEditor::edited);
    }
    QWidget* widget() const override { return m_field; }
    ParameterValue value() const override { return m_field->values(); }
    void setValue(const ParameterValue& value) override {
        if (const auto* list = std::get_if<std::vector<double>>(&value)) m_field->setValues(*list);
    }

private:
    ListField* m_field;
};

} // namespace

ParameterEditor* ParameterEditor::make(const Parameter& parameter, QWidget* parent) {
    switch (parameter.kind) {
    case ParameterKind::Integer: return new IntegerEditor(parameter, parent);
    case ParameterKind::Choice: return new ChoiceEditor(parameter, parent);
    case ParameterKind::RealList: return new ListEditor(parameter, parent);
    case ParameterKind::Real: break;
    }
    return new RealEditor(parameter, parent);
}

} // namespace quantoscope::ui
