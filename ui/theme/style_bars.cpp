// Tabs, scroll bars, sliders and progress.
#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/roles.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QDateTime>
#include <QPainter>
#include <QStyleOption>

namespace quantoscope::ui {

void Style::drawTab(const QStyleOptionTab& option, QPainter& painter, const QWidget* widget) const {
    const Palette& c = colors();
    const bool enabled = option.state & State_Enabled;
    const bool selected = option.state & State_Selected;
    const QRect rect = option.rect;
    painter.setFont(typeface(type::control, selected ? weight::semiBold : weight::regular));
    painter.setPen(!enabled ? c.disabled : selected || (option.state & State_MouseOver) ? c.text : c.text2);
    // The chosen text is wider; both start where the wider one does.
    const int inset = insetBefore(option, widget), after = tabInset(widget);
    const QRect text = rect.adjusted(inset, 0, 0, 0);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextHideMnemonic, option.text);
    if (selected) {
        const int width = rect.width() - inset - after;
        painter.fillRect(QRect(rect.x() + inset, rect.bottom() - 1, width, 2), c.ink);
        if ((option.state & State_HasFocus) && (option.state & State_KeyboardFocusChange))
            paintFocusRing(painter, rect.adjusted(inset - 7, 6, -after + 7, -6), 5);
    }
}

void Style::drawScrollBar(const QStyleOptionSlider& option, QPainter& painter, const QWidget* widget) const {
    const Palette& c = colors();
    if (option.maximum <= option.minimum) return;
    const QRect slider = subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, widget);
    const bool active =
        (option.activeSubControls & SC_ScrollBarSlider) && (option.state & (State_MouseOver | State_Sunken));
    const bool across = option.orientation == Qt::Horizontal;
    const QRectF thumb = across ? QRectF(slider).adjusted(2, 2, -2, -2) : QRectF(slider).adjusted(2, 2, -2, -2);
    paintPanel(painter, thumb, 3, active ? c.text3 : c.line2);
}

void Style::drawSlider(const QStyleOptionSlider& option, QPainter& painter, const QWidget* widget) const {
    const Palette& c = colors();
    const bool across = option.orientation == Qt::Horizontal;
    const bool enabled = option.state & State_Enabled;
    const QRectF handle = subControlRect(CC_Slider, &option, SC_SliderHandle, widget);
    const QRectF rect = option.rect;
    const QPointF at = handle.center();
    const QRectF groove = across ? QRectF(rect.x() + 7, at.y() - 2, rect.width() - 14, 4)
                                 : QRectF(at.x() - 2, rect.y() + 7, 4, rect.height() - 14);
    paintPanel(painter, groove, 2, c.line);
    QRectF filled = groove;
    if (across)
        option.upsideDown ? filled.setLeft(at.x()) : filled.setRight(at.x());
    else
        option.upsideDown ? filled.setTop(at.y()) : filled.setBottom(at.y());
    const QColor color = enabled ? c.ink : c.line2;
    paintPanel(painter, filled, 2, color);
    QRectF disc(0, 0, 16, 16);
    disc.moveCenter(at);
    paintPanel(painter, disc, 8, c.field, color, 2);
    if ((option.state & State_HasFocus) && (option.state & State_KeyboardFocusChange))
        paintPanel(painter, disc.adjusted(4, 4, -4, -4), 4, color);
}

void Style::drawProgress(const QStyleOptionProgressBar& option, QPainter& painter) const {
    const Palette& c = colors();
    QRectF track = option.rect;
    if (track.height() > 4) track = QRectF(track.x(), track.center().y() - 2, track.width(), 4);
    paintPanel(painter, track, 2, c.line);
    const qint64 range = qint64(option.maximum) - option.minimum;
    if (range <= 0) { // no known end: a piece that wanders, as often as the owner repaints
        constexpr qint64 kPeriod = 1400;
        const qreal phase = qreal(QDateTime::currentMSecsSinceEpoch() % kPeriod) / kPeriod;
        const qreal width = track.width() * 0.3;
        QRectF piece(track.x() + phase * (track.width() + width) - width, track.y(), width, track.height());
        paintPanel(painter, piece.intersected(track), 2, c.ink);
        return;
    }
    const qreal share = qBound(0.0, qreal(qint64(option.progress) - option.minimum) / range, 1.0);
    if (share > 0) {
        QRectF done = track;
        done.setWidth(qMax<qreal>(4, track.width() * share));
        paintPanel(painter, done, 2, c.ink);
    }
}

} // namespace quantoscope::ui
