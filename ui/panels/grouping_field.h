// Which values share a scale or a codebook: the whole tensor, a channel of one of its axes, or blocks of a size.
#pragma once

#include "core/quant/grouping.h"

#include <QWidget>

class QComboBox;
class QSpinBox;

namespace quantoscope::ui {

class GroupingField : public QWidget {
    Q_OBJECT

public:
    explicit GroupingField(QWidget* parent = nullptr);

    /// Offers the axes of this shape.
    void setShape(const Shape& shape);
    /// Emits nothing.
    void setGrouping(const Grouping& grouping);
    const Grouping& grouping() const { return m_grouping; }
    QComboBox* combo() const { return m_combo; }

signals:
    void groupingChosen(const quantoscope::Grouping& grouping);

private:
    void fill();
    void choose(const Grouping& grouping);

    QComboBox* m_combo;
    QSpinBox* m_blockSize;
    Shape m_shape;
    Grouping m_grouping;
};

} // namespace quantoscope::ui
