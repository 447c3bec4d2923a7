// The tensor as an image: original, quantized and error, on one diverging colour scale; the error may be amplified, and
// then says so. The three zoom together; hover shows indices and values.
//
// The wheel zooms around the pointer, dragging pans, a double click shows all. Keys: + and −, arrows, 0.
#pragma once

#include "ui/plots/matrix_picture.h"
#include "ui/plots/plot_view.h"
#include "ui/widgets/card.h"

#include <QRectF>

#include <array>
#include <optional>

namespace quantoscope::ui {

class MatrixPlot : public PlotView {
    Q_OBJECT

public:
    explicit MatrixPlot(QWidget* parent = nullptr);

    /// Null for none. Keeps the zoom when the matrix has the same size.
    void setMatrix(MatrixPicturePtr picture);
    void setErrorGain(int gain); // 1 and more
    int errorGain() const { return m_gain; }

    /// The part in sight, in columns and rows.
    QRectF visibleCells() const { return m_view; }
    QRectF pane(int index) const; // 0 original, 1 quantized, 2 error
    /// The cell under a point of any pane: column and row.
    std::optional<QPoint> cellAt(const QPointF& position) const;

    void paintTo(QCPPainter& painter, const QSize& size) override;
    void resetView() override;

signals:
    void cellHovered(int row, int column); // −1, −1 when none is

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    std::array<QRectF, 3> layoutFor(const QSize& size) const;
    void draw(QPainter& painter, const QSize& size, double scale) const;
    QImage paneImage(int index, const QSize& pixels) const;
    void zoom(double factor, const QPointF& around);
    void setView(QRectF view);
    void hover(std::optional<QPoint> cell, const QPointF& position);

    MatrixPicturePtr m_picture;
    QRectF m_view;
    int m_gain = 1;
    bool m_dragging = false;
    QPointF m_dragFrom;
    QPointF m_pressedAt;
    std::optional<QPoint> m_hovered;
    Card* m_card;
    std::array<QImage, 3> m_cache; // what is on screen
};

} // namespace quantoscope::ui
