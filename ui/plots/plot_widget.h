// One pane of a plot: a façade over QCustomPlot, which lends its axes, ticks, grid, buffers and vector output. What a
// view draws, it draws in pixels of the pane through the hooks below; setters only mark it dirty, and it is drawn once
// for the next frame.
//
// Pointer: the wheel zooms around the pointer, the middle or right button (or space and the left one) pans, a double
// click shows all. Keys: + and − zoom, 0 shows all, Page Up and Page Down pan.
#pragma once

#include "ui/plots/plot_view.h"
#include "ui/widgets/card.h"

#include <QMargins>
#include <QRectF>
#include <QSharedPointer>

class QCPAxis;
class QCustomPlot;

namespace quantoscope::ui {

class LogTicker;
class PlotTicker;

struct ValueRange {
    double lower = 0;
    double upper = 1;
    double size() const { return upper - lower; }
    friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

/// Widened where it has no width, so that an axis can show it.
ValueRange showable(double lower, double upper);
/// Widened by a share of its width on either side.
ValueRange padded(ValueRange range, double share);

class PlotWidget : public PlotView {
    Q_OBJECT

public:
    explicit PlotWidget(QWidget* parent = nullptr);
    ~PlotWidget() override;

    /// Below the axis, centred.
    void setXTitle(const QString& title);
    /// Above the axis at the pane's left edge, never rotated.
    void setYTitle(const QString& title);
    /// Shown in the middle instead of data.
    void setEmptyText(const QString& text);
    void setPlotMargins(const QMargins& margins);

    /// The whole of the data; shown unless the user has zoomed. Keeps a zoom that still lies inside when `keepZoom`.
    void setFullRange(ValueRange x, ValueRange y, bool keepZoom = true);
    void setXRange(ValueRange x);
    /// As if the user had zoomed to it, without a signal: for panes that are linked.
    void showXRange(ValueRange x);
    void setYRange(ValueRange y);
    ValueRange xRange() const;
    ValueRange yRange() const;
    ValueRange fullXRange() const { return m_fullX; }
    bool isZoomed() const { return m_zoomed; }
    void setZoomable(Qt::Orientations axes) { m_zoomable = axes; }
    /// An inverted or logarithmic axis, whole numbers on it, pixels between its ticks.
    void setLogY(bool log);
    bool isLogY() const { return m_logY; }
    void setLogX(bool log);
    bool isLogX() const { return m_logX; }
    void setWholeNumbers(Qt::Orientations axes);
    void setTickSpacing(double x, double y);
    void setXTicksVisible(bool visible);

    QRectF plotArea() const; // between the axes, in pixels of this widget
    double xToPixel(double x) const;
    double yToPixel(double y) const;
    double pixelToX(double pixel) const;
    double pixelToY(double pixel) const;

    /// The data changed: rebuild() is called before the next replot.
    void invalidate();
    /// Only the look changed.
    void refresh();
    /// Only the hover layer changed: it alone is drawn anew.
    void refreshHover();

    void paintTo(QCPPainter& painter, const QSize& size) override;
    void resetView() override;
    /// Draws at once if anything is pending and the view is visible. For tests and pictures.
    void flush();

signals:
    void xRangeChanged(const ValueRange& range);

protected:
    virtual void rebuild() {}
    virtual void paintBackground(QPainter&) {} // under the grid, clipped to the plot area
    virtual void paintData(QPainter&) {}       // over the grid, clipped to the plot area
    virtual void paintMarks(QPainter&) {}      // over the axes, clipped to the plot area and 8 px around it
    virtual void paintLabels(QPainter&) {}     // anywhere
    virtual void paintHover(QPainter&) {}      // a layer of its own, redrawn alone by refreshHover(); not exported
    virtual void viewRangeChanged() {}
    virtual void replotted() {} // the layout is settled: cards can be placed
    virtual void themeChanged() {}

    virtual void pointerMoved(const QPointF&, Qt::KeyboardModifiers) {}
    virtual void pointerPressed(const QPointF&, Qt::KeyboardModifiers) {}
    virtual void pointerReleased(const QPointF&) {}
    virtual void pointerLeft() {}
    bool isExporting() const { return m_exporting; }
    bool isPanning() const { return m_panning; }

    /// Shows it at the top right of the plot area, or top left where it would cover `avoid`. It never chases the
    /// pointer. What it says is the accessible description, too.
    void showCard(const CardContent& content, const QRectF& avoid);
    /// Likewise at the bottom right.
    void showCardBelow(const CardContent& content);
    void hideCard();
    const Card& card() const { return *m_card; }

    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool event(QEvent* event) override;

private:
    void setupPlot();
    void styleAxes();
    void paintTitles(QPainter& painter);
    void beforeReplot();
    bool isDrawn() const;
    void queueReplot();
    void zoom(double factor, const QPointF& around);
    void pan(const QPointF& pixels);
    void applyView(ValueRange x, ValueRange y);

    QCustomPlot* m_plot = nullptr;
    Card* m_card = nullptr;
    QSharedPointer<PlotTicker> m_xTicker;
    QSharedPointer<PlotTicker> m_yTicker;
    QSharedPointer<LogTicker> m_logTicker;
    QSharedPointer<LogTicker> m_logXTicker;
    QString m_xTitle;
    QString m_yTitle;
    QString m_emptyText;
    ValueRange m_fullX;
    ValueRange m_fullY;
    Qt::Orientations m_zoomable = Qt::Horizontal;
    bool m_logX = false;
    bool m_logY = false;
    bool m_zoomed = false;
    bool m_dirty = true;
    bool m_rebuilding = false;
    bool m_pending = false; // hidden when it should have been drawn
    bool m_exporting = false;
    bool m_panning = false;
    bool m_spaceHeld = false;
    bool m_panMoved = false;
    QPointF m_panFrom;
    QPointF m_pressedAt;
};

} // namespace quantoscope::ui
