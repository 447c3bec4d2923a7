#include "ui/widgets/list_field.h"

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/core_text.h"

#include <QPainter>

namespace quantoscope::ui {

ListField::ListField(const Parameter& parameter, QWidget* parent)
    : QLineEdit(parent), m_parameter(parameter), m_help(coreText(parameter.help)) {
    setPlaceholderText(tr("0, 25, 50"));
    connect(this, &QLineEdit::editingFinished, this, &ListField::read);
}

void ListField::setValues(const std::vector<double>& values) {
    if (hasFocus() && isModified() && values == m_values) return; // the user is typing the next list
    m_values = values;
    const QSignalBlocker quiet(this);
    setText(QString::fromStdString(formatParameter(values)));
    setError({});
}

void ListField::read() {
    QString typed = text();
    typed.replace(QChar(0x2212), u'-');
    const Result<ParameterValue> parsed = parseParameter(m_parameter, typed.toStdString());
    if (!parsed) return setError(coreText(parsed.error().detail));
    setError({});
    const auto& list = std::get<std::vector<double>>(*parsed);
    if (list == m_values) return;
    m_values = list;
    emit valuesChanged();
}

void ListField::setError(const QString& reason) {
    m_error = reason;
    setToolTip(reason.isEmpty() ? m_help : reason);
    setAccessibleDescription(reason.isEmpty() ? m_help : reason);
    update();
}

void ListField::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    if (m_error.isEmpty()) return;
    QPainter painter(this);
    paintPanel(painter, rect(), kFieldRadius, {}, colors().error, hasFocus() ? 2 : 1);
}

} // namespace quantoscope::ui
