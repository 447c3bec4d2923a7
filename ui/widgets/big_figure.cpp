#include "ui/widgets/big_figure.h"

#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace quantoscope::ui {

namespace {

constexpr int kLabelHeight = 17;
qreal unitPixels(qreal pixels) { return pixels >= 28 ? 15 : 13; }
int numberHeight(qreal pixels) { return qRound(pixels * 1.28); }

} // namespace

BigFigure::BigFigure(const QString& label, qreal pixels, QWidget* parent)
    : QWidget(parent), m_label(label), m_pixels(pixels) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    name();
}

void BigFigure::setLabel(const QString& label) {
    m_label = label;
    name();
    updateGeometry();
    update();
}

void BigFigure::setFigure(const QString& number, const QString& unit) {
    if (number == m_number && unit == m_unit) return;
    m_number = number;
    m_unit = unit;
    name();
    update(); // the layout gives enough room for any usual number: no relayout on every frame of a drag
}

void BigFigure::setPixels(qreal pixels) {
    if (pixels == m_pixels) return;
    m_pixels = pixels;
    updateGeometry();
    update();
}

void BigFigure::name() { setAccessibleName(QStringLiteral("%1: %2 %3").arg(m_label, m_number, m_unit).trimmed()); }

QSize BigFigure::sizeHint() const {
    const int number = QFontMetrics(figureFont(m_pixels)).horizontalAdvance(QStringLiteral("000.00"));
    const int unit = QFontMetrics(typeface(unitPixels(m_pixels))).horizontalAdvance(QStringLiteral("×10⁻⁴"));
    return {number + 6 + unit, kLabelHeight + numberHeight(m_pixels)};
}

QSize BigFigure::minimumSizeHint() const { return {72, sizeHint().height()}; }

void BigFigure::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Palette& c = colors();
    painter.setFont(typeface(type::table));
    painter.setPen(c.text2);
    painter.drawText(QRectF(0, 0, width(), kLabelHeight), Qt::AlignLeft | Qt::AlignVCenter, m_label);

    // A number too wide for its place is set smaller rather than cut.
    qreal pixels = m_pixels;
    const qreal unitWidth =
        m_unit.isEmpty() ? 0 : QFontMetricsF(typeface(unitPixels(pixels))).horizontalAdvance(m_unit) + 5;
    while (pixels > 12 && QFontMetricsF(figureFont(pixels)).horizontalAdvance(m_number) + unitWidth > width())
        pixels -= 1;
    const QFont figure = figureFont(pixels);
    const QFontMetricsF metrics(figure);
    const qreal baseline =
        kLabelHeight + numberHeight(m_pixels) * 0.5 + QFontMetricsF(figureFont(m_pixels)).capHeight() * 0.5;
    const qreal shift = m_number.isEmpty() ? 0 : metrics.leftBearing(m_number.front());
    painter.setFont(figure);
    painter.setPen(c.text);
    painter.drawText(QPointF(-shift, baseline), m_number);
    painter.setFont(typeface(unitPixels(m_pixels)));
    painter.setPen(c.text2);
    painter.drawText(QPointF(metrics.horizontalAdvance(m_number) - shift + 5, baseline), m_unit);
}

} // namespace quantoscope::ui
