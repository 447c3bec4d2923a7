#include "ui/widgets/bits_slider.h"

#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/roles.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr int kEnd = 9; // from the widget's edge to the first stop: the handle's radius
constexpr double kTrackY = 12;
constexpr double kHandle = 18;
constexpr int kNumbersTop = 24;
constexpr int kHeight = 42;

} // namespace

BitsSlider::BitsSlider(QWidget* parent) : QSlider(Qt::Horizontal, parent) {
    setRange(1, 8);
    setSingleStep(1);
    setPageStep(1);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Bits"));
    setToolTip(tr("Bits per value: 2 to this power is the number of levels"));
}

void BitsSlider::setBitRange(int minimum, int maximum) {
    const QSignalBlocker quiet(this);
    setRange(minimum, maximum);
    update();
}

void BitsSlider::setColor(const QColor& color) {
    if (color == m_color) return;
    m_color = color;
    update();
}

void BitsSlider::setLevels(int levels) {
    const double bits = std::log2(qMax(1, levels));
    const QSignalBlocker quiet(this);
    setValue(static_cast<int>(std::ceil(bits)));
    m_position = qBound<double>(minimum(), bits, maximum());
    update();
}

QPointF BitsSlider::stop(double bits) const {
    const double share = maximum() > minimum() ? (bits - minimum()) / (maximum() - minimum()) : 0;
    const double x = kEnd + share * (width() - 2 * kEnd);
    return {layoutDirection() == Qt::RightToLeft ? width() - x : x, kTrackY};
}

QSize BitsSlider::sizeHint() const { return {272, kHeight}; }

QSize BitsSlider::minimumSizeHint() const { return {120, kHeight}; }

void BitsSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Palette& c = colors();
    const QColor color = !isEnabled() ? c.line2 : m_color.isValid() ? m_color : c.ink;
    drawStops(painter, color);
    drawNumbers(painter);

    const QPointF at = stop(m_position);
    QRectF handle(0, 0, kHandle, kHandle);
    handle.moveCenter(at);
    if (isEnabled()) paintShadow(painter, handle, kHandle / 2, 3, 1);
    paintPanel(painter, handle, kHandle / 2, isEnabled() && theme().isDark() ? c.text : c.surface, color, 2.5);
    if (showsFocus(this)) paintPanel(painter, handle.adjusted(-3, -3, 3, 3), kHandle / 2 + 3, {}, c.ink, 1.5);
}

void BitsSlider::drawStops(QPainter& painter, const QColor& color) const {
    const Palette& c = colors();
    const QPointF first = stop(minimum()), last = stop(maximum()), at = stop(m_position);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto bar = [&painter](const QPointF& a, const QPointF& b, const QColor& fill) {
        painter.setPen(QPen(fill, 4, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(a, b);
    };
    bar(first, last, c.line);
    bar(first, at, color);
    painter.setPen(Qt::NoPen);
    for (int bits = minimum(); bits <= maximum(); ++bits) {
        painter.setBrush(bits <= m_position ? color : c.line2);
        painter.drawEllipse(stop(bits), 3.5, 3.5);
    }
}

void BitsSlider::drawNumbers(QPainter& painter) const {
    const Palette& c = colors();
    const double spacing = maximum() > minimum() ? (width() - 2.0 * kEnd) / (maximum() - minimum()) : width();
    const int every = spacing >= 16 ? 1 : 2; // the current one is always written
    const int current = m_position == std::round(m_position) ? qRound(m_position) : -1;
    for (int bits = minimum(); bits <= maximum(); ++bits) {
        const bool chosen = bits == current;
        if (!chosen && ((maximum() - bits) % every != 0 || (every > 1 && std::abs(bits - current) < every))) continue;
        painter.setFont(typeface(type::caption, chosen ? weight::bold : weight::medium));
        painter.setPen(!isEnabled() ? c.disabled : chosen ? c.text : c.text2);
        painter.drawText(QRectF(stop(bits).x() - 20, kNumbersTop, 40, kHeight - kNumbersTop),
                         Qt::AlignHCenter | Qt::AlignVCenter, countText(bits));
    }
}

int BitsSlider::nearest(double x) const {
    const double share = (x - kEnd) / qMax(1, width() - 2 * kEnd);
    const double along = layoutDirection() == Qt::RightToLeft ? 1 - share : share;
    return qBound(minimum(), static_cast<int>(std::lround(minimum() + along * (maximum() - minimum()))), maximum());
}

void BitsSlider::choose(int bits) {
    bits = qBound(minimum(), bits, maximum());
    if (bits == value() && m_position == bits) return;
    setValue(bits);
    m_position = bits; // also where the value stays and only the levels become a power of two
    update();
    emit bitsChosen(bits);
}

void BitsSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return event->ignore();
    setSliderDown(true);
    choose(nearest(event->position().x()));
}

void BitsSlider::mouseMoveEvent(QMouseEvent* event) {
    if (isSliderDown()) choose(nearest(event->position().x()));
}

void BitsSlider::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) setSliderDown(false);
}

void BitsSlider::keyPressEvent(QKeyEvent* event) {
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    // From between two stops a key goes to the nearest stop on its side.
    const int below = static_cast<int>(std::ceil(m_position)) - 1, above = static_cast<int>(std::floor(m_position)) + 1;
    switch (event->key()) {
    case Qt::Key_Left: choose(forward > 0 ? below : above); return;
    case Qt::Key_Right: choose(forward > 0 ? above : below); return;
    case Qt::Key_Down:
    case Qt::Key_PageDown:
    case Qt::Key_Minus: choose(below); return;
    case Qt::Key_Up:
    case Qt::Key_PageUp:
    case Qt::Key_Plus: choose(above); return;
    case Qt::Key_Home: choose(minimum()); return;
    case Qt::Key_End: choose(maximum()); return;
    default: break;
    }
    if (event->key() >= Qt::Key_1 && event->key() <= Qt::Key_9 && event->modifiers() == Qt::NoModifier) {
        const int bits = event->key() - Qt::Key_0;
        if (bits >= minimum() && bits <= maximum()) return choose(bits);
    }
    event->ignore();
}

void BitsSlider::wheelEvent(QWheelEvent* event) {
    // A slider in a scrolled panel must not change as the pointer passes: only with the focus.
    if (!hasFocus()) return event->ignore();
    m_wheel += event->angleDelta().y();
    const int steps = m_wheel / 120;
    m_wheel -= steps * 120;
    if (steps) choose(value() + steps);
    event->accept();
}

void BitsSlider::sliderChange(SliderChange change) {
    if (change == SliderValueChange) m_position = value();
    QSlider::sliderChange(change);
}

} // namespace quantoscope::ui
