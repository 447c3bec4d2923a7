// Rows of a label and a field, as the side panels have them.
#pragma once

#include <QWidget>

class QGridLayout;
class QVBoxLayout;

namespace quantoscope::ui {

class FieldGrid : public QWidget {
    Q_OBJECT

public:
    explicit FieldGrid(QWidget* parent = nullptr);

    /// The label names the field for screen readers, too, and both have `help` as their tooltip. Returns the field.
    template<class Field>
    Field* add(const QString& label, Field* field, const QString& help) {
        addRow(label, field, help);
        return field;
    }
    /// A check box stands under the fields and carries its own text.
    template<class Box>
    Box* addBox(Box* box, const QString& help) {
        addRow({}, box, help);
        return box;
    }
    void setFieldVisible(QWidget* field, bool visible);
    void setLabelColumn(int pixels);

private:
    void addRow(const QString& label, QWidget* field, const QString& help);

    QGridLayout* m_grid;
};

/// A section of a side panel: 16 px at the sides, 12 above and below, 8 between.
QVBoxLayout* panelSection(QWidget* section);

} // namespace quantoscope::ui
