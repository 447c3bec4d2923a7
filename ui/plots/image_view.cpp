#include "ui/plots/image_view.h"

#include "ui/plots/marks.h"
#include "ui/plots/plot_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr double kMargin = 16;
constexpr double kHeader = 32;
constexpr double kReach = 8; // of the divider
constexpr double kLargestZoom = 64;

} // namespace

ImageView::ImageView(QWidget* parent) : PlotView(parent) {
    setAccessibleName(tr("Image before and after"));
    setMouseTracking(true);
    connect(&Theme::instance(), &Theme::changed, this, [this] { update(); });
}

void ImageView::setImage(ImagePicturePtr picture) {
    const bool same = m_picture && picture && m_picture->before.size() == picture->before.size();
    m_picture = std::move(picture);
    if (!same) m_zoom = 0;
    setAccessibleDescription(
        m_picture ? tr("PSNR %1, SSIM %2").arg(decibelText(m_picture->psnrDb), numberText(m_picture->ssim, 4))
                  : QString());
    update();
}

void ImageView::setDivider(double share) {
    share = std::clamp(share, 0.0, 1.0);
    if (share == m_divider) return;
    m_divider = share;
    update();
    emit dividerMoved(share);
}

QRectF ImageView::stage(const QSize& size) const {
    return QRectF(kMargin, kHeader, std::max(1.0, size.width() - 2 * kMargin),
                  std::max(1.0, size.height() - kHeader - kMargin));
}

double ImageView::zoomFactor() const {
    if (!m_picture) return 1;
    if (m_zoom > 0) return m_zoom;
    const QRectF room = stage(size());
    return std::min(room.width() / m_picture->before.width(), room.height() / m_picture->before.height());
}

QRectF ImageView::target(const QSize& size) const {
    const QRectF room = stage(size);
    const QSizeF image = m_picture->before.size();
    const double factor = m_zoom > 0 ? m_zoom : std::min(room.width() / image.width(), room.height() / image.height());
    const QPointF centre = m_zoom > 0 ? m_centre : QPointF(image.width() / 2, image.height() / 2);
    return QRectF(room.center() - centre * factor, image * factor);
}

double ImageView::dividerX(const QSize& size) const {
    const QRectF seen = target(size) & stage(size);
    return seen.left() + m_divider * seen.width();
}

void ImageView::draw(QPainter& painter, const QSize& size) const {
    painter.fillRect(QRect(QPoint(), size), colors().surface);
    if (!m_picture) {
        painter.setPen(colors().text3);
        painter.setFont(typeface(type::control));
        painter.drawText(QRect(QPoint(), size), Qt::AlignCenter, tr("No image"));
        return;
    }
    const QRectF all = target(size);
    const QRectF seen = all & stage(size);
    const double x = std::round(dividerX(size));
    painter.save();
    painter.setClipRect(seen);
    if (m_picture->before.pixelFormat().alphaSize() > 0 && m_picture->before.hasAlphaChannel()) {
        // What is transparent shows a board.
        painter.fillRect(seen, colors().raised);
        for (double y = seen.top(); y < seen.bottom(); y += 8)
            for (double left = seen.left() + (static_cast<int>((y - seen.top()) / 8) % 2) * 8; left < seen.right();
                 left += 16)
                painter.fillRect(QRectF(left, y, 8, 8), colors().line);
    }
    // Smaller than its pixels it is smoothed; larger, every pixel is seen.
    painter.setRenderHint(QPainter::SmoothPixmapTransform, all.width() < m_picture->before.width() * 1.5);
    painter.setClipRect(QRectF(seen.left(), seen.top(), x - seen.left(), seen.height()), Qt::IntersectClip);
    painter.drawImage(all, m_picture->before);
    painter.setClipRect(QRectF(x, seen.top(), seen.right() - x, seen.height()));
    painter.drawImage(all, m_picture->after);
    painter.restore();

    const QColor scheme = schemeLook(m_picture->lookId).color;
    painter.fillRect(QRectF(x - 2, seen.top(), 4, seen.height()), colors().surface);
    painter.fillRect(QRectF(x - 1, seen.top(), 2, seen.height()), scheme);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(scheme, 2));
    painter.setBrush(colors().surface);
    const QPointF grip(x, seen.center().y());
    painter.drawEllipse(grip, 11, 11);
    painter.setPen(QPen(colors().text2, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (const double side : {-1.0, 1.0})
        painter.drawPolyline(
            QPolygonF({grip + QPointF(3 * side, -3), grip + QPointF(6 * side, 0), grip + QPointF(3 * side, 3)}));

    const auto chip = [&](const QString& text, bool left) {
        painter.setFont(typeface(type::caption, weight::medium));
        const double width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 16;
        if (width + 16 > (left ? x - seen.left() : seen.right() - x)) return;
        const QRectF place(left ? seen.left() + 8 : seen.right() - 8 - width, seen.top() + 8, width, 22);
        paintPanel(painter, place, 4, withAlpha(colors().surface, 0.9));
        painter.setPen(colors().text);
        painter.drawText(place, Qt::AlignCenter, text);
    };
    chip(tr("original"), true);
    chip(tr("quantized"), false);

    painter.setFont(typeface(type::caption));
    painter.setPen(colors().text2);
    const QRectF header(kMargin, 8, size.width() - 2 * kMargin, 16);
    painter.drawText(header, Qt::AlignLeft | Qt::AlignVCenter,
                     tr("%1 × %2 pixels, %3 %")
                         .arg(m_picture->before.width())
                         .arg(m_picture->before.height())
                         .arg(std::lround(all.width() / m_picture->before.width() * 100)));
    painter.setPen(colors().text);
    painter.setFont(typeface(type::table, weight::medium));
    painter.drawText(header, Qt::AlignRight | Qt::AlignVCenter,
                     tr("PSNR %1    SSIM %2").arg(decibelText(m_picture->psnrDb), numberText(m_picture->ssim, 4)));
}

void ImageView::paintTo(QCPPainter& painter, const QSize& size) { draw(painter, size); }

void ImageView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    draw(painter, size());
    countReplot();
}

void ImageView::resetView() {
    if (m_zoom == 0) return;
    m_zoom = 0;
    update();
}

void ImageView::zoom(double factor, const QPointF& around) {
    if (!m_picture) return;
    const QRectF all = target(size());
    const double before = zoomFactor();
    const QPointF fixed = (around - all.topLeft()) / before; // in image pixels
    m_zoom = 0;
    const double fit = zoomFactor();
    const double wanted = std::clamp(before * factor, std::min(fit, 1.0), std::max(kLargestZoom, fit));
    if (wanted > fit * 1.001 || fit > 1) m_zoom = wanted;
    m_centre = fixed + (stage(size()).center() - around) / std::max(wanted, 1e-9);
    pan({});
}

void ImageView::pan(const QPointF& by) {
    if (m_zoom > 0) {
        m_centre -= by / m_zoom;
        m_centre.setX(std::clamp<double>(m_centre.x(), 0, m_picture->before.width()));
        m_centre.setY(std::clamp<double>(m_centre.y(), 0, m_picture->before.height()));
    }
    update();
}

void ImageView::mousePressEvent(QMouseEvent* event) {
    if (!m_picture) return;
    const bool divider =
        event->button() == Qt::LeftButton && std::abs(event->position().x() - dividerX(size())) <= kReach + 3;
    m_drag = divider ? Drag::Divider : Drag::Pan;
    m_dragFrom = m_pressedAt = event->position();
}

void ImageView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_picture) return;
    if (m_drag == Drag::Divider) {
        const QRectF seen = target(size()) & stage(size());
        setDivider((event->position().x() - seen.left()) / std::max(1.0, seen.width()));
    } else if (m_drag == Drag::Pan) {
        if ((event->position() - m_pressedAt).manhattanLength() >= 4) setCursor(Qt::ClosedHandCursor);
        pan(event->position() - m_dragFrom);
        m_dragFrom = event->position();
    } else if (std::abs(event->position().x() - dividerX(size())) <= kReach + 3) {
        setCursor(Qt::SplitHCursor);
    } else {
        unsetCursor();
    }
}

void ImageView::mouseReleaseEvent(QMouseEvent* event) {
    m_drag = Drag::None;
    unsetCursor();
    if (event->button() == Qt::RightButton && (event->position() - m_pressedAt).manhattanLength() < 4)
        showContextMenu(event->globalPosition().toPoint());
}

void ImageView::mouseDoubleClickEvent(QMouseEvent*) { resetView(); }

void ImageView::wheelEvent(QWheelEvent* event) {
    zoom(std::pow(1.25, event->angleDelta().y() / 120.0), event->position());
    event->accept();
}

void ImageView::keyPressEvent(QKeyEvent* event) {
    const bool control = event->modifiers() & Qt::ControlModifier;
    const double step = event->modifiers() & Qt::ShiftModifier ? 0.1 : 0.01;
    const QPointF middle = stage(size()).center();
    switch (event->key()) {
    case Qt::Key_Left: control ? pan({40, 0}) : setDivider(m_divider - step); break;
    case Qt::Key_Right: control ? pan({-40, 0}) : setDivider(m_divider + step); break;
    case Qt::Key_Up: pan({0, 40}); break;
    case Qt::Key_Down: pan({0, -40}); break;
    case Qt::Key_Home: setDivider(0); break;
    case Qt::Key_End: setDivider(1); break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(1.25, middle); break;
    case Qt::Key_Minus: zoom(0.8, middle); break;
    case Qt::Key_1: zoom(1 / zoomFactor(), middle); break;
    default: PlotView::keyPressEvent(event);
    }
}

} // namespace quantoscope::ui
