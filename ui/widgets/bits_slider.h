// Bits per value as a slider with one stop a bit: 1–2–…–8, up to 16. The number of levels may lie between two stops.
#pragma once

#include <QColor>
#include <QSlider>

namespace quantoscope::ui {

class BitsSlider : public QSlider {
    Q_OBJECT

public:
    explicit BitsSlider(QWidget* parent = nullptr);

    /// 1 to 8 unless set.
    void setBitRange(int minimum, int maximum);
    /// The current scheme's colour; ink when invalid.
    void setColor(const QColor& color);
    /// Shows the handle at log2(levels), between stops where that is no whole number, and emits nothing.
    void setLevels(int levels);
    /// Where the handle is: value(), or log2 of what setLevels was told.
    double position() const { return m_position; }

    /// The centre of a stop, in the widget's coordinates.
    QPointF stop(double bits) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// The user chose a number of bits, by mouse, wheel or key; live while dragging.
    void bitsChosen(int bits);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void sliderChange(SliderChange change) override;

private:
    void choose(int bits);
    int nearest(double x) const;
    void drawStops(QPainter& painter, const QColor& color) const;
    void drawNumbers(QPainter& painter) const;

    QColor m_color;
    double m_position = 1;
    int m_wheel = 0; // eighths of a degree not yet spent on a step
};

} // namespace quantoscope::ui
