// SQNR against bits per value: a line for every scheme and variant, the limit of memoryless codes with the impossible
// beyond it, the Pareto front as a band below the lines (with 1 % tolerance in rate, or it would zigzag over ties), the
// run on screen ringed. Runs of schemes made for entropy coding stand at their entropy. Runs may arrive one by one.
//
// Hover names a point, a click shows its run. Keys: Left and Right go along a line, Up and Down to the next point above
// or below, Enter shows the run.
#pragma once

#include "ui/plots/plot_widget.h"
#include "ui/plots/trade_off.h"

namespace quantoscope::ui {

class RateDistortionPlot : public PlotWidget {
    Q_OBJECT

public:
    enum class Quantity { Sqnr, ToBound };

    explicit RateDistortionPlot(QWidget* parent = nullptr);

    void setPoints(std::vector<TradeOffPoint> points);
    /// The limit in ascending bits; empty where it is not known (yet).
    void setBound(std::vector<BoundPoint> bound);
    void setCurrent(RunPtr run);
    void setQuantity(Quantity quantity);
    const std::vector<BoundPoint>& bound() const { return m_bound; }

    /// Where a point lies, in pixels; not finite where it is not drawn.
    QPointF pointPosition(int index) const;
    /// The limit's SQNR at the rate of the point's codes, minus the point's; NaN where either is infinite or unknown.
    double toBound(const TradeOffPoint& point) const;

signals:
    void runChosen(int index);
    void pointHovered(int index);

protected:
    void rebuild() override;
    void paintBackground(QPainter& painter) override;
    void paintData(QPainter& painter) override;
    void paintMarks(QPainter& painter) override;
    void paintLabels(QPainter& painter) override;
    void paintHover(QPainter& painter) override;
    void replotted() override { updateCard(); }
    void pointerMoved(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerPressed(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerLeft() override { setHovered(-1); }
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Line {
        QString label;
        QString lookId;
        std::vector<std::size_t> points; // in ascending rate, drawable ones only
    };
    void showEmptyText();
    void paintLimitText(QPainter& painter);
    QPointF valueOf(std::size_t index) const; // (bits, dB)
    int currentIndex() const;
    int nearest(const QPointF& position) const;
    void setHovered(int index);
    void updateCard();

    std::vector<TradeOffPoint> m_points;
    std::vector<BoundPoint> m_bound;
    std::vector<Line> m_lines;
    std::vector<std::size_t> m_front;
    RunPtr m_current;
    Quantity m_quantity = Quantity::Sqnr;
    int m_hovered = -1;
};

} // namespace quantoscope::ui
