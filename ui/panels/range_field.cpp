#include "ui/panels/range_field.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr int kReasonItem = -1;
constexpr double kUsualPercentile = 99.9;
constexpr double kUsualSigma = 3;

QString endText(float value) {
    return QLocale().toString(static_cast<double>(value), 'g', QLocale::FloatingPointShortest);
}

} // namespace

RangeField::RangeField(QWidget* parent)
    : QWidget(parent),
      m_combo(new QComboBox(this)),
      m_number(new QDoubleSpinBox(this)),
      m_ends(new QWidget(this)),
      m_lower(new QLineEdit(m_ends)),
      m_upper(new QLineEdit(m_ends)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* ends = new QHBoxLayout(m_ends);
    ends->setContentsMargins(0, 0, 0, 0);
    ends->setSpacing(8);
    ends->addWidget(m_lower);
    ends->addWidget(m_upper);
    layout->addWidget(m_combo);
    layout->addWidget(m_number);
    layout->addWidget(m_ends);

    m_combo->setAccessibleName(tr("Range"));
    m_combo->setToolTip(tr("Where the range comes from; values outside it are clipped"));
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    using Kind = RangeSpec::Kind;
    const auto add = [this](const QString& text, Kind kind, const QString& help) {
        m_combo->addItem(text, static_cast<int>(kind));
        m_combo->setItemData(m_combo->count() - 1, help, Qt::ToolTipRole);
    };
    add(tr("Min–max"), Kind::MinMax, tr("From the smallest to the largest value"));
    add(tr("Percentile"), Kind::Percentile, tr("The middle share of the values"));
    add(tr("Std. deviations"), Kind::Sigma, tr("So many standard deviations about the mean"));
    add(tr("Least error"), Kind::Mse, tr("The range with the least squared error"));
    add(tr("Entropy"), Kind::Entropy, tr("The range of least Kullback–Leibler divergence"));
    add(tr("Histogram search"), Kind::Histogram, tr("What PyTorch's HistogramObserver leaves of the extremes"));
    add(tr("Own range"), Kind::Fixed, tr("The two ends given here"));
    m_number->setKeyboardTracking(false);
    m_number->setAccessibleName(tr("Range parameter"));
    m_lower->setAccessibleName(tr("Lower end of the range"));
    m_upper->setAccessibleName(tr("Upper end of the range"));
    m_lower->setToolTip(m_lower->accessibleName());
    m_upper->setToolTip(m_upper->accessibleName());
    setFocusProxy(m_combo);

    connect(m_combo, &QComboBox::activated, this, [this] {
        RangeSpec range;
        range.kind = static_cast<Kind>(m_combo->currentData().toInt());
        if (range.kind == Kind::Percentile) range.parameter = kUsualPercentile;
        if (range.kind == Kind::Sigma) range.parameter = kUsualSigma;
        if (range.kind == Kind::Fixed) {
            range.lower = m_dataLower;
            range.upper = m_dataUpper > m_dataLower ? m_dataUpper : m_dataLower + 1;
        }
        choose(range);
    });
    connect(m_number, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        RangeSpec range = m_range;
        range.parameter = value;
        choose(range);
    });
    connect(m_lower, &QLineEdit::editingFinished, this, &RangeField::readOwnEnds);
    connect(m_upper, &QLineEdit::editingFinished, this, &RangeField::readOwnEnds);
    updateFields();
}

void RangeField::setRange(const RangeSpec& range) {
    m_range = range;
    updateFields();
}

void RangeField::setDataRange(float lower, float upper) {
    m_dataLower = lower;
    m_dataUpper = upper;
}

void RangeField::setUsed(bool used, const QString& reason) {
    if (const int item = m_combo->findData(kReasonItem); item >= 0) m_combo->removeItem(item);
    m_used = used;
    if (!used) m_combo->insertItem(0, reason, kReasonItem);
    setEnabled(used);
    updateFields();
}

void RangeField::updateFields() {
    using Kind = RangeSpec::Kind;
    const QSignalBlocker quietCombo(m_combo), quietNumber(m_number);
    m_combo->setCurrentIndex(m_used ? m_combo->findData(static_cast<int>(m_range.kind)) : 0);
    const bool percentile = m_range.kind == Kind::Percentile, sigma = m_range.kind == Kind::Sigma;
    if (percentile) {
        m_number->setDecimals(3);
        m_number->setRange(50, 100);
        m_number->setSingleStep(0.1);
        m_number->setSuffix(tr(" %"));
    } else if (sigma) {
        m_number->setDecimals(2);
        m_number->setRange(0.1, 100);
        m_number->setSingleStep(0.25);
        m_number->setSuffix(tr(" σ"));
    }
    m_number->setValue(m_range.parameter);
    m_lower->setText(endText(m_range.lower));
    m_upper->setText(endText(m_range.upper));
    m_number->setVisible(m_used && (percentile || sigma));
    m_ends->setVisible(m_used && m_range.kind == Kind::Fixed);
}

void RangeField::readOwnEnds() {
    bool lowerRead = false, upperRead = false;
    RangeSpec range = m_range;
    range.lower = QLocale().toFloat(m_lower->text(), &lowerRead);
    range.upper = QLocale().toFloat(m_upper->text(), &upperRead);
    const bool valid =
        lowerRead && upperRead && std::isfinite(range.lower) && std::isfinite(range.upper) && range.lower < range.upper;
    if (valid)
        choose(range);
    else
        updateFields(); // back to the last range that was one
}

void RangeField::choose(const RangeSpec& range) {
    if (range == m_range) return;
    setRange(range);
    emit rangeChosen(range);
}

} // namespace quantoscope::ui
