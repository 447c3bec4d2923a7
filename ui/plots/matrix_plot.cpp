#include "ui/plots/matrix_plot.h"

#include "ui/plots/color_map.h"
#include "ui/plots/marks.h"
#include "ui/plots/plot_text.h"
#include "ui/theme/fonts.h"
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
constexpr double kTop = 32; // titles
constexpr double kBottom = 24;
constexpr double kGap = 16;
constexpr double kScaleWidth = 72; // the colour bar with its labels
constexpr double kBar = 12;

} // namespace

MatrixPlot::MatrixPlot(QWidget* parent) : PlotView(parent), m_card(new Card(this)) {
    setAccessibleName(tr("Matrix"));
    setMouseTracking(true);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_cache = {};
        update();
    });
}

void MatrixPlot::setMatrix(MatrixPicturePtr picture) {
    const bool same =
        m_picture && picture && m_picture->rows == picture->rows && m_picture->columns == picture->columns;
    m_picture = std::move(picture);
    m_cache = {};
    if (!same) {
        m_hovered.reset();
        m_card->hide();
        m_view = m_picture ? QRectF(0, 0, static_cast<double>(m_picture->columns), static_cast<double>(m_picture->rows))
                           : QRectF();
    }
    update();
}

void MatrixPlot::setErrorGain(int gain) {
    gain = std::max(1, gain);
    if (gain == m_gain) return;
    m_gain = gain;
    m_cache = {};
    update();
}

// Beside each other where that leaves larger panes than below each other.
std::array<QRectF, 3> MatrixPlot::layoutFor(const QSize& size) const {
    const double width = size.width() - 2 * kMargin - kScaleWidth;
    std::array<QRectF, 3> panes;
    const double tall = size.height() - kTop - kBottom;
    const double third = (width - 2 * kGap) / 3;
    const double aspect = m_picture && m_picture->rows > 0
                              ? static_cast<double>(m_picture->columns) / static_cast<double>(m_picture->rows)
                              : 1;
    const bool stacked = aspect > 4 && tall > 240;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto k = static_cast<double>(i);
        if (stacked) {
            const double height = (size.height() - kBottom) / 3.0;
            panes[i] = QRectF(kMargin, k * height + kTop, width, height - kTop);
        } else {
            panes[i] = QRectF(kMargin + k * (third + kGap), kTop, third, tall);
        }
    }
    for (QRectF& pane : panes) pane = QRectF(pane.toRect());
    return panes;
}

QRectF MatrixPlot::pane(int index) const { return layoutFor(size())[static_cast<std::size_t>(index)]; }

QImage MatrixPlot::paneImage(int index, const QSize& pixels) const {
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    const DivergingMap& map = divergingMap(theme().isDark());
    const MatrixPicture& p = *m_picture;
    const float inverse = (p.limit > 0 ? 1 / p.limit : 1) * (index == 2 ? static_cast<float>(m_gain) : 1.0f);
    const auto original = p.original();
    // Cells of the overview while it has as many of them as the screen has pixels for.
    const bool overview =
        m_view.width() * static_cast<double>(p.overviewColumns) / static_cast<double>(p.columns) >=
            pixels.width() * 0.99 ||
        m_view.height() * static_cast<double>(p.overviewRows) / static_cast<double>(p.rows) >= pixels.height() * 0.99;
    const bool reduced = overview && (p.overviewRows < p.rows || p.overviewColumns < p.columns);
    const std::size_t columns = reduced ? p.overviewColumns : p.columns;
    const std::size_t rows = reduced ? p.overviewRows : p.rows;
    const double scaleX = static_cast<double>(columns) / static_cast<double>(p.columns);
    const double scaleY = static_cast<double>(rows) / static_cast<double>(p.rows);
    std::vector<std::size_t> column(static_cast<std::size_t>(pixels.width()));
    for (int x = 0; x < pixels.width(); ++x)
        column[static_cast<std::size_t>(x)] =
            std::min(columns - 1, static_cast<std::size_t>(std::max(
                                      0.0, (m_view.left() + (x + 0.5) * m_view.width() / pixels.width()) * scaleX)));
    for (int y = 0; y < pixels.height(); ++y) {
        const std::size_t row =
            std::min(rows - 1, static_cast<std::size_t>(std::max(
                                   0.0, (m_view.top() + (y + 0.5) * m_view.height() / pixels.height()) * scaleY)));
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < pixels.width(); ++x) {
            const std::size_t i = row * columns + column[static_cast<std::size_t>(x)];
            float value = std::nanf("");
            if (reduced)
                value = index == 0 ? p.overviewOriginal[i] : index == 1 ? p.overviewQuantized[i] : p.overviewError[i];
            else if (i < p.count)
                value = index == 0 ? original[i] : index == 1 ? p.quantized[i] : original[i] - p.quantized[i];
            line[x] = map(value * inverse);
        }
    }
    return image;
}

void MatrixPlot::draw(QPainter& painter, const QSize& size, double scale) const {
    painter.fillRect(QRect(QPoint(), size), colors().surface);
    if (!m_picture || m_picture->count == 0) {
        painter.setPen(colors().text3);
        painter.setFont(typeface(type::control));
        painter.drawText(QRect(QPoint(), size), Qt::AlignCenter, tr("No result yet"));
        return;
    }
    const auto panes = layoutFor(size);
    const bool onScreen = painter.device() == this;
    const QString titles[] = {tr("original"), tr("quantized"),
                              m_gain == 1 ? tr("error") : tr("error × %1").arg(m_gain)};
    for (int i = 0; i < 3; ++i) {
        const QRectF& pane = panes[static_cast<std::size_t>(i)];
        if (pane.width() < 1 || pane.height() < 1) continue;
        const QSize pixels = (pane.size() * scale).toSize();
        QImage image = onScreen ? m_cache[static_cast<std::size_t>(i)] : QImage();
        if (image.size() != pixels) {
            image = paneImage(i, pixels);
            if (onScreen) const_cast<MatrixPlot*>(this)->m_cache[static_cast<std::size_t>(i)] = image;
        }
        painter.drawImage(pane, image);
        painter.setPen(QPen(colors().line2, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(pane.adjusted(-1, -1, 0, 0));
        painter.setFont(typeface(type::caption));
        painter.setPen(colors().text2);
        painter.drawText(QRectF(pane.left(), pane.top() - 24, pane.width(), 16), Qt::AlignLeft | Qt::AlignVCenter,
                         titles[i]);
        if (m_hovered && onScreen) {
            const double w = pane.width() / m_view.width();
            const double h = pane.height() / m_view.height();
            const QRectF cell(pane.left() + (m_hovered->x() - m_view.left()) * w,
                              pane.top() + (m_hovered->y() - m_view.top()) * h, w, h);
            painter.setPen(QPen(colors().text, 1.5));
            painter.drawRect(cell.width() < 6 ? QRectF(cell.center() - QPointF(4, 4), QSizeF(8, 8)) : cell);
        }
    }
    // Which part is in sight.
    const QRectF all(0, 0, static_cast<double>(m_picture->columns), static_cast<double>(m_picture->rows));
    painter.setFont(typeface(type::caption));
    painter.setPen(colors().text2);
    const QString extent = m_view == all ? tr("%1 × %2").arg(countText(static_cast<qint64>(m_picture->rows)),
                                                             countText(static_cast<qint64>(m_picture->columns)))
                                         : tr("rows %1–%2, columns %3–%4")
                                               .arg(countText(static_cast<qint64>(m_view.top())),
                                                    countText(static_cast<qint64>(std::ceil(m_view.bottom()) - 1)),
                                                    countText(static_cast<qint64>(m_view.left())),
                                                    countText(static_cast<qint64>(std::ceil(m_view.right()) - 1)));
    painter.drawText(QRectF(kMargin, size.height() - 20, size.width() - 2 * kMargin, 16),
                     Qt::AlignLeft | Qt::AlignVCenter, extent);

    const QRectF bar(panes[2].right() + kGap, panes[0].top(), kBar,
                     std::min(200.0, panes[2].bottom() - panes[0].top()));
    const DivergingMap& map = divergingMap(theme().isDark());
    QLinearGradient gradient(bar.topLeft(), bar.bottomLeft());
    for (int i = 0; i <= 32; ++i) gradient.setColorAt(i / 32.0, QColor(map(static_cast<float>(1 - i / 16.0))));
    painter.setPen(Qt::NoPen);
    painter.fillRect(bar, gradient);
    painter.setPen(colors().text2);
    const double limit = m_picture->limit;
    const int decimals =
        limit > 0 && limit < 1e4 ? std::max(0, 2 - static_cast<int>(std::floor(std::log10(limit)))) : 0;
    const auto label = [&](double value, double y) {
        const QString text = std::abs(limit) >= 1e5 || (limit > 0 && limit < 1e-4) ? scientificText(value, 2)
                                                                                   : numberText(value, decimals);
        painter.drawText(QRectF(bar.right() + 6, y - 8, kScaleWidth, 16), Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    label(limit, bar.top() + 6);
    label(0, bar.center().y());
    label(-limit, bar.bottom() - 6);
}

void MatrixPlot::paintTo(QCPPainter& painter, const QSize& size) { draw(painter, size, 2); }

void MatrixPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    draw(painter, size(), devicePixelRatioF());
    countReplot();
}

void MatrixPlot::resetView() {
    if (m_picture) setView(QRectF(0, 0, static_cast<double>(m_picture->columns), static_cast<double>(m_picture->rows)));
}

void MatrixPlot::setView(QRectF view) {
    if (!m_picture) return;
    const double columns = static_cast<double>(m_picture->columns);
    const double rows = static_cast<double>(m_picture->rows);
    view.setSize({std::clamp(view.width(), std::min(4.0, columns), columns),
                  std::clamp(view.height(), std::min(4.0, rows), rows)});
    view.moveTo(std::clamp(view.left(), 0.0, columns - view.width()),
                std::clamp(view.top(), 0.0, rows - view.height()));
    if (view == m_view) return;
    m_view = view;
    m_cache = {};
    update();
}

void MatrixPlot::zoom(double factor, const QPointF& around) {
    for (int i = 0; i < 3; ++i) {
        const QRectF place = pane(i);
        if (!place.contains(around)) continue;
        const QPointF share((around.x() - place.left()) / place.width(), (around.y() - place.top()) / place.height());
        const QPointF fixed(m_view.left() + share.x() * m_view.width(), m_view.top() + share.y() * m_view.height());
        const QSizeF size(
            std::clamp(m_view.width() * factor, std::min(4.0, m_view.width()), static_cast<double>(m_picture->columns)),
            std::clamp(m_view.height() * factor, std::min(4.0, m_view.height()), static_cast<double>(m_picture->rows)));
        return setView(
            QRectF(QPointF(fixed.x() - share.x() * size.width(), fixed.y() - share.y() * size.height()), size));
    }
}

std::optional<QPoint> MatrixPlot::cellAt(const QPointF& position) const {
    if (!m_picture || m_view.isEmpty()) return {};
    for (const QRectF& place : layoutFor(size())) {
        if (!place.contains(position)) continue;
        const int column =
            static_cast<int>(m_view.left() + (position.x() - place.left()) / place.width() * m_view.width());
        const int row =
            static_cast<int>(m_view.top() + (position.y() - place.top()) / place.height() * m_view.height());
        const std::size_t i = static_cast<std::size_t>(row) * m_picture->columns + static_cast<std::size_t>(column);
        if (column < static_cast<int>(m_picture->columns) && i < m_picture->count) return QPoint(column, row);
    }
    return {};
}

void MatrixPlot::hover(std::optional<QPoint> cell, const QPointF& position) {
    if (cell == m_hovered) return;
    m_hovered = cell;
    update();
    emit cellHovered(cell ? cell->y() : -1, cell ? cell->x() : -1);
    if (!cell) {
        m_card->hide();
        setAccessibleDescription({});
        return;
    }
    const std::size_t i =
        static_cast<std::size_t>(cell->y()) * m_picture->columns + static_cast<std::size_t>(cell->x());
    const float x = m_picture->original()[i];
    const float y = m_picture->quantized[i];
    const double span = 2.0 * m_picture->limit;
    CardContent content;
    content.look = schemeLook(lookIdOf(m_picture->run->spec()));
    content.title = m_picture->wrapped ? tr("[%1]").arg(i) : tr("[%1, %2]").arg(cell->y()).arg(cell->x());
    if (m_picture->slice >= 0 && m_picture->slices > 1) content.note = tr("slice %1").arg(m_picture->slice);
    content.rows = {{tr("Original"), valueText(x, span)},
                    {tr("Quantized"), valueText(y, span)},
                    {tr("Error"), valueText(x - y, span)}};
    m_card->setContent(content);
    m_card->dock(rect().adjusted(24, 40, -24, 0), QRectF(position - QPointF(30, 30), QSizeF(60, 60)).toRect());
    setAccessibleDescription(m_card->accessibleName());
}

void MatrixPlot::mousePressEvent(QMouseEvent* event) {
    m_dragging = true;
    m_dragFrom = m_pressedAt = event->position();
}

void MatrixPlot::mouseMoveEvent(QMouseEvent* event) {
    if (!m_dragging) return hover(cellAt(event->position()), event->position());
    if ((event->position() - m_pressedAt).manhattanLength() < 4) return;
    setCursor(Qt::ClosedHandCursor);
    const QRectF place = pane(0);
    const QPointF by = event->position() - m_dragFrom;
    m_dragFrom = event->position();
    setView(m_view.translated(-by.x() / place.width() * m_view.width(), -by.y() / place.height() * m_view.height()));
}

void MatrixPlot::mouseReleaseEvent(QMouseEvent* event) {
    m_dragging = false;
    unsetCursor();
    if (event->button() == Qt::RightButton && (event->position() - m_pressedAt).manhattanLength() < 4)
        showContextMenu(event->globalPosition().toPoint());
}

void MatrixPlot::mouseDoubleClickEvent(QMouseEvent*) { resetView(); }

void MatrixPlot::wheelEvent(QWheelEvent* event) {
    if (m_picture) zoom(std::pow(0.8, event->angleDelta().y() / 120.0), event->position());
    event->accept();
}

void MatrixPlot::keyPressEvent(QKeyEvent* event) {
    if (!m_picture) return PlotView::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(0.8, pane(0).center()); break;
    case Qt::Key_Minus: zoom(1.25, pane(0).center()); break;
    case Qt::Key_Left: setView(m_view.translated(-m_view.width() / 8, 0)); break;
    case Qt::Key_Right: setView(m_view.translated(m_view.width() / 8, 0)); break;
    case Qt::Key_Up: setView(m_view.translated(0, -m_view.height() / 8)); break;
    case Qt::Key_Down: setView(m_view.translated(0, m_view.height() / 8)); break;
    default: PlotView::keyPressEvent(event);
    }
}

void MatrixPlot::leaveEvent(QEvent* event) {
    hover({}, {});
    PlotView::leaveEvent(event);
}

void MatrixPlot::resizeEvent(QResizeEvent* event) {
    m_cache = {};
    PlotView::resizeEvent(event);
}

} // namespace quantoscope::ui
