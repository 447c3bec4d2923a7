// Error against measured speed: RMS error in percent of the data's σ, over the time of one kind of work, with the
// spread of the measurement as whiskers. Towards the lower left is better. Runs for which that was not measured are not
// shown. The product of a matrix has a line at the time that it takes in float32.
//
// Hover names a point, a click or Enter shows its run; arrow keys go to the next point.
#pragma once

#include "ui/plots/plot_widget.h"
#include "ui/plots/trade_off.h"

namespace quantoscope::ui {

class SpeedPlot : public PlotWidget {
    Q_OBJECT

public:
    enum class Work {
        Fit,     // milliseconds, measured once
        Encode,  // nanoseconds per value
        Decode,  // likewise
        Product, // y = W·x from the codes, microseconds
    };

    explicit SpeedPlot(QWidget* parent = nullptr);

    /// `sigma` is the standard deviation of the data. Labels are those of the points.
    void setPoints(std::vector<TradeOffPoint> points, double sigma);
    void setWork(Work work);
    Work work() const { return m_work; }
    void setCurrent(RunPtr run);
    /// The median time of a point in the unit of the axis; NaN where it is not shown.
    double timeOf(int index) const;
    /// The product's time in float32; NaN where it is not shown.
    double baselineTime() const { return m_baseline.median; }
    QPointF pointPosition(int index) const;

signals:
    void runChosen(int index);
    void pointHovered(int index);

protected:
    void rebuild() override;
    void paintData(QPainter& painter) override;
    void paintMarks(QPainter& painter) override;
    void paintLabels(QPainter& painter) override;
    void paintSymbols(QPainter& painter) const;
    void paintHover(QPainter& painter) override;
    void pointerMoved(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerPressed(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerLeft() override { setHovered(-1); }
    void replotted() override { updateCard(); }
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Place {
        std::size_t point = 0;
        Spread time;      // in the unit of the work
        double error = 0; // percent of σ
    };
    void findPlaces();
    QRectF baselineLabelRect() const;
    const Place* placeOf(int index) const;
    QString footnote() const;
    int nearest(const QPointF& position) const;
    int currentIndex() const;
    void setHovered(int index);
    void updateCard();

    std::vector<TradeOffPoint> m_points;
    std::vector<Place> m_places;
    double m_sigma = 1;
    Work m_work = Work::Encode;
    Spread m_baseline;
    QString m_baselineLabel;
    RunPtr m_current;
    int m_hovered = -1;
};

} // namespace quantoscope::ui
