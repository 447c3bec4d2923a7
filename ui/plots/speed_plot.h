// Error against measured speed: RMS error in percent of the data's σ, over nanoseconds to encode a value, with the
// spread of the measurement as whiskers. Towards the lower left is better. Runs whose speed was not measured are not
// shown.
//
// Hover names a point, a click or Enter shows its run; arrow keys go to the next point.
#pragma once

#include "ui/plots/plot_widget.h"
#include "ui/plots/trade_off.h"

namespace quantoscope::ui {

class SpeedPlot : public PlotWidget {
    Q_OBJECT

public:
    explicit SpeedPlot(QWidget* parent = nullptr);

    /// `sigma` is the standard deviation of the data. Labels are those of the points.
    void setPoints(std::vector<TradeOffPoint> points, double sigma);
    void setCurrent(RunPtr run);
    QPointF pointPosition(int index) const;

signals:
    void runChosen(int index);
    void pointHovered(int index);

protected:
    void rebuild() override;
    void paintMarks(QPainter& painter) override;
    void paintLabels(QPainter& painter) override;
    void paintHover(QPainter& painter) override;
    void pointerMoved(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerPressed(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerLeft() override { setHovered(-1); }
    void replotted() override { updateCard(); }
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Place {
        std::size_t point = 0;
        double nanoseconds = 0, fastest = 0, slowest = 0;
        double error = 0; // percent of σ
    };
    int nearest(const QPointF& position) const;
    int currentIndex() const;
    void setHovered(int index);
    void updateCard();

    std::vector<TradeOffPoint> m_points;
    std::vector<Place> m_places;
    double m_sigma = 1;
    RunPtr m_current;
    int m_hovered = -1;
};

} // namespace quantoscope::ui
