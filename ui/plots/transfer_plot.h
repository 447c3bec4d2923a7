// The staircase Q(x): what a value is replaced by. The identity beside it, the density of the data faint below, clipped
// ranges tinted, the chosen bin highlighted.
//
// Hover names a step, a click chooses it; Left and Right choose the next one. The wheel zooms both axes.
#pragma once

#include "core/tensor/histogram.h"
#include "ui/plots/plot_widget.h"
#include "ui/plots/plotted_levels.h"

namespace quantoscope::ui {

class TransferPlot : public PlotWidget {
    Q_OBJECT

public:
    explicit TransferPlot(QWidget* parent = nullptr);

    void setLevels(PlottedLevelsPtr levels, const QString& valueName);
    void setSelectedBin(int bin); // −1 for none; does not signal
    int selectedBin() const { return m_selected; }

signals:
    void binSelected(int bin);
    void binHovered(int bin);

protected:
    void rebuild() override;
    void paintBackground(QPainter& painter) override;
    void paintData(QPainter& painter) override;
    void paintMarks(QPainter& painter) override;
    void paintHover(QPainter& painter) override;
    void viewRangeChanged() override { invalidate(); }
    void replotted() override { updateCard(); }
    void pointerMoved(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerPressed(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerLeft() override { setHovered(-1); }
    void keyPressEvent(QKeyEvent* event) override;

private:
    int binCount() const { return m_levels ? static_cast<int>(m_levels->codebook.size()) : 0; }
    int binAt(const QPointF& position) const;
    QRectF bandOf(int bin) const;
    QPolygonF staircase() const;
    void choose(int bin);
    void setHovered(int bin);
    void updateCard();

    PlottedLevelsPtr m_levels;
    Histogram m_histogram;
    int m_selected = -1;
    int m_hovered = -1;
};

} // namespace quantoscope::ui
