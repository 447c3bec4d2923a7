// What quantizing one layer alone loses: a group of horizontal bars for each layer, one for each width of its weights,
// name and shape at the left. Many layers scroll.
//
// A click chooses a layer, a double click or Enter opens it. Keys: Up and Down, Page Up and Page Down, Home and End.
#pragma once

#include "ui/plots/lab_text.h"
#include "ui/plots/plot_view.h"
#include "ui/widgets/card.h"

#include <QRectF>

#include <vector>

class QScrollBar;

namespace quantoscope::ui {

class SensitivityPlot : public PlotView {
    Q_OBJECT

public:
    enum class Order { File, Loss };

    explicit SensitivityPlot(QWidget* parent = nullptr);

    void setSensitivities(const std::vector<LabSensitivity>& sensitivities);
    /// As they come, or the largest loss at the fewest bits first.
    void setOrder(Order order);
    Order order() const { return m_order; }
    void setScale(AccuracyScale scale);

    /// Layers from the top down, as the engine counts them.
    std::vector<std::size_t> shownLayers() const;
    std::vector<int> shownBits() const { return m_bits; }
    int currentLayer() const;        // −1 for none
    void setCurrentLayer(int layer); // scrolls to it
    /// In pixels of this widget; of a layer that is scrolled away, outside of it.
    QRectF layerRect(int layer) const;
    QRectF barRect(int layer, int bits) const;
    bool isScrolled() const;

    void paintTo(QCPPainter& painter, const QSize& size) override;
    void resetView() override;

signals:
    void layerActivated(int layer);
    void layerSelected(int layer);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    static constexpr double kMargin = 16; // at the sides
    struct Bar {
        int bits = 0;
        double lost = 0; // as shown
        double sqnrDb = 0;
    };
    struct Layer {
        std::size_t index = 0;
        QString name, shape;
        std::vector<Bar> bars; // in ascending bits
    };
    struct Layout {
        QRectF area; // of the bars
        double rowHeight = 0;
        double labelWidth = 0; // at the left
        double lower = 0, upper = 1;
        double x(double lost) const { return area.left() + (lost - lower) / (upper - lower) * area.width(); }
    };
    Layout layoutFor(const QSize& size, bool scrolls) const;
    Layout layout() const;
    void sort();
    void updateScrollBar();
    void draw(QPainter& painter, const QSize& size, const Layout& layout, int offset) const;
    void drawLayer(QPainter& painter, const Layout& layout, const QRectF& row, const Layer& layer) const;
    void drawLegend(QPainter& painter, const QSize& size) const;
    QRectF rowRect(int row) const;
    QRectF barIn(const Layout& layout, const QRectF& row, std::size_t bar, double lost) const;
    int rowAt(const QPointF& position) const;
    int rowOf(int layer) const;
    void choose(int row);
    void hover(int row);
    std::size_t rankOf(int bits) const; // 0 the fewest
    QColor tint(int bits) const;

    std::vector<Layer> m_file; // in the order they came
    std::vector<Layer> m_layers;
    std::vector<int> m_bits;
    Order m_order = Order::File;
    AccuracyScale m_scale;
    int m_current = -1; // a row
    int m_hovered = -1;
    QScrollBar* m_scroll;
    Card* m_card;
};

} // namespace quantoscope::ui
