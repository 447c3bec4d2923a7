#include "ui/panels/importance_field.h"

#include <QComboBox>
#include <QVBoxLayout>

#include <algorithm>

namespace quantoscope::ui {

namespace {

// Item data: the index of the choice, or one of these.
constexpr int kNoneData = -1;
constexpr int kFileData = -2;

} // namespace

ImportanceField::ImportanceField(QWidget* parent) : QWidget(parent), m_combo(new QComboBox(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_combo);
    m_combo->setAccessibleName(tr("Importance"));
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->addItem(tr("Uniform"), kNoneData);
    m_combo->addItem(tr("Choose file…"), kFileData);
    setFocusProxy(m_combo);
    setWeighs(true);
    connect(m_combo, &QComboBox::activated, this, [this] {
        const int item = m_combo->currentData().toInt();
        showChosen(); // until it has been read, or where it is none, what holds stays
        if (item == kFileData)
            emit fileRequested();
        else
            emit importanceChosen(item == kNoneData ? TensorRef{} : m_choices[static_cast<std::size_t>(item)].tensor);
    });
}

void ImportanceField::setChoices(const std::vector<ImportanceChoice>& choices, const TensorRef& chosen) {
    if (choices != m_choices) {
        m_choices = choices;
        m_combo->clear();
        m_combo->addItem(tr("Uniform"), kNoneData);
        m_combo->setItemData(0, tr("The error of every value counts the same"), Qt::ToolTipRole);
        for (std::size_t i = 0; i < m_choices.size(); ++i) {
            m_combo->addItem(m_choices[i].text, static_cast<int>(i));
            m_combo->setItemData(m_combo->count() - 1, tr("%1 of %2").arg(m_choices[i].text, m_choices[i].file),
                                 Qt::ToolTipRole);
        }
        m_combo->insertSeparator(m_combo->count());
        m_combo->addItem(tr("Choose file…"), kFileData);
        m_combo->setItemData(m_combo->count() - 1, tr("A file with a tensor of the same shape"), Qt::ToolTipRole);
    }
    m_chosen = chosen;
    showChosen();
}

void ImportanceField::setWeighs(bool weighs) {
    m_combo->setToolTip(weighs ? tr("A tensor of the same shape, of numbers that are not negative: the error of each "
                                    "value counts so much")
                               : tr("This scheme does not weigh errors: they are measured by the importance, but the "
                                    "levels do not follow it"));
}

void ImportanceField::showChosen() {
    const auto choice = std::find_if(m_choices.begin(), m_choices.end(),
                                     [this](const ImportanceChoice& c) { return c.tensor == m_chosen; });
    const int item = choice == m_choices.end() ? kNoneData : static_cast<int>(choice - m_choices.begin());
    m_combo->setCurrentIndex(m_combo->findData(item));
}

} // namespace quantoscope::ui
