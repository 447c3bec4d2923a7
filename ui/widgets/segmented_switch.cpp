// Each segment is a radio button: arrow keys, exclusiveness and the role for screen readers come with it.
#include "ui/widgets/segmented_switch.h"

#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/roles.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QRadioButton>

namespace quantoscope::ui {

namespace {

constexpr int kInset = 2;

class Segment : public QRadioButton {
public:
    Segment(const QString& text, SegmentedSwitch::Size size, QWidget* parent)
        : QRadioButton(text, parent), m_size(size) {
        setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
        setAttribute(Qt::WA_Hover);
    }

    QSize sizeHint() const override {
        const bool header = m_size == SegmentedSwitch::Size::Header;
        const int width = QFontMetrics(typeface(pixels(), weight::semiBold)).horizontalAdvance(text());
        return {width + (header ? 20 : 18), header ? 28 : 24};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool hitButton(const QPoint& pos) const override { return rect().contains(pos); }

    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const Palette& c = colors();
        if (isChecked()) {
            if (!theme().isDark()) paintShadow(painter, QRectF(rect()).adjusted(1, 1, -1, -1), 5, 2, 0.5);
            paintPanel(painter, rect(), 5, c.segment, c.line2);
        }
        if (showsFocus(this)) paintFocusRing(painter, rect(), 5);
        painter.setFont(typeface(pixels(), isChecked() ? weight::semiBold : weight::medium));
        painter.setPen(!isEnabled() ? c.disabled : isChecked() || underMouse() ? c.text : c.text2);
        painter.drawText(rect(), Qt::AlignCenter, text());
    }

private:
    qreal pixels() const { return m_size == SegmentedSwitch::Size::Header ? type::control : type::table; }

    SegmentedSwitch::Size m_size;
};

} // namespace

SegmentedSwitch::SegmentedSwitch(const QStringList& labels, Size size, QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kInset, kInset, kInset, kInset);
    row->setSpacing(1);
    for (const QString& label : labels) {
        auto* segment = new Segment(label, size, this);
        const int index = count();
        connect(segment, &QRadioButton::toggled, this, [this, index](bool on) {
            if (on) emit currentChanged(index);
        });
        row->addWidget(segment);
        m_segments.append(segment);
    }
    if (!m_segments.isEmpty()) {
        const QSignalBlocker quiet(m_segments.first());
        m_segments.first()->setChecked(true);
    }
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

int SegmentedSwitch::currentIndex() const {
    for (int i = 0; i < count(); ++i)
        if (m_segments.at(i)->isChecked()) return i;
    return -1;
}

void SegmentedSwitch::setCurrentIndex(int index) {
    if (index >= 0 && index < count()) m_segments.at(index)->setChecked(true);
}

void SegmentedSwitch::setSegmentEnabled(int index, bool enabled) { m_segments.at(index)->setEnabled(enabled); }

void SegmentedSwitch::setSegmentToolTip(int index, const QString& text) { m_segments.at(index)->setToolTip(text); }

void SegmentedSwitch::setLabel(int index, const QString& text) {
    m_segments.at(index)->setText(text);
    m_segments.at(index)->updateGeometry();
}

void SegmentedSwitch::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintPanel(painter, rect(), kFieldRadius + 1, colors().track);
}

} // namespace quantoscope::ui
