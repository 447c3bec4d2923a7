// An image before (left of the divider) and after quantization (right of it), with PSNR and SSIM.
//
// Drag the divider, or pan the image by dragging elsewhere; the wheel zooms around the pointer, a double click fits.
// Keys: Left and Right move the divider (Shift: by a tenth), Ctrl and arrows pan, + and − zoom, 1 shows pixel for
// pixel, 0 fits.
#pragma once

#include "ui/plots/image_picture.h"
#include "ui/plots/plot_view.h"

#include <QRectF>

namespace quantoscope::ui {

class ImageView : public PlotView {
    Q_OBJECT

public:
    explicit ImageView(QWidget* parent = nullptr);

    /// Null for none. Keeps zoom and divider when the image has the same size.
    void setImage(ImagePicturePtr picture);
    void setDivider(double share); // 0 to 1 of the width of what is seen
    double divider() const { return m_divider; }
    double zoomFactor() const; // screen pixels an image pixel
    bool isFitted() const { return m_zoom == 0; }

    void paintTo(QCPPainter& painter, const QSize& size) override;
    void resetView() override;

signals:
    void dividerMoved(double share);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF stage(const QSize& size) const;  // where the image may be
    QRectF target(const QSize& size) const; // where all of it lies, perhaps beyond the stage
    double dividerX(const QSize& size) const;
    void draw(QPainter& painter, const QSize& size) const;
    void zoom(double factor, const QPointF& around);
    void pan(const QPointF& by);

    ImagePicturePtr m_picture;
    double m_divider = 0.5;
    double m_zoom = 0; // 0 fits
    QPointF m_centre;  // of the stage, in image pixels
    enum class Drag { None, Divider, Pan } m_drag = Drag::None;
    QPointF m_dragFrom;
    QPointF m_pressedAt;
};

} // namespace quantoscope::ui
