#include "ui/plots/plot_widget.h"

#include "ui/plots/plot_ticker.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QScopedValueRollback>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace quantoscope::ui {

namespace {

constexpr int kCardGap = 12;
constexpr int kMarkOverhang = 8;

QString spoken(const CardContent& content) {
    QStringList parts{content.note.isEmpty() ? content.title : content.title + QStringLiteral(", ") + content.note};
    for (const Property& row : content.rows) parts << row.label + QStringLiteral(": ") + row.value;
    return parts.join(QStringLiteral("; "));
}

// A place in QCustomPlot's drawing order that calls back; pixels, not antialiased unless the callback asks.
class Painted : public QCPLayerable {
public:
    Painted(QCustomPlot* plot, const QString& layer, std::function<void(QPainter&)> paint)
        : QCPLayerable(plot, layer), m_paint(std::move(paint)) {}

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(false); }
    void draw(QCPPainter* painter) override { m_paint(*painter); }

private:
    std::function<void(QPainter&)> m_paint;
};

} // namespace

ValueRange showable(double lower, double upper) {
    if (!std::isfinite(lower) || !std::isfinite(upper)) return {0, 1};
    if (lower > upper) std::swap(lower, upper);
    // Not only equal ends: an axis cannot divide a width that doubles hardly resolve.
    const double magnitude = std::max(std::abs(lower), std::abs(upper));
    if (upper - lower > magnitude * 1e-9) return {lower, upper};
    const double half = magnitude == 0 ? 0.5 : magnitude * 0.01;
    const double middle = lower / 2 + upper / 2;
    return {middle - half, middle + half};
}

ValueRange padded(ValueRange range, double share) {
    const double by = range.size() * share;
    return {range.lower - by, range.upper + by};
}

PlotWidget::PlotWidget(QWidget* parent)
    : PlotView(parent),
      m_plot(new QCustomPlot(this)),
      m_card(new Card(this)),
      m_xTicker(new PlotTicker),
      m_yTicker(new PlotTicker),
      m_logTicker(new LogTicker),
      m_logXTicker(new LogTicker) {
    setMouseTracking(true);
    setupPlot();
    styleAxes();
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        styleAxes();
        themeChanged();
        invalidate();
    });
}

PlotWidget::~PlotWidget() = default;

void PlotWidget::setupPlot() {
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->lower();
    m_plot->setNotAntialiasedElements(QCP::aeAxes | QCP::aeGrid | QCP::aeZeroLine);
    m_plot->axisRect()->setAutoMargins(QCP::msNone);
    m_plot->axisRect()->setMargins({56, 40, 16, 52});
    m_plot->axisRect()->setMinimumSize(20, 20);
    m_plot->plotLayout()->setRowSpacing(0);

    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTickLengthIn(0);
        axis->setSubTicks(false);
        axis->setLabelPadding(0);
        axis->grid()->setZeroLinePen(Qt::NoPen);
        axis->grid()->setSubGridVisible(false);
    }
    m_plot->xAxis->setTicker(m_xTicker);
    m_plot->xAxis->setTickLengthOut(4);
    m_plot->xAxis->setTickLabelPadding(7);
    m_plot->xAxis->grid()->setVisible(false);
    m_plot->yAxis->setTicker(m_yTicker);
    m_yTicker->setSpacing(48);
    m_plot->yAxis->setTickLengthOut(0);
    m_plot->yAxis->setTickLabelPadding(7);
    m_plot->yAxis->setBasePen(Qt::NoPen);
    // A tick without length and with a square end is a dot for QPicture, pen or not.
    m_plot->yAxis->setTickPen(QPen(Qt::NoBrush, 1, Qt::NoPen, Qt::FlatCap));

    m_plot->addLayer(QStringLiteral("marks"), m_plot->layer(QStringLiteral("axes")), QCustomPlot::limAbove);
    const auto clipped = [this](int overhang, void (PlotWidget::*hook)(QPainter&)) {
        return [this, overhang, hook](QPainter& painter) {
            if (!m_emptyText.isEmpty() || !isDrawn()) return;
            painter.save();
            painter.setClipRect(plotArea().adjusted(-overhang, -overhang, overhang, overhang), Qt::IntersectClip);
            (this->*hook)(painter);
            painter.restore();
        };
    };
    new Painted(m_plot, QStringLiteral("background"), clipped(0, &PlotWidget::paintBackground));
    new Painted(m_plot, QStringLiteral("main"), clipped(0, &PlotWidget::paintData));
    new Painted(m_plot, QStringLiteral("marks"), clipped(kMarkOverhang, &PlotWidget::paintMarks));
    new Painted(m_plot, QStringLiteral("marks"), [this](QPainter& painter) {
        if (isDrawn()) paintTitles(painter);
    });
    new Painted(m_plot, QStringLiteral("overlay"), [this](QPainter& painter) {
        if (!m_exporting && m_emptyText.isEmpty()) paintHover(painter);
    });
    connect(m_plot, &QCustomPlot::beforeReplot, this, &PlotWidget::beforeReplot);
    connect(m_plot, &QCustomPlot::afterReplot, this, [this] {
        if (!isDrawn()) return;
        countReplot();
        replotted();
    });
}

void PlotWidget::styleAxes() {
    const Palette& palette = colors();
    m_plot->setBackground(QBrush(palette.surface));
    m_plot->xAxis->setBasePen(QPen(palette.line2, 1));
    m_plot->xAxis->setTickPen(QPen(palette.line2, 1));
    m_plot->yAxis->grid()->setPen(QPen(palette.grid, 1));
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTickLabelFont(typeface(type::caption));
        axis->setTickLabelColor(palette.text2);
    }
}

void PlotWidget::setXTitle(const QString& title) {
    if (title == m_xTitle) return;
    m_xTitle = title;
    refresh();
}

void PlotWidget::setYTitle(const QString& title) {
    if (title == m_yTitle) return;
    m_yTitle = title;
    refresh();
}

void PlotWidget::setEmptyText(const QString& text) {
    if (text == m_emptyText) return;
    m_emptyText = text;
    m_plot->axisRect()->setVisible(text.isEmpty());
    m_plot->xAxis->setVisible(text.isEmpty());
    m_plot->yAxis->setVisible(text.isEmpty());
    refresh();
}

void PlotWidget::setPlotMargins(const QMargins& margins) {
    if (m_plot->axisRect()->margins() == margins) return;
    m_plot->axisRect()->setMargins(margins);
    refresh();
}

void PlotWidget::setFullRange(ValueRange x, ValueRange y, bool keepZoom) {
    m_fullX = x;
    m_fullY = y;
    const ValueRange view = xRange();
    const bool inside = view.lower >= x.lower && view.upper <= x.upper && view.size() < x.size();
    if (m_zoomed && keepZoom && inside) {
        if (!(m_zoomable & Qt::Vertical)) setYRange(y);
        return;
    }
    const bool changed = view != x;
    m_zoomed = false;
    setXRange(x);
    setYRange(y);
    if (changed) emit xRangeChanged(x);
}

void PlotWidget::setXRange(ValueRange x) {
    if (xRange() == x) return;
    m_plot->xAxis->setRange(x.lower, x.upper);
    refresh();
}

void PlotWidget::showXRange(ValueRange x) {
    if (xRange() == x) return;
    setXRange(x);
    m_zoomed = x.size() < m_fullX.size() * (1 - 1e-9);
    viewRangeChanged();
}

void PlotWidget::setYRange(ValueRange y) {
    if (yRange() == y) return;
    m_plot->yAxis->setRange(y.lower, y.upper);
    refresh();
}

ValueRange PlotWidget::xRange() const { return {m_plot->xAxis->range().lower, m_plot->xAxis->range().upper}; }
ValueRange PlotWidget::yRange() const { return {m_plot->yAxis->range().lower, m_plot->yAxis->range().upper}; }

void PlotWidget::setLogY(bool log) {
    if (log == m_logY) return;
    m_logY = log;
    m_plot->yAxis->setScaleType(log ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (log)
        m_plot->yAxis->setTicker(m_logTicker);
    else
        m_plot->yAxis->setTicker(m_yTicker);
    invalidate();
}

void PlotWidget::setLogX(bool log) {
    if (log == m_logX) return;
    m_logX = log;
    m_plot->xAxis->setScaleType(log ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (log)
        m_plot->xAxis->setTicker(m_logXTicker);
    else
        m_plot->xAxis->setTicker(m_xTicker);
    invalidate();
}

void PlotWidget::setWholeNumbers(Qt::Orientations axes) {
    m_xTicker->setWholeNumbers(axes & Qt::Horizontal);
    m_yTicker->setWholeNumbers(axes & Qt::Vertical);
}

void PlotWidget::setTickSpacing(double x, double y) {
    m_xTicker->setSpacing(x);
    m_yTicker->setSpacing(y);
}

void PlotWidget::setXTicksVisible(bool visible) {
    m_plot->xAxis->setTickLabels(visible);
    refresh();
}

QRectF PlotWidget::plotArea() const { return m_plot->axisRect()->rect(); }
double PlotWidget::xToPixel(double x) const { return m_plot->xAxis->coordToPixel(x); }
double PlotWidget::yToPixel(double y) const { return m_plot->yAxis->coordToPixel(y); }
double PlotWidget::pixelToX(double pixel) const { return m_plot->xAxis->pixelToCoord(pixel); }
double PlotWidget::pixelToY(double pixel) const { return m_plot->yAxis->pixelToCoord(pixel); }

void PlotWidget::invalidate() {
    m_dirty = true;
    queueReplot();
}

void PlotWidget::refresh() { queueReplot(); }

void PlotWidget::queueReplot() {
    if (m_rebuilding) return; // what is set now is drawn by the replot that asked for it
    if (isVisible())
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    else
        m_pending = true;
}

void PlotWidget::refreshHover() {
    if (isVisible())
        m_plot->layer(QStringLiteral("overlay"))->replot(); // a whole replot where the buffers are not valid
}

// QCustomPlot replots itself once when it is made, seen or not.
bool PlotWidget::isDrawn() const { return isVisible() || m_exporting; }

void PlotWidget::beforeReplot() {
    if (!isDrawn()) return;
    m_pending = false;
    if (m_dirty) {
        const QScopedValueRollback rebuilding(m_rebuilding, true);
        rebuild();
        m_dirty = false;
    }
    const QMargins margins = m_plot->axisRect()->margins();
    const QSizeF size = QSizeF(m_plot->viewport().size());
    m_xTicker->setAxisLength(size.width() - margins.left() - margins.right());
    m_yTicker->setAxisLength(size.height() - margins.top() - margins.bottom());
    m_logTicker->setAxisLength(size.height() - margins.top() - margins.bottom());
    m_logXTicker->setAxisLength(size.width() - margins.left() - margins.right());
}

void PlotWidget::flush() {
    if (isVisible()) m_plot->replot(QCustomPlot::rpImmediateRefresh);
}

void PlotWidget::paintTo(QCPPainter& painter, const QSize& size) {
    m_exporting = true;
    const QRect before = m_plot->viewport();
    m_plot->setViewport(QRect(QPoint(), size));
    beforeReplot();
    m_plot->toPainter(&painter, size.width(), size.height());
    m_plot->setViewport(before);
    for (const auto phase : {QCPLayoutElement::upPreparation, QCPLayoutElement::upMargins, QCPLayoutElement::upLayout})
        m_plot->plotLayout()->update(phase);
    m_exporting = false;
    if (isVisible()) queueReplot();
}

void PlotWidget::resetView() {
    if (!m_zoomed) return;
    m_zoomed = false;
    setXRange(m_fullX);
    setYRange(m_fullY);
    viewRangeChanged();
    emit xRangeChanged(m_fullX);
}

void PlotWidget::paintTitles(QPainter& painter) {
    const QRectF area = plotArea();
    const QRectF whole(m_plot->viewport());
    painter.setFont(typeface(type::caption));
    if (!m_emptyText.isEmpty()) {
        painter.setPen(colors().text3);
        painter.setFont(typeface(type::control));
        painter.drawText(whole.adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    painter.setPen(colors().text2);
    if (!m_yTitle.isEmpty())
        painter.drawText(QRectF(whole.left() + 16, whole.top() + 6, whole.width() - 24, 16),
                         Qt::AlignLeft | Qt::AlignVCenter, m_yTitle);
    if (!m_xTitle.isEmpty())
        painter.drawText(QRectF(area.left(), area.bottom() + 30, area.width(), 18), Qt::AlignCenter, m_xTitle);
    paintLabels(painter);
}

void PlotWidget::showCard(const CardContent& content, const QRectF& avoid) {
    m_card->setContent(content);
    m_card->dock(plotArea().toRect().adjusted(8, kCardGap, 0, 0), avoid.toAlignedRect());
    setAccessibleDescription(spoken(content));
}

void PlotWidget::showCardBelow(const CardContent& content) {
    m_card->setContent(content);
    QRect area = plotArea().toRect().adjusted(8, kCardGap, -6, -8);
    area.setTop(std::max(area.top(), area.bottom() - m_card->panelRect().height()));
    m_card->dock(area);
    setAccessibleDescription(spoken(content));
}

void PlotWidget::hideCard() {
    m_card->hide();
    setAccessibleDescription({});
}

void PlotWidget::resizeEvent(QResizeEvent* event) {
    m_plot->setGeometry(rect());
    PlotView::resizeEvent(event);
}

void PlotWidget::showEvent(QShowEvent* event) {
    PlotView::showEvent(event);
    if (m_pending || m_dirty) m_plot->replot(QCustomPlot::rpQueuedReplot);
}

bool PlotWidget::event(QEvent* event) {
    // A window that moves to a screen of another scale.
    if (event->type() == QEvent::ScreenChangeInternal || event->type() == QEvent::Polish ||
        event->type() == QEvent::Show) {
        if (m_plot->bufferDevicePixelRatio() != devicePixelRatioF())
            m_plot->setBufferDevicePixelRatio(devicePixelRatioF());
    }
    return PlotView::event(event);
}

} // namespace quantoscope::ui
