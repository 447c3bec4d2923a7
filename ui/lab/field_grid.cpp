#include "ui/lab/field_grid.h"

#include "ui/widgets/text_label.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QGridLayout>
#include <QVBoxLayout>

namespace quantoscope::ui {

namespace {
constexpr int kLabelColumn = 88;
constexpr int kFieldHeight = 32;
constexpr int kLeastLetters = 6;
} // namespace

FieldGrid::FieldGrid(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(8);
    m_grid->setColumnStretch(1, 1);
    setLabelColumn(kLabelColumn);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void FieldGrid::addRow(const QString& label, QWidget* field, const QString& help) {
    const int row = m_grid->rowCount();
    if (auto* combo = qobject_cast<QComboBox*>(field)) { // as narrow as the panel, not as its widest entry
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(kLeastLetters);
    }
    if (qobject_cast<QAbstractSpinBox*>(field)) // likewise
        field->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    field->setToolTip(help);
    field->setAccessibleDescription(help);
    if (label.isEmpty()) {
        m_grid->addWidget(field, row, 0, 1, 2);
        return;
    }
    m_grid->addWidget(field, row, 1);
    field->setAccessibleName(label);
    auto* text = new TextLabel(TextStyle::Label, label, this);
    text->setBuddy(field);
    text->setToolTip(help);
    text->setFixedHeight(kFieldHeight);
    m_grid->addWidget(text, row, 0, Qt::AlignTop);
}

void FieldGrid::setFieldVisible(QWidget* field, bool visible) {
    field->setVisible(visible);
    for (TextLabel* label : findChildren<TextLabel*>())
        if (label->buddy() == field) label->setVisible(visible);
}

void FieldGrid::setLabelColumn(int pixels) { m_grid->setColumnMinimumWidth(0, pixels); }

QVBoxLayout* panelSection(QWidget* section) {
    auto* layout = new QVBoxLayout(section);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    return layout;
}

} // namespace quantoscope::ui
