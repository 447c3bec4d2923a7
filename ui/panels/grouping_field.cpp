#include "ui/panels/grouping_field.h"

#include "ui/session/run_label.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace quantoscope::ui {

namespace {

constexpr int kLargestBlock = 1 << 20;
constexpr int kBlockData = -1; // item data: −2 the whole tensor, −1 blocks, else the axis
constexpr int kTensorData = -2;

int dataOf(const Grouping& grouping) {
    switch (grouping.kind) {
    case Grouping::Kind::Channel: return grouping.axis;
    case Grouping::Kind::Block: return kBlockData;
    case Grouping::Kind::Tensor: break;
    }
    return kTensorData;
}

/// Doubles and halves, as block sizes usually go.
class BlockSizeSpin : public QSpinBox {
public:
    using QSpinBox::QSpinBox;
    void stepBy(int steps) override {
        int size = value();
        for (; steps > 0; --steps) size *= 2;
        for (; steps < 0; ++steps) size /= 2;
        setValue(size);
    }
};

} // namespace

GroupingField::GroupingField(QWidget* parent)
    : QWidget(parent), m_combo(new QComboBox(this)), m_blockSize(new BlockSizeSpin(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_combo);
    layout->addWidget(m_blockSize);
    m_combo->setAccessibleName(tr("Grouping"));
    m_combo->setToolTip(tr("Which values share a scale or a codebook"));
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_blockSize->setRange(1, kLargestBlock);
    m_blockSize->setAccessibleName(tr("Block size"));
    m_blockSize->setToolTip(
        tr("Consecutive values along the last axis that share a scale; arrows double and halve it"));
    m_blockSize->setSuffix(tr(" values"));
    m_blockSize->setKeyboardTracking(false);
    setFocusProxy(m_combo);
    fill();
    connect(m_combo, &QComboBox::activated, this, [this] {
        const int chosen = m_combo->currentData().toInt();
        choose(chosen == kTensorData  ? Grouping::tensor()
               : chosen == kBlockData ? Grouping::block(m_blockSize->value())
                                      : Grouping::channel(chosen));
    });
    connect(m_blockSize, &QSpinBox::valueChanged, this, [this](int size) { choose(Grouping::block(size)); });
}

void GroupingField::fill() {
    const QSignalBlocker quiet(m_combo);
    m_combo->clear();
    m_combo->addItem(groupingText(Grouping::tensor()), kTensorData);
    if (m_shape.size() > 1)
        for (int axis = 0; axis < static_cast<int>(m_shape.size()); ++axis)
            m_combo->addItem(tr("Channel, axis %1 (%2)").arg(axis).arg(m_shape[static_cast<std::size_t>(axis)]), axis);
    m_combo->addItem(tr("Blocks"), kBlockData);
}

void GroupingField::setShape(const Shape& shape) {
    if (shape == m_shape) return;
    m_shape = shape;
    fill();
    setGrouping(m_grouping);
}

void GroupingField::setGrouping(const Grouping& grouping) {
    m_grouping = grouping;
    const QSignalBlocker quietCombo(m_combo), quietSize(m_blockSize);
    m_combo->setCurrentIndex(std::max(0, m_combo->findData(dataOf(grouping))));
    m_blockSize->setValue(static_cast<int>(std::min<std::int64_t>(grouping.blockSize, kLargestBlock)));
    m_blockSize->setVisible(grouping.kind == Grouping::Kind::Block);
}

void GroupingField::choose(const Grouping& grouping) {
    if (grouping == m_grouping) return;
    setGrouping(grouping);
    emit groupingChosen(grouping);
}

} // namespace quantoscope::ui
